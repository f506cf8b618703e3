// The one file that imports libsql: a connection with the settings our promises need, and its errors in
// our words. Knows no table.

import Database from 'libsql'
import { StoreError } from '../fault.ts'
import type { StoreFaultCode } from '../fault.ts'
import type { SqliteDatabase, SqliteStatement } from '../kysely.ts'
import { textsOf } from './octets.ts'

/** One open database, in the shape that kysely takes. */
export interface Connection extends SqliteDatabase {
  /** Runs a pragma and returns the first value it answers, if any. */
  pragma(text: string): unknown
}

interface Setting {
  readonly pragma: string
  readonly value: string
  /** what the pragma must say afterwards */
  readonly reads: unknown
}

// In this order: the lock mode has to be known before the first access, which takes the lock.
const ALWAYS: readonly Setting[] = [
  // How long a second process waits before it is refused; the first one never waits for anybody.
  { pragma: 'busy_timeout', value: '300', reads: 300 },
  { pragma: 'foreign_keys', value: 'ON', reads: 1 },
  { pragma: 'locking_mode', value: 'EXCLUSIVE', reads: 'exclusive' },
  // 32 MiB: the indexes that every message touches do not leave memory, nor does what one long message changes before it is whole.
  { pragma: 'cache_size', value: '-32768', reads: -32_768 },
]
const DURABLE: readonly Setting[] = [
  { pragma: 'journal_mode', value: 'WAL', reads: 'wal' },
  // NORMAL may lose acknowledged commits at power loss when the journal is a WAL.
  { pragma: 'synchronous', value: 'FULL', reads: 2 },
  // macOS: fsync alone leaves the data in the cache of the drive.
  { pragma: 'fullfsync', value: 'ON', reads: 1 },
  // 32 MiB: a page that many messages change is copied into the database once for all of them.
  { pragma: 'wal_autocheckpoint', value: '8192', reads: 8_192 },
  // One huge transaction shall not leave a huge WAL behind for ever: 64 MiB.
  { pragma: 'journal_size_limit', value: '67108864', reads: 67_108_864 },
]

/**
 * Opens a file and takes its lock until the connection or the process ends; creates it when it is not there.
 * @throws {StoreError} `store-in-use` | `store-damaged` (not a database) | `store-io`
 */
export function openFile(file: string): Connection {
  return configure(connect(file), [...ALWAYS, ...DURABLE])
}

/** Opens a database that lives as long as its connection. */
export function openMemory(): Connection {
  return configure(connect(':memory:'), ALWAYS)
}

function configure(connection: Connection, settings: readonly Setting[]): Connection {
  for (const { pragma, value, reads } of settings) {
    connection.pragma(`${pragma} = ${value}`)
    const found = connection.pragma(pragma)
    if (found === reads) continue
    connection.close()
    throw new StoreError('store-io', `SQLite did not take ${pragma} = ${value}, it says ${found}.`)
  }
  return connection
}

function connect(file: string): Connection {
  const database = inOurWords(() => new Database(file))
  const prepare = cached((sql) => translated(inOurWords(() => database.prepare(sql))))
  return {
    prepare,
    pragma: (text) => firstValue(inOurWords(() => database.prepare(`PRAGMA ${text}`).all())),
    close: () => void database.close(),
  }
}

function firstValue(rows: readonly unknown[]): unknown {
  const [row] = rows
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined
}

// Preparing costs more than running a small statement. Longer ones have more rows than any that is met twice.
const CACHED_LENGTH = 20_000
const CACHED_COUNT = 200

function cached(prepare: (sql: string) => SqliteStatement): (sql: string) => SqliteStatement {
  const statements = new Map<string, SqliteStatement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = prepare(sql)
    if (sql.length <= CACHED_LENGTH && statements.size < CACHED_COUNT)
      statements.set(sql, statement)
    return statement
  }
}

function translated(statement: Database.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => textsOf(inOurWords(() => statement.all([...parameters]))),
    run: (parameters) => inOurWords(() => statement.run([...parameters])),
    iterate: (parameters) => inOurWords(() => statement.iterate([...parameters])),
  }
}

function inOurWords<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw asStoreError(error)
  }
}

// By the primary result code; what is not listed is `store-io`.
const CODES: Readonly<Record<string, StoreFaultCode>> = {
  BUSY: 'store-in-use',
  FULL: 'store-full',
  CORRUPT: 'store-damaged',
  NOTADB: 'store-damaged',
  CONSTRAINT: 'store-refused',
  MISMATCH: 'store-refused',
  TOOBIG: 'store-refused',
}

function asStoreError(error: unknown): StoreError {
  const { code = '', message } = error as { readonly code?: string; readonly message: string }
  const [, primary = ''] = code.split('_')
  return new StoreError(CODES[primary] ?? 'store-io', `${message} (${code || 'no code'}).`, {
    cause: error,
  })
}
