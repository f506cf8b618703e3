// The audit log of a store that no gateway has open, read for whoever proves it. Nothing is changed.

import { existsSync } from 'node:fs'
import type { AuditLine, ChainEnds } from '../../gateway/audit/chain.ts'
import { NO_LINE } from '../../gateway/audit/chain.ts'
import { StoreError } from './fault.ts'
import { folderAt, readMarker } from './folder.ts'
import { SCHEMA_VERSION } from './migrations.ts'
import { holderOf } from './owner.ts'
import type { Address } from './postgres/address.ts'
import { withConnection } from './postgres/connection.ts'
import { judgedServer, markerIn, versionFault } from './postgres/judge.ts'
import { COLUMNS } from './schema.ts'
import { openFile } from './sqlite/connection.ts'
import { isNumber } from './sqlite/octets.ts'

/** A log as it lies there. */
export interface StoredLog {
  /** undefined = no line was ever written, or where the log ends was taken away */
  readonly ends: ChainEnds | undefined
  /** in order, some at a time */
  readonly lines: AsyncIterable<readonly AuditLine[]> | Iterable<readonly AuditLine[]>
}

/** lines that are read at once */
const SLICE = 1_000

/**
 * Reads the log of a folder.
 * @throws {StoreError} with what does not fit and how to mend it
 */
export async function readFolderLog<T>(
  path: string,
  use: (log: StoredLog) => Promise<T>,
): Promise<T> {
  const folder = folderAt(path)
  if (!existsSync(folder.marker))
    throw new StoreError(
      'store-folder',
      `${path} is no folder of a store: name it with --data DIR.`,
    )
  const { state, schema } = readMarker(folder, SCHEMA_VERSION)
  if (state === 'new') return use({ ends: undefined, lines: [] })
  assurePresent(schema)
  const connection = openedOf(path)
  try {
    const ask = (sql: string, ...values: readonly unknown[]) =>
      connection.prepare(sql).all(values) as readonly Row[]
    const columns = COLUMNS.audit.map((it) => (isNumber(it) ? `"${it}"` : octets(it)))
    const some = `select ${columns.join(', ')} from "audit" where "seq" > ? order by "audit"."seq" limit ${SLICE}`
    const ends = `select ${octets('name')}, "seq", ${octets('hash')} from "auditEnd"`
    return await use({ ends: endsIn(ask(ends)), lines: slices((after) => ask(some, after)) })
  } finally {
    connection.close()
  }
}

/**
 * Reads the log of a server, as it is at one moment: gateways that use it go on.
 * @throws {StoreError} as {@link readFolderLog}
 */
export function readServerLog<T>(
  address: Address,
  use: (log: StoredLog) => Promise<T>,
): Promise<T> {
  return withConnection(address, async (ask) => {
    await judgedServer(ask)
    const marker = await markerIn(ask)
    if (marker === undefined) return use({ ends: undefined, lines: [] })
    if (marker.schema > SCHEMA_VERSION)
      throw new StoreError('store-server', versionFault(marker.schema))
    assurePresent(marker.schema)
    await ask('begin isolation level repeatable read read only')
    const columns = COLUMNS.audit.map((it) => `"${it}"`).join(', ')
    const some = `select ${columns} from "audit" where "seq" > $1 order by "seq" limit ${SLICE}`
    const ends = await ask('select "name", "seq", "hash" from "auditEnd"')
    const found = await use({
      ends: endsIn(ends as readonly unknown[] as readonly Row[]),
      lines: slices(async (after) => (await ask(some, [after])) as readonly unknown[] as Some),
    })
    await ask('commit')
    return found
  })
}

type Row = AuditLine & { readonly name: string }

function openedOf(path: string) {
  const folder = folderAt(path)
  try {
    return openFile(folder.database)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'store-in-use') throw error
    const who = `${path} is held by ${holderOf(folder)}.`
    throw new StoreError(
      'store-in-use',
      `${who} Ask it (GET /api/v1/audit), or stop it for as long as the log is read.`,
    )
  }
}

function assurePresent(schema: number): void {
  if (schema === SCHEMA_VERSION) return
  const why = `Its tables have schema version ${schema}, of an earlier version of cimgate, whose log may have no chain.`
  throw new StoreError(
    'store-folder',
    `${why} Start the gateway once: that brings it to ${SCHEMA_VERSION}.`,
  )
}

function octets(column: string): string {
  return `cast("${column}" as blob) as "${column}"`
}

function endsIn(rows: readonly Row[]): ChainEnds | undefined {
  const end = (wanted: keyof ChainEnds) => rows.find(({ name }) => name === wanted)
  const head = end('head')
  return head && { head, beginning: end('beginning') ?? NO_LINE }
}

type Some = readonly AuditLine[]

async function* slices(read: (after: number) => Some | Promise<Some>): AsyncIterable<Some> {
  for (let after = -1; ;) {
    const some = await read(after)
    yield some
    if (some.length < SLICE) return
    after = some.at(-1)?.seq ?? 0
  }
}
