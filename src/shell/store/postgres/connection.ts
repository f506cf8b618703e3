// The one file that imports pg: connections to a server with what our promises need, and its errors in our words. Every
// transaction is a writer, and there is one writer at a time, whichever node it is of: numbers have no gap then, and
// what is written is seen by whoever writes next. Knows no table but that of the marks.

import pg from 'pg'
import { StoreError } from '../fault.ts'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from '../kysely.ts'
import type { Address } from './address.ts'
import { faultIn, isLost, unreachable } from './faults.ts'

/** Asks one thing on a connection. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
type Row = Readonly<Record<string, unknown>>

/** What all writers of one database agree on, and who this one is. */
export interface Writing {
  /** of the lock that there is one of for each schema */
  readonly lock: number
  /** as it was found, so that nobody makes it less */
  readonly synchronousCommit: string
  /** where nodes tell each other that there is something new */
  readonly channel: string
  readonly node: string
}

/** A COMMIT was sent and not answered: whether its mark is there tells what has become of it. */
export class Unanswered extends StoreError {
  readonly mark: string
  constructor(mark: string, cause: unknown) {
    super('store-lost', 'The connection was lost during COMMIT.', { cause })
    this.mark = mark
  }
}

/** Connections at most: one writes, the others read. */
const MOST = 10
/** milliseconds in which a connection has to be there */
const CONNECT_MS = 5_000
/** "cimg" in ASCII: the first half of the key of our lock */
const LOCK = 0x63696d67
/** Longer than any other writer may take, shorter than the deadline of a call. */
const LOCK_MS = 8_000
const STATEMENT_MS = 9_000
/** after which the server undoes what nobody goes on with: then the lock is free, whatever has become of us */
const IDLE_MS = 10_000

/** Connections of a database, as kysely takes them. */
export interface Pool extends PostgresPool {
  /** Cuts all of them, whatever they are doing. */
  cut(): void
}

interface PoolOptions {
  readonly writing: Writing
  /** Looks at each new connection. @throws {StoreError} when it is not to be used */
  readonly greet: (ask: Ask) => Promise<void>
  /** No connection can be had, or none that is to be used. */
  readonly away: (error: StoreError) => void
}

/** Connections that are made when they are needed. */
export function openPool(address: Address, { writing, greet, away }: PoolOptions): Pool {
  const all = new Set<pg.Client>()
  const pool = new pg.Pool({
    ...settingsOf(address),
    max: MOST,
    onConnect: async (client) => {
      all.add(client as pg.Client)
      client.on('error', ignored)
      client.once('end', () => all.delete(client as pg.Client))
      await greet(askOn(client))
    },
  })
  pool.on('error', ignored)
  return {
    connect: async () => {
      try {
        // Nobody asks for a cursor, which it would have to know as well.
        return new Lent(await pool.connect(), writing) as unknown as PostgresPoolClient
      } catch (error) {
        const fault = inOurWords(address, error)
        // All are in use: the server is there.
        if (!/timeout exceeded when trying/.test((error as Error).message)) away(fault)
        throw fault
      }
    },
    end: () => pool.end(),
    cut: () => all.forEach(cutOff),
  }
}

/** A connection for one use. @throws {StoreError} `store-unavailable`, or what `use` throws */
export async function withConnection<T>(
  address: Address,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(settingsOf(address))
  client.on('error', ignored)
  try {
    await client.connect()
    return await use(askOn(client))
  } catch (error) {
    throw inOurWords(address, error)
  } finally {
    await client.end().catch(ignored)
  }
}

/**
 * Listens to a channel.
 * @param notice is given what others say, and undefined when nothing is heard any more
 * @returns how to stop
 */
export async function listen(
  address: Address,
  channel: string,
  notice: (payload: string | undefined) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client(settingsOf(address))
  let isOver = false
  client.on('error', ignored)
  client.once('end', () => isOver || notice(undefined))
  client.on('notification', ({ payload = '' }) => notice(payload))
  try {
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
  } catch (error) {
    isOver = true
    await client.end().catch(ignored)
    throw inOurWords(address, error)
  }
  return async () => {
    isOver = true
    await client.end().catch(ignored)
  }
}

/**
 * How a transaction begins: with the lock of all writers.
 * @param waitMs for the lock at most @param mostMs for a statement at most; 0 = no end, both
 */
export function beginning(
  { lock, synchronousCommit }: Pick<Writing, 'lock' | 'synchronousCommit'>,
  waitMs = LOCK_MS,
  mostMs = STATEMENT_MS,
): string {
  return [
    // Whatever the defaults are there: what is read has to be what stands there when the lock is had.
    'begin isolation level read committed read write',
    `set local lock_timeout = ${waitMs}`,
    `set local statement_timeout = ${mostMs}`,
    `set local idle_in_transaction_session_timeout = ${IDLE_MS}`,
    `set local synchronous_commit = ${pg.escapeLiteral(synchronousCommit)}`,
    `select pg_advisory_xact_lock(${LOCK}, ${lock})`,
  ].join('; ')
}

