// What is settled, as whoever runs the programs tells it: the sums are checked, and a wrong one is refused with both numbers.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { program } from './programs.fixture.ts'
import { HOURS, energy, intervals, pending, price, settlement } from './settlement.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('settlement')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ProgramSettlements'
const told = (object: JsonObject, verb = 'created', noun = NOUN) =>
  ways.sent({ verb, noun, object })
const ruleOf = async (object: JsonObject, verb = 'created', noun = NOUN) =>
  refusalsIn(await told(object, verb, noun)).map(({ rule, code }) => `${rule} ${code}`)[0]

test('ST-04: a settlement is told, calculated, and calculated again until it is credited', async () => {
  const it = pending()
  assert.equal(refusalsIn(await told(it)), [])
  assert.is((await ways.stored(NOUN, it.mRID)).state, 'PENDING')
  const { status, ...done } = settlement()
  const whole = { ...done, ...it, amount: done['amount'] ?? 0, intervals: intervals() }
  assert.equal(refusalsIn(await told({ ...whole, status: status ?? null }, 'changed')), [])
  assert.is((await ways.stored(NOUN, it.mRID)).state, 'CALCULATED')
  const { json } = await ways.json('GET', `program-settlements/${it.mRID}`)
  assert.match(JSON.stringify(json), '"amount":0.74')
})

test('ST-02/AC1: a wrong amount is refused over every way, with both numbers; one rounded in between is wrong', async () => {
  const wrong = settlement({ amount: 0.73 })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object: wrong })
  assert.equal([said.code, said.rule], ['6.1', 'SET-SUM'])
  const reply = await told(wrong)
  assert.match(JSON.stringify(reply), 'The amount is 0.73 USD, and its intervals come to 0.74 USD')
  assert.match(JSON.stringify(reply), '0.7387 before it is rounded')
  for (const amount of [0.7387, 0.741, 74])
    assert.is(await ruleOf(settlement({ amount })), 'SET-SUM 6.1')
  assert.is(await ruleOf(settlement({ amount: 0.74 })), undefined)
  const yen = intervals([{ price: price(2.5, 'JPY') }, { price: price(0, 'JPY') }])
  const half = { currency: 'JPY', intervals: yen.map((one) => ({ ...one, quantity: energy(1) })) }
  assert.is(await ruleOf(settlement({ ...half, amount: 3 })), 'SET-SUM 6.1')
  assert.is(await ruleOf(settlement({ ...half, amount: 2 })), undefined, 'half to even')
})

test('ST-03, ST-04: what is settled at other prices than were told for the event is refused, with both', async () => {
  const ProgramEvent = { mRID: fresh() }
  const series = {
    mRID: fresh(),
    intervals: intervals().map(({ interval, price }) => ({ interval, price })),
  }
  assert.equal(refusalsIn(await told({ ...series, ProgramEvent }, 'created', 'PriceSeries')), [])
  const other = intervals([{}, { price: price(0.3) }])
  const wrong = settlement({ ProgramEvent, intervals: other, amount: 0.75 })
  assert.is(await ruleOf(wrong), 'SET-SOURCE 6.1')
  assert.match(
    JSON.stringify(await told(wrong)),
    'the price 0.0003 USD per Wh is settled, and 0.0002875 USD per Wh was told for the event',
  )
  const perWh = { amount: 0.000415, currency: 'USD', per: { multiplier: 'none', unit: 'Wh' } }
  const same = settlement({ ProgramEvent, intervals: intervals([{ price: perWh }]) })
  assert.is(await ruleOf(same), undefined, 'the same price in other words')
})

const REFUSED: readonly (readonly [string, string, JsonObject])[] = [
  ['a gap of prices', 'SET-PRICE 5.7', { intervals: withoutPrice() }],
  [
    'a mix of currencies',
    'SET-CUR 6.1',
    { intervals: intervals([{}, { price: price(0.2, 'EUR') }]) },
  ],
  ['another unit than its price', 'SET-UNIT 6.1', { intervals: inWatts() }],
  ['no amount', 'SET-VALUE 5.8', { amount: null }],
  ['no event', 'SET-VALUE 5.8', { stage: null }],
  ['no period of its season', 'SET-VALUE 5.8', { kind: 'season', stage: null }],
  ['an hour twice', 'SET-INTERVAL 6.1', { intervals: [...intervals(), ...intervals()] }],
]

