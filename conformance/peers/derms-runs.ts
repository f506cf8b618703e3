// What DERMS Operations has promised to make of its groups: a group that is dispatched, or is to be, is not dissolved.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { groupsIn } from './derms-operations.ts'
import type { Groups } from './derms-operations.ts'
import type { Ask, Doing, Done, Failure, Party } from './party.ts'
import type { Tools } from './peer.ts'
import { rowsOf } from './joined.ts'

/** Its groups, and until when each is dispatched: ms, by mRID. */
export interface Derms {
  readonly groups: Groups
  readonly runs: ReadonlyMap<string, number>
}

/** The party with its groups, as one that keeps to what it has promised. */
export function keeping(party: Party<Groups>): Party<Derms> {
  const { takes } = rowsOf<Derms, 'groups'>('groups', party)
  const [dispatch, dissolve] = [takes['create DERGroupDispatches'], takes['delete DERGroups']]
  return {
    ...party,
    start: { groups: party.start, runs: new Map() },
    takes: {
      ...takes,
      ...(dispatch === undefined ? {} : { 'create DERGroupDispatches': promising(dispatch) }),
      ...(dissolve === undefined ? {} : { 'delete DERGroups': unlessBusy(dissolve) }),
    },
    follows: {},
    wakes: {},
  }
}

function promising(dispatch: Doing<Derms>): Doing<Derms> {
  return (before, ask, tools) => {
    const done = dispatch(before, ask, tools)
    if ((done.failures ?? []).length > 0) return done
    const runs = find(ask.content, 'DERGroupDispatch/EndDeviceGroup').map((it) => {
      const [mRID, until] = [textAt(it, 'mRID') ?? '', endOf(it)]
      return [mRID, Math.max(until, done.state.runs.get(mRID) ?? 0)] as const
    })
    return { ...done, state: { ...done.state, runs: new Map([...done.state.runs, ...runs]) } }
  }
}

/** ms of each unit of an interval. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ s: 1000, m: 60_000, h: 3_600_000, D: 86_400_000 },
  ...{ M: 31 * 86_400_000, Y: 366 * 86_400_000 },
}

/** When the last interval of a dispatch is over. */
function endOf(dispatched: Node): number {
  return Math.max(
    ...find(dispatched, 'DERMonitorableParameter/DispatchSchedule').map((it) => {
      const unit = UNITS[textAt(it, 'timeIntervalUnit') ?? ''] ?? 0
      const length = Number(textAt(it, 'timeIntervalDuration')) * unit
      return Date.parse(textAt(it, 'startTime') ?? '') + length * find(it, 'DERCurveData').length
    }),
  )
}

function unlessBusy(dissolve: Doing<Derms>): Doing<Derms> {
  return (state, ask, tools): Done<Derms> => {
    const failures = busy(state, ask, tools)
    return failures.length > 0 ? { state, failures } : dissolve(state, ask, tools)
  }
}

/** Whoever is dissolved in between would leave Operations with a promise that nobody keeps. */
function busy({ runs }: Derms, ask: Ask, { now }: Tools): readonly Failure[] {
  return groupsIn(ask)
    .map((it) => textAt(it, 'mRID') ?? '')
    .filter((it) => (runs.get(it) ?? 0) > Date.parse(now))
    .map((id) => ({ code: '6.1', reason: 'The group is dispatched, or is to be.', id }))
}