/** With the mark by which it is known again, and a word to the other nodes. */
function committing({ channel, node }: Writing, mark: string): string {
  return [
    `insert into "mark" ("id", "at") values (${pg.escapeLiteral(mark)}, now())`,
    `select pg_notify(${pg.escapeLiteral(channel)}, ${pg.escapeLiteral(node)})`,
    'commit',
  ].join('; ')
}

let marks = 0

/** A connection that is lent for one statement or one transaction. */
class Lent {
  readonly #client: pg.PoolClient
  readonly #writing: Writing
  /** of the transaction that is open */
  #mark: string | undefined
  #isBroken = false

  constructor(client: pg.PoolClient, writing: Writing) {
    this.#client = client
    this.#writing = writing
  }

  /** Statements as kysely says them. */
  async query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (text === 'begin') return this.#begin()
    if (text === 'commit') return this.#commit()
    if (text === 'rollback') return this.#rollback()
    const { command, rowCount, rows } = await this.#send(() =>
      this.#client.query({ ...named(text), values: values.map(sayable) }),
    )
    return { command: command as 'SELECT', rowCount: rowCount ?? 0, rows }
  }

  release(): void {
    this.#client.release(this.#isBroken || this.#mark !== undefined)
  }

  async #begin<R>(): Promise<PostgresQueryResult<R>> {
    this.#mark = `${this.#writing.node} ${(marks += 1)}`
    await this.#send(() => this.#client.query(beginning(this.#writing)))
    return DONE
  }

  async #commit<R>(): Promise<PostgresQueryResult<R>> {
    const mark = this.#mark ?? ''
    const text = committing(this.#writing, mark)
    const said = (await this.#client.query(text).catch((error: unknown) => {
      this.#isBroken = true
      throw isLost(error) ? new Unanswered(mark, error) : faultIn(error)
    })) as unknown as readonly { readonly command: string }[]
    this.#mark = undefined
    if (said.at(-1)?.command !== 'COMMIT')
      throw new StoreError('store-busy', 'The server has undone the transaction.')
    return DONE
  }

  async #rollback<R>(): Promise<PostgresQueryResult<R>> {
    if (this.#isBroken) return DONE
    await this.#send(() => this.#client.query('rollback'))
    this.#mark = undefined
    return DONE
  }

  async #send<T>(query: () => Promise<T>): Promise<T> {
    try {
      return await query()
    } catch (error) {
      if (!isLost(error)) throw faultIn(error)
      this.#isBroken = true
      const how = `The connection was lost: ${(error as Error).message}.`
      // What was not committed is not there; a statement of its own commits by itself.
      const code = this.#mark === undefined ? 'store-lost' : 'store-unavailable'
      throw new StoreError(code, how, { cause: error })
    }
  }
}

/** No text here has NUL, and the server takes none: what is looked for with one is not there, as with this one. */
function sayable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFE') : value
}

const DONE = { command: 'SELECT', rowCount: 0, rows: [] } satisfies PostgresQueryResult<never>

// Planning costs more than a small statement does. Statements with many rows are rarely met twice.
const NAMED_LENGTH = 2_000
const NAMED_COUNT = 200
const names = new Map<string, string>()

/** A statement that the server keeps for the connection, where that is worth it. */
function named(text: string): { readonly text: string; readonly name?: string } {
  const known = names.get(text)
  if (known !== undefined) return { text, name: known }
  if (text.length > NAMED_LENGTH || names.size >= NAMED_COUNT) return { text }
  const name = `cimgate-${names.size}`
  names.set(text, name)
  return { text, name }
}

const INT8 = 20

function settingsOf({ url, password }: Address): pg.ClientConfig {
  return {
    connectionString: url,
    ...(password === undefined ? {} : { password }),
    application_name: 'cimgate',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_MS,
    types: {
      // Ours are counters, far below 2^53.
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8
          ? Number
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  }
}

function askOn(client: Pick<pg.ClientBase, 'query'>): Ask {
  return async (text, values = []) => {
    const result = await client.query<Row>(text, [...values])
    return (Array.isArray(result) ? (result as pg.QueryResult<Row>[]).at(-1) : result)?.rows ?? []
  }
}

function inOurWords(address: Address, error: unknown): StoreError {
  return error instanceof StoreError ? error : unreachable(address.shown, error)
}

function cutOff(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}

/** Whoever waits for an answer hears of it; nobody else has to. */
function ignored(): void {}
