// Opens the database of a server: look at it, migrate, read on in the feed. What is opened answers calls until no connection
// can be had any more; then it is opened anew.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../../gateway/ports.ts'
import { engineOn } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { StoreError } from '../fault.ts'
import type { Feed } from '../feed.ts'
import type { Answering } from '../keeper.ts'
import { Kysely, PostgresDialect } from '../kysely.ts'
import { remoteEngine } from '../remote.ts'
import type { Tables } from '../schema.ts'
import type { Address } from './address.ts'
import { beginning, openPool, withConnection } from './connection.ts'
import type { Ask, Pool, Writing } from './connection.ts'
import {
  judgeMarker,
  judgeTimeline,
  judgedServer,
  markerIn,
  timelineIn,
  writingIn,
} from './judge.ts'
import type { Marker, Seen } from './judge.ts'
import { Unanswered } from './lent.ts'
import { migrate } from './migrate.ts'
import { Presence } from './presence.ts'
import type { Neighbour } from './presence.ts'

/** After which one call makes the database count as stuck. */
const DEADLINE_MS = 10_000
/** Between two looks for what others have written, if no word of it has come. */
const POLL_MS = 1_000
/** How long is looked for what has become of a COMMIT, shorter than the deadline of a call. */
const RESOLVE_MS = 4_000
/** Between two tries to do so. */
const AGAIN_MS = 100
const WRITING: ReadonlySet<string> = new Set<keyof Engine>([
  'commit',
  'claim',
  'release',
  'forgetSlice',
])

/** In milliseconds. */
export interface Times {
  /** after which a node that says nothing has lost its lanes */
  readonly silentMs?: number
  /** after which one call makes the database count as stuck */
  readonly deadlineMs?: number
  /** for the lock of all writers at most */
  readonly waitMs?: number
  /** for a statement at most */
  readonly mostMs?: number
}

/** What is opened. */
export interface ServerParts extends Neighbour, Omit<Times, 'silentMs'> {
  readonly address: Address
  readonly seen: Seen
  readonly feed: Feed
  readonly log: Log
}

/**
 * Opens it.
 * @throws {StoreError} `store-server` when it is not to be used, `store-unavailable` when it cannot be reached
 */
export async function openServer(parts: ServerParts): Promise<Answering> {
  const { address, node, feed, log, seen, waitMs, mostMs } = parts
  const { facts, marker, schemaFound, writing } = await withConnection(address, async (ask) => {
    const facts = await judgedServer(ask)
    const timeline = await timelineIn(ask)
    judgeTimeline(timeline, seen)
    seen.timeline = timeline ?? seen.timeline
    const times = { ...(waitMs && { waitMs }), ...(mostMs && { mostMs }) }
    const writing: Writing = { ...writingIn(facts), node, ...times }
    return { facts, writing, ...(await migrate(ask, facts, writing)) }
  })
  const { versionText: version, schema } = facts
  log.info({ database: address.shown, version, schema, schemaFound }, 'The store is open.')
  const session = new Session(parts, { marker, writing })
  try {
    await feed.notAhead(session.remote)
    await feed.catchUp(session.remote)
  } catch (error) {
    await session.end()
    throw error
  }
  session.follow()
  return session
}

/** What was found when it was opened, and has to be there still. */
interface Begun {
  readonly marker: Marker
  readonly writing: Writing
  readonly seen: Seen
}

/**
 * What another server in its place has lost is told before anything is done with it.
 * @throws {StoreError} `store-server` when it is not the server that it was, or none that is to be used
 */
async function judged(ask: Ask, { marker, seen }: Begun, feed: Feed): Promise<void> {
  await judgedServer(ask)
  const timeline = await timelineIn(ask)
  const isNew = judgeTimeline(timeline, seen)
  judgeMarker(await markerIn(ask), marker)
  if (isNew) await feed.notAhead({ horizon: () => horizonOn(ask) })
  seen.timeline = timeline ?? seen.timeline
}

async function horizonOn(ask: Ask): ReturnType<Engine['horizon']> {
  const [row] = await ask(
    'select coalesce(min("seq"), 0) as "oldest", coalesce(max("seq"), 0) as "last" from "event"',
  )
  return { oldest: Number(row?.['oldest']), last: Number(row?.['last']) }
}

