// Dates and times of vendors ⇄ instants of CIM. A date is never cut off a time: it is the one that the clocks show at the
// place. What a zone has to say is refused where nobody has declared one.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Agreed } from './dialect.ts'
import { made, madeWith, problemAt, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { DateRow, StampRow } from './row.ts'
import {
  dateText,
  instantsOf,
  isWallTime,
  isZone,
  startOfDay,
  wallTimeAt,
  writtenIn,
} from './zone.ts'
import type { WallTime } from './zone.ts'

/** Where a time stands, and what is known around it. */
export interface Timed {
  readonly from: string
  readonly into: string
  readonly agreed: Agreed
  /** the object that the mapping is about, as the source has it */
  readonly whole: JsonObject
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const OFFICE = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d) ?([AP]M)$/i

const DUE_DATE = 'a date such as 2026-07-13'
const DUE_TIME = 'a time such as 2026-07-14T01:30:00Z'

/** A date -> the first instant of that day at the place. */
export function dateToCim({ cim, zone }: DateRow, given: Json, at: Timed): Outcome {
  const parts = typeof given === 'string' ? DATE.exec(given) : null
  const day = parts === null ? undefined : wallTime(parts.slice(1))
  if (day === undefined) return wrong(at.from, given, DUE_DATE)
  const place = zoneOf(zone.vendor, at)
  if ('problems' in place) return place
  const text = writtenIn(startOfDay(day, place.zone), place.zone)
  return madeWith({ [cim]: text }, { invented: [{ path: at.into, value: text }] })
}

/** An instant -> the date that it has at the place. */
export function dateToVendor({ vendor, zone }: DateRow, given: Json, at: Timed): Outcome {
  const instant = typeof given === 'string' && isOffset(given) ? instantIn(given) : undefined
  if (typeof given !== 'string' || instant === undefined) return wrong(at.from, given, DUE_TIME)
  const place = zoneOf(zone.cim, at)
  if ('problems' in place) return place
  const local = wallTimeAt(instant, place.zone)
  const date = dateText(local)
  const isStart = startOfDay(local, place.zone) === instant
  if (isStart) return made({ [vendor]: date })
  const why = `the time of day, as it is in ${place.zone}`
  return madeWith({ [vendor]: date }, { altered: [{ path: at.from, value: given, to: date, why }] })
}

/** A time with its offset as it is; without one as the clocks of the zone that is agreed show it. */
export function stampToCim({ cim, local }: StampRow, given: Json, at: Timed): Outcome {
  if (typeof given !== 'string') return wrong(at.from, given, DUE_TIME)
  if (isOffset(given))
    return instantIn(given) === undefined ? wrong(at.from, given, DUE_TIME) : made({ [cim]: given })
  const time = local === true ? unzoned(given) : undefined
  if (time === undefined) return wrong(at.from, given, DUE_TIME)
  return located(cim, given, time, at)
}

/** The same instant, in UTC where the vendor has it so. */
export function stampToVendor({ vendor, utc }: StampRow, given: Json, at: Timed): Outcome {
  const instant = typeof given === 'string' && isOffset(given) ? instantIn(given) : undefined
  if (typeof given !== 'string' || instant === undefined) return wrong(at.from, given, DUE_TIME)
  return made({ [vendor]: utc === true ? inUtc(given, instant) : given })
}

/** Digits of fractions stay: only whole minutes are added or taken away. */
function inUtc(given: string, instant: number): string {
  if (given.endsWith('Z')) return given
  const fraction = /\.\d+/.exec(given)?.[0] ?? ''
  const whole = Math.floor(instant / 1000) * 1000
  return `${new Date(whole).toISOString().slice(0, 19)}${fraction}Z`
}

/** A clock that was set back shows a time twice: the first is meant. One that was set forward never shows what it skips. */
function located(cim: string, given: string, time: WallTime, at: Timed): Outcome {
  const zone = at.agreed.timeZone
  if (zone === undefined)
    return problemAt(
      at.from,
      given,
      UNDECLARED,
      'Write it with Z or an offset, or declare timeZone for the party that sends it.',
    )
  const found = instantsOf(time, zone)
  if (found.kind === 'never')
    return problemAt(
      at.from,
      given,
      `is a time that the clocks of ${zone} skip: they go on at ${writtenIn(found.at, zone)}`,
      'Write a time that there is, or write it with Z or an offset.',
    )
  const text = writtenIn(found.at, zone)
  const invented = [{ path: at.into, value: text }]
  if (found.kind === 'once') return madeWith({ [cim]: text }, { invented })
  const why = `the clocks of ${zone} show it twice, and the first is meant, not ${writtenIn(found.later, zone)}`
  const altered = [{ path: at.from, value: given, to: text, why }]
  return madeWith({ [cim]: text }, { invented, altered })
}

const UNDECLARED = 'says no zone, and none is declared'

function isOffset(text: string): boolean {
  return ISO.exec(text)?.[8] !== undefined
}

function instantIn(text: string): number | undefined {
  const parts = ISO.exec(text)
  const time = parts === null ? undefined : wallTime(parts.slice(1))
  return time === undefined ? undefined : Date.parse(text)
}

/** A time without an offset, in either form. */
function unzoned(text: string): WallTime | undefined {
  const iso = ISO.exec(text)
  if (iso !== null) return wallTime(iso.slice(1))
  const [, month = '', day = '', year = '', hour = '', minute = '', second = '', half = ''] =
    OFFICE.exec(text) ?? []
  const twelve = Number(hour)
  if (!(twelve >= 1 && twelve <= 12)) return undefined
  const from = /p/i.test(half) ? 12 : 0
  return wallTime([year, month, day, `${(twelve % 12) + from}`, minute, second])
}

function wallTime(parts: readonly (string | undefined)[]): WallTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((it) => Number(it ?? 0))
  const time = { year, month, day, hour, minute, second }
  return isWallTime(time) ? time : undefined
}

/** The zone that the object itself names, else the one that is agreed. */
function zoneOf(
  steps: readonly string[],
  { whole, agreed, from: path }: Timed,
): Outcome | { readonly zone: string } {
  const own = steps.reduce<Json | undefined>((it, step) => member(it, step), whole)
  const zone = own ?? agreed.timeZone
  const where = `/${steps.join('/')}`
  const mend = `Write a name of the IANA database, such as America/Chicago, at ${where}.`
  if (zone === undefined)
    return problemAt(path, null, `is a date of a zone that nobody names: ${where} is missing`, mend)
  if (typeof zone === 'string' && isZone(zone)) return { zone }
  return problemAt(path, zone, 'is no time zone', mend)
}
