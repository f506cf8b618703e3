// What comes of a collection that is over: our own record follows what its party has accepted, the others of the way hear of
// it; and when no collection is left open, whoever has sent the list hears of all together, once.

import type { IdObject } from '../../envelope/message-object.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { listFor } from '../../flows/lists.ts'
import type { LongList } from '../../flows/long-list.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { anew } from '../delivery/anew.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { entered, transition } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { errorJson } from '../problem.ts'
import { jsonBody } from '../facade/answer.ts'
import { REPLY } from '../ledger.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import { MESSAGE_TYPE } from '../message-record.ts'
import { idOfObject } from '../outcome.ts'
import type { Unit } from '../ports.ts'
import type { Received, Unrendered } from '../received.ts'
import { UNREAD } from '../refusals.ts'
import { consequencesOf } from '../relay/consequences.ts'
import type { Changes } from '../relay/consequences.ts'
import { inNameOf } from '../relay/inward.ts'
import { concludesBy, toldLater } from '../relay/later-reply.ts'
import { NOTHING_SENT, joined, outgoing } from '../relay/outgoing.ts'
import type { Outgoing } from '../relay/outgoing.ts'
import { publishingOn, sendingOf } from '../relay/publishing.ts'
import { endedBy } from '../relay/questions.ts'
import { recordingOn } from '../relay/recording.ts'
import type { RecordingParts } from '../relay/recording.ts'
import type { RelayParts } from '../relay/relay.ts'
import { restored } from '../relay/restored.ts'
import { stepTo, verdictOf } from '../relay/said.ts'
import { tenancyOn } from '../relay/tenancy.ts'
import type { Pending } from '../relay/waiting.ts'
import { ackOfList } from './conclusion.ts'
import { entriesOf, isCollection, messageOf, readDraft } from './draft.ts'
import type { Entry } from './draft.ts'
import { readResult } from './result.ts'
import { reportingOn } from './report.ts'
import { isOpen, isRun, openLists, originOf, tallyOf } from './run.ts'
import type { Tally } from './run.ts'

const NOTHING = { puts: [], removals: [], events: [] }

/** Over one store. */
export interface Concluding {
  /** Undefined for a leg that is no collection. */
  readonly settled: (
    leg: Leg,
    verdict: Verdict,
    startedAt?: string,
  ) => Promise<Consequence | undefined>
  /** What comes of the list when what follows from a collection could not be kept; undefined for any other leg. */
  readonly unkept: (leg: Leg) => Consequence | undefined
  /** Concludes a list where nothing of it is left to come. */
  readonly lookAtList: (list: Pick<Leg, 'id' | 'exchangeId'>) => Promise<void>
  /** The same for all lists: their last collection may have ended when the process did, before that was seen. */
  readonly lookAtAll: () => Promise<void>
}

