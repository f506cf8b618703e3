// DERMS Customer Support and the contracts of groups: what Customer Support of the utility has approved changes the contracts
// of the members first, then DERMS Operations is told; where that refuses, the contracts are as they were.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import {
  actionOf,
  AGREEMENTS,
  groupIn,
  groupNamed,
  groupOf,
  membersIn,
  membersNamed,
  naming,
  removing,
  REQUESTS,
  saying,
  statusOf,
  without,
  withGroup,
} from './group-content.ts'
import { unknown } from './group-duty.ts'
import type { Ask, Doing, Done, Following, Party } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { rowsOf } from './joined.ts'
import { eventOf, isOk, requestOf } from './said.ts'
import { REGISTRATIONS } from './support-registrations.ts'
import { element } from './write.ts'

/** What it knows of contracts, and which requests it is about to carry out. */
export interface Contracts {
  /** what it was told of the DSO's customers, by noun and mRID */
  readonly known: ReadonlyMap<string, Node>
  /** by group: the request, and whether what was done of it is being undone */
  readonly open: ReadonlyMap<string, Open>
  /** members of groups that were formed, by group */
  readonly members: ReadonlyMap<string, readonly string[]>
}

interface Open {
  readonly request: Node
  readonly isUndone: boolean
}

/** The party with this way to carry out what was approved: a broken peer has another one. */
export function contractsOf(then: Approved): Party<Contracts> {
  return {
    role: 'DCS',
    namespaces: [...REGISTRATIONS.namespaces, REQUESTS],
    start: { known: REGISTRATIONS.start, open: new Map(), members: new Map() },
    takes: {
      ...rowsOf<Contracts, 'known'>('known', REGISTRATIONS).takes,
      'get CustomerAgreements': tell,
      'changed DERGroupRequests': decided(then),
    },
    follows: {
      'change CustomerAgreements': contractsChanged,
      'execute OperationSet': setExecuted,
      'create DERGroups': carriedOut,
      'delete DERGroups': carriedOut,
    },
  }
}

/** The party as it should be. */
export const CONTRACTS = contractsOf(changeContracts)

/** Agreements by their ids. */
function tell(state: Contracts, { ids }: Ask): Done<Contracts> {
  const of = (it: string) => state.known.get(`CustomerAgreements ${it}`)
  const there = ids.flatMap((it) => of(it) ?? [])
  const failures = ids.filter((it) => of(it) === undefined).map(unknown)
  const payload = there.length === 0 ? undefined : element(AGREEMENTS, 'CustomerAgreements', there)
  return { state, failures, isPartly: there.length > 0, payload }
}

/** What becomes of a request that was approved: a broken peer does something else. */
export type Approved = (
  state: Contracts,
  request: Node,
  tools: Tools,
) => ReturnType<Following<Contracts>>

/** Each request that was approved; of others nothing is to be done. */
function decided(then: Approved): Doing<Contracts> {
  return (before, { content }, tools) => {
    const approved = find(content, 'DERGroupRequest').filter(
      (it) => textAt(it, 'decision') === 'approved',
    )
    return approved.reduce<Done<Contracts>>(
      (done, request) => {
        const open = new Map([...done.state.open, [groupIn(request), { request, isUndone: false }]])
        const next = then({ ...done.state, open }, request, tools)
        return { state: next.state, sends: [...(done.sends ?? []), ...(next.sends ?? [])] }
      },
      { state: before },
    )
  }
}

/** Agreements about these DER. */
function agreementsOn({ known }: Contracts, devices: readonly string[]): readonly Node[] {
  const points = new Set(
    objects(known, 'DERRegistrations')
      .filter((it) => devices.includes(textAt(it, 'EndDevice/mRID') ?? ''))
      .map((it) => textAt(it, 'UsagePoint/mRID') ?? ''),
  )
  return objects(known, 'CustomerAgreements').filter((it) =>
    textsAt(it, 'UsagePoints/mRID').some((one) => points.has(one)),
  )
}

function objects(known: Contracts['known'], noun: string): readonly Node[] {
  return [...known].flatMap(([key, it]) => (key.startsWith(`${noun} `) ? [it] : []))
}

/** Those of a request: about the DER that it names, or all of its group; not those that others stay under. */
function concerned(state: Contracts, request: Node): readonly Node[] {
  const group = state.members.get(groupIn(request)) ?? []
  const named = membersIn(request)
  if (isForming(request)) return agreementsOn(state, named)
  const leaving = named.length > 0 ? named : group
  const kept = agreementsOn(
    state,
    group.filter((it) => !leaving.includes(it)),
  )
  return agreementsOn(state, leaving).filter((it) => !kept.includes(it))
}

function isForming(request: Node): boolean {
  return ['form', 'addMembers'].includes(actionOf(request))
}

