// For tests only: what is told of usage, and of the members of groups.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Ways, Wish } from './ways.fixture.ts'

let count = 0
/** An mRID that no other one of the file is. */
export const freshPoint = (): string => {
  count += 1
  return `4b5c6d7e-0000-4000-8000-00000000${1000 + count}`
}

export const NOUN = 'MeterReadings'
export const KIND = '0.0.7.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0'
export const hour = (it: number) => `2026-07-14T${String(it).padStart(2, '0')}:00:00Z`

/** Values by the hour at which their interval ends. */
export type Values = Readonly<Record<number, string>>

export function reading(of: JsonObject, values: Values, verb = 'created'): Wish {
  const IntervalReadings = Object.entries(values).map(([at, value]) => ({
    timeStamp: hour(Number(at)),
    value,
  }))
  const IntervalBlocks = [{ IntervalReadings, ReadingType: { '@ref': KIND } }]
  return { verb, noun: NOUN, object: { IntervalBlocks, ...of } }
}

export const atPoint = (mRID: string) => ({ UsagePoint: { mRID } })
export const ofGroup = (name: string) => ({
  UsagePoint: { Names: [{ name, NameType: { name: 'EndDeviceGroup' } }] },
})

/** A member of a group, for some hours. */
export async function stay(
  ways: Ways,
  group: string,
  device: JsonObject,
  from: number,
  to?: number,
): Promise<void> {
  const interval = { ...(to === undefined ? {} : { end: hour(to) }), start: hour(from) }
  const object = {
    mRID: freshPoint(),
    EndDevice: device,
    EndDeviceGroup: { mRID: group },
    interval,
  }
  await ways.told({ verb: 'created', noun: 'DERGroupMemberships', object })
}

/** Everything that is told of usage. */
export async function kept(
  ways: Ways,
): Promise<readonly { readonly state: string; readonly body: string }[]> {
  return (await ways.gateway.store.page(NOUN, { limit: 1_000 })).objects
}

/** The states in which what is about something is kept. */
export async function statesOf(ways: Ways, text: string): Promise<readonly string[]> {
  return (await kept(ways)).filter((it) => it.body.includes(text)).map((it) => it.state)
}

/** A group of two meters, of which the second has left at nine. */
export async function twoMeters(ways: Ways): Promise<{ group: string; one: string; two: string }> {
  const [group, one, two] = [freshPoint(), freshPoint(), freshPoint()]
  await stay(ways, group, { mRID: one }, 0)
  await stay(ways, group, { mRID: two }, 0, 9)
  await ways.told(reading({ Meter: { mRID: one } }, { 8: '0.1', 9: '1.000', 10: '5' }))
  await ways.told(reading({ Meter: { mRID: two } }, { 8: '0.2', 9: '-0.25' }))
  return { group, one, two }
}
