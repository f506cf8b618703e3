// A message of our own that could not be written because something was missing, written once more because a person says so:
// from what it was to be made from, and from all that is known by now.

import { isObject, readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { idKey } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import { referred } from '../deciding/placed.ts'
import type { Clock } from '../ports.ts'
import { worldOf } from '../world.ts'
import { written } from './following.ts'
import type { FollowingParts } from './following.ts'
import { causeOf, headNoun, inNameOf, inwardOn } from './inward.ts'
import { makingOf } from './making.ts'
import type { Outgoing } from './outgoing.ts'
import { overtaken } from './overtaken.ts'
import type { OvertakenParts } from './overtaken.ts'

/** @returns the message anew, or why it still cannot be; undefined for what has been written, or is none of ours */
export type Rewrite = (leg: Leg) => Promise<Outgoing | { readonly reason: string } | undefined>

/** Over one store; what others have been sent is not written anew, and not sent when it is overtaken. */
export function rewritingOn(
  parts: FollowingParts & OvertakenParts & { readonly clock: Clock },
): Rewrite {
  const inward = inwardOn(parts)

  return async (leg) => {
    const from = inNameOf(leg)
    const draft = from === undefined ? undefined : draftOf(leg)
    if (from === undefined) return overtaken(leg, parts)
    if (draft === undefined) return undefined
    const { noun, subject } = causeOf(leg)
    const world = worldOf(await parts.store.objects(noun, [idKey(subject)], []))
    const held = referred(world, { noun, object: { mRID: subject } })
    if (held === undefined)
      return { reason: 'It is not due any more: what it follows from is gone.' }
    const flow = parts.flow(noun, 'change')
    const found = flow?.next?.find((it) => it.verb === leg.verb && headNoun(it) === leg.noun)
    if (flow === undefined || found === undefined)
      return { reason: `Nothing of that kind follows from ${noun} any more.` }
    const now = parts.clock()
    const cause = { flow, after: held, moved: [] }
    const making = await makingOf(cause, { world, now }, parts)
    const [next] = written({ ...found, from }, draft, held, making)
    if (next === undefined) return { reason: 'Nothing of it is left to be sent.' }
    if ('missing' in next) return { reason: next.missing }
    const { exchangeId, traceparent, answers: id } = leg
    const because = { origin: { id, exchangeId, at: now, traceparent }, flow: leg.flow }
    return inward(next, { ...because, about: [noun, subject] })
  }
}

function draftOf({ contentType, request }: Leg): JsonObject | undefined {
  if (contentType !== '' || request === '') return undefined
  const read = readJson(request)
  return 'value' in read && isObject(read.value) ? read.value : undefined
}
