// The other parties of a way hear of a request when the first one has accepted it, and only of what it has accepted: nobody
// acts on what is refused. They are told by the same message under ids of their own, in the unit of the outcome.
//
// Who they are is asked of the topology in force at that moment, because what is sent has to reach somebody now. A way that
// has changed since the request came leads to whom it names today: a party that has gone is not told, one that has come is,
// also where it is the first by now, and whoever has carried the request out is never sent it again. Where no way is left, or
// it leads to cimgate itself, nobody else is told: our own record has it.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import { providerOf } from '../parties/index.ts'
import type { Party, Way } from '../parties/party.ts'
import type { Standings } from '../standing.ts'
import { nounIn } from '../tasks.ts'
import { itemsOf, onlyItems, refusedAt } from './accepted.ts'
import type { Choose } from './choosing.ts'
import { isDone, isOver, sentFor, turnsIn } from './joined.ts'
import type { JoinParts } from './joined.ts'
import { NOTHING_SENT, joined, outgoing } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import type { Recording } from './recording.ts'
import { doneOf } from './reported.ts'
import type { Pending } from './waiting.ts'

/** What telling needs from outside. */
export interface TellingParts extends OutgoingParts, JoinParts {
  readonly store: OutgoingParts['store'] & JoinParts['store']
  readonly standings: Standings
  readonly choose: Choose
}

/** What the party that answers has come to. */
export interface Happened {
  /** to it, as it was before its outcome, or as it is on disk already */
  readonly leg: Leg
  readonly verdict: Verdict
  /** to the request as a whole, as CIM-JSON; absent = it is refused, or not known of all of it */
  readonly accepted?: JsonObject
}

/**
 * What the others are to be sent, each of everything once, however often and by however many legs it is concluded: whoever
 * has not been told yet hears of all that is accepted; whoever has been, of what this leg has got accepted since, when a
 * person has given it another turn. The ids of the legs are numbered, so that of two outcomes that come together one is
 * refused by the store, and is looked at again.
 */
export type Tell = (origin: Leg, it: Pending, happened: Happened) => Promise<Outgoing>

/** @param recording says whose it is what has been made */
export function tellingOn(parts: TellingParts, recording: Pick<Recording, 'ownerOf'>): Tell {
  const { store, contentOf, verdictOf } = parts

  const tell: Tell = async (origin, it, happened) => {
    const { leg, accepted } = happened
    const { way, parties } = await othersOf(origin, it, leg)
    if (way === undefined || parties.length === 0) return NOTHING_SENT
    const sent = await sentFor(origin, store)
    const earlier = sent.filter((one) => isTold(one, origin))
    const knows = ({ id }: Party) => earlier.some(({ party }) => party === id)
    const whole = accepted && doneOf(it.message, accepted, contentOf)
    const since = parties.some(knows) ? await doneSince(origin, it, happened, sent) : undefined
    const meant = parties.flatMap((party) => {
      const message = knows(party) ? since : whole
      return message === undefined ? [] : [{ party, message }]
    })
    const owner = await recording.ownerOf(it, leg)
    const { exchangeId, traceparent, id: answers } = origin
    const about = { way, owner, exchangeId, traceparent, answers, flow: '', now: parts.clock() }
    const free = freeNumber(origin, earlier)
    const all = meant.map((one, at) =>
      outgoing({ ...about, ...one, id: toldId(origin, free + at) }, parts),
    )
    return joined(await Promise.all(all))
  }

  /** Parties of the way in force, but for the one that has carried it out. */
  async function othersOf(
    origin: Leg,
    { message, received }: Pending,
    { party }: Leg,
  ): Promise<{ readonly way?: Way; readonly parties: readonly Party[] }> {
    const { providers } = await parts.standings.of(message, received.sender)
    // What is gone from our record by now has been the provider's that has carried it out.
    const own = providerOf(party, parts.topology())
    const whose = providers.length > 0 || own === undefined ? providers : [own]
    const about = { noun: nounIn(message) ?? origin.noun, verb: origin.verb, from: origin.party }
    const choice = parts.choose(about, { providers: whose }, message)
    if (choice.kind !== 'parties') return { parties: [] }
    return { way: choice.way, parties: choice.parties.filter(({ id }) => id !== party) }
  }

  /** What this leg has got accepted, without what another turn of it had got accepted before. */
  async function doneSince(
    { answers: first }: Leg,
    { message }: Pending,
    { leg, verdict }: Happened,
    sent: readonly LegFacts[],
  ): Promise<JsonObject | undefined> {
    // What is on disk as over has been told of when it came to be so.
    if (verdict.kind !== 'done' || isOver(leg)) return undefined
    const turns = turnsIn(sent, first)
    const place = turns.find((it) => it.leg.id === leg.id)?.place ?? 0
    const isPiece = turns.some((it) => it.place > 0)
    const asked = isPiece ? onlyItems(message, (_item, at) => at === place, contentOf) : message
    if (asked === undefined) return undefined
    const earlier = turns.filter(
      (it) => it.leg.id !== leg.id && it.place === place && isDone(it.leg),
    )
    const refused = await Promise.all(earlier.map((it) => refusedBy(asked, it.leg.id)))
    const reply = verdict.reply ?? {}
    const now = refusedAt(asked, reply, contentOf)
    const places = [...itemsOf(asked, contentOf).keys()].filter((at) => !now.has(at))
    const done = doneOf(asked, reply, contentOf)
    if (done === undefined || (places.length === 0 && earlier.length > 0)) return undefined
    const isNew = (at: number) => refused.every((it) => it.has(places[at] ?? at))
    return onlyItems(done, (_item, at) => isNew(at), contentOf)
  }

  async function refusedBy(message: JsonObject, id: string): Promise<ReadonlySet<number>> {
    const leg = await store.leg(id)
    const { reply = {} } = leg === undefined ? {} : await verdictOf(leg)
    return refusedAt(message, reply, contentOf)
  }

  return tell
}

/** Between the id of the request and the number of what others are told of it, from 1. */
const BEHIND = '.'

function toldId({ id }: Leg, number: number): string {
  return `${id}${BEHIND}${number}`
}

function isTold({ id }: LegFacts, origin: Leg): boolean {
  return id.startsWith(`${origin.id}${BEHIND}`)
}

function freeNumber({ id }: Leg, told: readonly LegFacts[]): number {
  const numbers = told.map((it) => Number.parseInt(it.id.slice(id.length + BEHIND.length), 10))
  return Math.max(0, ...numbers) + 1
}
