// What a programme system keeps, and the pieces of its objects: status, stages, devices, and the order of elements.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import { element } from './write.ts'

/** Objects by their noun, and of each noun by their mRIDs: a step copies no more than those of its noun. */
export type Kept = ReadonlyMap<string, ReadonlyMap<string, Node>>

/** In the order of the schemas; of several objects in one list, where none contradicts another. */
const ORDER = [
  ...['mRID', 'amount', 'assetOwnership', 'calculatedDateTime', 'category', 'commState'],
  ...['createdDateTime', 'currency', 'enrollmentSource', 'errorMessage', 'fileName'],
  ...['installationMethod', 'kind', 'noun', 'outcome', 'preemptiveOptOut', 'quantityKind'],
  ...['recordCount', 'recordId', 'removalMethod', 'requestedBy', 'reserved', 'sha256'],
  ...['sizeBytes', 'specification', 'state', 'syncState', 'transactionId', 'Customer'],
  ...['DemandResponseProgram', 'EndDevice', 'EndDevices', 'interval', 'intervals', 'Names'],
  ...['ProgramEnrollment', 'ProgramEvent', 'ProgramSubscription', 'registrationStatus'],
  ...['replacements', 'reservation', 'ServiceLocation', 'stage', 'stages', 'status'],
  ...['UsagePoint', 'validityInterval'],
]

/** With this object. */
export function placed(kept: Kept, noun: string, object: Node): Kept {
  return new Map(kept).set(noun, new Map(kept.get(noun)).set(idOf(object), object))
}

/** The object of this mRID. */
export function one(kept: Kept, noun: string, mRID = ''): Node | undefined {
  return kept.get(noun)?.get(mRID)
}

/** Everything of a noun. */
export function all(kept: Kept, noun: string): readonly Node[] {
  return [...(kept.get(noun)?.values() ?? [])]
}

/** With these in the places of what it has under the name; none takes that away. */
export function withChildren(object: Node, name: string, come: readonly Node[]): Node {
  const others = object.children.filter((it) => it.name !== name)
  const place = (it: Node) => ORDER.indexOf(it.name)
  return { ...object, children: [...others, ...come].sort((a, b) => place(a) - place(b)) }
}

/** With this in the place of what it has under the name; undefined takes that away. */
export function withChild(object: Node, name: string, child: Node | undefined): Node {
  return withChildren(object, name, child === undefined ? [] : [child])
}

/** With this text under a name. */
export function saying(object: Node, name: string, text: string): Node {
  return withChild(object, name, element(object.ns, name, text))
}

/** With this status. */
export function statusOf(object: Node, value: string): Node {
  const { ns } = object
  return withChild(object, 'status', element(ns, 'status', [element(ns, 'value', value)]))
}

/** Without an object. */
export function removed(kept: Kept, noun: string, object: Node): Kept {
  const left = all(kept, noun).filter((it) => idOf(it) !== idOf(object))
  return new Map(kept).set(noun, new Map(left.map((it) => [idOf(it), it])))
}

/** With each of its devices changed. */
export function withDevices(object: Node, change: (device: Node) => Node): Node {
  return withChildren(object, 'EndDevices', find(object, 'EndDevices').map(change))
}

const DEVICES = new WeakMap<Node, ReadonlySet<string>>()

/** The devices of an enrollment, a subscription or an unavailability, by their mRIDs. */
export function devicesOf(object: Node): ReadonlySet<string> {
  const known = DEVICES.get(object) ?? new Set(textsAt(object, 'EndDevices/mRID'))
  DEVICES.set(object, known)
  return known
}

/** A stage of an event. */
export function stageOf(event: Node | undefined, mRID: string): Node | undefined {
  return find(event, 'stages').find((it) => idOf(it) === mRID)
}

/** The stage that a participation is about. */
export function stageIn(kept: Kept, participation: Node): Node | undefined {
  const event = one(kept, 'ProgramEvents', textAt(participation, 'ProgramEvent/mRID'))
  return stageOf(event, textAt(participation, 'stage/mRID') ?? '')
}

/** An event with each of its stages changed. */
export function withStages(event: Node, change: (stage: Node) => Node): Node {
  return withChildren(event, 'stages', find(event, 'stages').map(change))
}

/** Two times: what ends when the other begins does not overlap it. */
export function isOverlapping(one: Node | undefined, other: Node | undefined): boolean {
  const at = (it: Node | undefined, path: string) => Date.parse(textAt(it, path) ?? '')
  return at(one, 'start') < at(other, 'end') && at(other, 'start') < at(one, 'end')
}

/** The same with ends that belong to it: not how intervals are meant. */
export function isTouching(one: Node | undefined, other: Node | undefined): boolean {
  const at = (it: Node | undefined, path: string) => Date.parse(textAt(it, path) ?? '')
  return at(one, 'start') <= at(other, 'end') && at(other, 'start') <= at(one, 'end')
}

/** In this state, and reserved where that is it. */
export function inState(participation: Node, state: string): Node {
  const reserved = saying(participation, 'reserved', String(state === 'RESERVED'))
  return saying(reserved, 'state', state)
}

/** Beside the nouns: what each device takes part in. */
const BY_DEVICE = 'by device'

/** Under its device, so that it is found by that. */
export function withParticipation(kept: Kept, it: Node): Kept {
  const device = textAt(it, 'EndDevice/mRID') ?? ''
  const others = (one(kept, BY_DEVICE, device)?.children ?? []).filter(
    (each) => idOf(each) !== idOf(it),
  )
  const list = element(it.ns, 'device', [...others, it])
  const lists = new Map(kept.get(BY_DEVICE)).set(device, list)
  return new Map(placed(kept, 'EventParticipations', it)).set(BY_DEVICE, lists)
}

/** All that a device takes part in, as it was when it was last written. */
export function participationsOf(kept: Kept, participation: Node): readonly Node[] {
  return one(kept, BY_DEVICE, textAt(participation, 'EndDevice/mRID'))?.children ?? []
}
