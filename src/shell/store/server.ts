// The store on a PostgreSQL server behind the `Store` port. Any number of nodes may share it; each tells its listeners what
// all of them have written.

import { randomUUID } from 'node:crypto'
import type { Log, Store } from '../../gateway/ports.ts'
import { Feed } from './feed.ts'
import { Keeper } from './keeper.ts'
import type { Address } from './postgres/address.ts'
import { Fence, patienceOf } from './postgres/fence.ts'
import type { Times } from './postgres/open.ts'
import { openServer } from './postgres/open.ts'
import { remoteEngine } from './remote.ts'
import { eventsOf, storeOn } from './store.ts'
import type { Ways } from './store.ts'

export { addressIn } from './postgres/address.ts'
export type { Address } from './postgres/address.ts'

/**
 * Opens the store of a server, or makes it in an empty schema. While the server is away calls are refused at once; it is
 * taken up again by itself.
 * @param address as {@link addressIn} reads it
 * @param times how long is waited, where it is not as usual
 * @throws {StoreError} `store-server` with what does not fit, `store-unavailable` when it cannot be reached
 */
export async function openServerStore(
  address: Address,
  log: Log,
  times: Times = {},
): Promise<Store> {
  const feed = new Feed(log)
  const [due, lost, turn] = [new Told<void>(), new Told<void>(), new Told<boolean>()]
  const patience = patienceOf(times.silentMs)
  const fence = new Fence(patience, () => lost.tell())
  const { silentMs: _silentMs, ...own } = times
  const parts = {
    address,
    node: randomUUID(),
    feed,
    log,
    patience,
    fence,
    due: () => due.tell(),
    turn: { isWanted: () => turn.isHeard(), told: (isOurs: boolean) => turn.tell(isOurs) },
    ...own,
    seen: { timeline: 0 },
    holders: new Set<string>(),
  }
  const keeper = await opened(() => openServer(parts), fence, log)
  const engine = remoteEngine((method, parameters) => keeper.call(method, parameters))
  // What is written is written, whether it can be told now or later.
  const tell: Ways['tell'] = async (events) => {
    if (events.length > 0) await feed.follow(engine, events).catch(() => undefined)
  }
  const store = storeOn(engine, {
    asking: engine,
    committed: (_units, outcomes) => tell(eventsOf(outcomes)),
    tell,
    listen: (listener) => feed.listen(listener),
    close: async () => {
      await keeper.close()
      fence.end()
    },
  })
  return {
    ...store,
    onDue: (listener) => due.listen(listener),
    onLost: (listener) => lost.listen(listener),
    onTurn: (listener) => turn.listen(listener),
  }
}

async function opened(
  start: () => ReturnType<typeof openServer>,
  fence: Fence,
  log: Log,
): Promise<Keeper> {
  try {
    return await Keeper.open({ start, replace: true, log })
  } catch (error) {
    fence.end()
    throw error
  }
}

/** Those who want to hear of something. */
class Told<T> {
  readonly #listeners = new Set<(it: T) => void>()

  /** @returns how to stop */
  listen(listener: (it: T) => void): () => void {
    // A function of its own, so that one listener may be added twice and stopped once.
    const own = (it: T) => listener(it)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  isHeard(): boolean {
    return this.#listeners.size > 0
  }

  tell(it: T): void {
    for (const listener of this.#listeners) listener(it)
  }
}
