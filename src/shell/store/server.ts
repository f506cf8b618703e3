// The store on a PostgreSQL server behind the `Store` port. Any number of nodes may share it; each tells its listeners what
// all of them have written.

import { randomUUID } from 'node:crypto'
import type { Log, Store } from '../../gateway/ports.ts'
import { Feed } from './feed.ts'
import { Keeper } from './keeper.ts'
import type { Address } from './postgres/address.ts'
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
  const waiting = new Set<() => void>()
  const due = () => waiting.forEach((it) => it())
  const parts = {
    address,
    node: randomUUID(),
    feed,
    log,
    due,
    ...times,
    holders: new Set<string>(),
  }
  const keeper = await Keeper.open({ start: () => openServer(parts), replace: true, log })
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
    close: () => keeper.close(),
  })
  return {
    ...store,
    onDue: (listener) => {
      const own = () => listener()
      waiting.add(own)
      return () => void waiting.delete(own)
    },
  }
}
