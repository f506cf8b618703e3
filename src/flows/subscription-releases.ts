// What is given up with a subscription: the reservations of the devices that take part no longer, because the customer has left
// the programme or another device has come in the place of one (EN-05, EN-06).

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { losses } from './event-moves.ts'
import type { Around, Move, Reference } from './flow.ts'
import { meansDevice, underDevice } from './participant.ts'
import { participationState } from './participation-state.ts'
import { listOf } from './reference.ts'
import type { FindAll, Search } from './search.ts'
import { eventReferences } from './stage-ref.ts'
import { newReplacements } from './subscription-rules.ts'
import { isClosed } from './subscription-sync.ts'

const NOUN = 'EventParticipations'

/** A device that leaves, and the step that its reservations take. */
interface Leaving {
  readonly device: Json
  readonly trigger: string
}

function leavingOf(before: JsonObject | undefined, after: JsonObject): readonly Leaving[] {
  if (before === undefined) return []
  if (isClosed(after) && !isClosed(before))
    return listOf(before, 'EndDevices').map((device) => ({ device, trigger: 'unenrolled' }))
  return newReplacements(before, after).map(({ it }) => ({
    device: member(it, 'oldDevice') ?? {},
    trigger: 'replaced',
  }))
}

/** What is reserved of the devices that leave. */
export function releaseSearches(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Search[] {
  return leavingOf(before, after).flatMap(searchesOf)
}

function searchesOf({ device }: Leaving): readonly Search[] {
  const isOf = meansDevice(device)
  return underDevice(device).map((under) => ({
    noun: NOUN,
    under,
    has: (it) => participationState(it) === 'RESERVED' && isOf(member(it, 'EndDevice')),
  }))
}

/** The events that lose them. */
export function releaseRefers(all: FindAll): readonly Reference[] {
  return all({ noun: NOUN, under: '', has: () => true }).flatMap(({ object }) =>
    eventReferences(member(object, 'stage'), member(object, 'ProgramEvent')),
  )
}

/** All of them, or none. */
export function releaseMoves(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
  all: FindAll,
): readonly Move[] {
  const left = leavingOf(before, after).map((it) => ({
    ...it,
    reserved: searchesOf(it).flatMap((search) => all(search).map(({ object }) => object)),
  }))
  const each = new Map(
    left.flatMap(({ trigger, reserved }) =>
      reserved.map((it) => [String(member(it, 'mRID')), { it, trigger }] as const),
    ),
  )
  const moves = [...each].map(([mRID, { trigger }]) => ({ noun: NOUN, object: { mRID }, trigger }))
  return [
    ...moves,
    ...losses(
      [...each.values()].map(({ it }) => it),
      find,
    ),
  ]
}
