// The tariffs that customers can choose from: published, asked for by what somebody is eligible for, and in force for a time.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { defineFlow } from './flow.ts'
import type { Breach, Claim } from './flow.ts'
import { boundsOf, isForward } from './interval.ts'
import { RECORDED } from './record.ts'
import { listOf } from './reference.ts'
import { SUPPORT, only } from './role.ts'
import { TARIFF_CRITERIA } from './tariff-query.ts'
import { compareQuantities } from './unit.ts'

export default defineFlow({
  ...RECORDED,
  id: 'tariff',
  noun: 'Tariffs',
  objectType: 'PricingStructure',
  verbs: [
    ...(['create', 'change', 'delete', 'execute', 'get', 'cancel', 'close'] as const),
    ...(['created', 'changed', 'deleted', 'executed', 'canceled', 'closed'] as const),
  ],
  pattern: 'RR',
  about: 'publish tariffs, and find those that a DER is eligible for at some time',
  source: 'CA-01, SR-03, EPRI 3002014619 §5.4, §5.7',
  // A tariff is the regulator's: every customer and every third party may know it.
  isPublic: true,
  by: only(...SUPPORT),
  criteria: TARIFF_CRITERIA,
  rules: (it) => [...intervals(it), ...powers(it)],
  claims: { inState: claims },
})

/** Each tariff is in force for a time, and one of them at a time. */
function intervals(structure: JsonObject): readonly Breach[] {
  const all = listOf(structure, 'Tariffs')
    .map((it) => ({ start: member(it, 'startDate') ?? '', end: member(it, 'endDate') ?? '' }))
    .toSorted((a, b) => boundsOf(a)[0] - boundsOf(b)[0])
  const isOver = all.some((it, at) => at > 0 && boundsOf(all[at - 1])[1] > boundsOf(it)[0])
  return [
    ...(all.every(isForward) ? [] : [breach('A tariff ends before it starts.')]),
    ...(isOver ? [breach('Two tariffs of the pricing structure are in force at once.')] : []),
  ]
}

function breach(reason: string): Breach {
  return { rule: 'TAR-INTERVAL', code: '6.1', reason }
}

function powers(structure: JsonObject): readonly Breach[] {
  const eligibility = member(structure, 'eligibility')
  const [least, most] = [member(eligibility, 'minP'), member(eligibility, 'maxP')]
  const isWrong = least !== undefined && most !== undefined && compareQuantities(least, most) > 0
  return isWrong ? [{ rule: 'TAR-P', code: '6.1', reason: 'minP is more than maxP.' }] : []
}

/** People know a pricing structure by its code. */
function claims(structure: JsonObject, state: string): readonly Claim[] {
  const code = member(structure, 'code')
  if (typeof code !== 'string' || state !== 'present') return []
  return [{ key: code, rule: 'TAR-CODE', reason: `The code ${code} is in use.` }]
}
