// The embedded store: SQLite in one thread behind the `Store` port. A promise that resolves means on disk;
// a fault rejects with a StoreError that says whether the unit may be there.

import type { Log, Store } from '../../gateway/ports.ts'
import type { Opened } from './sqlite/open.ts'
import type { Engine } from './engine.ts'
import { Feed } from './feed.ts'
import { Kept } from './kept.ts'
import { Keeper } from './keeper.ts'
import { packedUnit, unpackedOutcome } from './packed.ts'
import type { PackedOutcome } from './packed.ts'
import { remoteEngine } from './remote.ts'
import type { Send } from './remote.ts'
import { eventsOf, storeOn } from './store.ts'
import { Thread } from './thread.ts'
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
  const engine = inThread((method, parameters) => keeper.call(method, parameters))
  const tell: Feed['tell'] = (events) => feed.tell(events)
  return storeOn(engine, {
    asking: kept.asking(engine),
    committed: (units, outcomes) => {
      kept.note(units, outcomes)
      tell(eventsOf(outcomes))
    },
    tell,
    listen: (listener) => feed.listen(listener),
    close: () => keeper.close(),
  })
}

/** An engine whose thread takes units, and gives outcomes, as they cross. */
function inThread(send: Send): Engine {
  return {
    ...remoteEngine(send),
    commit: async (units) => {
      const outcomes = await send('commit', [units.map(packedUnit)])
      return (outcomes as readonly PackedOutcome[]).map(unpackedOutcome)
    },
  }
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