/** Concludes lists. */
export function concludingOn(parts: RelayParts & Pick<RecordingParts, 'questions'>): Concluding {
  const { store, contentOf } = parts
  const tenancy = tenancyOn(parts)
  const recording = recordingOn(parts, tenancy)
  const publish = publishingOn(parts)
  const report = reportingOn(parts)

  const settled: Concluding['settled'] = async (leg, verdict, startedAt) => {
    if (!isCollection(leg)) return undefined
    const origin = await originOf(leg, store)
    if (origin === undefined) return { unit: {} }
    const own =
      inNameOf(leg) === undefined ? await followed(leg, verdict, origin, startedAt) : undefined
    const over = overAs(leg, verdict)
    const whole =
      isRun(origin) && !(await isOpen(origin, store, [leg.id]))
        ? await concluded(origin, new Map([[leg.id, over]]))
        : undefined
    // Of two that end in the same moment each has seen the other one open.
    if (whole === undefined) return { unit: own ?? {}, committed: () => lookAtList(origin) }
    return { unit: own === undefined ? whole : together(own, whole) }
  }

  /** Our own record, as the party has carried the collection out; and those who are told besides. */
  async function followed(
    leg: Leg,
    verdict: Verdict,
    origin: LegFacts,
    startedAt: string | undefined,
  ): Promise<Changes | undefined> {
    const message = acceptedOf(leg, verdict)
    if (message === undefined) return undefined
    const received: Received = {
      bytes: NO_BYTES,
      sender: parts.senderOf(origin.party),
      bodyHash: '',
    }
    const { noun, verb, messageID } = origin
    const it: Pending = { received, validated: { ...UNREAD, noun, verb, messageID }, message }
    const isLate = origin.state !== 'ACCEPTED'
    const how = { isLate, startedAt, origin: withoutTexts(origin), ended: endedBy([], NOT_SAID) }
    const decision = await recording.recorded(it, DONE, leg, { ...how, isAsSent: true })
    const because = { ...origin, at: parts.clock() }
    const told = await others(it, leg, origin)
    const changes =
      decision === undefined
        ? { ...NOTHING, ...NOTHING_SENT }
        : await consequencesOf(decision, because, { publish, follow: parts.follow })
    const events = [...changes.events, ...entered(told.legs, because.at)]
    return { ...changes, ...joined([changes, told]), events }
  }

  function acceptedOf(leg: Leg, { kind, kept }: Verdict): JsonObject | undefined {
    const result = kind === 'done' && kept !== undefined ? readResult({ reply: kept }) : undefined
    const draft = readDraft(leg)
    const [list, content] = [listFor(draft.noun, 'create'), contentOf(draft.noun)]
    if (result === undefined || list === undefined || content === undefined) return undefined
    const failed = new Set(result.failed.map((it) => it.index))
    const objects = entriesOf(draft, list, leg.answers).flatMap(({ object, index }) =>
      object === undefined || failed.has(index) ? [] : [object],
    )
    return objects.length === 0 ? undefined : messageOf(draft, objects, content)
  }

  /** The others of the way in force hear of what the first one has accepted. */
  async function others(it: Pending, leg: Leg, origin: LegFacts): Promise<Outgoing> {
    const standing = await parts.standings.of(it.message, it.received.sender)
    const about = { noun: leg.noun, verb: leg.verb, from: origin.party }
    const choice = parts.choose(about, standing, it.message)
    if (choice.kind !== 'parties') return NOTHING_SENT
    const owner = await recording.ownerOf(it, leg)
    const because = { ...origin, at: parts.clock() }
    const meant = choice.parties.filter(({ id }) => id !== leg.party)
    const sent = meant.map((party) => {
      const sending = { message: it.message, party, way: choice.way, flow: '', owner }
      return outgoing(sendingOf(sending, because), parts)
    })
    return joined(await Promise.all(sent))
  }

  /** Undefined where its sender has been told already. */
  async function concluded(
    origin: LegFacts,
    now: ReadonlyMap<string, Leg>,
  ): Promise<Partial<Unit> | undefined> {
    const list = listFor(origin.noun, origin.verb)
    if (list === undefined) return undefined
    const tally = await tallyOf(origin, store, now)
    const reports = await report(origin, list, tally)
    // Records that a person has sent once more: its sender has had its answer, and finds what became of them.
    if (origin.state !== 'ACCEPTED') return reports
    const leg = await store.leg(origin.id)
    const it = leg && (await restored(leg, parts))
    if (leg === undefined || it === undefined) return reports
    const said = saidOf(origin, list, tally)
    const received = { ...it.received, ...inForm(origin, tally) }
    const answer = await parts.responder.reply(received, it.validated, said)
    const step = stepTo(leg, said, answer)
    const route = concludesBy(leg, it, parts)
    const ack = route && (await ackOfList(origin, route, store, now))
    const later = toldLater(leg, it, answer, parts, ack === undefined ? {} : { ack })
    const told = { at: parts.clock(), revision: 0, verdict: verdictOf(said) }
    return {
      ...joined([later, reports]),
      events: [transition(leg, step, told), ...later.events, ...reports.events],
      steps: [step],
      met: [{ kind: REPLY, key: origin.id }],
    }
  }

  const lookAtList: Concluding['lookAtList'] = async (list) => {
    try {
      await anew(async () => {
        // Before its leg is read, whose text is the whole list: nearly always another collection is still to come.
        if (await isOpen(list, store, [])) return true
        const origin = await store.leg(list.id)
        if (origin?.state !== 'ACCEPTED') return true
        const unit = await concluded(origin, new Map())
        if (unit === undefined) return true
        const done = await store.commit({ ...NOTHING, ...unit })
        if (done.kind === 'committed' && (unit.slots ?? []).length > 0) parts.wake()
        return done.kind === 'committed' ? true : undefined
      })
    } catch (err) {
      parts.log.error({ err, leg: list.id }, 'the end of a list could not be kept')
    }
  }

  const unkept: Concluding['unkept'] = (leg) =>
    isCollection(leg)
      ? { unit: {}, committed: () => lookAtList({ ...leg, id: leg.answers }) }
      : undefined

  const lookAtAll: Concluding['lookAtAll'] = async () => {
    try {
      for await (const it of openLists(store)) await lookAtList(it)
    } catch (err) {
      parts.log.error({ err }, 'lists that are over could not be looked for')
    }
  }

  return { settled, unkept, lookAtList, lookAtAll }
}

