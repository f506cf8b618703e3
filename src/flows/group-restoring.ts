// What is to be done when Operations refuses to dissolve a group, or to take members out, after their contracts have been
// released: the agreements name the group again, and until then the request stands out (GD-03, GD-04; EPRI 3002014619 §5).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceText } from './device.ts'
import type { Around, Breach, Move } from './flow.ts'
import { labelsOf } from './group-compensation.ts'
import { contractRefers, leaving, nameless } from './group-contracts.ts'
import { actionOf, openRequests } from './group-order.ts'
import { agreementsAt } from './group-request-rules.ts'
import { among, membersOf } from './members.ts'
import { labelOf } from './notice.ts'
import { registered } from './registered.ts'
import type { Standing } from './standing-alarm.ts'

type Find = Around['find']

/** What it means for a request that its group, or members of it, are not let go. */
export function dissolveRefused(group: JsonObject, find: Find): readonly Move[] {
  const held = find({ noun: 'DERGroups', object: group })?.object
  const open = [group, held].flatMap(openRequests).find((it) => find(it) !== undefined)
  const request = open === undefined ? undefined : find(open)
  if (open === undefined || request?.state !== 'contractsReleased') return []
  // A removal of others says nothing about those that are to go.
  const isOfSome = actionOf(request.object) === 'removeMembers'
  const isMeant = !isOfSome || among(membersOf(request.object), membersOf(group)).length > 0
  return isMeant ? [{ ...open, trigger: 'refuseDissolve', optional: true }] : []
}

/** Steps of a request by which its group stays as it was. */
const RESTORING: readonly string[] = ['restoreContracts', 'keepGroup']

/** The step of the group that goes with one of a request: it can be dispatched again, if it has members. */
export function restored(step: string, group: JsonObject | undefined): string | undefined {
  if (!RESTORING.includes(step)) return undefined
  return membersOf(group).length > 0 ? 'restore' : 'restoreEmpty'
}

/** As when contracts are updated: nobody stays in a group without an agreement, though it may be suspended. */
export function notRestored(
  step: string,
  request: JsonObject,
  { keeps, find }: Around,
): readonly Breach[] {
  if (!RESTORING.includes(step)) return []
  if ((step === 'keepGroup') !== (actionOf(request) === 'form')) return [OTHERWISE]
  if (!keeps('CustomerAgreements')) return []
  return leaving(request, find)
    .filter((it) => agreementsAt(pointOf(it, find)).every((one) => find(one) === undefined))
    .map((it) => ({
      rule: 'GRP-CONTRACT',
      code: '2.24',
      reason: `No agreement covers the EndDevice ${deviceText(it)}, which stays in the group.`,
      about: aboutDevice(it),
    }))
}

const OTHERWISE: Breach = {
  rule: 'GRP-KEEP',
  code: '6.1',
  reason:
    'A request to form goes on with its group (available), any other one is over (compensated).',
}

function pointOf(device: JsonObject, find: Find) {
  return member(registered(device, find)?.object, 'UsagePoint')
}

/** What an operator is told as long as contracts and group do not fit together. */
export const DISSOLVE_REFUSED: Standing = {
  refers: contractRefers,
  said: (request, find) => {
    const all = nameless(request, find).map(({ object }) => object)
    const group = labelOf(member(request, 'EndDeviceGroup'))
    const isOfSome = actionOf(request) === 'removeMembers'
    const what = isOfSome ? `to take members out of the group ${group}` : `to dissolve ${group}`
    const back = actionOf(request) === 'form' ? 'keep-group' : 'restore-contracts'
    const path = `/api/v1/der-group-requests/${labelOf(request)}:${back}`
    const again = isOfSome ? 'execute the OperationSet on DERGroups' : 'delete DERGroups'
    return {
      reason: `The DERMS has refused ${what} after contracts were released (request ${labelOf(request)}); ${lackingIn(all)}.`,
      mend: `Mend what the DERMS refuses, and ${again} again; or ${putting(all)} POST ${path}.`,
    }
  },
}

function lackingIn(all: readonly JsonObject[]): string {
  return all.length === 0
    ? 'no agreement is known here that does not name it'
    : `it is named no more by the agreements ${labelsOf(all)}`
}

function putting(all: readonly JsonObject[]): string {
  return all.length === 0
    ? 'put the contracts back where they are kept, then'
    : 'put the group back into EndDeviceGroups of these CustomerAgreements (change), then'
}
