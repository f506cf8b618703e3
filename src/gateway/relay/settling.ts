// What becomes of a received message when a leg of it is over: whoever waits hears what the party says, and our own record
// follows what it has done.

import type { Said } from '../answer.ts'
import { anew } from '../delivery/anew.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Decision } from '../deciding/decide.ts'
import { alarmsOfErrors, saidIn } from '../rule-alarms.ts'
import type { RuleAlarms } from '../rule-alarms.ts'
import { entered, transition } from '../delivery/transition.ts'
import { Standing, messageOf, saidBy } from '../delivery/unkept.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { REPLY } from '../ledger.ts'
import type { Leg, LegStep } from '../ledger.ts'
import type { Unit } from '../ports.ts'
import { mendOf } from '../tracking/alarms.ts'
import { achievingOn } from './achieved.ts'
import { awaitedBy } from './awaited.ts'
import { toldLater } from './later-reply.ts'
import { together } from './consequences.ts'
import type { Changes } from './consequences.ts'
import { firstOf, isOver, isPieceOf, joinedWith } from './joined.ts'
import { NOTHING_SENT, joined } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import { publishingOn } from './publishing.ts'
import { recordingOn } from './recording.ts'
import type { RecordingParts } from './recording.ts'
import { heldUpBy } from './held-up.ts'
import { askedIn, endedBy } from './questions.ts'
import { refusedOf, refusedOn } from './refused.ts'
import { saidOfAll } from './refused-here.ts'
import type { Relay, RelayParts } from './relay.ts'
import { restored } from './restored.ts'
import { failureOf, stepAfterTime, stepTo, verdictOf } from './said.ts'
import type { Failing } from './said.ts'
import { leftOut, withLeft } from './stopping.ts'
import { tenancyOn } from './tenancy.ts'
import { tellingOn } from './told.ts'
import { takingBackOn } from './taking-back.ts'
import type { SaidOfMessage } from './taking-back.ts'
import { isSplit } from './together.ts'
import type { Happened } from './told.ts'
import type { Pending, Waiting } from './waiting.ts'

const NOTHING = { puts: [], removals: [], events: [] }
const NOTHING_FOLLOWS: Consequence = { unit: {} }

/** of a question that a reply says nothing of */
const UNANSWERED = { code: '5.3', reason: 'The reply does not say what has come of it.' }
const GIVEN_UP = 'what follows from all pieces of a message could not be kept'

/** What has come of a message. */
interface Concluding extends SaidOfMessage {
  readonly leg: Leg
  readonly verdict: Verdict
  /** of our own table, where the party has not said it itself */
  readonly code: Failing['code'] | undefined
  readonly startedAt: string | undefined
}