function withoutPrice(): readonly JsonObject[] {
  return intervals().map(({ price: own, ...rest }, at) =>
    at === 0 ? { ...rest, price: own } : rest,
  )
}

function inWatts(): readonly JsonObject[] {
  return intervals([{ quantity: { multiplier: 'k', unit: 'W', value: 1 } }])
}

for (const [what, rule, more] of REFUSED)
  test(`ST-04: a settlement with ${what} is refused`, async () => {
    const entries = Object.entries(settlement(more)).filter(([, value]) => value !== null)
    assert.is(await ruleOf(Object.fromEntries(entries)), rule)
  })

test('ST-02/AC2: a season stays deferred until it is over', async () => {
  const period = { start: '2026-06-01T00:00:00Z', end: '2026-10-01T00:00:00Z' }
  const { stage: _stage, ...of } = settlement({ kind: 'season', period })
  const deferred = { ...of, status: { value: 'CALCULATION_DEFERRED' } }
  assert.is(await ruleOf(deferred), undefined)
  const early = await told({ ...of, status: { value: 'CALCULATED' } }, 'changed')
  assert.is(refusalsIn(early)[0]?.rule, 'SET-SEASON')
  assert.match(JSON.stringify(early), 'The season is open until 2026-10-01T00:00:00Z.')
  assert.is((await ways.stored(NOUN, of.mRID)).state, 'CALCULATION_DEFERRED')
  const over = { ...period, end: '2026-07-14T00:00:00Z' }
  assert.is(
    await ruleOf({ ...of, period: over, status: { value: 'CALCULATED' } }, 'changed'),
    undefined,
  )
  assert.is((await ways.stored(NOUN, of.mRID)).state, 'CALCULATED')
})

test('G-AC36: a subscription is settled once for a stage, until that is void', async () => {
  const first = settlement()
  assert.is(await ruleOf(first), undefined)
  const again = { ...first, mRID: fresh() }
  const said = await ways.refused({ verb: 'create', noun: NOUN, object: again })
  assert.equal([said.rule, said.ids.includes(first.mRID)], ['SET-EVENT', true])
  await ways.ok({ verb: 'cancel', noun: NOUN, object: first })
  assert.is((await ways.stored(NOUN, first.mRID)).state, 'VOID')
  assert.is(await ruleOf(again), undefined)
})

test('ST-04: a settlement says what was told as avoided, over all devices, and nothing else', async () => {
  const it = settlement()
  const { ProgramSubscription, stage, quantityKind } = it as JsonObject
  const avoided = (device: string, values: readonly number[]) => ({
    ...{ mRID: fresh(), quantityKind, ProgramSubscription, stage },
    EndDevice: { mRID: device },
    intervals: HOURS.map((interval, at) => ({ interval, quantity: energy(values[at] ?? 0) })),
  })
  const [one, two] = [fresh(), fresh()]
  const AVOIDED = 'AvoidedQuantities'
  const create = (object: JsonObject) => ways.ok({ verb: 'create', noun: AVOIDED, object })
  await create(avoided(one, [1, 0.8]) as JsonObject)
  const early = await told(it)
  assert.match(JSON.stringify(early), '1205 Wh is settled, and 1000 Wh was told as avoided')
  assert.is(refusalsIn(early)[0]?.rule, 'SET-SOURCE')
  const second = avoided(two, [0.205, 0.03]) as JsonObject
  await create(second)
  assert.equal(refusalsIn(await told(it)), [])
  const less = { ...it, intervals: intervals().slice(0, 1), amount: 0.5 }
  assert.is(await ruleOf(less, 'changed'), 'SET-SOURCE 6.1', 'nor less')
  // The same again is no news; something else is none either, but a change is.
  await create({ ...second, mRID: fresh() })
  const other = { ...avoided(two, [9, 9]), mRID: fresh() } as JsonObject
  const twice = await ways.refused({ verb: 'create', noun: AVOIDED, object: other })
  assert.is(twice.rule, 'AVQ-DUP')
})

