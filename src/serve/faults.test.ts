// A store that fails its gateway: refused as long as it lasts, nothing acknowledged that is not there, no restart needed.

import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FAULTS } from '../shell/store/injected.ts'
import type { InjectedFault } from '../shell/store/injected.ts'
import { read } from './client.fixture.ts'
import { endAll, newFolder, start, startIn } from './process.fixture.ts'
import { countsOf, judge, newWriters, persist } from './writers.fixture.ts'

const test = suite('serve: faults')
test.after(endAll)

/** accepted in spite of the fault */
const ACCEPTED = 60

/** At which commit of a connection, and how often; a thread that hangs is given ten seconds. */
const WHEN: Readonly<Record<InjectedFault, string>> = {
  full: '5:20',
  io: '5',
  written: '5',
  exit: '5',
  hang: '12',
}

for (const fault of FAULTS)
  test(`T15: acknowledges nothing that is not there, and recovers by itself: ${fault}`, async () => {
    const folder = newFolder()
    const served = await startIn({ CIMGATE_FAULT_AT: `${fault}:${WHEN[fault]}` }, folder)
    const writers = newWriters()
    let isDone = false
    const lives = alive(served.address, () => isDone)
    const refused = await persist(served.address, writers, () => countsOf(writers).acked < ACCEPTED)
    isDone = true
    assert.equal(await lives, new Set([200]), 'answers of /livez')
    assert.ok(refused > 0, 'nothing was refused')
    await judge(served.address, writers, 0, `${fault}, the same process`)
    await served.end('SIGKILL')
    const again = await start(folder)
    await judge(again.address, writers, 0, `${fault}, the next process`)
    await again.end('SIGTERM')
  })

/** milliseconds between two questions */
const PAUSE_MS = 20

/** Asks again and again whether the process lives; every status that came. */
async function alive(address: string, isDone: () => boolean): Promise<ReadonlySet<number>> {
  const seen = new Set<number>()
  while (!isDone()) {
    seen.add((await read(`${address}/livez`)).status)
    await sleep(PAUSE_MS)
  }
  return seen
}

test.run()
