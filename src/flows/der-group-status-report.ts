// Being told the status of DER groups: of a group as a whole, and within the tolerance that is agreed the sum over those who
// were its members at that time, as far as readings of these are here. Ramp rates, voltages and apparent powers add up to
// nothing, and are taken as they are told.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { memberReferences, memberSum, staysOf } from './aggregate.ts'
import type { Measured } from './aggregate.ts'
import {
  ZERO,
  decimalIn,
  decimalText,
  differenceOf,
  magnitudeOf,
  productOf,
  shifted,
} from './decimal.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Reference } from './flow.ts'
import { boundsOf } from './interval.ts'
import { DIRECTIONS, SUMMED, powerIn, powerKind, timeText, valuesIn } from './reading.ts'
import { QUANTITIES } from './quantities.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { listOf } from './reference.ts'
import type { FindAll } from './search.ts'
import { inUnit } from './unit.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-status-report',
  noun: 'DERGroupStatuses',
  objectType: 'DERGroupStatus',
  verbs: REPORT_VERBS,
  pattern: 'EV',
  about:
    'report the aggregated status of DER groups: within a tolerance the sum over the members of its time, as far as their readings are here',
  source: 'F31-F, DERGS-2, G-AC45',
  invariants: wrongSums(QUANTITIES.sumTolerance.usually),
  quantities: ({ sumTolerance }) => ({ invariants: wrongSums(sumTolerance) }),
  leadsTo,
  searches: (_before, after) => (powersIn(after).length === 0 ? [] : [staysOf(named(after))]),
})

/** One power of a status. */
interface Power extends Measured {
  /** of the whole group, in its unit without a multiplier */
  readonly value: Decimal
  /** activePower, reactivePower */
  readonly parameter: string
  readonly unit: string
}

/** Those that members can add up to: with a direction, a value and a time. */
function powersIn(status: JsonObject): readonly Power[] {
  return listOf(status, 'DERMonitorableParameter').flatMap((it) => {
    const [parameter, unit] = ['DERParameter', 'yUnit'].map((name) => String(member(it, name)))
    const direction = DIRECTIONS[String(member(it, 'flowDirection'))]
    const curve = member(it, 'DERCurveData')
    const nominal = member(curve, 'nominalYValue')
    const [at] = boundsOf({ start: member(curve, 'timeStamp') ?? '' })
    const isSum = parameter !== undefined && unit !== undefined && SUMMED[parameter] === unit
    if (!isSum || direction === undefined || decimalIn(nominal) === undefined) return []
    if (!Number.isFinite(at)) return []
    const value = inUnit(nominal, member(it, 'yMultiplier'))
    return [{ what: powerKind({ parameter, direction }), at, value, parameter, unit }]
  })
}

/** The group, which a status is known by as well. */
function named(status: JsonObject): JsonObject {
  const [mRID, Names] = [member(status, 'mRID'), member(status, 'Names')]
  return { ...(mRID === undefined ? {} : { mRID }), ...(Names === undefined ? {} : { Names }) }
}

function leadsTo(status: JsonObject, find: Around['find'], all: FindAll): readonly Reference[] {
  const powers = powersIn(status)
  return powers.length === 0 ? [] : memberReferences(named(status), powers, find, all)
}

/** @param tolerance in percent of what the members come to with their signs left out, so that those who cancel out count too */
function wrongSums(tolerance: number) {
  const part = shifted(decimalIn(`${tolerance}`) ?? ZERO, -2)
  return (status: JsonObject, around: Around): readonly Breach[] =>
    powersIn(status).flatMap((it) => {
      const due = memberSum(named(status), it, around, (reading) => valueOf(reading, it))
      if (due === undefined) return []
      const [off, most] = [
        magnitudeOf(differenceOf(it.value, due.sum)),
        productOf(due.magnitude, part),
      ]
      if (compareDecimals(off, most) <= 0) return []
      const reason = `${it.parameter} of ${timeText(it)} is ${text(it.value, it)}, and the sum over the ${due.members} members of that time ${text(due.sum, it)}: ${text(off, it)} apart, where ${text(most, it)} are allowed.`
      return [{ rule: 'DGS-SUM', code: '6.1', reason }]
    })
}

function text(value: Decimal, { unit }: Power): string {
  return `${decimalText(value)} ${unit}`
}

function valueOf(reading: JsonObject, { what, at }: Power): Decimal | undefined {
  const value = valuesIn(reading).find((it) => it.at === at && powerKind(it.kind) === what)
  return value && powerIn(value)
}
