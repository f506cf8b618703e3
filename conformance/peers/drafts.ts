// The draft nouns of customer services as peers write them: their namespaces, and the order of their elements.

import { textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { element } from './write.ts'

/** The namespace of a draft noun. */
export function draftOf(noun: string): string {
  return `http://cimgate.example/draft/2026/${noun}#`
}

/** In the order of the schemas; of several objects in one list, where none contradicts another. */
const ORDER = [
  ...['mRID', 'approver', 'contactType', 'contactValue', 'createdDateTime', 'approvedDateTime'],
  ...['decidedDateTime', 'decision', 'dermsNotified', 'dueDate', 'kind', 'lastModifiedDateTime'],
  ...['loadMgmt', 'reason', 'revisionNumber', 'signDate', 'subject', 'text', 'trigger', 'about'],
  ...['conditions', 'Customer', 'CustomerAccount', 'CustomerAgreement', 'DemandResponseProgram'],
  ...['DemandResponsePrograms', 'DERRegistration', 'DERRegistrations', 'docStatus'],
  ...['dsoRegistryId', 'EndDevice', 'EndDeviceGroups', 'modellingResult', 'nameplate', 'Names'],
  ...['NetworkLocation', 'PricingStructure', 'PricingStructures', 'requestedInterval'],
  ...['ServiceCategory', 'ServiceLocation', 'ServiceLocations', 'ServiceRequest'],
  ...['ServiceSupplier', 'status', 'thirdParty', 'thirdPartyProvider', 'UsagePoint', 'UsagePoints'],
  ...['validityInterval'],
]

/** What comes takes the place of all that there was under its names. */
export function changed(before: Node, come: readonly Node[]): Node {
  const kept = before.children.filter((it) => !come.some(({ name }) => name === it.name))
  return ordered(before, [...kept, ...come])
}

/** The object with these children, as its schema wants them. */
function ordered(object: Node, children: readonly Node[]): Node {
  const place = ({ name }: Node) => ORDER.indexOf(name)
  return { ...object, children: [...children].sort((a, b) => place(a) - place(b)) }
}

/** An object that is named by its mRID: `reference(ns, 'Customer', id)`. */
export function reference(ns: string, name: string, mRID: string | undefined): Node {
  return element(ns, name, [element(ns, 'mRID', mRID ?? '')])
}

/** The same element in another namespace: what one noun says of an object that another has told of. */
export function inside(ns: string, node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined
  return { ...node, ns, children: node.children.flatMap((it) => inside(ns, it) ?? []) }
}

/** What is known by a name of this type. */
export function typedName(ns: string, type: string, name: string | undefined): Node {
  return element(ns, 'Names', [
    element(ns, 'name', name ?? ''),
    element(ns, 'NameType', [element(ns, 'name', type)]),
  ])
}

/** Where its mRID is, and the text of its status or of another place. */
export function idOf(object: Node | undefined): string {
  return textAt(object, 'mRID') ?? ''
}
