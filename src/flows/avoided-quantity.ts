// What a subscription has avoided in a stage of an event, energy or power, as somebody outside has calculated it: told once for
// each device, in intervals that do not overlap, so that nothing is paid for twice.

import { member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { avoidedClaims, eventKeys } from './avoided-terms.ts'
import { unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { backwardBreaches } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'
import { only } from './role.ts'
import { participationKeys } from './settled-event.ts'
import { SETTLEMENT_NEXT } from './settlement-next.ts'
import { intervalText, intervalsOf, overlapsIn } from './settlement-sum.ts'

export default defineFlow({
  ...RECORDED,
  id: 'avoided-quantity',
  noun: 'AvoidedQuantities',
  objectType: 'AvoidedQuantity',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about: 'tell the energy or power that a subscription has avoided in an event, each interval once',
  source: 'ST-02',
  by: only('analytics', 'cpm'),
  invariants,
  claims: {
    inState: (it, state) =>
      state === 'present' ? avoidedClaims(it, (other) => isSame(it, other)) : [],
  },
  under: (it, state) => (state === 'present' ? eventKeys(it) : []),
  next: SETTLEMENT_NEXT,
  frozen: {
    rule: 'AVQ-FROZEN',
    freezes: [
      { members: ['ProgramSubscription', 'stage', 'ProgramEvent', 'EndDevice', 'quantityKind'] },
    ],
  },
})

function isSame(
  { mRID: _own, ...it }: JsonObject,
  { mRID: _other, ...other }: JsonObject,
): boolean {
  return sameJson(it, other)
}

function invariants(
  it: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...unnamed('ProgramSubscription', keysOf(member(it, 'ProgramSubscription'))),
    ...(participationKeys(it).length > 0 ? [] : [NO_EVENT]),
    ...backwardBreaches('AVQ-INTERVAL', ['intervals.interval'], it, before?.object),
    ...overlapsIn(intervalsOf(it)).map((reason): Breach => ({
      rule: 'AVQ-INTERVAL',
      code: '6.1',
      reason,
    })),
    ...unitBreaches(it),
  ]
}

const NO_EVENT: Breach = {
  rule: 'ID-1',
  code: '5.8',
  reason: 'The stage, or the ProgramEvent, is named by no mRID and no Names.',
}

const UNITS: Readonly<Record<string, string>> = { kWhAvoided: 'Wh', kWDrop: 'W' }

function unitBreaches(it: JsonObject): readonly Breach[] {
  const kind = String(member(it, 'quantityKind') ?? '')
  const due = UNITS[kind]
  return intervalsOf(it)
    .filter((one) => member(member(one, 'quantity'), 'unit') !== due)
    .map((one) => ({
      rule: 'AVQ-UNIT',
      code: '6.1',
      reason: `The quantity for ${intervalText(member(one, 'interval'))} is in ${String(member(member(one, 'quantity'), 'unit'))}, and ${kind} is in ${due}.`,
    }))
}
