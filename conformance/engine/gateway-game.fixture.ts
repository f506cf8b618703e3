// For tests only: the whole gateway as the product that sends, on virtual time, and the tester as the parties that it sends to.

import type { Leg } from '../../src/gateway/ledger.ts'
import type { PeerAnswer } from '../../src/gateway/peer.ts'
import type { Whole } from '../../src/gateway/whole.fixture.ts'
import type { Ground } from '../selftest/playing.ts'
import type { Told } from '../transport/listen.ts'
import type { Bell } from './bell.ts'
import { serverRun } from './game.fixture.ts'
import { openGame } from './game.ts'
import type { Trigger } from './server.ts'
import type { Ran } from './summary.ts'

/** after which the gateway gives up waiting, as its binding has it; the tester keeps back a late reply for longer */
const [TIMEOUT_MS, WAIT_MS] = [1000, 5000]

/** The time of the gateway is that of the tester. */
function bellOf({ timers, clock }: Whole['time']): Bell {
  const waiting = new Set<() => void>()
  const ring = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }
  return {
    ...{ now: () => Date.parse(clock()), ring, end: () => undefined },
    ringIn: (ms) => void timers.after(ms + 1, ring),
    later: (ms) => new Promise((done) => void timers.after(ms, done)),
    until: async (isSo) => {
      while (!isSo()) await new Promise<void>((wake) => waiting.add(wake))
    },
  }
}

/** As the binding of HTTP says it. */
function answerOf(told: Told | 'late'): PeerAnswer {
  const none = { kind: 'unreachable', sent: true, permanent: false } as const
  if (told === 'late') return { ...none, reason: `no answer within ${TIMEOUT_MS} ms` }
  if (told === undefined) return { ...none, reason: 'the connection was closed' }
  const { status, headers, bytes } = told
  return { kind: 'answered', status, contentType: String(headers['Content-Type'] ?? ''), bytes }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Has the gateway send something. @param answered called when the gateway has said something to that */
export type Obey = (it: Trigger, answered: () => void) => Promise<unknown>

/** A game of these cases; a party of the gateway is the role of its name. */
export async function playedWith(
  whole: Whole,
  ground: Ground,
  only: readonly string[],
  obey: Obey,
): Promise<Ran> {
  let isSending = false
  const answered = () => void (isSending = false)
  /** where the tester listens, for the role of the case */
  let told = ''
  const bell = bellOf(whole.time)
  const run = serverRun(ground, {
    ...{ role: 'GW', only, bell, waitMs: WAIT_MS },
    trigger: async (it: Trigger) => {
      told = new URL(it.address).pathname
      isSending = true
      void obey(it, answered)
      return undefined
    },
  })
  const game = openGame(run)
  whole.answer(async (party, leg: Leg) => {
    answered()
    const asked = {
      ...{ method: 'POST', path: told.replace(/[^/]+$/, party.toUpperCase()) },
      ...{
        headers: { 'content-type': leg.contentType },
        bytes: new TextEncoder().encode(leg.request),
      },
    }
    const late = bell.later(TIMEOUT_MS).then(() => 'late' as const)
    return answerOf(await Promise.race([game.answer(asked), late]))
  })
  let isOver = false
  void game.play('http://tester', () => false).then(() => (isOver = true))
  while (!isOver) {
    await settled()
    whole.time.step()
  }
  return game.end(run.now(), '')

  /** Nothing is left to do but to let time go by: for a reply that is kept back, or a party that was away. */
  async function settled(): Promise<void> {
    for (let ms = 0; isSending && ms < 100; ms += 2) await pause(2)
    await Promise.race([whole.quiet().then(() => pause(2)), pause(100)])
  }
}
