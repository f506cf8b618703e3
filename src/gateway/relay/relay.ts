// A message that another party carries out: kept, forwarded, and answered with what that party says. Its own record
// follows what has been done over there, and is not changed before.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Circuit } from '../delivery/breaker.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { shifted } from '../delivery/outcome.ts'
import { entered } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { REPLY } from '../ledger.ts'
import type { Awaited, Leg } from '../ledger.ts'
import { reasonOf, recordOf } from '../message-record.ts'
import type { Choice } from '../parties/index.ts'
import type { Party } from '../parties/party.ts'
import type { Timers } from '../peer.ts'
import type { Log, Store, Unit } from '../ports.ts'
import type { Answer, Received } from '../received.ts'
import type { Responder } from '../responder.ts'
import { concludingOn } from '../collections/concluding.ts'
import type { Concluding } from '../collections/concluding.ts'
import { acknowledgedOn } from './acknowledged.ts'
import { askedOn } from './asked.ts'
import { awaitedBy } from './awaited.ts'
import { completingOn } from './completed.ts'
import type { Origin } from './awaited.ts'
import { answeredElsewhere } from './elsewhere.ts'
import type { ElsewhereParts } from './elsewhere.ts'
import { deadlinesOn } from './deadline.ts'
import type { Follow } from './following.ts'
import { keysOf } from './business-keys.ts'
import { earlier } from './hours.ts'
import { replyAddressOff } from './reply-address.ts'
import { wantsLater } from './later-reply.ts'
import { nobodyHeld } from './held.ts'
import type { Held } from './held.ts'
import { inNameOf } from './inward.ts'
import { parkedIn } from './joined.ts'
import { NOTHING_SENT, joined, outgoing } from './outgoing.ts'
import type { Outgoing, Sending } from './outgoing.ts'
import { overdueOn } from './overdue.ts'
import { preconditionsOn } from './precondition.ts'
import { publishingOn } from './publishing.ts'
import type { PublishingParts } from './publishing.ts'
import { questionsOn } from './questions.ts'
import { alarmsHere, saidOfAll } from './refused-here.ts'
import type { RecordingParts } from './recording.ts'
import { ownRefusedOn } from './refused.ts'
import type { RestoreParts } from './restored.ts'
import { acknowledged, downNow, failed, unsendable } from './said.ts'
import type { Failing } from './said.ts'
import { settlingOn } from './settling.ts'
import { synchronizingOn } from './synchronizing.ts'
import type { TellingParts } from './told.ts'
import { awaitedAnew } from './unanswered.ts'
import type { UnansweredParts } from './unanswered.ts'
import type { KeepRefused } from '../turned-away.ts'
import { unkeptOn } from './unkept.ts'
import { Waiting } from './waiting.ts'
import type { Pending } from './waiting.ts'

/** What relaying needs from outside. */
export interface RelayParts
  extends
    PublishingParts,
    Omit<RecordingParts, 'questions'>,
    TellingParts,
    Pick<RestoreParts, 'senderOf'>,
    Omit<UnansweredParts, 'store'> {
  readonly store: Pick<Store, 'commit' | 'leg' | 'legs' | 'attempts' | 'objects'> &
    ElsewhereParts['store']
  readonly responder: Responder
  readonly timers: Timers
  readonly log: Log
  /** on record, without taking its MessageID */
  readonly keepRefused: KeepRefused
  /** what has to be sent next, as far as the gateway does that itself */
  readonly follow: Follow
  /** what an answer means for a comparison that has asked for it; undefined for any other leg */
  readonly reconciled?: (leg: Leg, verdict: Verdict) => Promise<Consequence | undefined>
  /** something is to be sent */
  readonly wake: () => void
  readonly circuits: () => ReadonlyMap<string, Circuit>
  /** a party knows something by now that it did not */
  readonly known?: () => void
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
  /** What the outcome of a leg changes for the message that it comes from. @param startedAt of the try that has led to it */
  readonly settled: (leg: Leg, verdict: Verdict, startedAt?: string) => Promise<Consequence>
  /** Tells its sender that the outcome of a leg is known, and what follows from it could not be kept. */
  readonly unkept: (leg: Leg, verdict: Verdict) => Promise<Consequence>
  /** What is awaited of a leg that its party has, and will answer later. */
  readonly awaiting: (leg: Leg) => Promise<Partial<Unit>>
  /** Everybody who waits is acknowledged and told later: this process ends. */
  readonly letGo: () => Promise<void>
  /** Hears from the store what another process has concluded, or has left to be concluded. @returns how to stop */
  readonly listen: () => () => void
  /** A reply that did not come in time. @returns what is to be kept, and who is to be told */
  readonly overdue: (awaited: Awaited) => Promise<Consequence>
  readonly lookAtList: Concluding['lookAtList']
  /** requests of a party, or of all, that wait for another party */
  readonly held: Held['count']
}

