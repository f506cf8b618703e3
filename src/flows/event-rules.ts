// What has to hold of a programme event: each stage is known by an id of its own and lasts; it starts and ends when its time
// has come, and is cancelled before that.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { keysOf } from './reference.ts'
import { eventState, stageChanges, stagesOf } from './stages.ts'
import type { StageChange } from './stages.ts'

/** STG-ID, STG-INTERVAL. */
export function eventBreaches(
  event: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...nameless(event),
    ...backwardBreaches('STG-INTERVAL', ['stages.interval'], event, before?.object),
  ]
}

/** Where the other side has an event for each stage, a stage without an id could not be told apart there. */
function nameless(event: JsonObject): readonly Breach[] {
  const keys = stagesOf(event).map(keysOf)
  const isTwice = keys.some((own, at) =>
    keys.slice(at + 1).some((it) => own.some((one) => it.includes(one))),
  )
  return [
    ...keys.flatMap((it, at) =>
      it.length > 0 ? [] : [lacking(`Stage ${at + 1} has neither mRID nor Names.`)],
    ),
    ...(isTwice ? [lacking('Two stages have the same mRID or name.')] : []),
  ]
}

function lacking(reason: string): Breach {
  return { rule: 'STG-ID', code: '5.8', reason }
}

/** How the times of stages are judged. */
export interface Timing {
  /** what has begun may be cancelled, too */
  readonly stops: boolean
  /** milliseconds by which the clocks of two systems may differ */
  readonly skewMs: number
}

/** STG-EARLY, STG-LATE: of what is asked for now. */
export function timeBreaches(timing: Timing) {
  return (after: JsonObject, { now }: Around, before: Placed | undefined): readonly Breach[] =>
    changesOf(before, after, timing).flatMap((it) => untimely(it, Date.parse(now), timing))
}

/**
 * The same of what is told: it was in time if it was so when it happened, as the stage says. What comes as cancelled alone has
 * never been scheduled.
 */
export function toldBreaches(timing: Timing) {
  return (after: JsonObject, { now }: Around, before: Placed | undefined): readonly Breach[] => [
    ...(before === undefined && eventState(after) === 'CANCELED' ? [NEVER] : []),
    ...changesOf(before, after, timing).flatMap((it) =>
      untimely(it, happenedAt(it) ?? Date.parse(now), timing),
    ),
  ]
}

/** Of stages that were known before. */
function changesOf(
  before: Placed | undefined,
  after: JsonObject,
  { stops }: Timing,
): readonly StageChange[] {
  return stageChanges(before?.object, after, stops).filter(({ was }) => was !== undefined)
}

const NEVER: Breach = {
  rule: 'STG-NOTSCHED',
  code: '6.1',
  reason: 'The event is told as cancelled, and was never told as scheduled.',
}

/** The event that somebody wants to cancel has never been scheduled here. */
export function unseenEvent(
  asked: JsonObject,
  kind: string,
  isReported = false,
): Breach | undefined {
  // Some of its stages are cancelled by a change that asks it of them.
  const isCancelled = kind === 'change' && !isReported && stagesOf(asked).some(isCancellation)
  if (kind !== 'cancel' && !isCancelled) return undefined
  return { ...NEVER, reason: 'The event has never been scheduled here.' }
}

function isCancellation(stage: JsonObject): boolean {
  return statusOf(stage) === 'CANCELED'
}

/** When a stage has come into the state that it is in, where that is told with it. */
function happenedAt({ was, is }: StageChange): number | undefined {
  const [then, at] = [was, is].map((it) => member(member(it, 'status'), 'dateTime'))
  return at === undefined || at === then ? undefined : boundsOf({ start: at })[0]
}

function untimely({ is, trigger }: StageChange, at: number, timing: Timing): readonly Breach[] {
  const [start, end] = boundsOf(member(is, 'interval'))
  const { stops, skewMs } = timing
  const [key = ''] = keysOf(is)
  const isEarly = (due: number) => at < due - skewMs
  if (trigger === 'start' && isEarly(start)) return [early(`The stage ${key} starts at`, start)]
  if (trigger === 'complete' && isEarly(end)) return [early(`The stage ${key} ends at`, end)]
  if (trigger !== 'cancel' || stops || at < start || statusOf(is) !== 'CANCELED') return []
  const reason = `The stage ${key} has started at ${textOf(start)}; it is cancelled before that.`
  return [{ rule: 'STG-LATE', code: '6.1', reason }]
}

function early(what: string, due: number): Breach {
  return { rule: 'STG-EARLY', code: '6.1', reason: `${what} ${textOf(due)}, and that is to come.` }
}

function textOf(ms: number): string {
  return new Date(ms).toISOString()
}
