// What the exchange has to do with other parties: which way a message takes, who is told of what has happened, whose
// question a reply answers.

import type { ReplyError } from '../../envelope/reply.ts'
import { dueBy } from '../acknowledgements.ts'
import type { AcknowledgementParts } from '../acknowledgements.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { askingOf } from '../asking-of.ts'
import type { Decision } from '../deciding/decide.ts'
import { MOST_TURNS } from '../delivery/anew.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Carrying } from '../collections/carrying.ts'
import type { TakeIn } from '../collections/taking.ts'
import { isPassing } from '../delivery/noting.ts'
import { transition } from '../delivery/transition.ts'
import { Standing } from '../delivery/unkept.ts'
import { REPEATS_NOUN, verdictOn } from '../delivery/verdict.ts'
import type { Judged, Verdict } from '../delivery/verdict.ts'
import { REPLY } from '../ledger.ts'
import type { Leg, LegStep, LedgerUnit, MessageState } from '../ledger.ts'
import { recordOf } from '../message-record.ts'
import { isKept, organisationsIn } from '../parties/index.ts'
import type { Choice, Organisations } from '../parties/index.ts'
import type { Party } from '../parties/party.ts'
import { isOwn } from '../parties/spoken-for.ts'
import type { Committed, Log, Store } from '../ports.ts'
import type { Standings } from '../standing.ts'
import { NOT_AWAITED } from '../refusals.ts'
import type { Answer } from '../received.ts'
import type { Responder } from '../responder.ts'
import { answering } from './answering.ts'
import { awaitedBy } from './awaited.ts'
import { completed } from './completed.ts'
import type { Follow } from './following.ts'
import type { Origin } from './awaited.ts'
import { NOTHING_SENT, joined, outgoing } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import { keysOf } from './business-keys.ts'
import type { Choose } from './choosing.ts'
import { publishingOn, sendingOf } from './publishing.ts'
import type { Publish } from './publishing.ts'
import type { Relay } from './relay.ts'
import type { Pending } from './waiting.ts'
import { stepOf } from './replied-step.ts'
import { unacknowledged } from './unacknowledged.ts'
import { knownIn } from './itemwise.ts'
import { withoutWithheld } from './withheld.ts'

/** What it needs from outside. */
export interface CourierParts extends OutgoingParts {
  readonly store: Pick<Store, 'commit' | 'leg' | 'legTo' | 'legs' | 'objects' | 'attempts'>
  readonly responder: Responder
  readonly standings: Standings
  readonly relay: Relay
  readonly follow: Follow
  readonly choose: Choose
  readonly takeIn: TakeIn
  /** what a reply means for the records of a collection */
  readonly completed: Carrying['completed']
  readonly wake: () => void
  /** looks at what is held */
  readonly known?: () => void
  readonly flow: AcknowledgementParts['flow']
  readonly log: Pick<Log, 'error'>
}

/** What has been decided, and where it has come from. */
export interface Told {
  readonly origin: Origin
  readonly decision: Decision
}

/** The way to and from other parties. */
export interface Courier {
  readonly standings: Standings
  readonly choose: Choose
  /** ids of the flows whose rules are left to the parties */
  readonly unguarded: () => readonly string[]
  /** True for a noun whose objects are kept here alone. */
  readonly isKept: (noun: string) => boolean
  readonly organisations: Organisations
  /** Parties that have to know an object of a noun, by whose it is. */
  readonly due: (noun: string, owner: string) => readonly string[]
  /** True where what has arrived here has arrived with the DERMS side too. */
  readonly isOwn: () => boolean
  readonly forward: Relay['forward']
  /** A long list is taken in as a whole, and carried out part by part. */
  readonly takeIn: TakeIn
  /** What has been accepted of an event, told on to the parties of its way. */
  readonly tellOn: (
    it: Pending,
    choice: Extract<Choice, { readonly kind: 'parties' }>,
    owner: string,
    told: Told,
  ) => Promise<Outgoing>
  /** What has been accepted here, for the parties that are to hear of it. */
  readonly publish: Publish
  /** What has to be sent next, as far as the gateway does that itself. */
  readonly follow: Follow
  /** A reply that comes by itself: of whoever was asked, or of nobody. */
  readonly replied: (it: Pending, replay: (leg: Leg) => Promise<Answer>) => Promise<Answer>
  /** An event as the reply that it is; undefined where it answers nothing that its sender was asked. */
  readonly answering: (it: Pending) => Promise<Pending | undefined>
  /** What has to come after a message, and what the message has fulfilled. */
  readonly awaits: (it: Pending, origin: Origin) => Pick<LedgerUnit, 'awaits' | 'met'>
  readonly wake: () => void
  /** Something is held by now. */
  readonly held: () => void
}

