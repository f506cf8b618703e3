// Times of the clock in a zone ⇄ instants. Pure: what a zone did and does is the data of Intl, and nothing here knows what
// time it is.

/** What a clock on the wall shows. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Milliseconds since 1970 in UTC. */
export type Instant = number

/** How a wall time lies in a zone: once; twice, as the clocks were set back; or never, as they were set forward. */
export type Lying =
  | { readonly kind: 'once'; readonly at: Instant }
  | { readonly kind: 'twice'; readonly at: Instant; readonly later: Instant }
  /** `at` = the first instant after the gap */
  | { readonly kind: 'never'; readonly at: Instant }

const DAY_MS = 86_400_000

/** True for a zone of the IANA database that this system knows. */
export function isZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined
  } catch {
    return false
  }
}

/** What the clocks of a zone show at an instant. */
export function wallTimeAt(at: Instant, zone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, hour, minute, second }
}

/** When the clocks of a zone show this. */
export function instantsOf(time: WallTime, zone: string): Lying {
  const asUtc = utcOf(time)
  // Offsets on either side of whatever change there may be: none is farther than a day, and none comes twice a day.
  const before = offsetAt(asUtc - DAY_MS, zone)
  const after = offsetAt(asUtc + DAY_MS, zone)
  const fits = [asUtc - before, asUtc - after].filter((at) => utcOf(wallTimeAt(at, zone)) === asUtc)
  const [first, second] = [Math.min(...fits), Math.max(...fits)]
  if (fits.length === 0)
    return { kind: 'never', at: changeBetween(asUtc - DAY_MS, asUtc + DAY_MS, zone) }
  return first === second
    ? { kind: 'once', at: first }
    : { kind: 'twice', at: first, later: second }
}

/** The first instant of a day; where the clocks skip midnight, the first that there is. */
export function startOfDay(day: Pick<WallTime, 'year' | 'month' | 'day'>, zone: string): Instant {
  return instantsOf({ ...day, hour: 0, minute: 0, second: 0 }, zone).at
}

/** `2026-07-13T20:30:00-05:00` */
export function writtenIn(at: Instant, zone: string): string {
  const offset = Math.round(offsetAt(at, zone) / 60_000)
  const size = Math.abs(offset)
  const sign = offset < 0 ? '-' : '+'
  const local = wallTimeAt(at, zone)
  const time = [local.hour, local.minute, local.second].map((it) => padded(it)).join(':')
  const shift = `${padded(Math.floor(size / 60))}:${padded(size % 60)}`
  return `${dateText(local)}T${time}${offset === 0 ? 'Z' : `${sign}${shift}`}`
}

/** `2026-07-13` */
export function dateText({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): string {
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}`
}

/** True for a day that the calendar has and a time that a clock shows. */
export function isWallTime(it: WallTime): boolean {
  const { year, month, day, hour, minute, second } = it
  if (!(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && second <= 59)) return false
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return day >= 1 && day <= days
}

function padded(it: number, length = 2): string {
  return `${it}`.padStart(length, '0')
}

function utcOf({ year, month, day, hour, minute, second }: WallTime): Instant {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function offsetAt(at: Instant, zone: string): number {
  return utcOf(wallTimeAt(at, zone)) - Math.floor(at / 1000) * 1000
}

/** The first whole second at which the offset is that of the end, found by halving. */
function changeBetween(from: Instant, to: Instant, zone: string): Instant {
  const after = offsetAt(to, zone)
  let [low, high] = [Math.floor(from / 1000), Math.floor(to / 1000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * 1000, zone) === after) high = middle
    else low = middle
  }
  return high * 1000
}

/** Made once for each zone: making one takes longer than all that it is asked. */
const FORMATS = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  FORMATS.set(zone, made)
  return made
}
