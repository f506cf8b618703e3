// The values in a reading (MeterReading of IEC 61968-9): of which point or meter, of what kind, and for what time; and the
// keys by which each of them is found again.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import { decimalIn, shifted } from './decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { standingOf } from './correction.ts'
import type { Standing } from './correction.ts'
import { deviceKeys } from './device.ts'
import { boundsOf } from './interval.ts'
import { keysOf, listOf, namesOfType } from './reference.ts'

/** One value. */
export interface Value extends Standing {
  /** code or name of its reading type */
  readonly kind: string
  /** milliseconds of the moment that it is told for, or at which its interval ends; infinite where nothing says so */
  readonly at: number
  /** milliseconds of the start of its interval, where the reading tells it */
  readonly from: number | undefined
  /** as it is written; undefined where there is none */
  readonly text: string | undefined
  /** false for what was read at a moment, whose value may be a text */
  readonly isInterval: boolean
}

/** Every value of a reading, in its order. */
export function valuesIn(reading: JsonObject): readonly Value[] {
  return [
    ...listOf(reading, 'IntervalBlocks').flatMap((block) =>
      listOf(block, 'IntervalReadings').map((it) => valueOf(it, kindOf(block), true)),
    ),
    ...listOf(reading, 'Readings').map((it) => valueOf(it, kindOf(it), false)),
  ]
}

function kindOf(it: JsonObject): string {
  return String(member(member(it, 'ReadingType'), '@ref') ?? '')
}

function valueOf(it: JsonObject, kind: string, isInterval: boolean): Value {
  const [text, period] = [member(it, 'value'), member(it, 'timePeriod')]
  const [from, to] = boundsOf(period)
  const [told] = boundsOf({ start: member(it, 'timeStamp') ?? '' })
  return {
    kind,
    at: Number.isFinite(told) ? told : to,
    from: period !== undefined && Number.isFinite(from) ? from : undefined,
    text: typeof text === 'string' ? text.trim() : undefined,
    isInterval,
    ...standingOf(it),
  }
}

/** The value of this kind and time. */
export function sameValue(
  reading: JsonObject,
  wanted: Pick<Value, 'kind' | 'at'>,
): Value | undefined {
  return valuesIn(reading).find((it) => it.kind === wanted.kind && it.at === wanted.at)
}

/** True where both are one number, or one text. */
export function isEqual(a: Value, b: Value): boolean {
  const [one, other] = [decimalIn(a.text), decimalIn(b.text)]
  if (one === undefined || other === undefined) return a.text === b.text
  return compareDecimals(one, other) === 0
}

/** The time of a value, for sentences. */
export function timeText({ at }: Pick<Value, 'at'>): string {
  return Number.isFinite(at) ? new Date(at).toISOString().replace('.000Z', 'Z') : 'no time'
}

/** Every text by which it may be known of what a reading is. */
export function pointKeys(reading: JsonObject): readonly string[] {
  return [...placeKeys(member(reading, 'UsagePoint')), ...meterKeys(member(reading, 'Meter'))]
}

/** Those of a usage point. */
export function placeKeys(point: Json | undefined): readonly string[] {
  return keysOf(point).map((it) => `point ${it}`)
}

/** Those of a device that is a meter itself. */
export function meterKeys(device: Json | undefined): readonly string[] {
  return deviceKeys(device).map((it) => `meter ${it}`)
}

/** NameType of a name in UsagePoint that is the mRID or a name of a group: the reading is of the group as a whole. */
const GROUP_NAME_TYPE = 'EndDeviceGroup'

/** The group that a reading is of, as somebody may be known by it; empty for a reading of one point. */
export function groupNames(reading: JsonObject): readonly string[] {
  return namesOfType(member(reading, 'UsagePoint'), GROUP_NAME_TYPE)
}

/** What a power reading measures, as 61968-5 calls it, the number of its direction, and the multiplier of its unit. */
interface Power {
  readonly parameter: string
  readonly direction: string
  /** power of ten */
  readonly multiplier: number
}

/** Places of a reading type of IEC 61968-9 Annex C, from 0. */
const [DIRECTION, MULTIPLIER, UNIT, PLACES] = [4, 15, 16, 18]

/** Units whose values can be added up, by their numbers. */
const PARAMETERS: Readonly<Record<string, string>> = { '38': 'activePower', '63': 'reactivePower' }

/** Parameters of IEC 61968-5 whose values can be added up, and the unit of each. */
export const SUMMED: Readonly<Record<string, string>> = { activePower: 'W', reactivePower: 'VAr' }

/** Directions of flow as IEC 61968-5 calls them, by their numbers in a reading type. */
export const DIRECTIONS: Readonly<Record<string, string>> = {
  ...{ none: '0', forward: '1', lagging: '2', leading: '3', net: '4' },
  ...{ q1plusQ2: '5', q1plusQ3: '7', q1plusQ4: '8', q1minusQ4: '9', q2plusQ3: '10' },
  ...{ q2plusQ4: '11', q2minusQ3: '12', q3plusQ4: '13', q3minusQ2: '14' },
  ...{ quadrant1: '15', quadrant2: '16', quadrant3: '17', quadrant4: '18' },
  ...{ reverse: '19', total: '20', totalByPhase: '21' },
}

/** What a power is found by, of a reading type or as IEC 61968-5 tells it; empty for anything else. */
export function powerKind(it: string | Pick<Power, 'parameter' | 'direction'>): string {
  const power = typeof it === 'string' ? powerOf(it) : it
  return power === undefined ? '' : `${power.parameter} ${power.direction}`
}

/** Undefined for a reading type of anything else, and for one that is only a name. */
function powerOf(kind: string): Power | undefined {
  const parts = kind.split('.')
  const parameter = PARAMETERS[parts[UNIT] ?? '']
  if (parts.length !== PLACES || parameter === undefined) return undefined
  return { parameter, direction: parts[DIRECTION] ?? '', multiplier: Number(parts[MULTIPLIER]) }
}

/** A value in the unit of its kind, without a multiplier; undefined where it is no number. */
export function powerIn({ text, kind }: Value): Decimal | undefined {
  const value = decimalIn(text)
  return value && shifted(value, powerOf(kind)?.multiplier ?? 0)
}
