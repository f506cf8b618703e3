// What keeps its order with an event: the event itself, under each of its ids and those of its stages, and whatever is reserved
// for one of these. Whoever names the event, and whoever names a stage alone, so stand in one order.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Reference } from './flow.ts'
import type { Belonging } from './in-order.ts'
import { firstKnown, keysOf } from './reference.ts'
import { eventReferences } from './stage-ref.ts'
import { stagesOf } from './stages.ts'

const NOUN = 'ProgramEvents'

/** Of an event. */
export const EVENT_ORDER: Belonging = {
  noun: NOUN,
  refers: eventItself,
  keys: (event, find) =>
    [event, firstKnown(eventItself(event), find)?.object].flatMap((it) =>
      [it, ...stagesOf(it)].flatMap(keysOf),
    ),
}

/** Of a device in a stage. Nothing need be read for one that names its event by the id by which that is known here. */
export const PARTICIPATION_ORDER: Belonging = {
  noun: NOUN,
  refers: (it, find) => {
    if (isNamed(it)) return []
    const known = knownAs(it, find)
    return isNamed(known) ? itself(it) : [...itself(it), ...eventOf(known)]
  },
  keys: (it, find) => {
    const known = isNamed(it) ? it : knownAs(it, find)
    const event = isNamed(known) ? undefined : firstKnown(eventOf(known), find)?.object
    return [member(known, 'ProgramEvent'), member(known, 'stage'), event].flatMap(keysOf)
  },
}

function isNamed(participation: JsonObject): boolean {
  return member(member(participation, 'ProgramEvent'), 'mRID') !== undefined
}

function eventItself(event: JsonObject): readonly Reference[] {
  const own = [{ noun: NOUN, object: event }]
  return [...own, ...stagesOf(event).flatMap((it) => eventReferences(it, undefined))]
}

function itself(it: JsonObject): readonly Reference[] {
  return [{ noun: 'EventParticipations', object: it }]
}

/** A change need not say again what it belongs to. */
function knownAs(it: JsonObject, find: Around['find']): JsonObject {
  return { ...firstKnown(itself(it), find)?.object, ...it }
}

function eventOf(participation: JsonObject): readonly Reference[] {
  return eventReferences(member(participation, 'stage'), member(participation, 'ProgramEvent'))
}
