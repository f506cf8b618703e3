// A data folder with many messages in it, and how long a gateway takes that is started on it after kill -9.

import * as assert from 'uvu/assert'
import { outgoingLeg } from '../gateway/delivery/dispatcher.fixture.ts'
import type { StatusEvent } from '../gateway/ports.ts'
import { counted } from '../shell/store/contract/samples.ts'
import { openStore } from '../shell/store/index.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { start } from './process.fixture.ts'
import { countsOf, judge, lastEvent, newWriters, write } from './writers.fixture.ts'

/** messages of one unit */
const BATCH = 500
const AT = '2026-07-14T08:00:00.000Z'

/** Fills an empty folder: so many messages, each with its request, its reply, its attempt and its event. */
export async function fillStore(folder: string, messages: number): Promise<void> {
  const store = await openStore(folder)
  const request = groupXml(newGroup())
  for (let from = 0; from < messages; from += BATCH) {
    const ids = counted(Math.min(BATCH, messages - from), from).map((n) => `full-${n}`)
    const legs = ids.map((id) =>
      outgoingLeg(id, { state: 'ACKED', request, reply: '<r/>'.padEnd(600), replyStatus: 200 }),
    )
    const events = ids.map((subject): StatusEvent => ({ ...EVENT, subject, exchangeId: subject }))
    const attempts = ids.map(
      (leg) =>
        ({
          leg,
          n: 1,
          tries: 1,
          at: AT,
          tookMs: 9,
          outcome: 'ok',
          status: 200,
          answer: '',
        }) as const,
    )
    await store.commit({ puts: [], removals: [], legs, events, attempts })
  }
  await store.close()
}

const EVENT = {
  noun: 'DERGroups',
  verb: 'created',
  flow: 'der-group-form',
  revision: 1,
  at: AT,
  state: 'available',
  previous: '',
  result: 'OK',
  code: '0.0',
  owner: '',
} as const

/**
 * Kills a gateway under load some times, on a folder that is full already; each that follows is judged.
 * @returns milliseconds from the command to the answer that it is ready, each time
 */
export async function readyAfterKills(folder: string, kills: number): Promise<readonly number[]> {
  const took: number[] = []
  let served = await start(folder)
  for (const n of counted(kills)) {
    const since = await lastEvent(served.address)
    const writers = newWriters()
    const isDue = () => countsOf(writers).acked >= LEAST_ACKED
    const killed = waitFor(isDue, 'acknowledgements').then(() => served.end('SIGKILL'))
    await Promise.all([write(served.address, writers), killed])
    const began = performance.now()
    served = await start(folder)
    const answer = await fetch(`${served.address}/readyz`)
    took.push(performance.now() - began)
    assert.is(answer.status, 200, await answer.text())
    await judge(served.address, writers, since, `kill ${n + 1} of a full store`)
  }
  assert.is(await served.end('SIGTERM'), 0)
  return took
}

/** before each kill */
const LEAST_ACKED = 50
