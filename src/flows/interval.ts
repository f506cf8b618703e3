// Intervals of time, half open: the end belongs to what comes after it.

import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

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

/** A time without an offset is taken as UTC. */
function instant(it: Json | undefined, otherwise: number): number {
  if (typeof it !== 'string' || it === '') return otherwise
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(it) ? it : `${it}Z`)
}
