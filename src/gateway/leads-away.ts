// Whether an object that our own record does not know may be with a party: where its route leads there, the party is asked.

import type { ExchangeParts } from './exchange-parts.ts'
import { named } from './facade/request.ts'
import type { FacadeRequest } from './facade/request.ts'

/** False where the object would have to be kept here: what is not, is for a party to say, or for no route. */
export async function leadsAway(
  { noun, sender }: FacadeRequest,
  verb: string,
  mRID: string,
  { courier }: Pick<ExchangeParts, 'courier'>,
): Promise<boolean> {
  if (courier === undefined) return false
  const message = { header: { Verb: verb, Noun: noun }, payload: named(mRID) }
  const standing = await courier.standings.of(message, sender)
  return courier.choose({ noun, verb, from: sender.party }, standing).kind !== 'local'
}
