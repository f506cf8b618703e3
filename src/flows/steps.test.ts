// Which step of its lifecycle a change is, for flows whose steps depend on content: every way there is.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { step } from '../lifecycles/lifecycle.ts'
import type { JsonObject } from '../schema/json-text.ts'
import agreement from './customer-agreement.ts'
import registration from './der-registration.ts'
import type { Around, Flow } from './flow.ts'
import { FLOWS } from './index.ts'
import review from './interconnection-review.ts'
import serviceRequest from './service-request.ts'
import { tariffBreaches } from './tariff-eligibility.ts'
import workRequest from './work-request.ts'

const test = suite('steps')

const flows: readonly Flow[] = FLOWS
const status = (value: string): JsonObject => ({ status: { value } })

/** An object that says it is in a state, where its flow looks for that. */
const inState = (flow: Flow, state: string): JsonObject =>
  flow.status?.of(status(state)) === state
    ? status(state)
    : (flow.status?.written({}, state, '2026-07-14T08:00:00Z') ?? {})

test('P-07: a status that is asked for leads there, or is refused, for every pair of states', () => {
  for (const flow of flows.filter((it) => it.status !== undefined && it.stepped === undefined)) {
    const states = [...new Set(flow.lifecycle.steps.flatMap((it) => [it.from, it.to]))]
    for (const was of states)
      for (const is of states.filter((it) => it !== '' && it !== 'deleted')) {
        const before = was === '' ? undefined : inState(flow, was)
        const trigger = flow.trigger(before, inState(flow, is))
        const stepped = step(flow.lifecycle, was, trigger)
        if ('to' in stepped) assert.is(stepped.to, is, `${flow.id}: ${was} ${trigger} ${is}`)
        else assert.match(stepped.refusal.rule, /^[A-Z]/)
      }
  }
})

test('interconnection-review: decisions and results by content', () => {
  const cases: readonly (readonly [JsonObject, JsonObject, string])[] = [
    [{}, { decision: 'needsInfo' }, 'needsInfo'],
    [{}, { decision: 'perhaps' }, 'change'],
    [{}, {}, 'change'],
    [{}, { modellingResult: { canAccommodate: true } }, 'result'],
    [{ decision: 'hold' }, { decision: 'hold', reason: 'x' }, 'change'],
    [status('onHold'), status('withdrawn'), 'withdrawn'],
  ]
  for (const [before, after, due] of cases) assert.is(review.trigger(before, after), due)
  for (const [after, due] of [
    [{}, 'create'],
    [{ decision: 'approved' }, 'approve'],
    [status('onHold'), 'hold'],
  ] as const)
    assert.is(review.trigger(undefined, after), due)
  assert.equal(review.moves(status('onHold'), status('onHold')), [])
})

test('interconnection-review: true in every spelling', () => {
  for (const [canAccommodate, isModelled] of [
    [true, true],
    ['1', true],
    ['true', true],
    ['0', false],
  ] as const) {
    const reason = review.guards['SR-G2']({ modellingResult: { canAccommodate } })
    assert.is(reason === undefined, isModelled, String(canAccommodate))
  }
})

test('customer-agreement: signed by date, changed by provider, amended by anything else', () => {
  const offered = status('offered')
  assert.is(agreement.trigger(offered, { ...offered, signDate: '2026-07-14T00:00:00Z' }), 'sign')
  assert.is(agreement.trigger(status('active'), { ...status('active'), signDate: 'x' }), 'amend')
  assert.is(
    agreement.trigger(status('active'), { ...status('active'), thirdParty: [{}] }),
    'changeProvider',
  )
  assert.is(agreement.trigger({}, {}), 'amend')
})

test('service-request: chosen in its turn', () => {
  const chosen = { PricingStructure: { mRID: 't' } }
  const other = { PricingStructure: { Names: [{ name: 'T' }] } }
  const at = (state: string, more: JsonObject) => ({ ...status(state), ...more })
  const cases: readonly (readonly [JsonObject, JsonObject, string])[] = [
    [at('submitted', {}), at('submitted', chosen), 'change'],
    [at('registered', chosen), at('registered', chosen), 'selectTariff'],
    [at('tariffSelected', chosen), at('tariffSelected', other), 'selectTariff'],
    [at('tariffSelected', chosen), at('tariffSelected', chosen), 'change'],
    [at('tariffSelected', {}), at('tariffSelected', { CustomerAgreement: {} }), 'agree'],
  ]
  for (const [before, after, due] of cases) assert.is(serviceRequest.trigger(before, after), due)
})

/** A surrounding in which nothing is kept. */
const NOWHERE: Around = {
  now: '2026-07-14T08:00:00Z',
  keeps: () => false,
  makes: () => false,
  find: () => undefined,
}

test('where nothing else is kept, nobody can tell that it is missing', () => {
  assert.equal(serviceRequest.rules({ kind: 'serviceOn', Customer: {} }, NOWHERE, undefined), [])
  assert.is(serviceRequest.guards['SR-AGREE']({}, NOWHERE), undefined)
  assert.is(review.guards['SR-G1']({}, NOWHERE), undefined)
  assert.equal(tariffBreaches(undefined, undefined, NOWHERE.now), [])
  const bare = { eligibility: { monitoringRequired: true }, Tariffs: [{}] }
  assert.equal(tariffBreaches(bare, { nameplate: { technology: 'wind' } }, NOWHERE.now), [])
})

test('SR-03: a tariff that asks for communication is not for a device that declares none; one that is silent is asked later', () => {
  const rules = (it: string) => ({ eligibility: { [it]: true }, Tariffs: [{}] })
  const failing = (tariff: JsonObject, EndDevice: JsonObject) =>
    tariffBreaches(tariff, { EndDevice }, NOWHERE.now).map((it) => it.rule)
  for (const it of ['monitoringRequired', 'controlRequired']) {
    for (const no of [false, 'false', '0'])
      assert.equal(failing(rules(it), { isSmartInverter: no }), ['TAR-ELIG'], it)
    assert.equal(failing(rules(it), { isSmartInverter: true }), [])
    assert.equal(failing(rules(it), {}), [])
  }
  assert.equal(failing({ Tariffs: [{}] }, { isSmartInverter: false }), [])
})

test('der-registration: everything that a device is known by is claimed while it is registered', () => {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: 'head end' } }
  const device = {
    mRID: 'ABC',
    serialNumber: '7',
    Names: [{ name: '00042', NameType }, { name: 'roof' }],
  }
  const object = {
    EndDevice: device,
    dsoRegistryId: { name: 'R-1' },
    ServiceRequest: { mRID: 'S' },
  }
  assert.equal(
    registration.claims.inState(object, 'present').map((it) => `${it.rule} ${it.key}`),
    [
      ...['REG-DUP mRID ABC', 'REG-DUP serial  7', 'REG-DUP name head end nicId 00042'],
      ...['REG-DUP name   roof', 'REG-ID   R-1', 'SR-REG S'],
    ],
  )
  assert.equal(registration.claims.inState(object, 'canceled'), [])
})

test('work-request: what has no work stays where it is', () => {
  assert.equal(workRequest.stepped(undefined, {}), { to: '' })
  assert.is(workRequest.trigger({}, {}), 'change')
  assert.is(workRequest.trigger(undefined, {}), 'create')
  const works = { Work: [{ mRID: 'a', statusKind: 'approved' }, { statusKind: 'odd' }, {}] }
  const stepped = workRequest.stepped({ state: 'approved', object: works }, works)
  assert.ok('refusal' in stepped)
})

test.run()
