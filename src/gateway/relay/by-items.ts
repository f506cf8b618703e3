// An object that went to its party item by item, and what the party has said of each: of an event with stages, which of them.

import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import type { IdObject } from '../../envelope/message-object.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import { idOfObject } from '../outcome.ts'
import { nounIn, objectsFor, verbOf } from '../tasks.ts'
import type { SaidOfPiece } from './split.ts'

/** One item, and its piece. */
export interface ItemSaid {
  /** as it goes by itself */
  readonly item: JsonObject
  readonly id: IdObject | undefined
  readonly piece: SaidOfPiece
}

/** An object with several items, each of which was a message of its own. */
export interface ByItems {
  readonly object: JsonObject
  readonly id: IdObject
  readonly flow: Flow
  /** in their order */
  readonly items: readonly ItemSaid[]
}

/** Those of a message that went so; none where a piece cannot be told to be that of one item. */
export function saidByItems(
  message: JsonObject,
  pieces: readonly SaidOfPiece[],
  contentOf: ContentOf,
): readonly ByItems[] {
  const [noun, verb] = [nounIn(message) ?? '', verbOf(message)]
  const flow: Flow | undefined = verb === undefined ? undefined : flowFor(noun, verb)
  const content = contentOf(noun)
  if (flow?.itemwise === undefined || content === undefined) return []
  const { itemwise, objectType } = flow
  return objectsFor(member(message, 'payload'), content).flatMap((object) => {
    const id = idOfObject(object, objectType)
    const own = pieces.filter(({ ids }) => ids.some(({ $ }) => $ === id?.$))
    const items = itemwise(object, undefined).flatMap((item, at): readonly ItemSaid[] => {
      const piece = own[at]
      return piece === undefined ? [] : [{ item, id: idOfObject(item, objectType), piece }]
    })
    const isApart = items.length > 1 && items.length === own.length
    return id === undefined || !isApart ? [] : [{ object, id, flow, items }]
  })
}

/** The same pieces; what is said of one item, and not of which, names it in its words. */
export function namingItems(
  message: JsonObject,
  pieces: readonly SaidOfPiece[],
  contentOf: ContentOf,
): readonly SaidOfPiece[] {
  const all = saidByItems(message, pieces, contentOf).flatMap(({ items }) => items)
  const names = new Map(all.map(({ piece, id }) => [piece, id?.$]))
  return pieces.map((piece) => {
    const name = names.get(piece)
    return name === undefined ? piece : { ...piece, said: naming(piece.said, name) }
  })
}

function naming(said: Said, name: string): Said {
  const errors = (said.errors ?? []).map((it) =>
    it.id !== undefined || it.code.startsWith('0.')
      ? it
      : { ...it, reason: `${name}: ${stopped(it.reason ?? it.code)}` },
  )
  return { ...said, errors }
}

/** What a vendor says is not always a sentence. */
function stopped(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
