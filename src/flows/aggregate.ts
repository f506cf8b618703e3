// What is told of a group as a whole, against what is told of its members: the sum over those who were in it at that time.
// It is compared with what is kept here alone; where anything is missing nobody can tell, and that is said.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { magnitudeOf, sumOf } from './decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { deviceKeys } from './device.ts'
import type { Around, Reference } from './flow.ts'
import type { FindAll, Search } from './search.ts'
import { boundsOf } from './interval.ts'
import { meterKeys, placeKeys } from './reading.ts'
import { keysOf } from './reference.ts'
import { registered, registrationsOf } from './registered.ts'

const READINGS = 'MeterReadings'

/** values of members that are compared with one object: beyond that it is accepted unchecked */
const MOST_COMPARED = 20_000

/** What has a value at some time: a reading type, or a power and its direction. */
export interface Measured {
  /** behind the point or meter, in the key of the claim by which the value is found */
  readonly what: string
  /** milliseconds of the moment, or of the end of the interval */
  readonly at: number
  /** milliseconds of its start, where it is known */
  readonly from?: number | undefined
}

/** The key under which a value is found. */
export function keyOf(place: string, { what, at }: Pick<Measured, 'what' | 'at'>): string {
  return JSON.stringify([place, what, at])
}

/** The members of a group: all that is known of who was in it, and when. */
export function staysOf(group: Json): Search {
  const keys = keysOf(group)
  const has = (it: JsonObject) =>
    keysOf(member(it, 'EndDeviceGroup')).some((key) => keys.includes(key))
  return { noun: 'DERGroupMemberships', historyOf: { noun: 'DERGroups', object: group }, has }
}

/** The group, and once its members are known, what is told of each of them. */
export function memberReferences(
  group: Json,
  measured: readonly Measured[],
  find: Around['find'],
  all: FindAll,
): readonly Reference[] {
  const stays = all(staysOf(group)).map(({ object }) => object)
  const devices = eachOnce(stays.map((it) => member(it, 'EndDevice') ?? {}))
  const isMuch = devices.length * measured.length > MOST_COMPARED
  return [
    { noun: 'DERGroups', object: group },
    ...devices.flatMap(registrationsOf),
    ...(isMuch ? [] : measured).flatMap((it) =>
      eachOnce(membersAt(stays, it).devices).flatMap((device) => valueReferences(device, it, find)),
    ),
  ]
}

/** What the members of a group come to. */
export interface MemberSum {
  readonly members: number
  readonly sum: Decimal
  /** the same without signs */
  readonly magnitude: Decimal
}

/**
 * The sum over the members of that time; undefined where there is none, where one of them has come or gone within the
 * interval, or has no value here.
 * @param valueIn what an object tells of it
 */
export function memberSum(
  group: Json,
  measured: Measured,
  { find, all }: Pick<Around, 'find' | 'all'>,
  valueIn: (object: JsonObject) => Decimal | undefined,
): MemberSum | undefined {
  const stays = all?.(staysOf(group)).map(({ object }) => object) ?? []
  const { devices, isWhole } = membersAt(stays, measured)
  const members = eachOnce(devices)
  if (members.length === 0 || !isWhole || members.length > MOST_COMPARED) return undefined
  const values: Decimal[] = []
  for (const device of members) {
    const held = valueReferences(device, measured, find)
      .map(find)
      .find((it) => it !== undefined)
    const value = held && valueIn(held.object)
    if (value === undefined) return undefined
    values.push(value)
  }
  const magnitude = sumOf(values.map(magnitudeOf))
  return { members: values.length, sum: sumOf(values), magnitude }
}

/**
 * Who was in the group. Of a moment, and of an interval whose start nobody tells, those who were in it just before; of an
 * interval all who were in it for a part, which is no whole where one of them came or went within.
 */
function membersAt(
  stays: readonly JsonObject[],
  { at, from }: Measured,
): { readonly devices: readonly Json[]; readonly isWhole: boolean } {
  const begin = from ?? at - 1
  const within = stays.flatMap((stay) => {
    const [start, end] = boundsOf(member(stay, 'interval'))
    return start < at && begin < end ? [{ stay, isWhole: start <= begin && at <= end }] : []
  })
  return {
    devices: within.map(({ stay }) => member(stay, 'EndDevice') ?? {}),
    isWhole: within.every((it) => it.isWhole),
  }
}

/** By the usage point that the device is registered at, or by the device where it is a meter itself. */
function valueReferences(
  device: Json,
  measured: Measured,
  find: Around['find'],
): readonly Reference[] {
  const point = member(registered(device, find)?.object, 'UsagePoint')
  return [...placeKeys(point), ...meterKeys(device)].map((place) => ({
    noun: READINGS,
    object: undefined,
    claim: { rule: 'MTR-DUP', key: keyOf(place, measured) },
  }))
}

/** A device may be told of twice, by the group itself and by others. */
function eachOnce(devices: readonly Json[]): readonly Json[] {
  const seen = new Set<string>()
  return devices.filter((device) => {
    const keys = deviceKeys(device)
    const isNew = !keys.some((it) => seen.has(it))
    for (const it of keys) seen.add(it)
    return isNew
  })
}
