// For tests only: a dispatcher over a store in memory, virtual time, and a peer that fails in fourteen ways.

import { openMemoryStore } from '../../shell/store/index.ts'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party, RetryPlan } from '../parties/party.ts'
import type { Answered, PeerAnswer } from '../peer.ts'
import type { Log, Store, Validated } from '../ports.ts'
import { createDispatcher } from './dispatcher.ts'
import type { DispatchParts, Dispatcher } from './dispatcher.ts'
import { virtualTime } from './virtual-time.fixture.ts'
import type { VirtualTime } from './virtual-time.fixture.ts'

export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A party with an address and nothing else. */
export function party(id: string): Party {
  return {
    id,
    org: '',
    binding: { type: 'cim-xml', url: 'http://127.0.0.1:9', timeoutMs: 1000 },
    proofs: [],
    sources: [],
    tolerate: [],
    aliases: { namespaces: {}, verbs: {} },
    mixedBatch: 'partial',
    profile: { operationSets: true, collections: true },
    replyAddresses: [],
  }
}

/** What a peer answers to a try. */
export type Behave = (leg: Leg, tries: number) => PeerAnswer

export function http(status: number, more: Partial<Answered> = {}): PeerAnswer {
  return { kind: 'answered', status, contentType: '', bytes: new Uint8Array(), ...more }
}

export function down(reason: string, sent = false): PeerAnswer {
  return { kind: 'unreachable', reason, sent, permanent: false }
}

/**
 * Fourteen ways in which a peer fails, each for a number of tries; what is parked in the end, and what gets through.
 * A fault that lasts is parked after all tries, one that is for good at once.
 */
export const FAULTS: readonly (readonly [name: string, Behave, end: 'ACKED' | 'PARKED'])[] = [
  ['latency', () => http(200), 'ACKED'],
  ['down for a while', (_, n) => (n < 3 ? down('connection refused') : http(200)), 'ACKED'],
  ['down for good', () => down('connection refused'), 'PARKED'],
  ['bandwidth', (_, n) => (n < 2 ? down('no answer in time', true) : http(204)), 'ACKED'],
  ['slow close', (_, n) => (n < 2 ? down('closed while answering', true) : http(200)), 'ACKED'],
  ['timeout', (_, n) => (n < 5 ? down('no answer in time', true) : http(200)), 'ACKED'],
  ['reset', (_, n) => (n < 2 ? down('connection reset', true) : http(200)), 'ACKED'],
  ['slicer', () => http(200), 'ACKED'],
  ['cut after n bytes', (_, n) => (n < 4 ? down('cut off', true) : http(200)), 'ACKED'],
  ['5xx', (_, n) => (n < 3 ? http(503, { retryAfterMs: 60_000 }) : http(200)), 'ACKED'],
  ['3xx', () => http(302), 'PARKED'],
  ['401', () => http(401), 'PARKED'],
  ['slow body', (_, n) => (n < 2 ? http(408) : http(201)), 'ACKED'],
  ['never answers', () => down('no answer in time', true), 'PARKED'],
]

/** A dispatcher under test. */
export interface Bench {
  readonly store: Store
  readonly dispatcher: Dispatcher
  readonly time: VirtualTime
  /** legs in the order in which they were tried */
  readonly tried: readonly Leg[]
  /** Puts legs into the outbox; the lane is the order key. */
  readonly queue: (legs: readonly Leg[]) => Promise<void>
  /** Sends until nothing is left to be sent. */
  readonly drain: () => Promise<void>
  readonly close: () => Promise<void>
}

const NOTHING = { puts: [], removals: [], events: [] }

/** Opens a dispatcher with a peer that behaves so. */
export async function openBench(
  behave: Behave,
  more: Partial<DispatchParts> & { readonly plan?: RetryPlan } = {},
): Promise<Bench> {
  const store = await openMemoryStore()
  const time = virtualTime()
  const tried: Leg[] = []
  const tries = new Map<string, number>()
  const parties = new Map<string, Party>()
  let seed = 1
  const dispatcher = createDispatcher({
    store,
    peer: {
      send: async (_party, leg) => {
        tried.push(leg)
        const n = tries.get(leg.id) ?? 0
        tries.set(leg.id, n + 1)
        return behave(leg, n)
      },
      probe: async () => true,
    },
    topology: () => ({ ...LOCAL, parties: [...parties.values()] }),
    judge: async () => ({}) as Validated,
    clock: time.clock,
    timers: time.timers,
    // a linear congruential generator: the same run each time
    random: () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31,
    log: SILENT,
    holder: 'test',
    ...(more.plan === undefined ? {} : { planOf: () => more.plan as RetryPlan }),
    ...more,
  })
  const queue = async (legs: readonly Leg[]) => {
    for (const it of legs) parties.set(it.party, party(it.party))
    const slots = legs.map((it) => ({
      leg: it.id,
      lane: `${it.party} ${it.orderKey || it.id}`,
      priority: 0,
      dueAt: time.clock(),
    }))
    await store.commit({ ...NOTHING, legs, slots })
    dispatcher.wake()
  }
  const drain = async () => {
    for (;;) {
      await dispatcher.quiet()
      const backlog = await store.backlog()
      if (backlog.every((it) => it.waiting === 0)) return
      time.step()
    }
  }
  const close = async () => {
    await dispatcher.stop()
    await store.close()
  }
  return { store, dispatcher, time, tried, queue, drain, close }
}

/** A leg that is to be sent. */
export function outgoingLeg(id: string, changes: Partial<Leg> = {}): Leg {
  return {
    id,
    exchangeId: `x-${id}`,
    direction: 'out',
    party: 'peer',
    messageID: `m-${id}`,
    correlationID: `m-${id}`,
    verb: 'create',
    noun: 'Things',
    flow: '',
    state: 'QUEUED',
    reason: '',
    bodyHash: '',
    at: '2026-07-14T08:00:00.000Z',
    notAfter: '',
    orderKey: '',
    replayOf: '',
    answers: '',
    late: false,
    findings: '[]',
    traceparent: '',
    target: '',
    request: '<x/>',
    contentType: 'application/xml',
    reply: '',
    replyMessageID: '',
    replyStatus: 0,
    replyContentType: '',
    ...changes,
  }
}
