// Intervals of time, half open: the end belongs to what comes after it.

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'

/** Milliseconds of its start, and of its end; for ever where it has none. */
export function boundsOf(interval: Json | undefined): readonly [start: number, end: number] {
  return [instant(member(interval, 'start'), -Infinity), instant(member(interval, 'end'), Infinity)]
}

/** True when some instant is in both. */
export function overlaps(a: Json | undefined, b: Json | undefined): boolean {
  const [[start, end], [otherStart, otherEnd]] = [boundsOf(a), boundsOf(b)]
  return start < otherEnd && otherStart < end
}

/** True where every instant of an interval is in one of the others. */
export function isCovered(interval: Json | undefined, by: readonly (Json | undefined)[]): boolean {
  const [start, end] = boundsOf(interval)
  const reached = by
    .map(boundsOf)
    .toSorted(([a], [b]) => a - b)
    .reduce((at, [from, to]) => (from <= at && to > at ? to : at), start)
  return reached >= end
}

/** True where it ends after it starts, or not at all. */
export function isForward(interval: Json | undefined): boolean {
  const [start, end] = boundsOf(interval)
  return start < end
}

/**
 * One breach for each interval that does not end after it starts (C5); what has been so before may stay.
 * @param paths where intervals are in the object, also in items of lists: `Work.TimeSchedules.scheduleInterval`
 */
export function backwardBreaches(
  rule: Breach['rule'],
  paths: readonly string[],
  after: JsonObject,
  before?: JsonObject,
): readonly Breach[] {
  return paths
    .filter((path) => {
      const known = valuesAt(before, path.split('.'))
      const isKnown = (it: Json) => known.some((one) => sameJson(one, it))
      return valuesAt(after, path.split('.')).some((it) => !isForward(it) && !isKnown(it))
    })
    .map((path) => ({ rule, code: '6.1', reason: `${path} does not end after it starts.` }))
}

function valuesAt(it: Json | undefined, [name, ...rest]: readonly string[]): readonly Json[] {
  if (it === undefined) return []
  if (Array.isArray(it))
    return it.flatMap((one: Json) => valuesAt(one, name === undefined ? [] : [name, ...rest]))
  if (name === undefined) return [it]
  return isObject(it) ? valuesAt(member(it, name), rest) : []
}

/** True for a time that says its offset. */
export function hasZone(time: Json | undefined): boolean {
  return typeof time === 'string' && /(?:Z|[+-]\d\d:\d\d)$/.test(time)
}

/** A time without an offset is taken as UTC. */
function instant(it: Json | undefined, otherwise: number): number {
  if (typeof it !== 'string' || it === '') return otherwise
  return Date.parse(hasZone(it) ? it : `${it}Z`)
}
