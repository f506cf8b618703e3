// Customer Support of the DSO (CIS) and groups: whether one may be formed, changed or dissolved, by what stands on its desk
// about tariffs and registrations (EPRI 3002014619 §5). What it approves is carried out by DERMS Customer Support, which
// tells what became of it.

import { find, textAt, textsAt } from '../find.ts'
import { ROLES } from '../shapes.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import { draftOf, idOf } from './drafts.ts'
import {
  actionOf,
  groupIn,
  GROUPS,
  membersIn,
  REQUESTS,
  saying,
  statusOf,
  without,
} from './group-content.ts'
import type { Ask, Doing, Done, Failure, Party } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { refused, unknown } from './service-desk.ts'
import type { Desk } from './service-desk.ts'
import { ineligible } from './service-tariffs.ts'
import { element } from './write.ts'

/** What it knows of groups, beside what stands on its desk. */
export interface GroupsKnown {
  readonly services: Desk
  /** what was approved, by the mRID of the group */
  readonly groups: ReadonlyMap<string, Known>
  /** requests that were approved, as they came */
  readonly asked: ReadonlyMap<string, Node>
}

interface Known {
  readonly members: readonly string[]
  readonly name: string | undefined
}

/** Whether a request may be carried out: a broken peer asks for less. */
export type Judge = (known: GroupsKnown, request: Node) => readonly Failure[]

/** Namespaces of what it takes besides its services. */
export const GROUPS_NAMESPACES = [REQUESTS, GROUPS]

/** Rows about groups. */
export function groupRows(judge: Judge = judged): Party<GroupsKnown>['takes'] {
  return {
    'delete CustomerAgreements': regroup,
    'create DERGroupRequests': requested(judge),
    'get DERGroupRequests': lookUp,
    'changed DERGroupRequests': hearOutcome,
  }
}

/** Contracts no longer name a group; DERMS Customer Support, which has asked for that, hears of them as they are. */
function regroup(known: GroupsKnown, { content }: Ask, tools: Tools): Done<GroupsKnown> {
  const before = known.services.agreements
  const changed = find(content, 'CustomerAgreement').flatMap((it) => {
    const standing = before.get(idOf(it))
    if (standing === undefined) return []
    const object = textsAt(it, 'EndDeviceGroups/mRID').reduce(without, standing.object)
    return [[idOf(it), { ...standing, object }] as const]
  })
  const objects = changed.map(([, { object }]) => object)
  const content_ = element(draftOf('CustomerAgreements'), 'CustomerAgreements', objects)
  const message = eventOf('CIS', 'changed', content_, tools, 'regrouped', tools.now)
  return {
    state: {
      ...known,
      services: { ...known.services, agreements: new Map([...before, ...changed]) },
    },
    sends: objects.length === 0 ? [] : [{ to: 'DCS', message }],
  }
}

/** Each request for itself: those that may be carried out are approved, the reply says why the others are not. */
function requested(judge: Judge): Doing<GroupsKnown> {
  return (before, { content }, tools) => {
    let known = before
    const failures: Failure[] = []
    const sends: Sent[] = []
    const taken: Node[] = []
    for (const asked of find(content, 'DERGroupRequest')) {
      const request = named(asked, tools)
      const wrong = judge(known, request)
      failures.push(...wrong)
      if (wrong.length > 0) continue
      known = noted(known, request)
      taken.push(request)
      sends.push(approval(request, tools))
    }
    const payload = taken.length === 0 ? undefined : element(REQUESTS, 'DERGroupRequests', taken)
    return { state: known, failures, isPartly: taken.length > 0, payload, sends }
  }
}

/** A group, and a request, that come without mRID get one. */
function named(request: Node, { uuid, now }: Tools): Node {
  const group = find(request, 'EndDeviceGroup')[0]
  const hasGroup = textAt(group, 'mRID') !== undefined
  const mRID = element(REQUESTS, 'mRID', idOf(request) || uuid('request', now))
  const its = element(REQUESTS, 'EndDeviceGroup', [
    element(REQUESTS, 'mRID', uuid('group', now)),
    ...(group?.children ?? []),
  ])
  return saying(request, [mRID, ...(hasGroup ? [] : [its])])
}

function approval(request: Node, tools: Tools): Sent {
  const { now } = tools
  const decided = [
    element(REQUESTS, 'approver', 'CIS'),
    element(REQUESTS, 'decidedDateTime', now),
    element(REQUESTS, 'decision', 'approved'),
    statusOf('approved', now),
  ]
  const content = element(REQUESTS, 'DERGroupRequests', [saying(request, decided)])
  return { to: 'DCS', message: eventOf('CIS', 'changed', content, tools, idOf(request), now) }
}

function lookUp(known: GroupsKnown, { ids }: Ask): Done<GroupsKnown> {
  const found = ids.flatMap((it) => known.asked.get(it) ?? [])
  const failures = ids.filter((it) => !known.asked.has(it)).map((it) => unknown('99.1', it))
  const payload = found.length === 0 ? undefined : element(REQUESTS, 'DERGroupRequests', found)
  return { state: known, failures, isPartly: found.length > 0, payload }
}

