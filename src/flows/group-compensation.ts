// What is to be done when Operations refuses a group, or further members, after the contracts have been changed for it: every
// agreement that names the group is put back, and until then the request stands out (GF-03, GF-04; EPRI 3002014619 §5).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Move, Placed, Reference } from './flow.ts'
import { actionOf, openRequests } from './group-order.ts'
import type { Action } from './group-order.ts'
import { agreementsAt } from './group-request-rules.ts'
import { among, membersOf } from './members.ts'
import { labelOf } from './notice.ts'
import { keysOf, listOf, sameReference } from './reference.ts'
import { registered, registrationsOf } from './registered.ts'
import type { Standing } from './standing-alarm.ts'

type Find = Around['find']

/** What a refused message about a group means for the request that has led to it. */
export function refusedFor(action: Action): (group: JsonObject, find: Find) => readonly Move[] {
  return (group, find) => {
    const open = openRequests(group).find((it) => find(it) !== undefined)
    const request = open === undefined ? undefined : find(open)
    if (open === undefined || request?.state !== 'contracted') return []
    const isMeant = actionOf(request.object) === action && isAbout(request, group, action)
    return isMeant ? [{ ...open, trigger: 'refuse', optional: true }] : []
  }
}

/** A change of something else says nothing about members that are to be added. */
function isAbout({ object }: Placed, group: JsonObject, action: Action): boolean {
  return action === 'form' || among(membersOf(object), membersOf(group)).length > 0
}

/** Agreements of members, and what leads to them. */
function contractsBehind(request: JsonObject, find: Find): readonly Reference[] {
  return membersOf(request).flatMap((it) => [
    ...registrationsOf(it),
    ...agreementsAt(member(registered(it, find)?.object, 'UsagePoint')),
  ])
}

/** The agreements of members that name the group of a request, each once. */
export function naming(request: JsonObject, find: Find): readonly JsonObject[] {
  const group = member(request, 'EndDeviceGroup')
  const all = contractsBehind(request, find)
    .filter(({ noun }) => noun === 'CustomerAgreements')
    .map((it) => find(it)?.object)
    .filter((it) => it !== undefined)
    .filter((it) => listOf(it, 'EndDeviceGroups').some((one) => sameReference(one, group)))
  return [...new Map(all.map((it) => [keysOf(it)[0] ?? '', it])).values()]
}

/** Contracts are put back when none of them names the group any more. */
export function notUndone(
  step: string,
  request: JsonObject,
  { keeps, find }: Around,
): readonly Breach[] {
  if (step !== 'undoContracts' || !keeps('CustomerAgreements')) return []
  return naming(request, find).map((object) => ({
    rule: 'GRP-UNDO',
    code: '6.1',
    reason: `The agreement ${labelOf(object)} still names the group.`,
    about: { objectType: 'CustomerAgreement', object },
  }))
}

/** agreements that are named one by one */
const MOST_NAMED = 20

/** What an operator is told as long as they are not. */
export const ADD_REFUSED: Standing = {
  refers: contractsBehind,
  said: (request, find) => {
    const [all, path] = [naming(request, find), `/api/v1/der-group-requests/${labelOf(request)}`]
    const group = labelOf(member(request, 'EndDeviceGroup'))
    const isForming = actionOf(request) === 'form'
    const what = isForming ? `the group ${group}` : `further members of the group ${group}`
    return {
      reason: `The DERMS has refused ${what} after contracts were changed (request ${labelOf(request)}); ${namedBy(all)}.`,
      mend: `${undoing(all)} POST ${path}:undo-contracts; or mend what the DERMS refuses, and ${isForming ? 'create' : 'change'} DERGroups again.`,
    }
  },
}

function namedBy(all: readonly JsonObject[]): string {
  if (all.length === 0) return 'no agreement known here names it'
  return `it is named by the agreements ${labelsOf(all)}`
}

/** By what they are known, as many as a person reads. */
export function labelsOf(all: readonly JsonObject[]): string {
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : ''
  return `${all.slice(0, MOST_NAMED).map(labelOf).join(', ')}${more}`
}

function undoing(all: readonly JsonObject[]): string {
  return all.length === 0
    ? 'Put the contracts back where they are kept, then'
    : 'Take the group out of EndDeviceGroups of these CustomerAgreements (execute an OperationSet, delete with elementOperation), then'
}
