// The order of dates, times and durations (XML Schema Part 2 §3.2.6.2, §3.2.7.4 and §3.2.9 to §3.2.14), exactly.
// It is a partial order: a time without zone lies within 14 hours of where it stands, a month has 28 to 31 days.

import type { Primitive } from './model.ts'

/** Negative, zero or positive; NaN where neither comes first; undefined where a text is no value of the type. */
export function compareTemporal(primitive: Primitive, a: string, b: string): number | undefined {
  const read = primitive === 'duration' ? readDuration : readInstant(primitive)
  const [left, right] = [read?.(a), read?.(b)]
  if (left === undefined || right === undefined) return undefined
  return 'months' in left || 'months' in right
    ? compareDurations(left as Duration, right as Duration)
    : compareInstants(left, right)
}

/** A point in time; without zone as if it were UTC. */
interface Instant {
  readonly seconds: bigint
  /** digits behind the point, without trailing zeros */
  readonly fraction: string
  readonly zoned: boolean
}

const DATE = '(?<year>-?\\d{4,12})-(?<month>\\d\\d)-(?<day>\\d\\d)'
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?'
const ZONE = '(?<zone>Z|[+-]\\d\\d:\\d\\d)?'

const SHAPES: Readonly<Partial<Record<Primitive, RegExp>>> = {
  dateTime: new RegExp(`^${DATE}T${TIME}${ZONE}$`),
  date: new RegExp(`^${DATE}${ZONE}$`),
  time: new RegExp(`^${TIME}${ZONE}$`),
  gYearMonth: new RegExp(`^(?<year>-?\\d{4,12})-(?<month>\\d\\d)${ZONE}$`),
  gYear: new RegExp(`^(?<year>-?\\d{4,12})${ZONE}$`),
  gMonthDay: new RegExp(`^--(?<month>\\d\\d)-(?<day>\\d\\d)${ZONE}$`),
  gMonth: new RegExp(`^--(?<month>\\d\\d)${ZONE}$`),
  gDay: new RegExp(`^---(?<day>\\d\\d)${ZONE}$`),
}

/** Parts that a type does not have are those of a day in a leap year. */
const ABSENT = { year: '1972', month: '12', day: '01', hour: '00', minute: '00', second: '00' }

function readInstant(primitive: Primitive): ((text: string) => Instant | undefined) | undefined {
  const shape = SHAPES[primitive]
  if (shape === undefined) return undefined
  return (text) => {
    const groups = shape.exec(text)?.groups
    if (groups === undefined) return undefined
    const { year, month, day, hour, minute, second } = { ...ABSENT, ...present(groups) }
    const days = daysTo(Number(year), Number(month), Number(day))
    const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
    // 24:00:00 alone is 00:00:00 (§3.2.8).
    const ofDay = primitive === 'time' ? clock % DAY : clock
    return {
      seconds: BigInt(days) * BigInt(DAY) + BigInt(ofDay - zoneSeconds(groups['zone'])),
      fraction: (groups['fraction'] ?? '').replace(/0+$/, ''),
      zoned: groups['zone'] !== undefined,
    }
  }
}

const DAY = 86_400

function present(groups: Readonly<Record<string, string | undefined>>): Partial<typeof ABSENT> {
  return Object.fromEntries(Object.entries(groups).filter(([, it]) => it !== undefined))
}

/** Days since 1 March of the year 0 in the Gregorian calendar, before and after it was introduced. */
function daysTo(year: number, month: number, day: number): number {
  const from = month > 2 ? year : year - 1
  const leapDays = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400)
  return from * 365 + leapDays + Math.floor((((month + 9) % 12) * 153 + 2) / 5) + day - 1
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4)) * 60
  return zone.startsWith('-') ? -seconds : seconds
}

const FARTHEST_ZONE = BigInt(14 * 3600)

function compareInstants(a: Instant, b: Instant): number {
  if (a.zoned === b.zoned) return order(a, b)
  if (a.zoned) return -compareInstants(b, a)
  // a has no zone: it comes first only if it does so in the zone that makes it latest.
  if (order({ ...a, seconds: a.seconds + FARTHEST_ZONE }, b) < 0) return -1
  return order({ ...a, seconds: a.seconds - FARTHEST_ZONE }, b) > 0 ? 1 : Number.NaN
}

type Amount = Pick<Instant, 'seconds' | 'fraction'>

function order(a: Amount, b: Amount): number {
  if (a.seconds !== b.seconds) return a.seconds < b.seconds ? -1 : 1
  return a.fraction === b.fraction ? 0 : a.fraction < b.fraction ? -1 : 1
}

interface Duration extends Amount {
  readonly months: number
  readonly negative: boolean
}

const DURATION =
  /^(?<sign>-?)P(?:(?<years>\d{1,9})Y)?(?:(?<months>\d{1,9})M)?(?:(?<days>\d{1,9})D)?(?:T(?:(?<hours>\d{1,9})H)?(?:(?<minutes>\d{1,9})M)?(?:(?<seconds>\d{1,15})(?:\.(?<fraction>\d+))?S)?)?$/

function readDuration(text: string): Duration | undefined {
  const groups = DURATION.exec(text)?.groups
  if (groups === undefined) return undefined
  const of = (name: string) => Number(groups[name] ?? 0)
  const seconds = of('days') * DAY + of('hours') * 3600 + of('minutes') * 60
  return {
    months: of('years') * 12 + of('months'),
    seconds: BigInt(seconds) + BigInt(groups['seconds'] ?? 0),
    fraction: (groups['fraction'] ?? '').replace(/0+$/, ''),
    negative: groups['sign'] === '-',
  }
}

/** The starting points that tell durations apart (§3.2.6.2). */
const STARTS = [
  [1696, 9],
  [1697, 2],
  [1903, 3],
  [1903, 7],
] as const

/** Ordered only where they are ordered from every start. */
function compareDurations(a: Duration, b: Duration): number {
  const orders = STARTS.map((start) => compareFrom(start, a, b))
  const [first = Number.NaN] = orders
  return orders.every((it) => it === first) ? first : Number.NaN
}

function compareFrom(start: readonly [number, number], a: Duration, b: Duration): number {
  const [left, right] = [a, b].map((it) => ({
    ...it,
    seconds: it.seconds + monthSeconds(start, it),
  }))
  if (left === undefined || right === undefined) return Number.NaN
  if (left.negative !== right.negative) return isZero(a) && isZero(b) ? 0 : left.negative ? -1 : 1
  return left.negative ? order(right, left) : order(left, right)
}

function isZero({ months, seconds, fraction }: Duration): boolean {
  return months === 0 && seconds === 0n && fraction === ''
}

/** Length of the months of a duration, from the start on, or back from it. */
function monthSeconds([year, month]: readonly [number, number], it: Duration): bigint {
  const end = year * 12 + month - 1 + (it.negative ? -it.months : it.months)
  const days =
    daysTo(Math.floor(end / 12), (((end % 12) + 12) % 12) + 1, 1) - daysTo(year, month, 1)
  return BigInt(Math.abs(days)) * BigInt(DAY)
}
