// The outcome of a message that went to its party in pieces: known when all of them are over.

import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Ledger, Leg, LegFacts } from '../ledger.ts'
import { MESSAGE } from '../../lifecycles/message.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { namingItems } from './by-items.ts'
import { asReply } from './relayed.ts'
import type { Topology } from '../parties/party.ts'
import { failureOf } from './said.ts'
import { joinedSaid } from './split.ts'
import type { SaidOfPiece } from './split.ts'
import { asStopped, isLeft, isUnreached, notAttempted } from './stopping.ts'
import { idsOfPieces } from './together.ts'
import type { Pending } from './waiting.ts'

/** Between the id of the first piece and the number of another one, from 2. */
const BEHIND = '.'
/** pieces of one message that are looked for */
const MOST_PIECES = 10_000

/** The id of a piece. @param at from 0 */
export function pieceId(first: string, at: number): string {
  return at === 0 ? first : `${first}${BEHIND}${at + 1}`
}

/** True for a piece of the message that begins with the first one, which may be the only one. */
export function isPieceOf(id: string, first: string): boolean {
  return id === first || id.startsWith(`${first}${BEHIND}`)
}

/** Of the party that answers all pieces are sent, or none. */
export function parkedIn(
  { legs }: { readonly legs: readonly Leg[] },
  first: Leg | undefined,
): Leg | undefined {
  return legs.find(({ id, state }) => state === 'PARKED' && isPieceOf(id, first?.id ?? ''))
}

/** The leg that a person has sent once more, and again, in the beginning. */
export async function firstOf(leg: Leg, store: Pick<Ledger, 'leg'>): Promise<Leg> {
  const earlier = leg.replayOf === '' ? undefined : await store.leg(leg.replayOf)
  return earlier === undefined ? leg : firstOf(earlier, store)
}

function placeOf(id: string, first: string): number {
  return id === first ? 0 : Number(id.slice(first.length + BEHIND.length)) - 1
}

/** A leg to the party that answers: the message or a piece of it, for the first time or once more. */
export interface Turn {
  readonly leg: LegFacts
  /** of its piece, from 0 */
  readonly place: number
}

/** What was sent because of a message. @param party to whom; absent = to whomever */
export async function sentFor(
  { id, exchangeId }: Leg,
  store: Pick<Ledger, 'legs'>,
  party?: string,
): Promise<readonly LegFacts[]> {
  const to = party === undefined ? {} : { party }
  const asked = { exchangeId, direction: 'out', limit: MOST_PIECES, ...to } as const
  return (await store.legs(asked)).legs.filter(({ answers }) => answers === id)
}

/** True of a message whose sender was told that nobody had answered in time, and of which a piece is still on its way. */
export async function goesOn(origin: Leg, store: Pick<Ledger, 'legs'>): Promise<boolean> {
  if (origin.state !== 'EXPIRED' || origin.answers === '') return false
  const turns = turnsIn(await sentFor(origin, store), origin.answers)
  return turns.some(({ leg }) => !isOver(leg))
}

/** @param sent because of one message @param first id of the leg that its answer is awaited of */
export function turnsIn(sent: readonly LegFacts[], first: string): readonly Turn[] {
  const known = new Map(sent.map((leg) => [leg.id, leg]))
  const beginning = ({ id, replayOf }: LegFacts): string => {
    const earlier = known.get(replayOf)
    if (earlier !== undefined) return beginning(earlier)
    return replayOf === '' ? id : replayOf
  }
  return sent.flatMap((leg) => {
    const id = beginning(leg)
    return isPieceOf(id, first) ? [{ leg, place: placeOf(id, first) }] : []
  })
}

/** What joining needs from outside. */
export interface JoinParts {
  readonly store: Pick<Ledger, 'leg' | 'legs'>
  readonly contentOf: ContentOf
  readonly topology: () => Topology
  /** what was answered to a leg that is over */
  readonly verdictOf: (leg: Leg) => Promise<Verdict>
}

/** One piece, and what became of it. */
interface Ended {
  readonly leg: Leg
  readonly verdict: Verdict
}

/** What became of the whole. */
export type Joined = Behind & (WhollyOver | { readonly said?: undefined })

