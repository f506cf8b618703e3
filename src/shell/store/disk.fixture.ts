// A process whose disk fails it: commits until it is refused, has the cause removed, and commits again.
// Arguments: data folder, shell command that removes the cause. Prints what happened as JSON.

import { execSync } from 'node:child_process'
import type { Store } from '../../gateway/ports.ts'
import { waitFor } from '../wait.fixture.ts'
import { keep, samplePut, sampleUnit } from './contract/samples.ts'
import { openStore } from './index.ts'
import type { StoreError } from './index.ts'

const [folder = '', remedy = ''] = process.argv.slice(2)
let reopened = 0
const store = await openStore(folder, {
  info: () => undefined,
  // A database that was given up is checked when it is opened again.
  warn: () => (reopened += 1),
  error: () => undefined,
})
const told: number[] = []
store.onEvents((events) => told.push(...events.map(({ seq }) => seq)))

const { acked, fault } = await fill(store)
// As large as the one that failed: a smaller one may find room.
const refused = await keep(store, unit(acked + 1)).then(() => 'kept', String)
execSync(remedy, { env: { ...process.env, PID: `${process.pid}` } })
await untilKept(store)
console.log(JSON.stringify({ ...fault, refused, reopened, ...(await judge(store)) }))
await store.close()

async function fill(store: Store) {
  for (let acked = 0; ; acked += 1) {
    try {
      await keep(store, unit(acked))
    } catch (error) {
      const { code, written } = error as StoreError
      return { acked, fault: { code, written } }
    }
  }
}

/** 20 kB, so that the end of the disk falls into the middle of a unit. */
function unit(n: number) {
  return sampleUnit(`${n}`, [samplePut(`o${n}`, { body: 'x'.repeat(20_000) })])
}

function untilKept(store: Store): Promise<void> {
  const isKept = () =>
    store.commit(sampleUnit('after')).then(
      () => true,
      () => false,
    )
  return waitFor(isKept, 'a commit that is kept')
}

async function judge(store: Store) {
  const seqs = (await store.events(0, 100_000)).map(({ seq }) => seq)
  const ids = Array.from({ length: acked + 1 }, (_, n) => `o${n}`)
  const message = await store.message('north', `message-${acked}`)
  return {
    acked,
    objects: (await store.objects('Things', ids, [])).length,
    lastIsThere: message !== undefined,
    gapFree: seqs.every((seq, n) => seq === n + 1),
    toldAll: String(told) === String(seqs),
  }
}
