// Dispatching a DER group by a schedule: only what the group can do, and only a group that is there. As long as the dispatch
// is pending or active the group is dispatched.

import { DISPATCH } from '../lifecycles/dispatch.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { endMoves, groupOf, runClaims, runsOf } from './dispatch-runs.ts'
import { dispatched, endOf, parameterOf, scheduleBreaches, startOf } from './dispatch-schedule.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Move, Placed, Reference } from './flow.ts'
import { openRequests } from './group-order.ts'
import { REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'
import { only } from './role.ts'

export default defineFlow({
  lifecycle: DISPATCH,
  id: 'der-group-dispatch',
  noun: 'DERGroupDispatches',
  objectType: 'DERGroupDispatch',
  verbs: [...REPORT_VERBS, 'get', 'cancel', 'canceled', 'close', 'closed'],
  pattern: 'RR',
  about: 'dispatch DER groups, cancel that, and tell when it is over',
  source: 'DERGD-1a to DERGD-1e, F31-E, GN-02',
  trigger,
  by: only('dso-dms', 'dso-ops', 'derms'),
  rules,
  leadsTo,
  claims: { knowing: runClaims },
  frozen: {
    rule: 'DSP-FROZEN',
    freezes: [
      { members: [{ name: 'EndDeviceGroup', of: dispatched }] },
      {
        members: [{ name: 'DERMonitorableParameter', of: parameterOf }],
        since: {
          when: 'it has begun',
          hasCome: (it, now) => startOf(it) <= Date.parse(now),
        },
      },
    ],
  },
  moves: (before, after, find, _all, now) => beginning(before, after, find, now),
  leaves: endMoves,
  endsAt: ({ state, object }) => (state === 'present' ? endOf(object) : undefined),
})

function trigger(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  around?: Around,
): string {
  if (after === undefined) return 'delete'
  if (before !== undefined) return 'change'
  return around !== undefined && isOver(after, around.now) ? 'createOver' : 'create'
}

function isOver(dispatch: JsonObject, now: string): boolean {
  return endOf(dispatch) <= Date.parse(now)
}

function rules(after: JsonObject, around: Around, before: Placed | undefined): readonly Breach[] {
  const group = around.find(groupOf(after))
  const isUnknown = before === undefined && group === undefined && around.keeps('DERGroups')
  return [...(isUnknown ? [unknown(after)] : []), ...scheduleBreaches(after, group?.object)]
}

/** GD-01/AC2: what has been dissolved cannot be dispatched. */
function unknown(dispatch: JsonObject): Breach {
  const named = dispatched(dispatch)
  const reason = `The group ${keysOf(named)[0] ?? ''} is not known here.`
  return {
    rule: 'NOT-FOUND',
    code: '99.1',
    reason,
    about: { objectType: 'DERGroup', object: named },
  }
}

function leadsTo(dispatch: JsonObject, find: Around['find']): readonly Reference[] {
  const group = find(groupOf(dispatch))?.object
  return [groupOf(dispatch), ...openRequests(group), ...runsOf(group)]
}

/** The group goes along with a dispatch that is still to come, or under way. */
function beginning(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
  now: string,
): readonly Move[] {
  if (before !== undefined || isOver(after, now) || find(groupOf(after)) === undefined) return []
  return [{ ...groupOf(after), trigger: 'dispatch' }]
}
