// The one file that imports pg: connections to a server with what our promises need, and its errors in our words. Every
// transaction is a writer, and there is one writer at a time, whichever node it is of: numbers have no gap then, and
// what is written is seen by whoever writes next. Knows no table but that of the marks.

import pg from 'pg'
import { StoreError } from '../fault.ts'
import type { PostgresPool, PostgresPoolClient } from '../kysely.ts'
import type { Address } from './address.ts'
import { faultIn, isLost, unreachable } from './faults.ts'
import { Lent } from './lent.ts'
import type { Client } from './lent.ts'

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
  /** milliseconds for the lock at most; 8 s by default */
  readonly waitMs?: number
  /** milliseconds for a statement at most; 9 s by default */
  readonly mostMs?: number
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
/**
 * After which the server undoes what nobody goes on with: then the lock is free, whatever has become of us. Shorter than the
 * others wait for it.
 */
const IDLE_MS = 3_000

/** Connections of a database, as kysely takes them. */
export interface Pool extends PostgresPool {
  /** Cuts all of them, whatever they are doing. */
  cut(): void
  /** A plain connection. */
  lend(): Promise<pg.PoolClient>
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
    // Statements of a group of units go out without waiting for the answers to those before.
    pipeline: true,
    onConnect: async (client) => {
      all.add(client as pg.Client)
      client.on('error', ignored)
      client.once('end', () => all.delete(client as pg.Client))
      await greet(askOn(client))
    },
  })
  pool.on('error', ignored)
  const texts = {
    node: writing.node,
    begin: beginning(writing),
    commit: (mark: string) => committing(writing, mark),
  }
  const lend = () =>
    pool.connect().catch((error: unknown) => {
      const fault = inOurWords(address, error)
      // All are in use, or the server has no more: it is there.
      const isBusy = /timeout exceeded when trying/.test((error as Error).message)
      if (!isBusy && fault.code !== 'store-busy') away(fault)
      throw fault
    })
  return {
    lend,
    // Nobody asks for a cursor, which it would have to know as well.
    connect: async () =>
      new Lent((await lend()) as unknown as Client, texts) as unknown as PostgresPoolClient,
    end: () => pool.end(),
    cut: () => all.forEach(cutOff),
  }
}

/** A connection of the pool for one use. @throws {StoreError} as a connection of the pool */
export async function withPooled<T>(pool: Pool, use: (ask: Ask) => Promise<T>): Promise<T> {
  const lent = await pool.lend()
  let isBroken = true
  try {
    const found = await use(askOn(lent))
    isBroken = false
    return found
  } catch (error) {
    throw isLost(error) ? new StoreError('store-unavailable', '', { cause: error }) : faultIn(error)
  } finally {
    lent.release(isBroken)
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

/** A connection that stays: on it is heard what others say, and its locks live as long as it does. */
export interface Line {
  readonly ask: Ask
  readonly isOver: () => boolean
  readonly end: () => Promise<void>
}

/**
 * Opens one, and listens to a channel.
 * @param notice is given what others say, and undefined when nothing is heard any more
 */
export async function openLine(
  address: Address,
  channel: string,
  notice: (payload: string | undefined) => void,
): Promise<Line> {
  const client = new pg.Client(settingsOf(address))
  let isOver = false
  client.on('error', ignored)
  client.once('end', () => {
    if (!isOver) notice(undefined)
    isOver = true
  })
  client.on('notification', ({ payload = '' }) => notice(payload))
  const end = async () => {
    isOver = true
    await client.end().catch(ignored)
  }
  try {
    await client.connect()
    // Locks of a connection that the server still takes for living are waited for in vain.
    await client.query(`set lock_timeout = ${CONNECT_MS}; listen ${pg.escapeIdentifier(channel)}`)
  } catch (error) {
    await end()
    throw inOurWords(address, error)
  }
  return { ask: inTurns(askOn(client)), isOver: () => isOver, end }
}

/** What a transaction begins with. */
export type Locking = Pick<Writing, 'lock' | 'synchronousCommit' | 'waitMs' | 'mostMs'>

/**
 * How a transaction begins: with the lock of all writers.
 * @param waitMs for the lock at most @param mostMs for a statement at most; 0 = no end, both
 */
export function beginning(
  { lock, synchronousCommit, ...own }: Locking,
  waitMs = own.waitMs ?? LOCK_MS,
  mostMs = own.mostMs ?? STATEMENT_MS,
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

/** One question at a time, though several may have some. */
function inTurns(ask: Ask): Ask {
  let before: Promise<unknown> = Promise.resolve()
  return (...it) => {
    const answered = before.then(() => ask(...it))
    before = answered.catch(ignored)
    return answered
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
