// What becomes of a received message when a leg of it is over: whoever waits hears what the party says, and our own record
// follows what it has done.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Decision } from '../decide.ts'
import { entered, transition } from '../delivery/transition.ts'
import { REPLY } from '../ledger.ts'
import type { Leg } from '../ledger.ts'
import type { Unit } from '../ports.ts'
import { awaitedBy } from './awaited.ts'
import { toldLater } from './later-reply.ts'
import { isPieceOf, joinedWith } from './joined.ts'
import { NOTHING_SENT, isSplit, joined } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import { recordingOn } from './recording.ts'
import type { Relay, RelayParts } from './relay.ts'
import { restored } from './restored.ts'
import { failureOf, stepTo, verdictOf } from './said.ts'
import type { Failing } from './said.ts'
import type { Pending, Waiting } from './waiting.ts'

const NOTHING = { puts: [], removals: [], events: [] }
const NOTHING_FOLLOWS: Consequence = { unit: {} }
const NOTHING_DONE: Pick<Unit, 'puts' | 'removals' | 'events'> & Outgoing = {
  ...NOTHING,
  ...NOTHING_SENT,
}

/** What has come of a message. */
interface Concluding {
  readonly said: Said
  /** as CIM-JSON */
  readonly reply: JsonObject
  readonly leg: Leg
  /** of our own table, where the party has not said it itself */
  readonly code: Failing['code'] | undefined
  /** by the party, which has decided: anything else that has failed may have been done */
  readonly refused: boolean
}

/** @param waiting those who wait in this process */
export function settlingOn(parts: RelayParts, waiting: Waiting): Relay['settled'] {
  const { store, responder } = parts
  const recording = recordingOn(parts)

  const settled: Relay['settled'] = async (leg, verdict) => {
    const origin = leg.answers === '' ? undefined : await store.leg(leg.answers)
    // The first party of a way answers; the others are told.
    if (origin?.direction !== 'in' || origin.answers === '') return NOTHING_FOLLOWS
    const begun = await firstOf(leg)
    if (!isPieceOf(begun.id, origin.answers)) return NOTHING_FOLLOWS
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return NOTHING_FOLLOWS
    const whole = isSplit(leg.party, parts.topology())
      ? await joinedWith({ leg: { ...leg, id: begun.id }, verdict }, origin, it, parts)
      : 'alone'
    // Another piece that ends in the same moment has seen this one open: looked at again when it is on disk.
    if (whole === undefined) return { unit: {}, committed: () => void lookAgain(leg) }
    const failure = verdict.said === undefined ? failureOf(leg, verdict) : undefined
    const heard: Said =
      verdict.said ??
      (failure === undefined ? { result: 'OK' } : { result: 'FAILED', errors: [failure.error] })
    const said = whole === 'alone' ? heard : whole.said
    const reply = whole === 'alone' ? (verdict.reply ?? {}) : whole.reply
    const code = whole === 'alone' ? failure?.code : undefined
    const refused = verdict.outcome === 'business'
    return concluded(origin, it, { said, reply, leg, code, refused })
  }

  /** Whoever waits hears what the party says; our own record follows what it has done. */
  async function concluded(
    origin: Leg,
    it: Pending,
    { said: heard, reply, leg, code, refused }: Concluding,
  ): Promise<Consequence> {
    const decision =
      heard.result === 'FAILED' ? undefined : await recording.recorded(it, reply, leg)
    const own = decision === undefined ? NOTHING_DONE : await done(decision, origin)
    const met = refused && heard.result === 'FAILED' ? nothingFollows(origin, it) : []
    // Its sender has had its answer; what the party has done all the same is in our own record.
    if (origin.state !== 'ACCEPTED') return { unit: { ...own, met } }
    const said = await recording.shown(heard, it, leg)
    const answer = await responder.reply(it.received, it.validated, said, {
      ...(decision === undefined ? {} : { decision }),
      ...(code === undefined ? {} : { failure: code }),
    })
    const step = stepTo(origin, said, answer)
    const later = toldLater(origin, it, answer, parts)
    const unit: Partial<Unit> = {
      ...own,
      ...joined([own, later]),
      events: [
        ...own.events,
        transition(origin, step, { at: parts.clock(), revision: 0, verdict: verdictOf(said) }),
        ...later.events,
      ],
      steps: [step],
      met: [{ kind: REPLY, key: origin.id }, ...met],
    }
    return { unit, committed: () => waiting.answer(origin.id, answer) }
  }

  /** What the party has done, and what has to be sent next. */
  async function done(
    decision: Decision,
    { id, exchangeId, traceparent }: Leg,
  ): Promise<typeof NOTHING_DONE> {
    const at = parts.clock()
    const next = await parts.follow(decision, { id, exchangeId, at, traceparent })
    const events = [...decision.events, ...entered(next.legs, at)]
    return { ...decision.world.difference(), ...next, events }
  }

  /** After what has been refused nothing has to come. */
  function nothingFollows({ id, exchangeId, at }: Leg, it: Pending): NonNullable<Unit['met']> {
    const { awaits } = awaitedBy(it, { id, exchangeId, at }, parts)
    return awaits.map(({ kind, key }) => ({ kind, key, leg: id }))
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

  return settled
}
