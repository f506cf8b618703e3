// What is given up with a subscription: the reservations of the devices that take part no longer, because the customer has left
// the programme or another device has come in the place of one, by whatever message (EN-05, EN-06); by policy that one takes them
// over.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { deviceKeyText } from './device-key.ts'
import { isSameDevice } from './device.ts'
import { losses } from './event-moves.ts'
import type { Around, Move, Reference } from './flow.ts'
import { meansDevice, underDevice } from './participant.ts'
import { participationState } from './participation-state.ts'
import { listOf } from './reference.ts'
import type { FindAll, Search } from './search.ts'
import { eventReferences } from './stage-ref.ts'
import { newReplacements } from './subscription-rules.ts'
import { isClosed, isExcluded } from './subscription-sync.ts'

const NOUN = 'EventParticipations'

/** A device that leaves, and the step that its reservations take. */
interface Leaving {
  readonly device: Json
  readonly trigger: string
  /** what comes in its place */
  readonly next?: Json
}

function leavingOf(before: JsonObject | undefined, after: JsonObject): readonly Leaving[] {
  if (before === undefined) return []
  if (isClosed(after) && !isClosed(before))
    return listOf(before, 'EndDevices').map((device) => ({ device, trigger: 'unenrolled' }))
  const replaced = newReplacements(before, after).map(({ it }) => ({
    ...{ device: member(it, 'oldDevice') ?? {}, trigger: 'replaced' },
    next: member(it, 'newDevice') ?? {},
  }))
  const isReplaced = (it: JsonObject) => replaced.some(({ device }) => isSameDevice(device, it))
  return [...replaced, ...leftOf(before, after).filter(({ device }) => !isReplaced(device))]
}

/** Devices that a change lists no longer as those by which the customer takes part; where one goes and one comes, that is in its place. */
function leftOf(
  before: JsonObject,
  after: JsonObject,
): readonly (Leaving & { readonly device: JsonObject })[] {
  const taking = (it: JsonObject) => listOf(it, 'EndDevices').filter((one) => !isExcluded(one))
  const [was, is] = [taking(before), taking(after)]
  const apart = (some: readonly JsonObject[], others: readonly JsonObject[]) =>
    some.filter((it) => !others.some((one) => isOneDevice(it, one)))
  const [left, come] = [apart(was, is), apart(is, was)]
  const next = left.length === 1 && come.length === 1 ? come[0] : undefined
  return left.map((device) => ({
    device,
    trigger: come.length > 0 ? 'replaced' : 'unenrolled',
    ...(next === undefined ? {} : { next }),
  }))
}

/** By its key, where both have one: under another it is called as another, whatever else it is known by. */
function isOneDevice(a: JsonObject, b: JsonObject): boolean {
  const [one, other] = [deviceKeyText(a), deviceKeyText(b)]
  return one === undefined || other === undefined ? isSameDevice(a, b) : one === other
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

/** All of them, or none. @param isKept what is reserved for a device that is replaced is so for the one that comes */
export function releaseMoves(
  before: JsonObject | undefined,
  after: JsonObject,
  { find, all, isKept = false }: Releasing,
): readonly Move[] {
  const left = leavingOf(before, after).map((it) => ({
    ...it,
    reserved: searchesOf(it).flatMap((search) => all(search).map(({ object }) => object)),
  }))
  const each = new Map(
    left.flatMap(({ trigger, next, reserved }) =>
      reserved.map((it) => [String(member(it, 'mRID')), { it, trigger, next }] as const),
    ),
  )
  const moves = [...each].map(([mRID, { trigger, next }]): Move => {
    const move = { noun: NOUN, object: { mRID }, trigger }
    return isKept && next !== undefined ? { ...move, ...takenOver(next) } : move
  })
  const lost = [...each.values()].filter(({ next }) => !isKept || next === undefined)
  return [
    ...moves,
    ...losses(
      lost.map(({ it }) => it),
      find,
    ),
  ]
}

/** What is looked up for it, and what the policy is. */
export interface Releasing {
  readonly find: Around['find']
  readonly all: FindAll
  readonly isKept?: boolean
}

/** Reserved as before, for another device: by what a participation may name that. */
function takenOver(next: Json): Pick<Move, 'trigger' | 'change'> {
  const { mRID, serialNumber, Names } = isObject(next) ? next : {}
  const named = Object.entries({ mRID, serialNumber, Names }).filter(([, it]) => it !== undefined)
  const EndDevice = Object.fromEntries(named) as JsonObject
  return { trigger: 'change', change: (it) => ({ ...it, EndDevice }) }
}