/**
 * States of a leg whose reply is to come. It may overtake the acknowledgement (SENDING), and answer a try that seemed to
 * have failed (FAILED), also when a person has given it another turn (QUEUED): then it is not sent again.
 */
const AWAITED: readonly MessageState[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED']

/** States of a question whose answer is too late: it is kept as that (G-AC7). */
const TOO_LATE: readonly MessageState[] = ['PARKED', 'EXPIRED']

function mayFollow({ state, noun, verb }: Leg): boolean {
  const isLate = TOO_LATE.includes(state) && askingOf(noun, verb) !== undefined
  return isLate || AWAITED.includes(state)
}

/** How often a reply has been looked at, and why what follows from it is not kept. */
interface Before {
  readonly turn: number
  readonly cause?: unknown
}

type Replay = Parameters<Courier['replied']>[1]

/** A courier over one store. */
export function createCourier(parts: CourierParts): Courier {
  const publish = publishingOn(parts)
  const { topology, contentOf, relay, responder, store, wake, choose } = parts

  const tellOn: Courier['tellOn'] = async (it, { way, parties }, owner, { origin, decision }) => {
    const message = withoutWithheld(it.message, decision, contentOf)
    if (message === undefined) return NOTHING_SENT
    const known = knownIn(decision.world)
    const about = { way, flow: '', owner }
    const as = (party: Party) => completed(message, party, decision.world, contentOf)
    const all = await Promise.all(
      parties.map((party) =>
        outgoing({ ...sendingOf({ ...about, message: as(party), party }, origin), known }, parts),
      ),
    )
    return joined(all)
  }

  const replied: Courier['replied'] = (it, replay) => repliedOn(it, replay, { turn: 1 })

  async function repliedOn(it: Pending, replay: Replay, before: Before): Promise<Answer> {
    const { received, validated } = it
    const { party } = received.sender
    const asked = await store.legTo(party, validated.correlationID ?? '')
    const answered = asked && verdictOn(asked, { ...asAnswer(it), ...judging(party) })
    const isOne = answered !== undefined && answered.code === undefined
    const verdict = asked && isOne ? parts.completed(asked, answered) : answered
    // What is none to this request leaves it open: the right one may still come.
    const unfit = verdict?.code === undefined ? undefined : unfitReply(verdict)
    const isAwaited = asked !== undefined && unfit === undefined && mayFollow(asked)
    const refusal = asked === undefined ? NOT_AWAITED : unfit
    const said =
      refusal === undefined
        ? ({ result: 'OK' } as const)
        : ({ result: 'FAILED', errors: [refusal] } as const)
    const answer = await responder.reply(received, validated, said)
    const kept = {
      id: parts.newId(),
      exchangeId: asked?.exchangeId ?? received.exchangeId ?? parts.newId(),
      flow: asked?.flow ?? '',
      at: parts.clock(),
      state: asked === undefined ? 'PARKED' : unfit === undefined ? 'ACKED' : 'REJECTED',
    } as const
    const message: Leg = {
      ...recordOf(received, validated, kept, answer),
      answers: asked?.id ?? '',
      late:
        asked !== undefined && unfit === undefined && !(isAwaited && (await isAwaitedBy(asked))),
      reason: refusal?.reason ?? '',
    }
    const isOver = asked !== undefined && isAwaited && verdict?.kind !== 'received'
    const more = isOver && verdict ? await consequenceOf(asked, verdict, before) : undefined
    const steps =
      more === undefined || asked === undefined || verdict === undefined
        ? []
        : [stepOf(asked, verdict, it, more.cause)]
    const told =
      asked === undefined ? [] : await Promise.all(steps.map((step) => tell(asked, step, verdict)))
    const unit = more?.unit ?? {}
    const isLast = asked !== undefined && unfit === undefined && verdict?.kind !== 'received'
    const met = isLast ? [asked.answers, asked.id].map((key) => ({ kind: REPLY, key })) : []
    const committed = await store.commit({
      puts: [],
      removals: [],
      ...unit,
      events: [...(unit.events ?? []), ...told],
      message,
      keys: [...keysOf(message, it.message), ...(unit.keys ?? [])],
      met: [...met, ...(unit.met ?? [])],
      steps: [...steps, ...(unit.steps ?? [])],
    })
    if (committed.kind === 'duplicate') return replay(committed.message)
    // Somebody else was quicker: it is looked at again.
    if (committed.kind !== 'committed')
      return repliedOn(it, replay, nextTurn({ ...before, ...more }, committed))
    more?.committed?.()
    if ((unit.slots ?? []).length > 0) wake()
    return answer
  }

  /** What cannot be kept is left out: that the reply has come is not lost by it. */
  async function consequenceOf(
    asked: Leg,
    verdict: Verdict,
    { cause }: Before,
  ): Promise<Consequence & Pick<Before, 'cause'>> {
    if (cause !== undefined) return { ...(await relay.unkept(asked, verdict)), cause }
    try {
      return await relay.settled(asked, verdict)
    } catch (err) {
      if (isPassing(err)) throw err
      parts.log.error({ err, leg: asked.id }, 'what follows from a reply cannot be kept')
      return consequenceOf(asked, verdict, { turn: 1, cause: err })
    }
  }

  /** False when its sender has been told already that no reply has come. */
  async function isAwaitedBy({ answers }: Leg): Promise<boolean> {
    return answers === '' || (await store.leg(answers))?.state !== 'EXPIRED'
  }

  function judging(id: string): Pick<Judged, 'party' | 'queried'> {
    const party = topology().parties.find((it) => it.id === id)
    const queried = (noun: string) => parts.schemas.catalogue.queried(noun)
    return party === undefined ? { queried } : { queried, party }
  }

  async function tell(asked: Leg, step: LegStep, verdict: Verdict | undefined) {
    const { length: revision } = await store.attempts(asked.id)
    const happened = { at: parts.clock(), revision }
    return transition(asked, step, verdict === undefined ? happened : { ...happened, verdict })
  }

  return {
    standings: parts.standings,
    choose,
    unguarded: () => topology().unguarded ?? [],
    isKept: (noun) => isKept(topology(), noun),
    organisations: organisationsIn(topology),
    isOwn: () => isOwn(topology()),
    due: dueBy(parts),
    forward: relay.forward,
    takeIn: parts.takeIn,
    tellOn,
    publish,
    follow: parts.follow,
    replied,
    answering: (it) => answering(it, parts),
    awaits: (it, origin) => {
      const { awaits, met } = awaitedBy(it, origin, parts)
      return { awaits: [...awaits, ...unacknowledged(it, origin, parts)], met }
    },
    wake,
    held: () => parts.known?.(),
  }
}

/** Without what follows from it, where that has failed often enough. @throws {Standing} where that has failed, too */
function nextTurn({ turn, cause }: Before, committed: Committed): Before {
  if (turn < MOST_TURNS) return { turn: turn + 1, cause }
  const standing = new Standing(committed)
  if (cause !== undefined) throw standing
  return { turn: 1, cause: standing }
}

/** A reply that correlates, and says another Noun than it was asked about. */
function unfitReply({ reason }: Verdict): ReplyError {
  const details = 'Write the Noun of the request, and send the reply again under another MessageID.'
  return { code: '2.5', level: 'FATAL', rule: REPEATS_NOUN, reason, details }
}

function asAnswer({ received, validated, message }: Pending): Parameters<typeof verdictOn>[1] {
  return {
    answer: {
      kind: 'answered',
      status: 200,
      contentType: 'application/xml',
      bytes: received.bytes,
    },
    validated: { ...validated, json: message },
  }
}

/** True for an event verb: what it tells has happened, and nobody is asked. */
export function isEvent(verb: string | null): boolean {
  return verbRow(verb ?? undefined)?.kind === 'event'
}
