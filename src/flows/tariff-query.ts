// What tariffs are asked for by: kind of service, technology and power of a DER, meter, the time at which they are in force.

import { member, numberOf } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Criteria } from './likeness.ts'
import { listOf } from './reference.ts'
import { offeredIn } from './tariff-eligibility.ts'
import { compareQuantities } from './unit.ts'

/** A tariff that says nothing about a criterion does not exclude anybody by it. */
export const TARIFF_CRITERIA: Criteria = {
  parameters: {
    kind: {
      about: 'Kind of service, such as electricity.',
      like: (kind) => ({ ServiceCategory: { kind } }),
    },
    revenueKind: {
      about: 'Kind of revenue that it is made for, such as residential.',
      like: (revenueKind) => ({ revenueKind }),
    },
    derTechnology: {
      about: 'Technology of a DER that is to be eligible, such as photovoltaic.',
      like: (text) => ({ eligibility: { derTechnology: [text] } }),
    },
    meterType: {
      about: 'Type of a meter that is to be eligible.',
      like: (text) => ({ eligibility: { meterType: [text] } }),
    },
    power: {
      about: 'Active power of a DER that is to be eligible, in watts.',
      like: (text) =>
        /^\d+(?:\.\d+)?$/.test(text)
          ? { eligibility: { maxP: { multiplier: 'none', unit: 'W', value: numberOf(text) } } }
          : undefined,
    },
    at: {
      about: 'Instant at which it is to be in force, such as 2026-07-14T08:00:00Z.',
      like: (startDate) => (isInstant(startDate) ? { Tariffs: [{ startDate }] } : undefined),
    },
  },
  isLike: (wanted, tariff) => SAME.every((it) => it(wanted, tariff)),
}

function isInstant(text: string): boolean {
  return /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

type Likeness = (wanted: JsonObject, tariff: JsonObject) => boolean

const SAME: readonly Likeness[] = [
  (wanted, tariff) => isSame(member(wanted, 'code'), member(tariff, 'code')),
  (wanted, tariff) => isSame(member(wanted, 'revenueKind'), member(tariff, 'revenueKind')),
  (wanted, tariff) =>
    isSame(
      member(member(wanted, 'ServiceCategory'), 'kind'),
      member(member(tariff, 'ServiceCategory'), 'kind'),
    ),
  (wanted, tariff) => isEligible('derTechnology', wanted, tariff),
  (wanted, tariff) => isEligible('meterType', wanted, tariff),
  (wanted, tariff) => isStrong(member(member(wanted, 'eligibility'), 'maxP'), tariff),
  (wanted, tariff) => listOf(wanted, 'Tariffs').every((it) => isInForce(it, tariff)),
]

function isSame(wanted: Json | undefined, is: Json | undefined): boolean {
  return wanted === undefined || is === undefined || wanted === is
}

function isEligible(name: string, wanted: JsonObject, tariff: JsonObject): boolean {
  const [asked, allowed] = [wanted, tariff].map((it) => member(member(it, 'eligibility'), name))
  return (
    !Array.isArray(asked) ||
    !Array.isArray(allowed) ||
    asked.every((it: Json) => allowed.includes(it))
  )
}

function isStrong(power: Json | undefined, tariff: JsonObject): boolean {
  const eligibility = member(tariff, 'eligibility')
  const [least, most] = [member(eligibility, 'minP'), member(eligibility, 'maxP')]
  return (
    power === undefined ||
    ((least === undefined || compareQuantities(power, least) >= 0) &&
      (most === undefined || compareQuantities(power, most) <= 0))
  )
}

function isInForce(wanted: JsonObject, tariff: JsonObject): boolean {
  const start = member(wanted, 'startDate') ?? ''
  return offeredIn(tariff, { start, end: member(wanted, 'endDate') ?? start })
}
