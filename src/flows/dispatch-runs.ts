// Which dispatches of a group are pending or active: as long as one is, the group is dispatched, and is not dissolved.

import { sameId } from '../envelope/mrid.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { dispatched, endOf } from './dispatch-schedule.ts'
import type { Around, Claim, Move, Placed, Reference } from './flow.ts'
import { actionOf, openRequest, openRequests } from './group-order.ts'
import { keysOf } from './reference.ts'

const NOUN = 'DERGroupDispatches'
const RULE = 'DSP-RUN'
/** dispatches of one group that may be pending or active at once */
const AT_ONCE = 16

/** The group as it is named, found. */
export function groupOf(dispatch: JsonObject): Reference {
  return { noun: 'DERGroups', object: dispatched(dispatch) }
}

/** A dispatch that is not over has a place at its group, under whatever the group is known by. */
export function runClaims(
  dispatch: JsonObject,
  state: string,
  find: Around['find'],
): readonly Claim[] {
  if (state !== 'present') return []
  const [key] = keysOf(find(groupOf(dispatch))?.object ?? dispatched(dispatch))
  if (key === undefined) return []
  const reason = 'As many dispatches of the group as there may be are pending or active.'
  return [{ key, rule: RULE, reason, places: AT_ONCE, clashes: () => false }]
}

/** Where the dispatches of a group may be found. */
export function runsOf(group: Json | undefined): readonly Reference[] {
  const [key] = keysOf(group)
  if (key === undefined) return []
  return Array.from({ length: AT_ONCE }, (_, place) => ({
    noun: NOUN,
    object: undefined,
    claim: { rule: RULE, key, place },
  }))
}

/** The dispatches of a group that are not over by now. */
function running(group: Json, find: Around['find'], now: string): readonly JsonObject[] {
  const all = runsOf(group).flatMap((it) => {
    const held = find(it)
    return held === undefined ? [] : [held.object]
  })
  return all.filter((it) => endOf(it) > Date.parse(now))
}

/** What ends by the clock has ended, whether or not anybody has told of it. */
export function stateByNow(
  { state, object }: Placed,
  { find, now }: Pick<Around, 'find' | 'now'>,
): string {
  return state === 'dispatched' && running(object, find, now).length === 0 ? 'available' : state
}

/** The group is available again when the last of its dispatches is over, and what was put off until then begins. */
export function endMoves(dispatch: JsonObject, { find, now }: Around): readonly Move[] {
  const group = find(groupOf(dispatch))
  if (group === undefined || group.state !== 'dispatched') return []
  const others = running(group.object, find, now).filter((it) => !isSame(it, dispatch))
  if (others.length > 0) return []
  const request = openRequest(group.object, find)
  const isDue = request?.state === 'dissolveScheduled'
  const isWhole = isDue && actionOf(request.object) === 'dissolve'
  const [reference] = isDue ? openRequests(group.object).filter((it) => find(it) === request) : []
  return [
    { ...groupOf(dispatch), trigger: isWhole ? 'endAndDissolve' : 'end' },
    ...(reference === undefined ? [] : [{ ...reference, trigger: 'dissolveRequested' }]),
  ]
}

function isSame(a: JsonObject, b: JsonObject): boolean {
  return sameId(member(a, 'mRID'), member(b, 'mRID'))
}