test('ST-02: avoided quantities are in the unit of their kind, each instant once, of one event', async () => {
  const AVOIDED = 'AvoidedQuantities'
  const it = (more: JsonObject) => ({
    ...{ mRID: fresh(), quantityKind: 'kWhAvoided', ProgramSubscription: { mRID: fresh() } },
    intervals: [{ interval: HOURS[0], quantity: energy(1) }],
    stage: { mRID: fresh() },
    ...more,
  })
  const refused = async (more: JsonObject) =>
    (await ways.refused({ verb: 'create', noun: AVOIDED, object: it(more) })).rule
  assert.is(await refused({ quantityKind: 'kWDrop' }), 'AVQ-UNIT')
  const twice = [HOURS[0], HOURS[0]].map((interval) => ({ interval, quantity: energy(1) }))
  assert.is(await refused({ intervals: twice }), 'AVQ-INTERVAL')
  assert.is(await refused({ stage: {} }), 'ID-1')
})

test('ST-03: a series of prices is in one currency, each instant once, and the later one of an event holds', async () => {
  const series = (createdDateTime: string, more: JsonObject = {}) => ({
    ...{ mRID: fresh(), createdDateTime, ProgramEvent: { mRID: EVENT } },
    intervals: HOURS.map((interval) => ({ interval, price: price(1) })),
    ...more,
  })
  const EVENT = fresh()
  const rule = (object: JsonObject, verb = 'created') => ruleOf(object, verb, 'PriceSeries')
  const mixed = HOURS.map((interval, at) => ({ interval, price: price(1, at ? 'EUR' : 'USD') }))
  assert.is(await rule(series('2026-07-14T01:00:00Z', { intervals: mixed })), 'SET-CUR 6.1')
  const twice = [HOURS[0], HOURS[0]].map((interval) => ({ interval, price: price(1) }))
  assert.is(await rule(series('2026-07-14T01:00:00Z', { intervals: twice })), 'PRC-INTERVAL 6.1')
  const it = series('2026-07-14T02:00:00Z')
  assert.is(await rule(it), undefined)
  assert.is(await rule(series('2026-07-14T01:00:00Z')), 'PRC-ORDER 6.1')
  assert.is(await rule(series('2026-07-14T03:00:00Z')), undefined)
  const late = { mRID: it.mRID, createdDateTime: '2026-07-13T00:00:00Z' }
  assert.is(await rule(late, 'changed'), 'PRC-ORDER 6.1')
  const series2 = series('2026-07-14T02:00:00Z', { type: 'adder' })
  assert.is(await rule(series2), undefined, 'another type stands beside it')
})

test('ST-05: a program is settled by its season or by its events', async () => {
  const own = program({ settlementKind: 'season', quantityKind: 'kWDrop' })
  await ways.ok({ verb: 'create', noun: 'Programs', object: own })
  const subscription = {
    ...{ mRID: fresh(), status: { value: 'INACTIVE' }, Customer: { mRID: fresh() } },
    DemandResponseProgram: { mRID: own.mRID },
    EndDevices: [{ mRID: fresh() }],
    UsagePoint: { mRID: fresh() },
    validityInterval: { start: '2026-01-01T00:00:00Z' },
  }
  await ways.told({ verb: 'created', noun: 'ProgramSubscriptions', object: subscription })
  const it = pending({ ProgramSubscription: { mRID: subscription.mRID } })
  const reply = await told(it)
  assert.equal(
    refusalsIn(reply).map(({ rule }) => rule),
    ['SET-KIND', 'SET-KIND'],
  )
  assert.match(JSON.stringify(member(reply, 'reply')), 'settled by season')
})

test.run()
