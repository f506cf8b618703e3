// What a dispatch asks of a group: units that fit, functions that the group has, intervals without a gap, and the time at
// which it is over. EPRI 3002014619 §5, IEC 61968-5.

import { isObject, isTrue, member, numberText } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'
import { boundsOf } from './interval.ts'
import { listOf } from './reference.ts'

const UNITS: Readonly<Record<string, string>> = {
  ...{ activePower: 'W', reactivePower: 'VAr', apparentPower: 'VA', voltage: 'V' },
}

/** One of these functions of the group is needed; of a parameter that is not here nothing can be said. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  activePower: ['realPowerDispatch', 'maxRealPowerLimiting'],
  reactivePower: ['reactivePowerDispatch'],
  apparentPower: ['realPowerDispatch', 'reactivePowerDispatch'],
  voltage: ['voltageRegulation'],
  increasingRampRate: ['rampRateControl'],
  decreasingRampRate: ['rampRateControl'],
}

/** What of the group is to be what, by which schedule. */
export function parameterOf(dispatch: JsonObject): Json | undefined {
  return member(member(dispatch, 'EndDeviceGroup'), 'DERMonitorableParameter')
}

/** @param group undefined where it is not known */
export function scheduleBreaches(dispatch: JsonObject, group: Json | undefined): readonly Breach[] {
  const it = parameterOf(dispatch)
  const parameter = String(member(it, 'DERParameter'))
  return [
    ...wrongUnit(parameter, String(member(it, 'yUnit'))),
    ...wrongFunction(parameter, member(group, 'DERFunction')),
    ...listOf(it, 'DispatchSchedule').flatMap(wrongIntervals),
  ]
}

function wrongUnit(parameter: string, unit: string): readonly Breach[] {
  const due = UNITS[parameter]
  if (due === undefined || due === unit) return []
  return [{ rule: 'DSP-UNIT', code: '6.1', reason: `${parameter} is in ${due}, not in ${unit}.` }]
}

function wrongFunction(parameter: string, functions: Json | undefined): readonly Breach[] {
  const needed = FUNCTIONS[parameter]
  const has = (name: string) => isTrue(member(functions, name))
  if (needed === undefined || functions === undefined || needed.some(has)) return []
  const reason = `The group has no function for ${parameter}: ${needed.join(' or ')} is needed.`
  return [{ rule: 'DSP-FUN', code: '6.1', reason }]
}

/** Numbered from 1, each once, in whatever order. */
function wrongIntervals(schedule: JsonObject): readonly Breach[] {
  const numbers = listOf(schedule, 'DERCurveData')
    .map((it) => wholeNumber(member(it, 'intervalNumber')))
    .toSorted((a, b) => a - b)
  const isWrong = numbers.some((it, at) => it !== at + 1)
  const duration = wholeNumber(member(schedule, 'timeIntervalDuration'))
  const breach = (reason: string): Breach => ({ rule: 'DSP-INTERVAL', code: '6.1', reason })
  return [
    ...(isWrong
      ? [
          breach(
            `Intervals are numbered 1 to ${numbers.length}, without a gap: ${numbers.join(', ')}.`,
          ),
        ]
      : []),
    ...(duration >= 1 ? [] : [breach('An interval lasts one unit of time at least.')]),
  ]
}

function wholeNumber(it: Json | undefined): number {
  return Number(numberText(it) ?? it ?? NaN)
}

const MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, D: 86_400_000 }

/** Milliseconds at which the last of its schedules is over; never, where it has none. */
export function endOf(dispatch: JsonObject): number {
  const ends = listOf(parameterOf(dispatch), 'DispatchSchedule').map(scheduleEnd)
  return ends.length === 0 ? Infinity : Math.max(...ends)
}

/** Milliseconds at which the first of its schedules begins; never, where it has none. */
export function startOf(dispatch: JsonObject): number {
  const starts = listOf(parameterOf(dispatch), 'DispatchSchedule').map(scheduleStart)
  return Math.min(Infinity, ...starts)
}

function scheduleStart(schedule: JsonObject): number {
  return boundsOf({ start: member(schedule, 'startTime') ?? '' })[0]
}

function scheduleEnd(schedule: JsonObject): number {
  const start = scheduleStart(schedule)
  const unit = String(member(schedule, 'timeIntervalUnit'))
  const count = listOf(schedule, 'DERCurveData').length
  const length = count * wholeNumber(member(schedule, 'timeIntervalDuration'))
  const ms = MS[unit]
  if (ms !== undefined) return start + length * ms
  const end = new Date(start)
  // Months and years are those of the calendar; M is a month, m a minute.
  if (unit === 'M') end.setUTCMonth(end.getUTCMonth() + length)
  if (unit === 'Y') end.setUTCFullYear(end.getUTCFullYear() + length)
  return end.getTime()
}

/** The group that is dispatched, as it is named. */
export function dispatched(dispatch: JsonObject): JsonObject {
  const group = member(dispatch, 'EndDeviceGroup')
  const { DERMonitorableParameter: _what, ...named } = isObject(group) ? group : {}
  return named
}
