// The request that a group is formed, changed or dissolved by: how one is found from the other, and what has to wait for
// what. Contracts are updated before a group is there, and released before it is gone (EPRI 3002014619 §5).

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceText } from './device.ts'
import type { Around, Breach, Claim, Move, Placed, Reference } from './flow.ts'
import { among, membersOf, notAmong } from './members.ts'
import { keysOf } from './reference.ts'

const NOUN = 'DERGroupRequests'
/** a request that is open has its group alone */
const OPEN_RULE = 'GRP-OPEN'
/** and that by which the group has come to be keeps it */
const FORMED_RULE = 'GRP-FORMED'

/** What a request wants of a group. */
export type Action = 'form' | 'dissolve' | 'addMembers' | 'removeMembers'

/** What a request asks for; undefined where it does not say. */
export function actionOf(request: Json | undefined): Action | undefined {
  const action = member(request, 'action')
  return typeof action === 'string' ? (action as Action) : undefined
}

/** States in which a request leads to nothing more. */
const CLOSED: readonly string[] = ['rejected', 'withdrawn', 'compensated', 'dissolved', 'deleted']

/** One request at a time about a group, and one by which it has been formed. */
export function requestClaims(request: JsonObject, state: string): readonly Claim[] {
  if (CLOSED.includes(state)) return []
  const isDone = state === 'available'
  if (isDone && actionOf(request) !== 'form') return []
  const [rule, reason] = isDone
    ? ([FORMED_RULE, 'A request has led to this group already.'] as const)
    : ([OPEN_RULE, 'Another request about the group is open.'] as const)
  return keysOf(member(request, 'EndDeviceGroup')).map((key) => ({ key, rule, reason }))
}

/** The requests that may be about a group: the open one, and that which it has come from. */
export function requestsAbout(group: Json | undefined): readonly Reference[] {
  return [OPEN_RULE, FORMED_RULE].flatMap((rule) => references(group, rule))
}

/** Where the open request about a group may be found. */
export function openRequests(group: Json | undefined): readonly Reference[] {
  return references(group, OPEN_RULE)
}

function references(group: Json | undefined, rule: string): readonly Reference[] {
  return keysOf(group).map((key) => ({ noun: NOUN, object: undefined, claim: { rule, key } }))
}

/** The request about a group that is open. */
export function openRequest(group: Json, find: Around['find']): Placed | undefined {
  return first(references(group, OPEN_RULE), find)?.request
}

/** The request that has led to a group. */
function formingRequest(group: Json, find: Around['find']): Placed | undefined {
  return first(references(group, FORMED_RULE), find)?.request
}

interface Found {
  readonly reference: Reference
  readonly request: Placed
}

function first(all: readonly Reference[], find: Around['find']): Found | undefined {
  for (const reference of all) {
    const request = find(reference)
    if (request !== undefined) return { reference, request }
  }
  return undefined
}

/** States in which the DERMS may be told of what a request adds, and takes away. */
const CONTRACTED: readonly string[] = ['contracted', 'addRefused']
const RELEASED: readonly string[] = ['contractsReleased', 'dissolveRefused']

/** What has to wait: contracts first, and only who has been asked for. */
export function orderBreaches(
  after: JsonObject,
  { find }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const request = openRequest(after, find)
  if (request === undefined) return []
  const listed = membersOf(request.object)
  const [was, is] = [membersOf(before?.object), membersOf(after)]
  switch (actionOf(request.object)) {
    case 'form':
      if (before !== undefined) return []
      return CONTRACTED.includes(request.state) ? unasked(is, listed) : [tooEarly(request, ADDED)]
    case 'addMembers':
      return CONTRACTED.includes(request.state) || among(notAmong(is, was), listed).length === 0
        ? []
        : [tooEarly(request, ADDED)]
    case 'removeMembers':
      return RELEASED.includes(request.state) || among(notAmong(was, is), listed).length === 0
        ? []
        : [tooEarly(request, 'Contracts are released before')]
    default:
      return []
  }
}

const ADDED = 'Contracts are updated before'

function tooEarly({ object, state }: Placed, what: string): Breach {
  const reason = `${what} Operations is told: the request ${keysOf(object)[0] ?? ''} is ${state}.`
  return { rule: 'GRP-ORDER', code: '6.1', reason }
}

/** A request that withholds its members leaves them to whoever forms the group. */
function unasked(members: readonly JsonObject[], listed: readonly JsonObject[]): readonly Breach[] {
  if (listed.length === 0) return []
  return notAmong(members, listed).map((it) => ({
    rule: 'GRP-MEMBER',
    code: '6.1',
    reason: `The EndDevice ${deviceText(it)} is not among those of the request that was approved.`,
    about: aboutDevice(it),
  }))
}

/** Why a group that has come from a request cannot be dissolved without one; undefined when it can. */
export function mayDissolve(group: JsonObject, { find }: Around): string | undefined {
  const request = formingRequest(group, find)
  if (request === undefined || isReleased(group, find)) return undefined
  return `Contracts are released before the group is dissolved: request it first (action dissolve), or cancel the request ${keysOf(request.object)[0] ?? ''}.`
}

/** Of a group that has lost its last member by request the contracts of all have been released. */
function isReleased(group: JsonObject, find: Around['find']): boolean {
  const open = openRequest(group, find)
  const isByRequest = actionOf(open?.object) === 'removeMembers'
  return isByRequest && RELEASED.includes(open?.state ?? '') && membersOf(group).length === 0
}

/** The steps of the requests that a change of a group completes. */
export function requestMoves(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
): readonly Move[] {
  const open = first(references(after, OPEN_RULE), find)
  if (open === undefined) return []
  const { reference, request } = open
  const listed = membersOf(request.object)
  const action = actionOf(request.object)
  const isAdded =
    action === 'form'
      ? before === undefined
      : action === 'addMembers' && notAmong(listed, membersOf(after)).length === 0
  if (isAdded && CONTRACTED.includes(request.state))
    return [{ ...reference, trigger: 'addToDERMS' }]
  const isGone = action === 'removeMembers' && among(listed, membersOf(after)).length === 0
  return isGone && RELEASED.includes(request.state)
    ? [{ ...reference, trigger: 'notifyDERMS' }]
    : []
}

/** The same when the group is gone: with it goes the request that it has come from. */
export function requestEnds(group: JsonObject, find: Around['find']): readonly Move[] {
  const [open, formed] = [OPEN_RULE, FORMED_RULE].map((rule) =>
    first(references(group, rule), find),
  )
  return [
    ...(open !== undefined && RELEASED.includes(open.request.state)
      ? [{ ...open.reference, trigger: 'notifyDERMS' }]
      : []),
    ...(formed === undefined ? [] : [{ ...formed.reference, trigger: 'groupDissolved' }]),
  ]
}
