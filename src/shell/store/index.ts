// The embedded store: SQLite in one thread behind the `Store` port. A promise that resolves means on disk;
// a fault rejects with a StoreError that says whether the unit may be there.

import type { Log, Store } from '../../gateway/ports.ts'
import { crashAfter, crashAt } from './crash.ts'
import type { Opened } from './embedded.ts'
import type { Engine } from './engine.ts'
import { Feed } from './feed.ts'
import { Group } from './group.ts'
import { Kept } from './kept.ts'
import { Keeper } from './keeper.ts'
import { remoteEngine } from './remote.ts'
import { Thread } from './thread.ts'
import type { Before } from './retention.ts'
import type { WorkerData } from './worker.ts'

export { STORE_FAULTS, StoreError } from './fault.ts'
export type { StoreFaultCode, Written } from './fault.ts'

/** After which one call makes the database count as stuck. */
const DEADLINE_MS = 10_000

/** The compiled script: a thread is started from JavaScript, also in the tests. */
const SCRIPT = new URL('./worker.js', import.meta.url)

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Opens the store of a data folder, or makes it in an empty or absent one. One process has it at a time.
 * After a fault of the disk the store reopens by itself; until then calls are refused.
 * @throws {StoreError} `store-folder` | `store-in-use` (within a second) | `store-damaged` | `store-io`
 */
export function openStore(folder: string, log: Log = SILENT): Promise<Store> {
  return open({ folder }, log)
}

/** Opens an empty store that is forgotten when it is closed: for tests and the conformance command. */
export function openMemoryStore(log: Log = SILENT): Promise<Store> {
  return open({}, log)
}

async function open(place: Pick<WorkerData, 'folder'>, log: Log): Promise<Store> {
  const [feed, kept] = [new Feed(log), new Kept()]
  let mustExist = false
  const start = async () => {
    const workerData: WorkerData = { ...place, mustExist }
    const { thread, ready } = await Thread.start(SCRIPT, workerData, DEADLINE_MS)
    mustExist = true
    logOpened(log, place.folder, ready as Opened)
    return caughtUp(thread, feed, kept)
  }
  const keeper = await Keeper.open({ start, replace: place.folder !== undefined, log })
  return storeOn(keeper, feed, kept)
}

/** A thread whose database may be written to, because nothing is left to tell of what it has already. */
async function caughtUp(thread: Thread, feed: Feed, kept: Kept): Promise<Thread> {
  const engine = remoteEngine((method, parameters) => thread.call(method, parameters))
  try {
    await feed.catchUp(engine)
    kept.begin(await engine.counts())
    return thread
  } catch (error) {
    await thread.terminate()
    throw error
  }
}

function logOpened(log: Log, folder: string | undefined, { unclean, schemaFound }: Opened): void {
  const fields = { folder, schemaFound }
  if (unclean) log.warn(fields, 'The store was not closed the last time; the database is sound.')
  else log.info(fields, 'The store is open.')
}

/** Slice by slice, so that commits have their turn between. */
async function forgetAll(forgetSlice: Engine['forgetSlice'], before: Before): Promise<number> {
  for (let sum = 0; ;) {
    const { legs, more } = await forgetSlice(before)
    sum += legs
    if (!more) return sum
  }
}

function storeOn(keeper: Keeper, feed: Feed, kept: Kept): Store {
  const engine = remoteEngine((method, parameters) => keeper.call(method, parameters))
  const group = new Group(async (units) => {
    const outcomes = await engine.commit(units)
    kept.note(units, outcomes)
    feed.tell(outcomes.flatMap((it) => (it.kind === 'committed' ? it.events : [])))
    return outcomes
  })
  let closed: Promise<void> | undefined
  const close = async () => {
    await group.close()
    await keeper.close()
  }
  const { forgetSlice, claim, counts: _counts, ...others } = engine
  return {
    ...others,
    ...kept.asking(engine),
    commit: async (unit) => {
      const committed = await group.add(unit)
      crashAt('before-response')
      void crashAfter('after-response')
      return committed
    },
    claim: async (request) => {
      const { claimed, events } = await claim(request)
      feed.tell(events)
      return claimed
    },
    forget: (before) => forgetAll(forgetSlice, before),
    onEvents: (listener) => feed.listen(listener),
    close: () => (closed ??= close()),
  }
}
