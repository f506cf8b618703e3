// Customer Support of the utility (CIS) and groups: what is registered, which tariffs there are, and whether a group may be
// formed, changed or dissolved. What it approves is carried out by DERMS Customer Support, which tells what became of it.

import { find, textAt, textsAt } from '../find.ts'
import { ROLES } from '../shapes.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import {
  actionOf,
  AGREEMENTS,
  groupIn,
  idOf,
  membersIn,
  REGISTRATIONS,
  REQUESTS,
  saying,
  statusOf,
  TARIFFS,
  without,
  withGroup,
} from './group-content.ts'
import { unknown } from './group-duty.ts'
import type { Ask, Doing, Done, Failure } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import type { Part } from './piece.ts'
import { eventOf } from './said.ts'
import { element } from './write.ts'

/** What it knows of groups, and of what they are made from. */
export interface GroupsKnown {
  /** by mRID */
  readonly tariffs: ReadonlyMap<string, Node>
  /** by the mRID of the device */
  readonly registrations: ReadonlyMap<string, Node>
  readonly agreements: ReadonlyMap<string, Node>
  /** members of each group that was approved */
  readonly groups: ReadonlyMap<string, Known>
}

interface Known {
  readonly members: readonly string[]
  readonly name: string | undefined
}

/** Whether a request may be carried out: a broken peer asks for less. */
export type Judge = (known: GroupsKnown, request: Node) => readonly Failure[]

/** Namespaces of all that it takes. */
export const GROUPS_NAMESPACES = [REQUESTS, AGREEMENTS, REGISTRATIONS, TARIFFS]

/** Rows and state, as a part of the party. */
export const GROUPS_PART: Part<GroupsKnown> = {
  start: {
    ...{ tariffs: new Map(), registrations: new Map(), agreements: new Map(), groups: new Map() },
  },
  takes: {
    'create Tariffs': learnTariffs,
    'create DERRegistrations': register,
    'create CustomerAgreements': agree,
    'change CustomerAgreements': amend,
    'delete CustomerAgreements': regroup,
    'create DERGroupRequests': requested(judged),
    'changed DERGroupRequests': hearOutcome,
  },
}

function learnTariffs(known: GroupsKnown, { content }: Ask): Done<GroupsKnown> {
  const learnt = find(content, 'PricingStructure').map((it) => [idOf(it), it] as const)
  return { state: { ...known, tariffs: new Map([...known.tariffs, ...learnt]) } }
}

/** DERMS Customer Support hears of every DER that is registered. */
function register(known: GroupsKnown, { content }: Ask, tools: Tools): Done<GroupsKnown> {
  const learnt = find(content, 'DERRegistration').map(
    (it) => [textAt(it, 'EndDevice/mRID') ?? '', it] as const,
  )
  return {
    state: { ...known, registrations: new Map([...known.registrations, ...learnt]) },
    sends: content === undefined ? [] : [toSupport('created', content, tools)],
  }
}

function toSupport(verb: string, content: Node, tools: Tools): Sent {
  return { to: 'DCS', message: eventOf('CIS', verb, content, tools, tools.now) }
}

function agree(known: GroupsKnown, { content }: Ask, tools: Tools): Done<GroupsKnown> {
  return withAgreements(known, find(content, 'CustomerAgreement'), 'created', tools)
}

function withAgreements(
  known: GroupsKnown,
  changed: readonly Node[],
  verb: string,
  tools: Tools,
): Done<GroupsKnown> {
  const agreements = new Map([...known.agreements, ...changed.map((it) => [idOf(it), it] as const)])
  const content = element(AGREEMENTS, 'CustomerAgreements', changed)
  return { state: { ...known, agreements }, sends: [toSupport(verb, content, tools)] }
}

/** A group is added to those that the agreement names; all else comes in the place of what there was. */
function amend(known: GroupsKnown, { content, source }: Ask, tools: Tools): Done<GroupsKnown> {
  const asked = find(content, 'CustomerAgreement')
  const missing = asked.map(idOf).filter((it) => !known.agreements.has(it))
  if (missing.length > 0) return { state: known, failures: missing.map(unknown) }
  const changed = asked.flatMap((it) => {
    const before = known.agreements.get(idOf(it))
    return before === undefined ? [] : [amended(before, it)]
  })
  const done = withAgreements(known, changed, 'changed', tools)
  // Who has changed them knows.
  return source === 'DCS' ? { state: done.state } : done
}

