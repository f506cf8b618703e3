// What a programme system keeps, and the pieces of its objects: status, stages, and the order of elements.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import { element } from './write.ts'

/** Objects by noun and mRID: `ProgramEvents 4f8f…`. */
export type Kept = ReadonlyMap<string, Node>

/** In the order of the schemas; of several objects in one list, where none contradicts another. */
const ORDER = [
  ...['mRID', 'amount', 'assetOwnership', 'calculatedDateTime', 'category', 'createdDateTime'],
  ...['currency', 'enrollmentSource', 'installationMethod', 'kind', 'preemptiveOptOut'],
  ...['quantityKind', 'recordId', 'requestedBy', 'reserved', 'state', 'syncState'],
  ...['transactionId', 'Customer', 'DemandResponseProgram', 'EndDevice', 'EndDevices', 'interval'],
  ...['intervals', 'Names', 'ProgramEnrollment', 'ProgramEvent', 'ProgramSubscription'],
  ...['reservation', 'stage', 'stages', 'status', 'UsagePoint', 'validityInterval'],
]

/** With this object. */
export function placed(kept: Kept, noun: string, object: Node): Kept {
  return new Map([...kept, [`${noun} ${idOf(object)}`, object]])
}

/** With this in the place of what it has under the name; undefined takes that away. */
export function withChild(object: Node, name: string, child: Node | undefined): Node {
  const others = object.children.filter((it) => it.name !== name)
  const place = (it: Node) => ORDER.indexOf(it.name)
  const children = [...others, ...(child === undefined ? [] : [child])]
  return { ...object, children: children.sort((a, b) => place(a) - place(b)) }
}

/** With this status. */
export function statusOf(object: Node, value: string): Node {
  const { ns } = object
  return withChild(object, 'status', element(ns, 'status', [element(ns, 'value', value)]))
}

/** A stage of an event. */
export function stageOf(event: Node | undefined, mRID: string): Node | undefined {
  return find(event, 'stages').find((it) => idOf(it) === mRID)
}

/** An event with each of its stages changed. */
export function withStages(event: Node, change: (stage: Node) => Node): Node {
  const children = event.children.map((it) => (it.name === 'stages' ? change(it) : it))
  return { ...event, children }
}

/** An unavailability and a stage: what ends when the other begins does not overlap it. */
export function isOverlapping(unavailability: Node, stage: Node): boolean {
  const at = (it: Node, path: string) => Date.parse(textAt(it, path) ?? '')
  return (
    at(unavailability, 'period/start') < at(stage, 'interval/end') &&
    at(stage, 'interval/start') < at(unavailability, 'period/end')
  )
}
