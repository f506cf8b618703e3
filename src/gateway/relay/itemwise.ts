// An object with several items as several objects of its noun, for a party that knows no items: each item under the id that it
// has. What is said of the items together is said of the object.

import type { IdObject } from '../../envelope/message-object.ts'
import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { idOfObject } from '../outcome.ts'
import type { Party } from '../parties/party.ts'
import type { World } from '../world.ts'
import { entriesOf, idsOf, nounIn, verbOf } from '../tasks.ts'

/** An object as it is known here; undefined where it is not. */
export type Known = (noun: string, named: JsonObject) => JsonObject | undefined

/** What a decision knows, or has made. */
export function knownIn(world: World): Known {
  return (noun, named) => {
    const found = world.find(noun, named)
    return found.kind === 'one' ? found.held.object : undefined
  }
}

/** A message about one item. */
export interface ItemPiece {
  readonly message: JsonObject
  /** of the object that the item is in */
  readonly id?: IdObject
}

/** Undefined where the party takes the objects as they are. @param known what a message says that names an object alone */
export function piecesByItem(
  message: JsonObject,
  { profile }: Party,
  contentOf: ContentOf,
  known: Known = () => undefined,
): readonly ItemPiece[] | undefined {
  const [noun, verb] = [nounIn(message) ?? '', verbOf(message)]
  if (verb === undefined || profile.itemwise?.includes(noun) !== true) return undefined
  const flow: Flow | undefined = flowFor(noun, verb)
  const content = contentOf(noun)
  const { itemwise } = flow ?? {}
  if (itemwise === undefined || content === undefined || flow === undefined) return undefined
  const idIn = (object: JsonObject): Pick<ItemPiece, 'id'> => {
    const id = idOfObject(object, flow.objectType)
    return id === undefined ? {} : { id }
  }
  return entriesOf(member(message, 'payload')).flatMap(([name, value]) => {
    if (name === noun)
      return objectsIn(value, content).flatMap((object) =>
        itemwise(object, known(noun, object)).map((one) => ({
          message: { ...message, payload: payloadOf([[noun, rootsOf([one], content)]]) },
          ...idIn(object),
        })),
      )
    if (name !== 'ID') return []
    return idsOf(value).flatMap(({ object }) => {
      const own = known(noun, object)
      const items = own === undefined ? [object] : itemwise(own, own, true)
      return items.map((it) => ({
        message: { ...message, payload: { ID: [{ ...idOfObject(it, flow.objectType) }] } },
        ...idIn(object),
      }))
    })
  })
}
