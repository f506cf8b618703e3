// What a vendor tells of an object that is known here already: of one that is not, nor is on its way, it says nothing, and neither
// does it of an item that the object does not have.

import type { BoundRoute } from '../dialects/index.ts'
import type { Problem } from '../dialects/dialect.ts'
import { vendorPlace } from '../dialects/vendor-place.ts'
import type { Step } from '../dialects/vendor-place.ts'
import { isNamedAs, listOf } from '../flows/reference.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { judgeJson } from './translate.ts'
import { objectsIn } from './vendor-ack.ts'
import type { Taken } from './vendor-ack.ts'
import type { VendorMessage, VendorParts } from './vendor-message.ts'
import { STAND_IN, turnedDown, requestOf } from './vendor-taken.ts'

/** Without what is about nothing that is known. */
export async function aboutKnown(
  route: BoundRoute,
  taken: Taken,
  { to }: VendorMessage,
  parts: VendorParts,
): Promise<Taken> {
  const [object] = objectsIn(route, taken.content)
  if (route.isAboutKnown === undefined || !isObject(object)) return taken
  const problems = await unknownIn(route, object, parts)
  if (problems.length === 0) return taken
  // What cannot be read says nothing at all, and the exchange tells that.
  const message = requestOf(route, taken.content, { source: to.sender.party, ...STAND_IN })
  const { validated } = await judgeJson(message, parts)
  if (validated.verdict !== 'valid') return taken
  return turnedDown(problems, taken)
}

async function unknownIn(
  route: BoundRoute,
  object: JsonObject,
  { known }: VendorParts,
): Promise<readonly Problem[]> {
  const { isAboutKnown: { unless = '', items } = {}, noun } = route
  if (member(object, unless) !== undefined) return []
  if (!(await known.isThere(noun, object))) return [unknownBy(nameOf(object), object, route)]
  // Of what is on its way nobody knows yet which items it has.
  const kept = items === undefined ? undefined : await known.kept(noun, object)
  if (items === undefined || kept === undefined) return []
  const own = listOf(kept, items.list)
  return listOf(object, items.list).flatMap((it, at) => {
    const isTold = member(it, items.unless) !== undefined || own.some((one) => isNamedAs(one, it))
    return isTold ? [] : [unknownItem([{ name: items.list, at }], it, object, route)]
  })
}

function nameOf(it: Json): string {
  return member(it, 'mRID') === undefined ? 'Names' : 'mRID'
}

/** @param to from the object down to the item */
function unknownItem(
  to: readonly Step[],
  item: JsonObject,
  object: JsonObject,
  { resource: { mapped } }: BoundRoute,
): Problem {
  const steps = [...to, { name: nameOf(item) }]
  return unknownAt((mapped && vendorPlace(mapped, object, steps)?.path) ?? '', idIn(item))
}

/** @param name the member of CIM by which it was looked for */
export function unknownBy(
  name: string,
  object: JsonObject,
  { resource: { mapped } }: BoundRoute,
): Problem {
  const path = (mapped && vendorPlace(mapped, object, [{ name }])?.path) ?? ''
  return unknownAt(path, idIn(object, name))
}

function idIn(it: JsonObject, name = nameOf(it)): Json {
  const [first] = listOf(it, name)
  return member(first ?? it, first === undefined ? name : 'name') ?? null
}

function unknownAt(path: string, id: Json): Problem {
  const field = path.slice(path.lastIndexOf('/') + 1)
  const message = `Nothing with the ${field} ${writeJson(id)} is known here.`
  return { path, code: '99.1', message, mend: `Write the ${field} under which it was asked for.` }
}
