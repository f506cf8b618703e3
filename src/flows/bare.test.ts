// No function of a flow falls over an object that has next to nothing in it: what is missing is for rules to tell, not for errors.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statesOf } from '../lifecycles/lifecycle.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { creditNext } from './credit-next.ts'
import { forecastBreaches, saidOfForecasts } from './event-forecast.ts'
import type { Around, Flow, Placed } from './flow.ts'
import { FLOWS } from './index.ts'
import type { Making } from './next.ts'
import { SETTLEMENT_NEXT } from './settlement-next.ts'

const test = suite('bare objects')

const flows: readonly Flow[] = FLOWS
const found: Placed = { state: 'present', object: {} }
const around = (find: Around['find'], keeps: boolean): Around => ({
  ...{ now: '2026-07-14T08:00:00Z', find, all: () => [] },
  ...{ keeps: () => keeps, makes: () => keeps, identities: () => [] },
})

const BARE: readonly JsonObject[] = [
  {},
  { ...{ mRID: 'a', stages: [{}], intervals: [{}], rules: [{}], sourceSettlements: [{}] } },
  {
    ...{ mRID: 'b', status: { value: 'CALCULATED' }, amount: 1, kind: 'season', period: {} },
    intervals: [{ interval: {}, quantity: {}, price: {} }],
  },
  {
    ...{ mRID: 'c', date: '2026-07-15', status: { value: 'CALCULATED' }, kind: 'event' },
    ...{ stage: { mRID: 's' }, ProgramSubscription: { mRID: 'p' }, ProgramEvent: { mRID: 'e' } },
    ...{ UsagePoint: { mRID: 'u' }, DemandResponseProgram: { mRID: 'd' } },
    stages: [{ mRID: 's', interval: { start: '2026-07-15T08:00:00Z' } }],
    sourceSettlements: [{ mRID: 'x' }],
  },
]

for (const flow of flows)
  test(`${flow.id}: takes objects that have next to nothing`, () => {
    for (const object of BARE)
      for (const all of [around(() => undefined, true), around(() => found, false)]) {
        const before = { state: statesOf(flow.lifecycle)[0] ?? '', object: {} }
        flow.trigger(undefined, object, all)
        flow.trigger(object, {}, all)
        for (const was of [undefined, before])
          for (const breaches of [flow.invariants, flow.rules, flow.tells])
            for (const { reason } of breaches?.(object, all, was) ?? []) assert.ok(reason !== '')
        flow.refers?.(object)
        flow.leadsTo?.(object, all.find, () => [])
        flow.claims?.always?.(object)
        for (const state of statesOf(flow.lifecycle)) {
          flow.claims?.inState?.(object, state)
          flow.claims?.knowing?.(object, state, all.find, '')
          flow.under?.(object, state)
          flow.says?.(object, state, all)
        }
      }
  })

const making = (all: readonly Placed[]): Making => ({
  ...{ now: '2026-07-14T08:00:00Z', newId: () => 'n', find: () => undefined, given: {}, moved: [] },
  all: () => all,
})

const CLOSED = { when: 'it is closed', trigger: 'unenrollment' } as const

