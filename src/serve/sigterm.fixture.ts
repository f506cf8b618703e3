// A gateway that is ended by SIGTERM while clients write (T14): what they have begun is answered, and what was answered is
// there afterwards.

import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { waitFor } from '../shell/wait.fixture.ts'
import { allEvents, create, storedIds } from './client.fixture.ts'
import { newGroup } from './messages.fixture.ts'
import { newFolder, start } from './process.fixture.ts'

const CLIENTS = 8

/** What was acknowledged over all rounds, and how long the longest end took. */
export interface Ended {
  readonly acknowledged: number
  readonly longestMs: number
}

/** Ends one gateway under load so many times, on one folder. */
export async function endUnderLoad(rounds: number, random: () => number): Promise<Ended> {
  const folder = newFolder()
  let longestMs = 0
  const acked = new Set<string>()
  for (let round = 1; round <= rounds; round += 1) {
    const served = await start(folder, '--log', 'error')
    const due = acked.size + 5 + Math.floor(random() * 30)
    let isEnding = false
    const client = async (_: unknown, at: number) => {
      while (!isEnding) {
        const group = newGroup(2)
        // Begun before the signal: it is answered, or the round fails. What was not let in has not begun.
        const made = await create(served.address, group, at % 2 === 0 ? 'xml' : 'json').catch(
          notLetIn,
        )
        if (made === 'not let in') return
        acked.add(group.mRID)
      }
    }
    const loading = Promise.all(Array.from({ length: CLIENTS }, client))
    await waitFor(() => acked.size >= due, `${due} acknowledgements`)
    isEnding = true
    const probe = await keptOpen(served.address)
    const begun = performance.now()
    const [code, said] = await Promise.all([served.end('SIGTERM'), probe.readiness(), loading])
    longestMs = Math.max(longestMs, performance.now() - begun)
    assert.is(code, 0, `round ${round}: ${served.said()}`)
    assert.match(said.join(' '), /^(200 )*503( 503)*$/, `round ${round}`)
  }
  const served = await start(folder, '--log', 'error')
  const stored = await storedIds(served.address)
  const lost = [...acked].filter((it) => !stored.includes(it))
  // What was begun has its answer: nothing is there of a connection that was reset.
  const unheard = [...stored].filter((it) => !acked.has(it))
  assert.equal([lost, unheard], [[], []])
  assert.is((await allEvents(served.address, stored.length)).length, stored.length)
  await served.end('SIGTERM')
  return { acknowledged: acked.size, longestMs }
}

/** A connection that is there before the end, as that of whoever asks every now and then whether we are ready. */
async function keptOpen(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<number>((done, fail) => {
      const asking = get(`${address}/readyz`, { agent }, (answer) => {
        answer.resume().on('end', () => done(answer.statusCode ?? 0))
      })
      asking.on('error', fail)
    })
  assert.is(await ask(), 200)
  /** asks until there is nobody left to ask */
  const readiness = async () => {
    const said: number[] = []
    for (let status: number | undefined = 0; status !== undefined;) {
      await sleep(10)
      status = await ask().catch(() => undefined)
      if (status !== undefined) said.push(status)
    }
    agent.destroy()
    return said
  }
  return { readiness }
}

/** Whoever comes too late finds the port closed, or its connection reset before it was taken; any other failure is a fault. */
function notLetIn(error: Error): 'not let in' {
  const { code } = (error.cause ?? {}) as { readonly code?: string }
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'not let in'
  throw new Error(`${error.message}: ${code}`, { cause: error })
}