/** @param waiting those who wait in this process @param unkept tells them what could not be kept */
export function settlingOn(
  parts: RelayParts & Pick<RecordingParts, 'questions'>,
  waiting: Waiting,
  unkept: Relay['unkept'],
): Relay['settled'] {
  const { store, responder } = parts
  const tenancy = tenancyOn(parts)
  const recording = recordingOn(parts, tenancy)
  const tellAll = tellingOn(parts, recording)
  const publish = publishingOn(parts)
  const achieved = achievingOn(parts)
  const takingBack = takingBackOn(parts)
  const refuse = refusedOn(parts)

  const settled: Relay['settled'] = async (leg, verdict, startedAt) => {
    const origin = leg.answers === '' ? undefined : await store.leg(leg.answers)
    // The first party of a way answers; what the others say to what they are told changes nothing.
    if (origin?.direction !== 'in' || origin.answers === '') return NOTHING_FOLLOWS
    const begun = await firstOf(leg, store)
    if (!isPieceOf(begun.id, origin.answers)) return NOTHING_FOLLOWS
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return NOTHING_FOLLOWS
    const whole = isSplit(leg.party, parts.topology())
      ? await joinedWith({ leg, verdict }, origin, it, parts)
      : 'alone'
    const left = leftOut(whole === 'alone' ? [] : whole.behind, parts.clock())
    // Another piece that ends in the same moment has seen this one open: looked at again when it is on disk.
    if (whole !== 'alone' && whole.said === undefined) {
      const unit = withLeft(asUnit(await tell(origin, it, { leg, verdict })), left)
      return { unit, committed: () => void lookAgain(leg) }
    }
    const failure = verdict.said === undefined ? failureOf(leg, verdict) : undefined
    const heard: Said =
      verdict.said ??
      (failure === undefined ? { result: 'OK' } : { result: 'FAILED', errors: [failure.error] })
    const said = whole === 'alone' ? heard : whole.said
    const reply = whole === 'alone' ? (verdict.reply ?? {}) : whole.reply
    const code = whole === 'alone' ? failure?.code : undefined
    // Of one that went in pieces the first may have been carried out long before the last.
    const since = whole === 'alone' ? startedAt : origin.at
    const stopped = whole === 'alone' ? undefined : whole.stopped
    const pieces = whole === 'alone' ? undefined : whole.pieces
    const about = { said, reply, stopped, pieces, leg, verdict, code, startedAt: since }
    const { unit, ...rest } = await concluded(origin, it, about)
    return { unit: withLeft(unit, left), ...rest }
  }

  /** Whoever waits hears what the party says; our own record follows what it has done, and the others are told of it. */
  async function concluded(origin: Leg, it: Pending, heardOf: Concluding): Promise<Consequence> {
    const { leg, verdict, code, startedAt } = heardOf
    const { sent: back, stopped, ...theirs } = await takingBack.halves(it, heardOf, leg, origin)
    const { said: heard, reply, undone } = await achieved(it, theirs.said, theirs.reply)
    const isAccepted = heard.result !== 'FAILED'
    const isAsked = askedIn(it.message, parts.contentOf) !== undefined
    const decision =
      isAccepted || isAsked
        ? await recording.recorded(it, reply, leg, {
            isLate: origin.state !== 'ACCEPTED',
            startedAt,
            origin,
            ended: endedBy(heard.errors ?? [], UNANSWERED),
            ...(verdict.said === undefined ? {} : { by: leg.party }),
          })
        : undefined
    const told = await tell(origin, it, {
      leg,
      verdict,
      ...(isAccepted ? { accepted: reply } : {}),
    })
    const sent = joined([told, back, await takingBack.all(undone, leg, origin)])
    const refused = await refuse(
      it.message,
      leg,
      isAccepted ? reply : undefined,
      tenancy.isOpen(it, leg),
    )
    const rest = isAccepted ? refusedOf(it.message, reply, parts.contentOf) : undefined
    const held = withAlarms(await heldUpBy(rest, leg, parts), decision, origin)
    const own = together(
      await done(decision, sent, origin),
      await done(refused, NOTHING_SENT, origin),
    )
    // Decided by the party: anything else that has failed may have been done.
    const isUndone = undone.length > 0 || back.legs.length > 0
    const isRefused = (verdict.outcome === 'business' || isUndone) && !isAccepted
    const met = isRefused ? nothingFollows(origin, it) : []
    // Its sender has had its answer; what the party has done all the same is on record, and told.
    // An alarm that it had not come ends with that.
    const isHeard = verdict.kind === 'done' || verdict.outcome === 'business'
    const late = isHeard ? [{ kind: REPLY, key: origin.id }, ...met] : met
    // Of a question that has ended nothing is told any more (G-AC7).
    const isAfterTime = origin.state === 'EXPIRED' && !isAsked
    if (origin.state !== 'ACCEPTED' && !isAfterTime) return { unit: { ...own, ...held, met: late } }
    const said = saidOfAll(await recording.shown(stopped ?? heard, it, leg), it.received)
    const answer = await responder.reply(it.received, it.validated, said, {
      ...(decision === undefined || !isAccepted ? {} : { decision }),
      ...(code === undefined ? {} : { failure: code }),
    })
    const step = isAfterTime ? stepAfterTime(origin, said, answer) : stepTo(origin, said, answer)
    const later = toldLater(origin, it, answer, parts, { ...said, decision })
    const unit: Partial<Unit> = {
      ...own,
      ...held,
      ...joined([own, later]),
      events: [
        ...own.events,
        ...(isAfterTime ? [] : [changed(origin, step, said)]),
        ...later.events,
      ],
      steps: [step],
      met: isAfterTime ? late : [{ kind: REPLY, key: origin.id }, ...met],
    }
    return { unit, committed: () => waiting.answer(origin.id, answer) }
  }

  function changed(origin: Leg, step: LegStep, said: Said) {
    return transition(origin, step, { at: parts.clock(), revision: 0, verdict: verdictOf(said) })
  }

  /** What it lets through with a warning stands as an alarm, too. */
  function withAlarms(
    held: RuleAlarms,
    decision: Decision | undefined,
    { id, exchangeId, noun }: Leg,
  ) {
    if (decision === undefined) return held
    const because = { id, exchangeId, at: parts.clock() }
    const { awaits, audit } = alarmsOfErrors(saidIn(decision), noun, because, parts.newId)
    return { awaits: [...held.awaits, ...awaits], audit: [...held.audit, ...audit] }
  }

  /** Nobody hears of what stays as it is, whatever the party says. */
  async function tell(origin: Leg, it: Pending, happened: Happened): Promise<Outgoing> {
    const message = await tenancy.openOnly(it, happened.leg)
    return message === undefined ? NOTHING_SENT : tellAll(origin, { ...it, message }, happened)
  }

  /** What the party has done, who is told of it, and what has to be sent next. */
  async function done(
    decision: Decision | undefined,
    told: Outgoing,
    { id, exchangeId, traceparent }: Leg,
  ): Promise<Changes> {
    if (decision === undefined) return { ...NOTHING, ...asUnit(told) }
    const at = parts.clock()
    const because = { id, exchangeId, at, traceparent }
    // What the party tells of its own doing is its own; steps of others that went with it are ours to tell of.
    const own = await publish(decision, because)
    const next = await parts.follow(decision, because)
    const sent = asUnit(joined([told, own, next]))
    return { ...decision.world.difference(), ...sent, events: [...decision.events, ...sent.events] }
  }

  /** After what has been refused nothing has to come. */
  function nothingFollows({ id, exchangeId, at }: Leg, it: Pending): NonNullable<Unit['met']> {
    const { awaits } = awaitedBy(it, { id, exchangeId, at }, parts)
    return awaits.map(({ kind, key }) => ({ kind, key, leg: id }))
  }

  /** Once more, now that it is on disk: until nothing follows, or somebody else has drawn the same conclusion. */
  async function lookAgain({ id, exchangeId, party, messageID }: Leg): Promise<void> {
    const about = { leg: id, exchangeId, party, messageID }
    try {
      const isOverWith = await anew(async () => {
        const leg = await store.leg(id)
        if (leg === undefined || !isOver(leg)) return true
        return concludedOnce(await settled(leg, await parts.verdictOf(leg)))
      })
      if (isOverWith === undefined) await givenUp(id, new Standing(undefined))
    } catch (err) {
      parts.log.error({ err, ...about }, 'what follows from all pieces of a message is not kept')
      await givenUp(id, err).catch((cause: unknown) =>
        parts.log.error({ err: cause, ...about }, 'whoever waits for a message cannot be told'),
      )
    }
  }

  /** @returns undefined when somebody else was quicker */
  async function concludedOnce({ unit, committed }: Consequence): Promise<true | undefined> {
    if (!isChange(unit)) return true
    const done = await store.commit({ ...NOTHING, ...unit })
    if (done.kind !== 'committed') return undefined
    committed?.()
    if ((unit.slots ?? []).length > 0) parts.wake()
    return true
  }

  /** Never in silence: its sender hears that the outcome is known and was not kept, and a person finds it in log and audit. */
  async function givenUp(id: string, err: unknown): Promise<void> {
    const leg = await store.leg(id)
    if (leg === undefined) return
    const { exchangeId, party, messageID } = leg
    const verdict = await parts.verdictOf(leg)
    const details = `${saidBy(leg, verdict)} What follows from that could not be kept here: ${messageOf(err)}`
    const { unit, committed } = await unkept(leg, verdict)
    const audit = [
      { at: parts.clock(), who: 'cimgate', what: 'unkept', subject: messageID, details },
    ]
    const done = await store.commit({
      ...NOTHING,
      ...unit,
      audit: [...(unit.audit ?? []), ...audit],
    })
    if (done.kind === 'committed') committed?.()
    const mend = mendOf(exchangeId)
    parts.log.error({ leg: id, exchangeId, party, messageID, details, mend }, GIVEN_UP)
  }

  function asUnit(sent: Outgoing): Outgoing & Pick<Unit, 'events'> {
    return { ...sent, events: entered(sent.legs, parts.clock()) }
  }

  return settled
}

function isChange({ steps = [], puts = [], removals = [], legs = [] }: Partial<Unit>): boolean {
  return [steps, puts, removals, legs].some((it) => it.length > 0)
}
