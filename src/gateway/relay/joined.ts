// The outcome of a message that went to its party in pieces: known when all of them are over.

import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Ledger, Leg } from '../ledger.ts'
import { MESSAGE } from '../../lifecycles/message.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { failureOf } from './said.ts'
import { joinedSaid, piecesOf } from './split.ts'
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

function placeOf(id: string, first: string): number {
  return id === first ? 0 : Number(id.slice(first.length + BEHIND.length)) - 1
}

/** What joining needs from outside. */
export interface JoinParts {
  readonly store: Pick<Ledger, 'leg' | 'legs'>
  readonly contentOf: ContentOf
  /** what was answered to a leg that is over */
  readonly verdictOf: (leg: Leg) => Promise<Verdict>
}

/** One piece, and what became of it. */
interface Ended {
  readonly leg: Leg
  readonly verdict: Verdict
}

/** What became of the whole. */
export interface Joined {
  readonly said: Said
  /** as if the party had said it in one reply */
  readonly reply: JsonObject
}

const OVER: ReadonlySet<string> = new Set([...MESSAGE.terminal, 'PARKED'])

/**
 * Undefined while a piece is still open.
 * @param own the piece that has just ended, and how
 */
export async function joinedWith(
  own: Ended,
  { exchangeId, answers: first }: Pick<Leg, 'exchangeId' | 'answers'>,
  { message }: Pending,
  { store, contentOf, verdictOf }: JoinParts,
): Promise<Joined | 'alone' | undefined> {
  const { party } = own.leg
  const asked = { exchangeId, party, direction: 'out', limit: MOST_PIECES } as const
  const { legs } = await store.legs(asked)
  const pieces = legs.filter(({ id }) => isPieceOf(id, first))
  if (pieces.length < 2) return 'alone'
  const others = pieces.filter(({ id }) => id !== own.leg.id)
  if (others.some(({ state }) => !OVER.has(state))) return undefined
  const ended: Ended[] = [own]
  for (const { id } of others) {
    const leg = await store.leg(id)
    if (leg !== undefined) ended.push({ leg, verdict: await verdictOf(leg) })
  }
  ended.sort((one, other) => placeOf(one.leg.id, first) - placeOf(other.leg.id, first))
  const ids = piecesOf(message, contentOf).map(({ id }) => id)
  const all = ended.map(({ leg, verdict }) => {
    const id = ids[placeOf(leg.id, first)]
    return { said: saidOf(leg, verdict), ...(id === undefined ? {} : { id }) }
  })
  const said = joinedSaid(all, contentOf)
  return { said, reply: asReply(said) }
}

function saidOf(leg: Leg, verdict: Verdict): Said {
  if (verdict.said !== undefined) return verdict.said
  const failure = failureOf(leg, verdict)
  return failure === undefined ? { result: 'OK' } : { result: 'FAILED', errors: [failure.error] }
}

/** As far as our own record asks what has been refused, and what came back. */
function asReply({ result, errors = [], payload }: Said): JsonObject {
  const Error = errors.map(({ code, id }) => ({
    code,
    ...(id === undefined ? {} : { ID: { ...id } }),
  }))
  return { reply: { Result: result, Error }, ...(payload === undefined ? {} : { payload }) }
}