/** First the contracts: here, and where the utility keeps them. Where there are none the DERMS is told at once. */
export function changeContracts(
  state: Contracts,
  request: Node,
  tools: Tools,
): ReturnType<Approved> {
  const changed = regrouped(state, request, isForming(request), tools)
  return changed.sends.length === 0 ? tellDerms(changed.state, request, tools) : changed
}

/** The contracts of a request with its group in them, or without it. */
function regrouped(state: Contracts, request: Node, isIn: boolean, tools: Tools) {
  const group = groupIn(request)
  const all = concerned(state, request)
  const put = isIn ? withGroup : without
  const next = all.map((it) => [`CustomerAgreements ${idOf(it)}`, put(it, group)] as const)
  const content = naming(all, group)
  const message = isIn
    ? requestOf('DCS', 'change', content, tools, 'contracts', group, tools.now)
    : requestOf('DCS', 'execute', removing(content), tools, 'contracts', group, tools.now)
  const sends: readonly Sent[] = all.length === 0 ? [] : [{ to: 'CIS', message }]
  return { state: { ...state, known: new Map([...state.known, ...next]) }, sends }
}

/** Then the DERMS. */
export function tellDerms(state: Contracts, request: Node, tools: Tools): ReturnType<Approved> {
  const [verb, content] = askedOfDerms(request)
  const message = requestOf('DCS', verb, content, tools, 'group', groupIn(request), tools.now)
  return { state, sends: [{ to: 'DOP', message }] }
}

function askedOfDerms(request: Node): readonly [string, Node] {
  switch (actionOf(request)) {
    case 'dissolve':
      return ['delete', groupNamed(groupIn(request))]
    case 'removeMembers':
      return ['execute', removing(membersNamed(request))]
    case 'addMembers':
      return ['change', membersNamed(request)]
    default:
      return ['create', groupOf(request)]
  }
}

/** What the utility says to the contracts: where it refuses them nothing goes on. */
function contractsChanged(
  state: Contracts,
  sent: Node,
  reply: Node | undefined,
  tools: Tools,
): ReturnType<Approved> {
  const group = textAt(sent, 'Payload/**/EndDeviceGroups/mRID') ?? ''
  const open = state.open.get(group)
  if (open === undefined || open.isUndone) return { state }
  if (isOk(reply)) return tellDerms(state, open.request, tools)
  return undone(state, open.request, tools)
}

/** Contracts that no longer name a group, or members that have left it. */
function setExecuted(
  state: Contracts,
  sent: Node,
  reply: Node | undefined,
  tools: Tools,
): ReturnType<Approved> {
  const noun = textAt(sent, 'Payload/OperationSet/Operation/noun')
  return noun === 'DERGroups'
    ? carriedOut(state, sent, reply, tools)
    : contractsChanged(state, sent, reply, tools)
}

/** What the DERMS says to the group. */
function carriedOut(
  state: Contracts,
  sent: Node,
  reply: Node | undefined,
  tools: Tools,
): ReturnType<Approved> {
  const request = state.open.get(textAt(sent, 'Payload/**/EndDeviceGroup/mRID') ?? '')?.request
  if (request === undefined) return { state }
  if (!isOk(reply)) return undone(state, request, tools)
  const open = new Map(state.open)
  open.delete(groupIn(request))
  const value = actionOf(request) === 'form' ? 'available' : 'dissolved'
  const next = { ...state, open, members: membersAfter(state, request) }
  return { state: next, sends: [told(request, value, tools)] }
}

function membersAfter(state: Contracts, request: Node): Contracts['members'] {
  const [group, named] = [groupIn(request), membersIn(request)]
  const before = state.members.get(group) ?? []
  const members = new Map(state.members)
  if (actionOf(request) === 'dissolve') members.delete(group)
  else if (isForming(request)) members.set(group, [...new Set([...before, ...named])])
  else
    members.set(
      group,
      before.filter((it) => !named.includes(it)),
    )
  return members
}

/** What was refused is as it was: the contracts, and what the utility knows of it. */
function undone(state: Contracts, request: Node, tools: Tools): ReturnType<Approved> {
  const open = new Map([...state.open, [groupIn(request), { request, isUndone: true }]])
  const back = regrouped({ ...state, open }, request, !isForming(request), tools)
  const value = isForming(request) ? 'compensated' : 'dissolveRefused'
  return { state: back.state, sends: [...back.sends, told(request, value, tools)] }
}

/** Tells the utility what has become of a request. */
function told(request: Node, value: string, tools: Tools): Sent {
  const content = element(REQUESTS, 'DERGroupRequests', [
    saying(request, [statusOf(value, tools.now)]),
  ])
  const message = eventOf('DCS', 'changed', content, tools, value, groupIn(request), tools.now)
  return { to: 'CIS', message }
}
