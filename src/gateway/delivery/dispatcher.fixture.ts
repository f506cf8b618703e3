// For tests only: a dispatcher over a store in memory, on virtual time, with a peer that behaves as a test says.

import { openMemoryStore } from '../../shell/store/index.ts'
import { seeded } from '../../shell/websocket/load.fixture.ts'
import type { Leg, LegStep } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party, RetryPlan } from '../parties/party.ts'
import type { Answered, Peer, PeerAnswer } from '../peer.ts'
import type { Clock, Committed, Log, Store, Unit, Validated } from '../ports.ts'
import { createDispatcher } from './dispatcher.ts'
import type { DispatchParts, Dispatcher } from './dispatcher.ts'
import { slotOf } from './lane.ts'
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

/** What a peer answers to a try; later where the virtual time has to pass first. */
export type Behave = (leg: Leg, tries: number) => PeerAnswer | Promise<PeerAnswer>

export function http(status: number, more: Partial<Answered> = {}): PeerAnswer {
  return { kind: 'answered', status, contentType: '', bytes: new Uint8Array(), ...more }
}

export function down(reason: string, sent = false): PeerAnswer {
  return { kind: 'unreachable', reason, sent, permanent: false }
}

/** A step that was kept, and when. */
export interface Noted extends LegStep {
  /** ISO 8601 with Z */
  readonly at: string
}

/** A dispatcher under test. */
export interface Bench {
  readonly store: Store
  readonly dispatcher: Dispatcher
  readonly time: VirtualTime
  /** legs in the order in which they were tried */
  readonly tried: readonly Leg[]
  /** what became of them, try by try */
  readonly noted: readonly Noted[]
  /** Puts legs into the outbox; the lane is the order key. */
  readonly queue: (legs: readonly Leg[]) => Promise<void>
  /** Lets the time pass until nothing is left to be sent; fails when something is stuck. */
  readonly drain: () => Promise<void>
  /** Resolves when nothing goes on until the next timer. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** How a bench differs from the usual one. */
export interface BenchOptions extends Partial<DispatchParts> {
  readonly plan?: RetryPlan
  /** one that takes real time, and is waited for */
  readonly peer?: Peer
}

const NOTHING = { puts: [], removals: [], events: [] }

/** Opens a dispatcher with a peer that behaves so. */
export async function openBench(
  behave: Behave,
  { plan, peer, ...more }: BenchOptions = {},
): Promise<Bench> {
  const time = virtualTime()
  const { store, noted, work } = watched(await openMemoryStore(), time.clock)
  const tried: Leg[] = []
  const tries = new Map<string, number>()
  const parties = new Map<string, Party>()
  const dispatcher = createDispatcher({
    store,
    peer: {
      send: async (to, leg, signal) => {
        tried.push(leg)
        const n = tries.get(leg.id) ?? 0
        tries.set(leg.id, n + 1)
        return peer === undefined ? behave(leg, n) : work.during(peer.send(to, leg, signal))
      },
      probe: async (to) => peer?.probe(to) ?? true,
    },
    topology: () => ({ ...LOCAL, parties: [...parties.values()] }),
    judge: async () => ({}) as Validated,
    clock: time.clock,
    timers: time.timers,
    random: seeded(1),
    log: SILENT,
    holder: 'test',
    ...(plan === undefined ? {} : { planOf: () => plan }),
    ...more,
  })
  const queue = async (legs: readonly Leg[]) => {
    for (const it of legs) parties.set(it.party, party(it.party))
    const slots = legs.map((it) => slotOf(it, 0, time.clock()))
    await store.commit({ ...NOTHING, legs, slots })
    dispatcher.wake()
  }
  const drain = async () => {
    for (await work.idle(); work.open() > 0; await work.idle())
      if (!time.step()) throw new Error(`${work.open()} messages are stuck: no timer is left`)
  }
  const close = async () => {
    await dispatcher.stop()
    await store.close()
  }
  return { store, dispatcher, time, tried, noted, queue, drain, idle: work.idle, close }
}

/** A store that tells what it does: the calls under way, the places that are taken in the outbox, the steps that were kept. */
function watched(inner: Store, clock: Clock) {
  const underWay = new Set<Promise<unknown>>()
  const noted: Noted[] = []
  const open = new Set<string>()
  function during<T>(call: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = call.catch(() => undefined)
    underWay.add(settled)
    void settled.then(() => underWay.delete(settled))
    return call
  }
  async function commit(unit: Unit): Promise<Committed> {
    const committed = await inner.commit(unit)
    if (committed.kind !== 'committed') return committed
    const steps = unit.steps ?? []
    for (const it of unit.slots ?? []) open.add(it.leg)
    for (const it of steps) if (it.slot?.kind === 'drop') open.delete(it.leg)
    noted.push(...steps.map((it) => ({ ...it, at: clock() })))
    return committed
  }
  const store: Store = {
    ...inner,
    commit: (unit) => during(commit(unit)),
    claim: (request) => during(inner.claim(request)),
    release: (leases) => during(inner.release(leases)),
    expired: (now, limit) => during(inner.expired(now, limit)),
    nextDue: (after) => during(inner.nextDue(after)),
    leg: (id) => during(inner.leg(id)),
    attempts: (id) => during(inner.attempts(id)),
  }
  async function idle(): Promise<void> {
    do {
      await Promise.all(underWay)
      await new Promise((done) => setImmediate(done))
    } while (underWay.size > 0)
  }
  return { store, noted, work: { idle, during, open: () => open.size } }
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
    verb: 'created',
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
    replyETag: '',
    ...changes,
  }
}
