// What parties write about groups, the requests for them and the contracts of their members.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { draftOf, idOf, inside } from './drafts.ts'
import { MESSAGE, element } from './write.ts'

export const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'
export const REQUESTS = draftOf('DERGroupRequests')
export const AGREEMENTS = draftOf('CustomerAgreements')

/** mRID of the group that a request is about. */
export function groupIn(request: Node): string {
  return textAt(request, 'EndDeviceGroup/mRID') ?? ''
}

/** mRIDs of the DER that a request names. */
export function membersIn(request: Node): readonly string[] {
  return textsAt(request, 'EndDevices/mRID')
}

/** What is asked for: form, dissolve, addMembers, removeMembers. */
export function actionOf(request: Node): string {
  return textAt(request, 'action') ?? ''
}

/** A device as a group names it. */
function devicesOf(request: Node): readonly Node[] {
  return find(request, 'EndDevices').flatMap(
    (it) =>
      inside(GROUPS, {
        ...it,
        children: it.children.filter(({ name }) => name !== 'serialNumber'),
      }) ?? [],
  )
}

/** The group that a request asks for. */
export function groupOf(request: Node): Node {
  const group = find(request, 'EndDeviceGroup')[0]
  return element(GROUPS, 'DERGroups', [
    element(GROUPS, 'EndDeviceGroup', [
      element(GROUPS, 'mRID', idOf(group)),
      functionsOf(request),
      ...devicesOf(request),
      ...find(group, 'Names').map((it) => inside(GROUPS, it)),
    ]),
  ])
}

/** In the order of the schema. */
const FUNCTIONS = [
  ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
  ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
  ...['voltVarCurveFunction', 'voltWattCurveFunction'],
]

/** Those that are asked for; else none, since a group has to say. */
function functionsOf(request: Node): Node {
  const asked = find(request, 'DERFunction')[0]
  const none = FUNCTIONS.map((it) => element(GROUPS, it, 'false'))
  return inside(GROUPS, asked) ?? element(GROUPS, 'DERFunction', none)
}

/** Only which group. */
export function groupNamed(mRID: string): Node {
  return element(GROUPS, 'DERGroups', [
    element(GROUPS, 'EndDeviceGroup', [element(GROUPS, 'mRID', mRID)]),
  ])
}

/** Which of its members are to leave. */
export function membersNamed(request: Node): Node {
  return element(GROUPS, 'DERGroups', [
    element(GROUPS, 'EndDeviceGroup', [
      element(GROUPS, 'mRID', groupIn(request)),
      ...devicesOf(request),
    ]),
  ])
}

/** An OperationSet that takes what is named out of the objects that it is part of. */
export function removing(content: Node): Node {
  return element(MESSAGE, 'OperationSet', [
    element(MESSAGE, 'Operation', [
      element(MESSAGE, 'operationId', '1'),
      element(MESSAGE, 'noun', content.name),
      element(MESSAGE, 'verb', 'delete'),
      element(MESSAGE, 'elementOperation', 'true'),
      content,
    ]),
  ])
}

/** Agreements as far as they name a group. */
export function naming(agreements: readonly Node[], group: string): Node {
  return element(
    AGREEMENTS,
    'CustomerAgreements',
    agreements.map((it) =>
      element(AGREEMENTS, 'CustomerAgreement', [
        element(AGREEMENTS, 'mRID', idOf(it)),
        reference(group),
      ]),
    ),
  )
}

function reference(group: string): Node {
  return element(AGREEMENTS, 'EndDeviceGroups', [element(AGREEMENTS, 'mRID', group)])
}

/** The agreement, with this group among those that it names. */
export function withGroup(agreement: Node, group: string): Node {
  const named = without(agreement, group)
  const at = named.children.findIndex((it) => BEHIND_GROUPS.has(it.name))
  const place = at < 0 ? named.children.length : at
  return { ...named, children: named.children.toSpliced(place, 0, reference(group)) }
}

/** Members of an agreement that the schema has behind its groups. */
const BEHIND_GROUPS = new Set([
  ...['EndDeviceGroups', 'Names', 'PricingStructures', 'ServiceCategory', 'ServiceLocations'],
  ...['ServiceSupplier', 'status'],
  ...['thirdParty', 'UsagePoints', 'validityInterval'],
])

/** The agreement, without this group. */
export function without(agreement: Node, group: string): Node {
  const isOut = (it: Node) => it.name === 'EndDeviceGroups' && idOf(it) === group
  return { ...agreement, children: agreement.children.filter((it) => !isOut(it)) }
}

/** Members of a request that the schema has behind each of these. */
const ORDER = [
  ...['mRID', 'action', 'allowPartial', 'approver', 'createdDateTime', 'decidedDateTime'],
  ...['decision', 'effectiveDateTime', 'force', 'purpose', 'reason', 'criteria', 'DERFunction'],
  ...['EndDeviceGroup', 'EndDevices', 'Names', 'PricingStructure', 'requestor'],
  ...['requiredCapability', 'ruleResults', 'status'],
]

/** A request with these members in the place of those that it had. */
export function saying(request: Node, members: readonly Node[]): Node {
  const names = members.map((it) => it.name)
  const kept = request.children.filter((it) => !names.includes(it.name))
  const place = (it: Node) => ORDER.indexOf(it.name)
  return { ...request, children: [...kept, ...members].sort((a, b) => place(a) - place(b)) }
}

/** What has become of a request, and since when. */
export function statusOf(value: string, now: string): Node {
  return element(REQUESTS, 'status', [
    element(REQUESTS, 'dateTime', now),
    element(REQUESTS, 'value', value),
  ])
}