/** Connections to a database, from when it was found fit until it is not to be reached any more. */
class Session implements Answering {
  readonly failed: Promise<StoreError>
  readonly ended: Promise<void>
  /** the engine, as others ask it */
  readonly remote: Engine = remoteEngine((method, parameters) => this.call(method, parameters))
  readonly #parts: ServerParts
  readonly #pool: Pool
  readonly #engine: Engine
  #tellFailed: (error: StoreError) => void = () => undefined
  #tellEnded: () => void = () => undefined
  #isOver = false
  readonly #presence: Presence
  #poll: NodeJS.Timeout | undefined

  constructor(parts: ServerParts, { marker, writing }: Omit<Begun, 'seen'>) {
    this.#parts = parts
    this.failed = new Promise((resolve) => (this.#tellFailed = resolve))
    this.ended = new Promise((resolve) => (this.#tellEnded = resolve))
    const begun = { marker, writing, seen: parts.seen }
    const greet = (ask: Ask) => judged(ask, begun, parts.feed)
    this.#pool = openPool(parts.address, { writing, greet, away: (error) => this.#fail(error) })
    const dialect = new PostgresDialect({ pool: this.#pool })
    const db = new Kysely<Tables>({ dialect })
    const inDoubt = (error: unknown) => resolved(error, parts, begun)
    this.#engine = engineOn(db, inDoubt, dialect)
    const said = () => void this.#look()
    this.#presence = new Presence({ ...parts, writing, pool: this.#pool, said })
  }

  /** @throws {StoreError} what the engine says, or `store-timeout` */
  async call(method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (method === 'close') return this.end()
    if (this.#isOver) throw new StoreError('store-unavailable')
    const late = Symbol()
    const { deadlineMs = DEADLINE_MS } = this.#parts
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<symbol>((resolve) => {
      timer = setTimeout(() => resolve(late), deadlineMs)
    })
    const answer = await Promise.race([this.#perform(method, parameters), deadline]).finally(() =>
      clearTimeout(timer),
    )
    if (answer !== late) return answer
    const error = new StoreError('store-timeout', `"${method}" took over ${deadlineMs} ms.`)
    this.#fail(error)
    throw error
  }

  /** A question is asked once more, on another connection, when the first one is lost. */
  async #perform(method: string, parameters: readonly unknown[]): Promise<unknown> {
    const methods = this.#engine as unknown as Record<
      string,
      (...it: readonly unknown[]) => unknown
    >
    const ask = () => methods[method]?.(...parameters)
    if (method === 'claim')
      await this.#presence.known((parameters[0] as { readonly holder: string }).holder)
    try {
      return await ask()
    } catch (error) {
      const isLost = error instanceof StoreError && error.code === 'store-lost'
      if (!isLost || WRITING.has(method) || this.#isOver) throw error
      return ask()
    }
  }

  /** Tells what others write from now on, as soon as it is there: by their word, or by looking. */
  follow(): void {
    this.#poll = setInterval(() => void this.#look(), POLL_MS)
    this.#presence.begin()
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    if (this.#isOver) return this.ended
    this.#isOver = true
    await this.#presence.leave()
    await this.#letGo()
  }

  async #letGo(): Promise<void> {
    clearInterval(this.#poll)
    await this.#presence.cut()
    await this.#pool.end()
    this.#tellEnded()
  }

  #fail(error: StoreError): void {
    if (this.#isOver) return
    this.#isOver = true
    void this.#letGo()
    this.#pool.cut()
    this.#tellFailed(error)
  }

  async #look(): Promise<void> {
    if (this.#isOver) return
    try {
      await this.#parts.feed.follow(this.remote)
      await this.#presence.join()
    } catch {
      // Whoever asks for something hears of it; the next look comes soon.
    }
  }
}

/**
 * What has become of a COMMIT that was not answered: the lock is had only when that transaction is over.
 * @throws {StoreError} the same error when it cannot be told, `store-unavailable` when nothing was written; every other error
 */
async function resolved(
  error: unknown,
  { address, feed }: Pick<ServerParts, 'address' | 'feed'>,
  begun: Begun,
): Promise<void> {
  if (!(error instanceof Unanswered)) throw error
  const isThere = async (ask: Ask) => {
    await judged(ask, begun, feed)
    await ask(beginning(begun.writing, RESOLVE_MS / 2))
    const found = await ask('select "id" from "mark" where "id" = $1', [error.mark])
    return found.length > 0
  }
  for (const lateAt = performance.now() + RESOLVE_MS; ;) {
    const found = await withConnection(address, isThere).catch(() => undefined)
    if (found === true) return
    if (found === false)
      throw new StoreError('store-unavailable', 'The connection was lost, and nothing is written.')
    if (performance.now() > lateAt) throw error
    await sleep(AGAIN_MS)
  }
}
