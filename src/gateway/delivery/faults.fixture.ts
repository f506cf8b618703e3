// For tests only: the fourteen ways in which a peer fails (T4), as they look from both ends of the line: what arrives over
// there, and what is heard here. The same table serves virtual time, where a fault is told, and sockets, where it is made.

import { seeded } from '../../shell/websocket/load.fixture.ts'
import type { Attempt, Leg } from '../ledger.ts'
import type { PeerAnswer, Random } from '../peer.ts'
import { down, http, outgoingLeg } from './dispatcher.fixture.ts'
import { RETRY } from './retry.ts'
import type { VirtualTime } from './virtual-time.fixture.ts'

/** milliseconds in which a peer has to answer */
const DEADLINE_MS = 1_000

/** One try that a fault has spoiled. */
export interface Fate {
  /** milliseconds until the message is there, where it arrives at all; later than the answer = after the timeout */
  readonly arrivesMs?: number
  /** milliseconds until it is known here what became of it */
  readonly afterMs: number
  readonly answer: PeerAnswer
}

/** One way to fail. */
export interface Fault {
  /**
   * `slow`: arrives and is answered all the same; `lasting`: fails for some tries, maybe for all; `final`: no repetition
   * mends it
   */
  readonly kind: 'slow' | 'lasting' | 'final'
  /** what each spoiled try is noted as */
  readonly outcome: Attempt['outcome']
  readonly fate: (random: Random) => Fate
}

const LATE = (arrivesMs?: number): Fate => ({
  ...(arrivesMs === undefined ? {} : { arrivesMs }),
  afterMs: DEADLINE_MS,
  answer: down('no answer in time', true),
})

/** The connection ends after this part of the exchange: before the message is there as a whole, or before its answer is. */
function cutOff(reason: string, random: Random): Fate {
  const isThere = random() < 0.5
  return { ...(isThere ? { arrivesMs: 40 } : {}), afterMs: 50, answer: down(reason, true) }
}

/** By their names. */
export const FAULTS = {
  latency: { kind: 'slow', outcome: 'ok', fate: () => slowly(DEADLINE_MS - 1) },
  down: {
    kind: 'lasting',
    outcome: 'technical',
    fate: () => ({ afterMs: 0, answer: down('connection refused') }),
  },
  bandwidth: { kind: 'lasting', outcome: 'unknown', fate: () => LATE() },
  'slow close': { kind: 'slow', outcome: 'ok', fate: () => slowly(500) },
  timeout: { kind: 'lasting', outcome: 'unknown', fate: () => LATE() },
  reset: { kind: 'lasting', outcome: 'unknown', fate: (it) => cutOff('connection reset', it) },
  slicer: { kind: 'slow', outcome: 'ok', fate: () => slowly(300) },
  'cut after n bytes': { kind: 'lasting', outcome: 'unknown', fate: (it) => cutOff('cut off', it) },
  '5xx': { kind: 'lasting', outcome: 'technical', fate: serverError },
  '3xx': { kind: 'final', outcome: 'technical', fate: () => answered(302) },
  '401': { kind: 'final', outcome: 'business', fate: () => answered(401) },
  'slow body': { kind: 'lasting', outcome: 'unknown', fate: () => LATE(20) },
  'never answers': { kind: 'lasting', outcome: 'unknown', fate: () => LATE(20) },
  'answers after the timeout': {
    kind: 'lasting',
    outcome: 'unknown',
    fate: (random) => LATE(DEADLINE_MS + Math.floor(random() * DEADLINE_MS)),
  },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof FAULTS

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

/** milliseconds that a peer in trouble asks to wait: less and more than the first waits of the plan */
export const WISH_MS = 60_000

function slowly(ms: number): Fate {
  return { arrivesMs: ms / 2, afterMs: ms, answer: http(200) }
}

function answered(status: number): Fate {
  return { afterMs: 20, answer: http(status) }
}

function serverError(random: Random): Fate {
  const status = 500 + Math.floor(random() * 5)
  return { afterMs: 20, answer: http(status, status === 503 ? { retryAfterMs: WISH_MS } : {}) }
}

/** A message to a peer that fails, and what has to become of it. */
export interface Trial {
  readonly leg: Leg
  readonly fault: FaultName
  /** tries that are spoiled, before the fault has passed */
  readonly spoiled: number
  /** tries in all */
  readonly tries: number
  readonly end: 'ACKED' | 'PARKED'
}

const MOST_TRIES = RETRY.delaysMs.length + 1

/** For each fault a party, with so many messages: most in order by one of some keys, some without an order. */
export function trialsOf(each: number, random: Random): readonly Trial[] {
  const keys = Math.ceil(each / 10)
  return FAULT_NAMES.flatMap((fault) =>
    Array.from({ length: each }, (_, n): Trial => {
      const id = `${fault} ${String(n).padStart(4, '0')}`
      const orderKey = n % (keys + 1) === keys ? '' : `key ${n % (keys + 1)}`
      const leg = outgoingLeg(id, { party: fault, orderKey })
      return { leg, fault, ...expected(FAULTS[fault].kind, random) }
    }),
  )
}

function expected(kind: Fault['kind'], random: Random): Omit<Trial, 'leg' | 'fault'> {
  if (kind === 'slow') return { spoiled: Infinity, tries: 1, end: 'ACKED' }
  if (kind === 'final') return { spoiled: Infinity, tries: 1, end: 'PARKED' }
  // As often as not the fault passes before all tries are made.
  const spoiled = Math.floor(random() * (MOST_TRIES + 3))
  const isParked = spoiled >= MOST_TRIES
  return { spoiled, tries: isParked ? MOST_TRIES : spoiled + 1, end: isParked ? 'PARKED' : 'ACKED' }
}

/** What has come in at the peers, by MessageID, in order; a second time is a duplicate that they know. */
export interface Receiver {
  readonly heard: readonly string[]
}

/** Peers on virtual time that fail as the trials say, until they are mended. */
export function failingPeers(trials: readonly Trial[], seed: number, time: () => VirtualTime) {
  const byLeg = new Map(trials.map((it) => [it.leg.id, it]))
  const random = seeded(seed)
  const heard: string[] = []
  let isMended = false
  const after = (ms: number, run: () => void) => void time().timers.after(ms, run)
  async function behave(leg: Leg, tries: number): Promise<PeerAnswer> {
    const trial = byLeg.get(leg.id)
    const fate: Fate =
      trial === undefined || isMended || tries >= trial.spoiled
        ? slowly(30)
        : FAULTS[trial.fault].fate(random)
    const { arrivesMs, afterMs, answer } = fate
    if (arrivesMs !== undefined) after(arrivesMs, () => void heard.push(leg.messageID))
    return new Promise((done) => after(afterMs, () => done(answer)))
  }
  return { behave, heard: heard as readonly string[], mend: () => void (isMended = true) }
}
