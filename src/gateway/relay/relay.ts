// A message that another party carries out: kept, forwarded, and answered with what that party says. Its own record
// follows what has been done over there, and is not changed before.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import type { Circuit } from '../delivery/breaker.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { shifted } from '../delivery/outcome.ts'
import { entered, transition } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { REPLY } from '../ledger.ts'
import type { Awaited, Leg, LegStep } from '../ledger.ts'
import { recordOf } from '../message-record.ts'
import type { Choice } from '../parties/index.ts'
import type { Party } from '../parties/party.ts'
import type { Timers } from '../peer.ts'
import type { Store, Unit } from '../ports.ts'
import type { Answer, Received } from '../received.ts'
import type { Responder } from '../responder.ts'
import { awaitedBy } from './awaited.ts'
import { laterReply, slotOf, wantsLater } from './later-reply.ts'
import { isPieceOf, joinedWith, parkedIn } from './joined.ts'
import type { JoinParts } from './joined.ts'
import { isSplit, outgoing } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import { recordingOn } from './recording.ts'
import type { RecordingParts } from './recording.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'
import { ACKNOWLEDGED, TIMEOUT, failureOf, peerDown } from './said.ts'
import { stepTo, tooLate, unsendable } from './said.ts'
import type { Failing } from './said.ts'
import { Waiting } from './waiting.ts'
import type { Pending } from './waiting.ts'

/** What relaying needs from outside. */
export interface RelayParts
  extends OutgoingParts, RecordingParts, JoinParts, Pick<RestoreParts, 'senderOf'> {
  readonly store: Pick<Store, 'commit' | 'leg' | 'legs'>
  readonly responder: Responder
  readonly timers: Timers
  /** something is to be sent */
  readonly wake: () => void
  readonly circuits: () => ReadonlyMap<string, Circuit>
}

/** The ways that lead to parties. */
export interface Relay {
  /** Answers when the party has, or when its time is over; `replay` answers what is known already. */
  readonly forward: (
    it: Pending,
    choice: Extract<Choice, { readonly kind: 'parties' }>,
    replay: (leg: Leg) => Promise<Answer>,
    owner: string,
  ) => Promise<Answer>
  /** What the outcome of a leg changes for the message that it comes from. */
  readonly settled: (leg: Leg, verdict: Verdict) => Promise<Consequence>
  /** Everybody who waits is acknowledged and told later: this process ends. */
  readonly letGo: () => Promise<void>
  /** A reply that did not come in time. @returns what is to be kept, and who is to be told */
  readonly overdue: (awaited: Awaited) => Promise<Consequence>
}

const NOTHING = { puts: [], removals: [], events: [] }
const NOTHING_FOLLOWS: Consequence = { unit: {} }

/** What has come of a message. */
interface Concluding {
  readonly said: Said
  /** as CIM-JSON */
  readonly reply: JsonObject
  readonly leg: Leg
  /** of our own table, where the party has not said it itself */
  readonly code: Failing['code'] | undefined
}