/** Pieces behind one that could not be sent: they are not attempted. */
interface Behind {
  readonly behind: readonly LegFacts[]
}

/** No piece is open any more. */
interface WhollyOver {
  readonly said: Said
  /** as if the party had said it in one reply */
  readonly reply: JsonObject
  /** what is told of it where it has stopped half-way */
  readonly stopped: Said | undefined
  /** what is said of each piece, in their order */
  readonly pieces: readonly SaidOfPiece[]
}

const OVER: ReadonlySet<string> = new Set([...MESSAGE.terminal, 'PARKED'])
const DONE: ReadonlySet<string> = new Set(['ACKED', 'PARTIAL'])

/** Nothing more comes of it by itself. */
export function isOver({ state }: Pick<Leg, 'state'>): boolean {
  return OVER.has(state)
}

/** Its party has accepted it, or part of it. */
export function isDone({ state }: Pick<Leg, 'state'>): boolean {
  return DONE.has(state)
}

/**
 * Without words while a piece is still open. Of a piece that a person has sent once more the turn counts by which it was done,
 * else the last one.
 * @param own the piece that has just ended, and how
 */
export async function joinedWith(
  own: Ended,
  origin: Leg,
  { message }: Pending,
  { store, contentOf, verdictOf, topology }: JoinParts,
): Promise<Joined | 'alone'> {
  const turns = turnsIn(await sentFor(origin, store, own.leg.party), origin.answers)
  if (!turns.some(({ place }) => place > 0)) return 'alone'
  const isOwn = ({ leg }: Turn) => leg.id === own.leg.id
  const isBehind = (it: Turn) => isUnreached(own.verdict) && !isOwn(it) && it.leg.state === 'QUEUED'
  const behind = turns.filter(isBehind).map(({ leg }) => leg)
  if (!turns.every((it) => isOwn(it) || isBehind(it) || isOver(it.leg))) return { behind }
  const party = topology().parties.find(({ id }) => id === own.leg.party)
  const ids = idsOfPieces(message, party, contentOf)
  const all: SaidOfPiece[] = []
  for (const [place, it] of decisive(turns, isOwn)) {
    // What is known of one object alone is said of it, however many pieces it has become.
    const its = ids[place] ?? (ids.length === 1 ? ids[0] : undefined) ?? []
    const said = isBehind(it) ? notAttempted(own.leg.party) : await saidOn(it)
    all.push({ said, ids: its })
  }
  const pieces = namingItems(message, all, contentOf)
  const said = joinedSaid(pieces, contentOf)
  const hasStopped = isUnreached(own.verdict) || turns.some(({ leg }) => isLeft(leg))
  const blamed = new Set((said.errors ?? []).map(({ id }) => id?.$))
  const done = all
    .flatMap((it) => (it.said.result === 'FAILED' ? [] : it.ids))
    .filter(({ $ }) => !blamed.has($))
  return {
    ...{ behind, said, pieces },
    reply: asReply(said),
    stopped: hasStopped ? asStopped(said, done) : undefined,
  }

  async function saidOn(it: Turn): Promise<Said> {
    const leg = isOwn(it) ? undefined : await store.leg(it.leg.id)
    const { leg: over, verdict } = leg === undefined ? own : { leg, verdict: await verdictOf(leg) }
    return saidOf(over, verdict)
  }
}

/** One turn of each piece, in their order. @param turns newest first */
function decisive(
  turns: readonly Turn[],
  isOwn: (it: Turn) => boolean,
): readonly (readonly [place: number, it: Turn])[] {
  const found = new Map<number, Turn>()
  for (const it of turns) {
    const known = found.get(it.place)
    const isMore = known === undefined || (!isDone(known.leg) && (isDone(it.leg) || isOwn(it)))
    if (isMore) found.set(it.place, it)
  }
  return [...found].sort(([one], [other]) => one - other)
}

function saidOf(leg: Leg, verdict: Verdict): Said {
  if (verdict.said !== undefined) return verdict.said
  const failure = failureOf(leg, verdict)
  return failure === undefined ? { result: 'OK' } : { result: 'FAILED', errors: [failure.error] }
}