const DONE: JsonObject = { reply: { Result: 'OK' } }
const NO_BYTES = new Uint8Array()
const NOT_SAID = { code: '5.3', reason: 'The reply does not say what has come of it.' }

function withoutTexts(it: LegFacts): Leg {
  return { ...it, request: '', reply: '', findings: '[]' }
}

function together(own: Changes, whole: Partial<Unit>): Partial<Unit> {
  return {
    ...whole,
    ...joined([own, { ...NOTHING_SENT, ...whole }]),
    puts: own.puts,
    removals: own.removals,
    events: [...own.events, ...(whole.events ?? [])],
  }
}

/** The collection as it is when its outcome is on disk. */
function overAs(leg: Leg, { kind, kept, said, reason }: Verdict): Leg {
  const reply = kept ?? leg.reply
  if (kind === 'done')
    return { ...leg, reply, state: said?.result === 'PARTIAL' ? 'PARTIAL' : 'ACKED', reason }
  return { ...leg, reply, state: kind === 'canceled' ? 'CANCELED' : 'PARKED', reason }
}

/** OK, PARTIAL or FAILED, with an Error for each record that has failed, as far as one message has room for them. */
function saidOf({ id }: LegFacts, list: LongList, { count, failed, first }: Tally): Said {
  const where = `/api/v1/messages/${id}/results`
  if (failed === 0) {
    const reason = `All ${count} records have been carried out; each is found at ${where}.`
    return { result: 'OK', errors: [{ code: '0.0', level: 'INFORM', reason }] }
  }
  const errors = first.map(({ entry, failure }): ReplyError => {
    const { index: _place, ...said } = failure
    return { level: 'FATAL', ...said, id: idOf(entry, list) }
  })
  const listed = failed > first.length ? `, the first ${first.length} of them here` : ''
  const reason = `${failed} of ${count} records have failed${listed}; what became of each is found at ${where}.`
  if (failed === count) {
    // The whole is told of in one more line only where not all are listed.
    const more: ReplyError = { code: '5.3', level: 'FATAL', reason }
    return { result: 'FAILED', errors: failed > first.length ? [more, ...errors] : errors }
  }
  return { result: 'PARTIAL', errors: [{ ...PART, reason }, ...errors] }
}

/** By what its sender knows it: its mRID, as where no list is that long, its number, else its place. */
function idOf({ index, object, isNamed, shown }: Entry, { objectType }: LongList): IdObject {
  const own = isNamed === true ? idOfObject(object ?? {}, objectType) : undefined
  if (own !== undefined) return own
  const [name = ''] = Object.values(shown)
  const kind = { '@kind': 'name', '@objectType': objectType } as const
  if (name === '') return { $: `${index + 1}`, '@idType': 'position', ...kind }
  return { $: name, '@idType': 'recordId', ...kind }
}

/** Who has sent the list by itself, not in a message, finds what it has come to, and where the rest stands. */
function inForm({ id, contentType }: LegFacts, { count, failed }: Tally): Pick<Received, 'render'> {
  if (!/json/.test(contentType) || contentType === MESSAGE_TYPE) return {}
  return {
    render: ({ result, errors }: Unrendered) =>
      jsonBody({
        reply: { Result: result, Error: errors.map(errorJson) },
        total: count,
        succeeded: count - failed,
        failed,
        results: `/api/v1/messages/${id}/results`,
      }),
  }
}
