// A store that fails its gateway under load, and what must be true while it does, afterwards, and after a restart.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { InjectedFault } from '../shell/store/sqlite/injected.ts'
import { read } from './client.fixture.ts'
import { newFolder, start, startIn } from './process.fixture.ts'
import { countsOf, judge, newWriters, persist } from './writers.fixture.ts'

/** accepted in spite of the fault */
const ACCEPTED = 60
/** milliseconds between two questions */
const PAUSE_MS = 20

/**
 * Writes until enough is accepted in spite of a fault; judges the same process and the next one.
 * @param when at which commit of a connection, and how often: `5`, `5:20`
 * @returns how often a message was refused
 */
export async function withstand(fault: InjectedFault, when: string): Promise<number> {
  const folder = newFolder()
  const served = await startIn({ CIMGATE_FAULT_AT: `${fault}:${when}` }, folder)
  const writers = newWriters()
  let isDone = false
  const lives = alive(served.address, () => isDone)
  // Where the writers fail first, their failure is the one to tell, and the runner still ends what it has started.
  lives.catch(() => undefined)
  const refused = await persist(served.address, writers, () => countsOf(writers).acked < ACCEPTED)
  isDone = true
  assert.equal(await lives, new Set([200]), 'answers of /livez')
  assert.ok(refused > 0, `nothing was refused: ${fault}:${when}`)
  await judge(served.address, writers, 0, `${fault}:${when}, the same process`)
  await served.end('SIGKILL')
  const again = await start(folder)
  await judge(again.address, writers, 0, `${fault}:${when}, the next process`)
  await again.end('SIGTERM')
  return refused
}

/** Asks again and again whether the process lives; every status that came. */
async function alive(address: string, isDone: () => boolean): Promise<ReadonlySet<number>> {
  const seen = new Set<number>()
  while (!isDone()) {
    seen.add((await read(`${address}/livez`)).status)
    await sleep(PAUSE_MS)
  }
  return seen
}
