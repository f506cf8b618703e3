// The largest years and durations that there are: those that the XSD engine holds, as a processor may have limits
// (XML Schema Part 2 §5.4).

import type { Primitive } from './model.ts'

/** of a year, and of each number in a duration */
const MOST = 2_147_483_647

const WITH_YEAR: ReadonlySet<Primitive> = new Set<Primitive>([
  'dateTime',
  'date',
  'gYearMonth',
  'gYear',
])

/** @param value one that has the shape of its type */
export function isHeld(primitive: Primitive, value: string): boolean {
  if (primitive === 'duration') return isHeldDuration(value)
  return !WITH_YEAR.has(primitive) || Number(/^-?(\d+)/.exec(value)?.[1]) <= MOST
}

/** Kept as months, days and the rest of a day. */
function isHeldDuration(value: string): boolean {
  const [date = '', time = ''] = value.split('T')
  const [years, months, days] = [amount(date, 'Y'), amount(date, 'M'), amount(date, 'D')]
  const [hours, minutes, seconds] = [amount(time, 'H'), amount(time, 'M'), amount(time, 'S')]
  const more = Math.floor((hours * 3600 + minutes * 60 + seconds) / 86_400)
  const all = [years * 12 + months, days + more, hours, minutes, seconds]
  return all.every((it) => it <= MOST)
}

/** The whole number before a letter; 0 where it is not there. */
function amount(text: string, letter: string): number {
  return Number(new RegExp(`(\\d+)(?:\\.\\d+)?${letter}`).exec(text)?.[1] ?? 0)
}