function noted(before: GroupsKnown, request: Node): GroupsKnown {
  const known = { ...before, asked: new Map([...before.asked, [idOf(request), request]]) }
  if (actionOf(request) !== 'form') return known
  const name = textAt(request, 'EndDeviceGroup/Names/name')
  const group = { members: membersIn(request), name }
  return { ...known, groups: new Map([...known.groups, [groupIn(request), group]]) }
}

/** Everything that stands in the way of a request. */
export function judged(known: GroupsKnown, request: Node): readonly Failure[] {
  const action = actionOf(request)
  return action === 'form' ? judgedToForm(known, request) : judgedToLeave(known, request)
}

function judgedToForm(known: GroupsKnown, request: Node): readonly Failure[] {
  return [
    ...nothingToForm(request),
    ...taken(known, request),
    ...unregistered(known, request),
    ...unsuited(known, request),
  ]
}

/** Members may be withheld by a third party that says what the group is to reach. */
function nothingToForm(request: Node): readonly Failure[] {
  const members = membersIn(request)
  const isNothing = members.length === 0 && find(request, 'requiredCapability').length === 0
  return [
    ...(isNothing
      ? [refused('A group has members, or says what it has to reach.', groupIn(request))]
      : []),
    ...members
      .filter((it, at) => members.indexOf(it) !== at)
      .map((it) => refused('A member is named once.', it)),
  ]
}

function taken({ groups }: GroupsKnown, request: Node): readonly Failure[] {
  const [group, name] = [groupIn(request), textAt(request, 'EndDeviceGroup/Names/name')]
  const isTaken = [...groups.values()].some((it) => name !== undefined && it.name === name)
  return [
    ...(groups.has(group) ? [refused('A group has this mRID.', group)] : []),
    ...(isTaken ? [refused('A group has this name.', name)] : []),
  ]
}

/** By the mRID of the device. */
function registered({ services }: GroupsKnown): ReadonlyMap<string, Node> {
  const all = [...services.registrations.values()]
  return new Map(all.map((it) => [textAt(it, 'EndDevice/mRID') ?? '', it]))
}

/** One failure for each member that nobody has registered. */
export function unregistered(known: GroupsKnown, request: Node): readonly Failure[] {
  const all = registered(known)
  return membersIn(request)
    .filter((it) => !all.has(it))
    .map((it) => ({ ...refused('This DER is not registered.', it), rule: 'GRP-REG' }))
}

/** One failure for each member that its tariff does not take. */
export function unsuited(known: GroupsKnown, request: Node): readonly Failure[] {
  const id = textAt(request, 'PricingStructure/mRID') ?? ''
  const tariff = known.services.tariffs.get(id)
  if (tariff === undefined) return [unknown('2.33', id)]
  const all = registered(known)
  return membersIn(request).flatMap((it) => {
    const registration = all.get(it)
    const why = registration === undefined ? undefined : ineligible(tariff, registration)
    return why === undefined ? [] : [refused(why, it)]
  })
}

function judgedToLeave({ groups }: GroupsKnown, request: Node): readonly Failure[] {
  const group = groups.get(groupIn(request))
  if (group === undefined) return [unknown('99.1', groupIn(request))]
  return membersIn(request)
    .filter((it) => !group.members.includes(it))
    .map((it) => refused('This DER is no member of the group.', it, '2.29'))
}

/** What has become of a request: whoever has asked is told. */
function hearOutcome(before: GroupsKnown, { content }: Ask, tools: Tools): Done<GroupsKnown> {
  const all = find(content, 'DERGroupRequest')
  const sends = all.flatMap((it) => {
    const name = textAt(it, 'requestor/Names/name') ?? ''
    const to = ROLES.find((role) => role === name)
    return to === undefined ? [] : [outcomeTo(to, it, tools)]
  })
  return { state: all.reduce(after, before), sends }
}

function outcomeTo(to: Role, request: Node, tools: Tools): Sent {
  const content = element(REQUESTS, 'DERGroupRequests', [request])
  const words = ['outcome', to, idOf(request), tools.now]
  return { to, message: eventOf('CIS', 'changed', content, tools, ...words) }
}

/** The groups that there are when this has come out. */
function after(known: GroupsKnown, request: Node): GroupsKnown {
  const [group, action] = [groupIn(request), actionOf(request)]
  const its = known.groups.get(group)
  const groups = new Map(known.groups)
  const value = textAt(request, 'status/value')
  const isGone = value === 'compensated' || (value === 'dissolved' && action === 'dissolve')
  if (isGone) groups.delete(group)
  else if (value === 'dissolved' && its !== undefined) {
    const left = membersIn(request)
    groups.set(group, { ...its, members: its.members.filter((it) => !left.includes(it)) })
  }
  return { ...known, groups }
}
