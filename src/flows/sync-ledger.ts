// Which party knows which revision of an object: what has been told in which exchange, and what of that a party has
// acknowledged. It stands beside the object and outlives the messages, which are forgotten after a while; a precondition
// of other flows, such as the enrollment of a customer, asks `unawareOf`.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Reference } from './flow.ts'
import { listOf } from './reference.ts'

/** exchanges of one object whose acknowledgement may still come; of older ones a later one is on its way as well */
const MOST_TOLD = 32

/** What a party knows of an object. */
export interface Acknowledgement {
  /** of the object */
  readonly revision: number
  /** when the party has said so, ISO 8601 with Z */
  readonly at: string
}

/** Where ledgers of a noun are kept: beside its objects, under the same keys, and no noun themselves. */
export function ledgerOf(noun: string): string {
  return `${noun}.acknowledged`
}

/** The ledger of an object. */
export function ledgerReference(noun: string, object: JsonObject): Reference {
  const mRID = member(object, 'mRID')
  return { noun: ledgerOf(noun), object: mRID === undefined ? undefined : { mRID } }
}

/** The ledger once a revision has been told in an exchange. @param ledger undefined = the first */
export function toldIn(
  ledger: JsonObject | undefined,
  exchangeId: string,
  revision: number,
): JsonObject {
  const told = [...listOf(ledger, 'told'), { exchangeId, revision }].slice(-MOST_TOLD)
  return { told, known: member(ledger, 'known') ?? {} }
}

/** Of an object that is gone nobody knows anything: what comes under its mRID next is another. */
export const NOTHING_KNOWN: JsonObject = { told: [], known: {} }

/**
 * The ledger once a party has acknowledged what an exchange has told; undefined where that says nothing new, because the
 * exchange has told nothing of the object or the party knows more by now.
 */
export function acknowledgedBy(
  ledger: JsonObject | undefined,
  party: string,
  { exchangeId, at }: { readonly exchangeId: string; readonly at: string },
): JsonObject | undefined {
  const told = listOf(ledger, 'told').findLast((it) => member(it, 'exchangeId') === exchangeId)
  const revision = Number(member(told, 'revision') ?? 0)
  const { revision: had = 0 } = knownTo(ledger, party) ?? {}
  // What was told once more, and is taken once more, is known since then.
  const again = listOf(ledger, 'told').filter((it) => member(it, 'revision') === revision)
  if (revision < had || (revision === had && again.length < 2)) return undefined
  const known = member(ledger, 'known')
  return {
    told: member(ledger, 'told') ?? [],
    known: { ...(isObject(known) ? known : {}), [party]: { revision, at } },
  }
}

/** What a party has acknowledged last; undefined = nothing. */
export function knownTo(
  ledger: JsonObject | undefined,
  party: string,
): Acknowledgement | undefined {
  const known = member(ledger, 'known')
  const own: Json | undefined =
    isObject(known) && Object.hasOwn(known, party) ? known[party] : undefined
  if (own === undefined) return undefined
  return { revision: Number(member(own, 'revision')), at: String(member(own, 'at')) }
}

/** Parties that have acknowledged anything of an object. */
export function awareOf(ledger: JsonObject | undefined): readonly string[] {
  const known = member(ledger, 'known')
  return isObject(known) ? Object.keys(known) : []
}

/**
 * The parties that do not know an object: what needs them to know it has to wait.
 * @param ledger undefined where nothing has been told of the object
 * @param since revision from which on they have to know it; by default any will do
 */
export function unawareOf(
  ledger: JsonObject | undefined,
  parties: readonly string[],
  since = 1,
): readonly string[] {
  return parties.filter((it) => (knownTo(ledger, it)?.revision ?? 0) < since)
}