/** A relay over one store. */
export function createRelay(parts: RelayParts): Relay {
  const { store, responder, timers } = parts
  const waiting = new Waiting()
  const recording = recordingOn(parts)

  const forward: Relay['forward'] = async (it, { way, parties }, replay, owner) => {
    const { received, validated, message } = it
    const now = parts.clock()
    const [id, exchangeId] = [parts.newId(), received.exchangeId ?? parts.newId()]
    const about = { message, way, exchangeId, answers: id, owner, now }
    const sent = await sentTo(parties, about, received)
    const [first] = sent.legs
    const failure =
      unsendable(parkedIn(sent, first) ?? first) ?? isDown(parties, way.whenTargetDown)
    if (failure !== undefined) return refuse(it, { id, exchangeId, now, failure, sent }, replay)
    // Who would wait a while first is told later only when that is over (RFC 7240 4.3).
    const prefersAsync = received.prefersAsync === true && received.waitMs === undefined
    const isAsync = way.reply === 'async' || wantsLater(message) || prefersAsync
    const answer = isAsync ? await responder.reply(received, validated, ACKNOWLEDGED) : undefined
    const kept = { id, exchangeId, flow: '', at: now, state: 'ACCEPTED' } as const
    const dueAt = shifted(now, way.timeoutMs)
    const own = { ...recordOf(received, validated, kept, answer), answers: first?.id ?? '' }
    const awaited = { id: parts.newId(), kind: REPLY, key: id, exchangeId, leg: id, dueAt }
    const rules = awaitedBy(it, { id, exchangeId, at: now }, parts)
    const answered = isAsync ? undefined : waiting.wait(id, it)
    const committed = await store.commit({
      ...NOTHING,
      message: own,
      ...sent,
      events: entered([own, ...sent.legs], now),
      awaits: [{ ...awaited, state: 'open' }, ...rules.awaits],
      met: rules.met,
    })
    if (committed.kind === 'duplicate') {
      waiting.forget(id)
      return replay(committed.message)
    }
    parts.wake()
    if (answer !== undefined) return answer
    const { waitMs } = received
    if (waitMs !== undefined && waitMs < way.timeoutMs)
      timers.after(waitMs, () => void goOn(id, it))
    const cancel = timers.after(way.timeoutMs, () => void timedOut({ ...awaited, state: 'open' }))
    return (answered as Promise<Answer>).finally(cancel)
  }

  /** The caller waits no longer, and is told where to look. */
  async function goOn(id: string, { received, validated }: Pending): Promise<void> {
    if (waiting.pending(id) === undefined) return
    waiting.release(id, await responder.reply(received, validated, ACKNOWLEDGED))
  }

  async function sentTo(
    parties: readonly Party[],
    it: Omit<Parameters<typeof outgoing>[0], 'party' | 'flow' | 'traceparent'>,
    { traceparent = '' }: Received,
  ): Promise<Outgoing> {
    const all = await Promise.all(
      parties.map((party) => outgoing({ ...it, party, flow: '', traceparent }, parts)),
    )
    return {
      legs: all.flatMap((one) => one.legs),
      slots: all.flatMap((one) => one.slots),
      keys: all.flatMap((one) => one.keys),
    }
  }

  function isDown(parties: readonly Party[], whenDown: 'queue' | 'refuse'): Failing | undefined {
    const [first] = parties
    const state = first === undefined ? undefined : parts.circuits().get(first.id)?.state
    return whenDown === 'queue' || state !== 'open' ? undefined : peerDown(first?.id ?? '')
  }

  async function refuse(
    { received, validated }: Pending,
    it: {
      readonly id: string
      readonly exchangeId: string
      readonly now: string
      readonly failure: Failing
      readonly sent: Outgoing
    },
    replay: (leg: Leg) => Promise<Answer>,
  ): Promise<Answer> {
    const { code, error } = it.failure
    const said: Said = { result: 'FAILED', errors: [error] }
    const answer = await responder.reply(received, validated, said, { failure: code })
    const { id, exchangeId, now } = it
    const kept = { id, exchangeId, flow: '', at: now, state: 'REJECTED' } as const
    const legs = it.sent.legs.filter((leg) => leg.state === 'PARKED')
    const keys = it.sent.keys.filter(({ leg }) => legs.some((one) => one.id === leg))
    const message = recordOf(received, validated, kept, answer)
    const events = entered(legs, now)
    const committed = await store.commit({ ...NOTHING, message, legs, keys, events })
    return committed.kind === 'duplicate' ? replay(committed.message) : answer
  }

  const settled: Relay['settled'] = async (leg, verdict) => {
    const origin = leg.answers === '' ? undefined : await store.leg(leg.answers)
    // The first party of a way answers; the others are told.
    if (origin?.direction !== 'in' || origin.answers === '') return NOTHING_FOLLOWS
    const begun = await firstOf(leg)
    if (!isPieceOf(begun.id, origin.answers)) return NOTHING_FOLLOWS
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return NOTHING_FOLLOWS
    const joined = isSplit(leg.party, parts.topology())
      ? await joinedWith({ leg: { ...leg, id: begun.id }, verdict }, origin, it, parts)
      : 'alone'
    // Another piece that ends in the same moment has seen this one open: looked at again when it is on disk.
    if (joined === undefined) return { unit: {}, committed: () => void lookAgain(leg) }
    const failure = verdict.said === undefined ? failureOf(leg, verdict) : undefined
    const heard: Said =
      verdict.said ??
      (failure === undefined ? { result: 'OK' } : { result: 'FAILED', errors: [failure.error] })
    const said = joined === 'alone' ? heard : joined.said
    const reply = joined === 'alone' ? (verdict.reply ?? {}) : joined.reply
    const code = joined === 'alone' ? failure?.code : undefined
    return concluded(origin, it, { said, reply, leg, code })
  }

  /** Whoever waits hears what the party says; our own record follows what it has done. */
  async function concluded(
    origin: Leg,
    it: Pending,
    { said: heard, reply, leg, code }: Concluding,
  ): Promise<Consequence> {
    const decision =
      heard.result === 'FAILED' ? undefined : await recording.recorded(it, reply, leg)
    const own: Partial<Unit> =
      decision === undefined ? {} : { ...decision.world.difference(), events: decision.events }
    // Its sender has had its answer; what the party has done all the same is in our own record.
    if (origin.state !== 'ACCEPTED') return { unit: own }
    const said = await recording.shown(heard, it, leg)
    const answer = await responder.reply(it.received, it.validated, said, {
      ...(decision === undefined ? {} : { decision }),
      ...(code === undefined ? {} : { failure: code }),
    })
    const step = stepTo(origin, said, answer)
    const later = laterReply(origin, it, answer, parts)
    const unit: Partial<Unit> = {
      ...own,
      events: [...(own.events ?? []), told(origin, step), ...entered(later, parts.clock())],
      steps: [step],
      met: [{ kind: REPLY, key: origin.id }],
      legs: later,
      slots: later.flatMap(slotOf),
    }
    return { unit, committed: () => waiting.answer(origin.id, answer) }
  }

  async function lookAgain({ id }: Leg): Promise<void> {
    const leg = await store.leg(id)
    const origin = leg === undefined ? undefined : await store.leg(leg.answers)
    if (leg === undefined || origin?.state !== 'ACCEPTED') return
    const { unit, committed } = await settled(leg, await parts.verdictOf(leg))
    if ((unit.steps ?? []).length === 0) return
    const done = await store.commit({ ...NOTHING, ...unit })
    if (done.kind !== 'committed') return
    committed?.()
    if ((unit.slots ?? []).length > 0) parts.wake()
  }

  /** The leg that a person has sent once more, and again, in the beginning. */
  async function firstOf(leg: Leg): Promise<Leg> {
    const earlier = leg.replayOf === '' ? undefined : await store.leg(leg.replayOf)
    return earlier === undefined ? leg : firstOf(earlier)
  }

  function told(leg: Leg, step: LegStep) {
    return transition(leg, step, { at: parts.clock(), revision: 0 })
  }

  const overdue: Relay['overdue'] = async (awaited) => {
    const origin = await store.leg(awaited.leg)
    if (origin?.state !== 'ACCEPTED') return { unit: { overdue: [awaited.id] } }
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return { unit: { overdue: [awaited.id] } }
    const { code, error } = TIMEOUT
    const said: Said = { result: 'FAILED', errors: [error] }
    const answer = await responder.reply(it.received, it.validated, said, { failure: code })
    const step = {
      ...stepTo(origin, said, answer),
      to: 'EXPIRED',
      reason: 'No reply in time.',
    } as const
    const asked = await store.leg(origin.answers)
    const later = laterReply(origin, it, answer, parts)
    const late = asked?.state === 'SENT' ? [tooLate(asked)] : []
    return {
      unit: {
        steps: [step, ...late],
        events: [
          told(origin, step),
          ...(asked === undefined ? [] : late.map((one) => told(asked, one))),
          ...entered(later, parts.clock()),
        ],
        overdue: [awaited.id],
        legs: later,
        slots: later.flatMap(slotOf),
      },
      committed: () => {
        waiting.answer(origin.id, answer)
        if (later.length > 0) parts.wake()
      },
    }
  }

  async function timedOut(awaited: Awaited): Promise<void> {
    const { unit, committed } = await overdue(awaited)
    const done = await store.commit({ ...NOTHING, ...unit })
    // Otherwise the reply has come in the same moment.
    if (done.kind === 'committed') committed?.()
  }

  const letGo: Relay['letGo'] = async () => {
    const all = waiting.legs().map((id) => [id, waiting.pending(id)] as const)
    await Promise.all(all.map(([id, it]) => it && goOn(id, it)))
  }

  return { forward, settled, overdue, letGo }
}