/** Where a message comes from, and whose what it makes is. */
type Because = Origin & { readonly owner: string }

/** A relay over one store. */
export function createRelay(parts: RelayParts): Relay {
  const { store, responder, timers } = parts
  const waiting = new Waiting()
  const held = nobodyHeld()
  const questions = questionsOn(parts)
  const asked = askedOn({ ...parts, questions, publish: publishingOn(parts) }, waiting)
  const [concluded, acknowledge] = [
    settlingOn({ ...parts, questions }, waiting, (...it) => unkept(...it)),
    acknowledgedOn(parts),
  ]
  const ownRefused = ownRefusedOn(parts)
  const synchronize = synchronizingOn(parts)
  const ended = concludingOn({ ...parts, questions })
  const settled: Relay['settled'] = async (leg, verdict, startedAt) => {
    const over = await ended.settled(leg, verdict, startedAt)
    if (over !== undefined) return synchronize(leg, verdict, over)
    // That we have received it ourselves is nobody's word; that it was refused is ours.
    if (inNameOf(leg) !== undefined) return ownRefused(leg, verdict)
    const compared = await parts.reconciled?.(leg, verdict)
    if (compared !== undefined) return compared
    const own = (await acknowledge(leg, verdict)) ?? (await concluded(leg, verdict, startedAt))
    return synchronize(leg, verdict, own)
  }
  const { overdue, timedOut } = overdueOn({ ...parts, asked }, waiting, (...it) => settled(...it))
  const elsewhere = answeredElsewhere(parts, waiting)

  /** Where it was concluded in the same moment, by whomever, that is the answer. */
  async function late(awaited: Awaited): Promise<void> {
    const { leg } = awaited
    try {
      await timedOut(awaited)
      await elsewhere.look(leg)
    } catch (err) {
      parts.log.error({ err, leg }, 'that a reply has not come in time could not be kept')
    }
  }

  const [deadlinesOf, complete] = [deadlinesOn(parts.deciding), completingOn(parts)]
  const preconditions = preconditionsOn(store, parts.standings.mayKnow)

  const forward: Relay['forward'] = async (it, ...how) => {
    const done = await preconditions.whileHeld(it.received, () => forwarded(it, ...how))
    if (!('failure' in done)) return done
    const answer = await failed(done.failure, it, responder)
    // Without its key: whoever has read the object again may repeat the change under it.
    await parts.keepRefused(it.received, it.validated, answer)
    return answer
  }

  const forwarded: Relay['forward'] = async (it, { way, parties }, replay, owner) => {
    const { received, validated, message } = it
    const now = parts.clock()
    const [id, exchangeId] = [parts.newId(), received.exchangeId ?? parts.newId()]
    const because = { id, exchangeId, at: now, traceparent: received.traceparent ?? '', owner }
    const forbidden = replyAddressOff(received.sender.party, message, parts.topology())
    if (forbidden !== undefined)
      return refuse(it, { ...because, failure: forbidden, sent: NOTHING_SENT }, replay)
    const unable = asked.unableTo(message, parties[0])
    if (unable !== undefined)
      return refuse(it, { ...because, failure: unable, sent: NOTHING_SENT }, replay)
    const opened = await asked.opened(it, because)
    const { until, answerBy } = await deadlinesOf(message, now)
    const own = await complete(parties[0], opened.message)
    const about = { ...own, way, exchangeId, answers: id, owner, now, until }
    // The others of the way hear of it when this one has accepted it.
    const sent = await sentTo(parties, about, received)
    const [first] = sent.legs
    const failure =
      unsendable(parkedIn(sent, first) ?? first) ?? downNow(parties[0], way, parts.circuits(), now)
    if (failure !== undefined) return refuse(it, { ...because, failure, sent }, replay)
    // Who would wait a while first is told later only when that is over (RFC 7240 4.3).
    const prefersAsync = received.prefersAsync === true && received.waitMs === undefined
    const isAsync = way.reply === 'async' || wantsLater(message) || prefersAsync
    const answer = isAsync ? await onItsWay(it, id, opened.payload) : undefined
    const kept = { id, exchangeId, flow: '', at: now, state: 'ACCEPTED' } as const
    const dueAt = earlier(shifted(now, way.timeoutMs), answerBy)
    const dueMs = Date.parse(dueAt) - Date.parse(now)
    const record = { ...recordOf(received, validated, kept, answer), answers: first?.id ?? '' }
    const awaited = { id: parts.newId(), kind: REPLY, key: id, exchangeId, leg: id, dueAt }
    const rules = awaitedBy(it, { id, exchangeId, at: now }, parts)
    const alarms = alarmsHere(received, record, parts.newId)
    // Also of who does not wait the form of the answer is known, as long as this process lives.
    const answered = waiting.wait(id, it)
    const committed = await asked.kept(opened, it, because, (unit) => ({
      ...unit,
      message: record,
      ...joined([sent, unit]),
      keys: [
        ...keysOf(record, received.refusedHere?.message ?? opened.message),
        ...sent.keys,
        ...unit.keys,
      ],
      events: [...entered([record, ...sent.legs], now), ...unit.events],
      ...{ awaits: [{ ...awaited, state: 'open' }, ...rules.awaits, ...alarms.awaits] },
      audit: alarms.audit,
      met: rules.met,
    }))
    if (committed.kind === 'duplicate') {
      waiting.forget(id)
      return replay(committed.message)
    }
    parts.wake()
    if (answer !== undefined) return { ...answer, leg: id }
    const { waitMs } = received
    if (waitMs !== undefined && waitMs < dueMs) timers.after(waitMs, () => void goOn(id, it))
    const cancel = timers.after(dueMs, () => void late({ ...awaited, state: 'open' }))
    return held.during(received.sender.party, answered.finally(cancel))
  }

  /** The caller waits no longer, and is told where to look. */
  async function goOn(id: string, it: Pending): Promise<void> {
    if (waiting.pending(id) === undefined) return
    waiting.release(id, { ...(await onItsWay(it, id)), leg: id })
  }

  function onItsWay({ received, validated, message }: Pending, id: string, payload?: JsonObject) {
    const said = saidOfAll(acknowledged(id, message, payload), received)
    return responder.reply(received, validated, said)
  }

  async function sentTo(
    [first]: readonly Party[],
    it: Omit<Sending, 'party' | 'flow' | 'traceparent'>,
    { traceparent = '' }: Received,
  ): Promise<Outgoing> {
    return first === undefined
      ? NOTHING_SENT
      : outgoing({ ...it, party: first, flow: '', traceparent }, parts)
  }

  async function refuse(
    { received, validated, message }: Pending,
    it: Because & { readonly failure: Failing; readonly sent: Outgoing },
    replay: (leg: Leg) => Promise<Answer>,
  ): Promise<Answer> {
    const answer = await failed(it.failure, { received, validated }, responder)
    const { id, exchangeId, at: now } = it
    const kept = { id, exchangeId, flow: '', at: now, state: 'REJECTED' } as const
    const legs = it.sent.legs.filter((leg) => leg.state === 'PARKED')
    const reason = reasonOf('FAILED', [it.failure.error])
    const own = { ...recordOf(received, validated, kept, answer), reason }
    const sent = it.sent.keys.filter(({ leg }) => legs.some((one) => one.id === leg))
    const keys = [...keysOf(own, message), ...sent]
    const events = entered(legs, now)
    const pending = { received, validated, message }
    const ended = await asked.opened(pending, it, it.failure)
    const committed = await asked.kept(ended, pending, it, (unit) => ({
      ...joined([{ legs, keys, slots: [] }, unit]),
      ...{ puts: unit.puts, removals: unit.removals },
      message: own,
      events: [...events, ...unit.events],
    }))
    return committed.kind === 'duplicate' ? replay(committed.message) : answer
  }

  const letGo: Relay['letGo'] = async () => {
    const all = waiting.legs().map((id) => [id, waiting.pending(id)] as const)
    await Promise.all(all.map(([id, it]) => it && goOn(id, it)))
  }

  const awaiting = async (leg: Leg) => ({
    ...(await asked.sent(leg)),
    ...(await awaitedAnew(leg, parts)),
  })

  const unkeptAlone = unkeptOn(parts, waiting)
  const unkept: Relay['unkept'] = async (leg, verdict) =>
    ended.unkept(leg) ?? unkeptAlone(leg, verdict)

  const listen: Relay['listen'] = () => (void ended.lookAtAll(), elsewhere.listen())
  const { lookAtList } = ended
  const own = { forward, settled, unkept, awaiting, overdue, letGo, listen, lookAtList }
  return { ...own, held: held.count }
}
