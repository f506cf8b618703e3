// What a vendor's request means by what is known here: which object it tells of, which word of ours it acknowledges, and whether it
// asks something of the whole object or of some of its items.

import type { BoundRoute } from '../dialects/index.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Breach } from '../flows/flow.ts'
import { flowFor } from '../flows/index.ts'
import { listOf, sameIdentity } from '../flows/reference.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { IN_FLIGHT } from './delivery/verdict.ts'
import { mended } from './mended.ts'
import { merged } from './merge.ts'
import { errorOf } from './refusals.ts'
import { objectsIn } from './vendor-ack.ts'
import type { Taken } from './vendor-ack.ts'
import { aboutKnown, unknownBy } from './vendor-about.ts'
import { answersLast } from './vendor-answers.ts'
import type { VendorMessage, VendorParts } from './vendor-message.ts'
import { turnedDown, telling } from './vendor-taken.ts'

/** The route by whose verb it is said, and what can be sent of it. */
export async function meant(
  route: BoundRoute,
  taken: Taken,
  it: VendorMessage,
  parts: VendorParts,
): Promise<readonly [BoundRoute, Taken]> {
  const sought = await wholly(route, await completing(route, taken, it, parts), parts)
  const there = await aboutKnown(route, await found(route, sought, parts), it, parts)
  return partly(route, await answering(route, there, it, parts), parts)
}

/** What its vendor knows by what it is about alone, as all that is asked of it; or what is said to it without. */
async function completing(
  route: BoundRoute,
  taken: Taken,
  { to }: VendorMessage,
  { known }: VendorParts,
): Promise<Taken> {
  const { isSought, noun, verbs: [verb] = [] } = route
  const [object] = objectsIn(route, taken.content)
  if (isSought !== true || verb === undefined || !isObject(object)) return taken
  const meant = await known.sought({ noun, verb }, object, to.sender)
  switch (meant?.kind) {
    case undefined:
      return taken
    case 'asks':
      return { ...telling(meant.object, route, taken), asked: object }
    case 'done':
      return {
        ...taken,
        foregone: { result: 'OK', errors: [{ level: 'INFORM', ...meant.saying }] },
      }
    case 'underWay':
      return { ...taken, foregone: { result: 'FAILED', errors: [UNDER_WAY] } }
    case 'breach':
      return { ...taken, foregone: { result: 'FAILED', errors: [brokenBy(meant.breach)] } }
  }
}

/** Whoever asks again before there is an answer has it done once all the same. */
const UNDER_WAY = errorOf('message-in-flight', IN_FLIGHT)

function brokenBy({ mend, about: _about, ...breach }: Breach): ReplyError {
  return mended({ level: 'FATAL', ...breach }, mend)
}

/** A list that is all there is says of what it does not name that it has left. */
async function wholly(route: BoundRoute, taken: Taken, { known }: VendorParts): Promise<Taken> {
  const { wholly: all, noun } = route
  const [object] = objectsIn(route, taken.content)
  const items = all === undefined || !isObject(object) ? [] : listOf(object, all.list)
  if (all === undefined || !isObject(object) || items.length === 0) return taken
  const kept = await known.kept(noun, object)
  const isListed = (it: JsonObject) => items.some((one) => sameIdentity(one, it))
  const left = (kept === undefined ? [] : listOf(kept, all.list)).filter((it) => !isListed(it))
  const meant = { ...object, [all.list]: [...items, ...left.map((it) => merged(it, all.left))] }
  return telling(meant, route, taken)
}

/** What is asked of some of the items of an object alone, as a change of these. */
async function partly(
  route: BoundRoute,
  taken: Taken,
  { known }: VendorParts,
): Promise<readonly [BoundRoute, Taken]> {
  const [object] = objectsIn(route, taken.content)
  const { partly: some } = route
  const items = some === undefined || !isObject(object) ? [] : listOf(object, some.list)
  if (some === undefined || !isObject(object) || items.length === 0) return [route, taken]
  const kept = await known.kept(route.noun, object)
  // Of what is not here yet nobody knows how many items it has: what is asked of some may not reach the others.
  const isListed = (it: JsonObject) => items.some((one) => sameIdentity(one, it))
  if (kept !== undefined && listOf(kept, some.list).every(isListed)) return [route, taken]
  const meant = { ...object, [some.list]: items.map((it) => merged(some.as, it)) }
  return [{ ...route, verbs: [some.verb] }, telling(meant, route, taken)]
}

/** What tells of an object by what it was asked for under has to have been asked for here. */
async function found(route: BoundRoute, taken: Taken, { known }: VendorParts): Promise<Taken> {
  const { noun, verbs: [verb] = [] } = route
  const by = verb === undefined || verb === 'create' ? undefined : flowFor(noun, verb)?.found
  const [object] = objectsIn(route, taken.content)
  if (by === undefined || !isObject(object)) return taken
  const isGiven = member(object, by.by) !== undefined
  const mRID = await (isGiven ? known.mRIDAt(noun, by.as(object)) : known.mRIDOf(noun, object))
  if (mRID !== undefined) return telling({ mRID, ...object }, route, taken)
  const problem = unknownBy(isGiven ? by.by : 'Names', object, route)
  return turnedDown([problem], taken)
}

/** An acknowledgement of what was told before is none of how it is now. */
async function answering(
  route: BoundRoute,
  taken: Taken,
  { json, to }: VendorMessage,
  { known }: VendorParts,
): Promise<Taken> {
  const [object] = objectsIn(route, taken.content)
  if (route.answers === undefined || !isObject(object)) return taken
  const own = await answersLast(route, json, object, to.sender.party, known.told)
  if ('problem' in own) return turnedDown([own.problem], taken)
  return telling(own.object, route, taken)
}