test('ST-06: what a subscription has earned is credited from the first of its time; without an account somebody is asked', () => {
  const next = creditNext({ ...CLOSED, isAsked: () => true })
  const earned = (more: JsonObject): Placed => ({
    state: 'CALCULATED',
    object: { mRID: 'a', amount: '1.10', currency: 'EUR', ...more },
  })
  const after = { state: 'CLOSED_pending', object: { mRID: 's' } }
  const [credit = {}, ...others] = next.objects(undefined, after, making([earned({})]))
  assert.equal([others, credit['amount'], credit['currency']], [[], '1.10', 'EUR'])
  assert.equal(credit['period'], { start: '2026-07-14T07:59:59.999Z', end: '2026-07-14T08:00:00Z' })
  const period = { start: '2026-06-01T00:00:00Z', end: '2026-07-01T00:00:00Z' }
  const [season = {}] = next.objects(undefined, after, making([earned({ period })]))
  assert.equal(season['period'], { start: '2026-06-01T00:00:00.000Z', end: '2026-07-14T08:00:00Z' })
  const bare = making([{ state: 'CALCULATED', object: {} }])
  assert.is(next.objects(undefined, after, bare).length, 1)
  assert.equal(next.objects(undefined, after, making([{ ...earned({}), state: 'BILLED' }])), [])
  const { all: _all, ...none } = making([])
  assert.equal(next.objects(undefined, after, none), [])
  assert.match(JSON.stringify(next.finished?.(credit, {}, none)), 'names no account')
  const never = creditNext({ ...CLOSED, isAsked: () => false })
  assert.equal(
    [never.searches?.(undefined, after), never.objects(undefined, after, none)],
    [[], []],
  )
})

test('EV-01: what is known of forecasts is asked for stages that are to come, and for new events alone', () => {
  const none = around(() => undefined, true)
  const stage = (value: string): JsonObject => ({
    ...{ mRID: 's', status: { value } },
    interval: { start: '2026-07-15T08:00:00Z', end: '2026-07-15T09:00:00Z' },
  })
  const event = (value: string): JsonObject => ({ stages: [stage(value), {}] })
  assert.is(forecastBreaches(event('COMPLETED'), none, undefined).length, 1)
  assert.is(forecastBreaches(event('SCHEDULED'), none, undefined).length, 2)
  assert.equal(forecastBreaches(event('SCHEDULED'), none, found), [])
  assert.equal(
    forecastBreaches(
      event('SCHEDULED'),
      around(() => undefined, false),
      undefined,
    ),
    [],
  )
  assert.is(saidOfForecasts(event('SCHEDULED'), '', undefined), undefined)
})

test('ST-04: what is settled as it is now, credited, or without a price that fits is left alone', () => {
  const [create, change] = SETTLEMENT_NEXT
  const interval = { start: '2026-07-13T21:00:00Z', end: '2026-07-13T22:00:00Z' }
  const quantity = { multiplier: 'none', unit: 'Wh', value: '5' }
  const avoided = {
    ...{ mRID: 'q', quantityKind: 'kWhAvoided', intervals: [{ interval, quantity }] },
    ...{ ProgramSubscription: { mRID: 'p' }, ProgramEvent: { mRID: 'e' } },
  }
  const priced = (unit: string): Placed => {
    const price = { amount: '2', currency: 'USD', per: { multiplier: 'none', unit } }
    return { state: 'present', object: { intervals: [{ interval, price }] } }
  }
  const from = (series: Placed | undefined, known?: Placed): Making => ({
    ...making([]),
    find: ({ noun }) =>
      noun === 'PriceSeries' ? series : noun === 'ProgramSettlements' ? known : undefined,
  })
  const after = { state: 'present', object: avoided }
  const [made] = create?.objects(undefined, after, from(priced('Wh'))) ?? []
  assert.is(made?.['amount'], '10.00')
  const known = (state: string) => ({ state, object: made ?? {} })
  const sent = (state: string) =>
    change?.objects(undefined, after, from(priced('Wh'), known(state)))
  assert.equal(
    ['CALCULATED', 'BILLED', 'PENDING'].map((it) => sent(it)?.length),
    [0, 0, 1],
  )
  assert.is(
    change?.objects(undefined, after, from(priced('Wh'), { state: 'PENDING', object: {} })).length,
    1,
  )
  for (const series of [undefined, priced('W')])
    assert.equal(create?.objects(undefined, after, from(series)), [])
  const nothing = { state: 'present', object: { ...avoided, intervals: [] } }
  assert.equal(create?.objects(undefined, nothing, from(priced('Wh'))), [])
  assert.equal(create?.objects(undefined, { state: 'present', object: {} }, from(undefined)), [])
})

test.run()
