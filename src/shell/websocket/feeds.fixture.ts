// A feed over a store in memory, on any free port, until the end of a test file.

import { createServer } from 'node:http'
import { accessTo } from '../../gateway/access/parties.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Store } from '../../gateway/ports.ts'
import { listening } from '../http/raw.fixture.ts'
import { counted, keep, sampleUnit } from '../store/contract/samples.ts'
import { openMemoryStore } from '../store/index.ts'
import { serveStatus } from './index.ts'
import type { StatusOptions } from './index.ts'

/** A store and the feeds over it. */
export interface Feeds {
  readonly store: Store
  /** starts one more feed; its port */
  readonly serving: (options?: Partial<StatusOptions>, over?: Store) => Promise<number>
  /** Commits that many units with one event each; the last seq. */
  readonly write: (count: number, fill?: string) => Promise<number>
  readonly close: () => Promise<void>
}

/** Opens an empty store. */
export async function openFeeds(): Promise<Feeds> {
  const store = await openMemoryStore()
  const ends: (() => Promise<void>)[] = []
  let written = 0
  const serving = async (options: Partial<StatusOptions> = {}, over = store) => {
    const server = createServer()
    const status = serveStatus(server, over, { access: accessTo(LOCAL), ...options })
    ends.push(async () => {
      await status.close()
      server.close()
      server.closeAllConnections()
    })
    return listening(server)
  }
  const write = async (count: number, fill = '') => {
    const keys = counted(count).map(() => `${fill}${(written += 1)}`)
    await Promise.all(keys.map((key) => keep(store, sampleUnit(key))))
    return (await store.horizon()).last
  }
  const close = async () => {
    for (const end of ends) await end()
    await store.close()
  }
  return { store, serving, write, close }
}
