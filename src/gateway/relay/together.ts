// How much of a message goes to a party in one: all of it, so many objects as its profile says, or one by one.

import type { IdObject } from '../../envelope/message-object.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import { agreedWith } from '../parties/agreed.ts'
import { mostFor } from '../parties/index.ts'
import type { Party, Topology } from '../parties/party.ts'
import { CIM_JSON } from './carriage.ts'
import { hasHours } from './hours.ts'
import { piecesByItem } from './itemwise.ts'
import { idsIn, piecesOf } from './split.ts'
import { placesCarried } from './vendor-carriage.ts'

/** True for a party that may take one message in pieces: one by one as agreed, or as its dialect has it. */
export function isSplit(id: string, { parties }: Topology): boolean {
  const party = parties.find((it) => it.id === id)
  if (party === undefined) return false
  return isVendor(party) || mostFor(party) < Infinity || party.profile.itemwise !== undefined
}

/** True for a party that is spoken to in a vendor's JSON. */
export function isVendor({ binding }: Party): boolean {
  return binding?.type === 'json' && binding.dialect !== CIM_JSON
}

/** Objects of a message that go to a party in one; those of a vendor as its dialect has it, one by one or in a list. */
export function mostTogether(message: JsonObject, party: Party): number {
  return hasHours(message) ? 1 : mostFor(party)
}

/** What the objects of each piece of a message are known by, as its party is sent them. */
export function idsOfPieces(
  message: JsonObject,
  party: Party | undefined,
  contentOf: ContentOf,
): readonly (readonly IdObject[])[] {
  const apart = party === undefined ? undefined : piecesByItem(message, party, contentOf)
  if (apart !== undefined) return apart.map(({ id }) => (id === undefined ? [] : [id]))
  const most = party === undefined ? 1 : mostTogether(message, party)
  const pieces = piecesOf(message, contentOf, most)
  if (party?.binding?.type !== 'json' || !isVendor(party)) return pieces.map(({ ids }) => ids)
  const { dialect } = party.binding
  const all = idsIn(message, contentOf)
  return pieces.flatMap(({ message: piece, ids }) => {
    const own = pieces.length === 1 ? all : ids
    const places = placesCarried(piece, dialect, agreedWith(party))
    return places?.map((its) => its.flatMap((at) => own[at] ?? [])) ?? [own]
  })
}