function amended(before: Node, change: Node): Node {
  const others = change.children.filter((it) => !['mRID', 'EndDeviceGroups'].includes(it.name))
  const names = others.map((it) => it.name)
  const at = before.children.findIndex((it) => it.name === 'Customer')
  const kept = before.children.filter((it) => !names.includes(it.name))
  const children = kept.toSpliced(Math.max(at, 0), 0, ...others)
  return textsAt(change, 'EndDeviceGroups/mRID').reduce(withGroup, { ...before, children })
}

/** Contracts no longer name a group. */
function regroup(known: GroupsKnown, { content }: Ask): Done<GroupsKnown> {
  const changed = find(content, 'CustomerAgreement').flatMap((it) => {
    const before = known.agreements.get(idOf(it))
    if (before === undefined) return []
    const groups = textsAt(it, 'EndDeviceGroups/mRID')
    return [[idOf(it), groups.reduce(without, before)] as const]
  })
  return { state: { ...known, agreements: new Map([...known.agreements, ...changed]) } }
}

/** Each request for itself: those that may be carried out are approved, the reply says why the others are not. */
export function requested(judge: Judge): Doing<GroupsKnown> {
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

function noted(known: GroupsKnown, request: Node): GroupsKnown {
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

const no = (reason: string, id?: string, code = '6.1'): Failure => ({
  ...{ code, reason },
  ...(id === undefined ? {} : { id }),
})

/** Members may be withheld by a third party that says what the group is to reach. */
function nothingToForm(request: Node): readonly Failure[] {
  const members = membersIn(request)
  const isNothing = members.length === 0 && find(request, 'requiredCapability').length === 0
  return [
    ...(isNothing
      ? [no('A group has members, or says what it has to reach.', groupIn(request))]
      : []),
    ...members
      .filter((it, at) => members.indexOf(it) !== at)
      .map((it) => no('A member is named once.', it)),
  ]
}

function taken({ groups }: GroupsKnown, request: Node): readonly Failure[] {
  const [group, name] = [groupIn(request), textAt(request, 'EndDeviceGroup/Names/name')]
  const isTaken = [...groups.values()].some((it) => name !== undefined && it.name === name)
  return [
    ...(groups.has(group) ? [no('A group has this mRID.', group)] : []),
    ...(isTaken ? [no('A group has this name.', name)] : []),
  ]
}

/** One failure for each member that nobody has registered. */
export function unregistered({ registrations }: GroupsKnown, request: Node): readonly Failure[] {
  return membersIn(request)
    .filter((it) => !registrations.has(it))
    .map((it) => no('This DER is not registered.', it))
}

/** One failure for each member that its tariff does not take. */
export function unsuited(
  { tariffs, registrations }: GroupsKnown,
  request: Node,
): readonly Failure[] {
  const id = textAt(request, 'PricingStructure/mRID') ?? ''
  const tariff = tariffs.get(id)
  if (tariff === undefined) return [no('There is no such tariff.', id, '2.33')]
  const most = watts(tariff, 'eligibility/maxP')
  return membersIn(request)
    .filter((it) => {
      const power = watts(registrations.get(it), 'nameplate/maxP')
      return most !== undefined && power !== undefined && power > most
    })
    .map((it) => no('The tariff does not take a DER of this size.', it))
}

const MULTIPLIERS: Readonly<Record<string, number>> = { none: 1, k: 1e3, M: 1e6 }

function watts(node: Node | undefined, path: string): number | undefined {
  const value = textAt(node, `${path}/value`)
  const multiplier = MULTIPLIERS[textAt(node, `${path}/multiplier`) ?? 'none']
  return value === undefined || multiplier === undefined ? undefined : Number(value) * multiplier
}

function judgedToLeave({ groups }: GroupsKnown, request: Node): readonly Failure[] {
  const group = groups.get(groupIn(request))
  if (group === undefined) return [unknown(groupIn(request))]
  return membersIn(request)
    .filter((it) => !group.members.includes(it))
    .map((it) => no('This DER is no member of the group.', it, '2.29'))
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
