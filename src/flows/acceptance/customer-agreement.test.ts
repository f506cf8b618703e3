import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('customer agreements')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'CustomerAgreements'
let count = 0

function fresh(): string {
  count += 1
  return `7a6b7c8d-0000-4000-8000-00000000${1000 + count}`
}

type Identified = JsonObject & { readonly mRID: string }

function agreement(more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    revisionNumber: '1',
    Customer: { Names: [{ name: 'C-1002003' }] },
    PricingStructures: [{ mRID: fresh() }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: fresh() }],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
    ...more,
  }
}

function create(object: JsonObject) {
  return ways.ok({ verb: 'create', noun: NOUN, object })
}

function change(mRID: string, more: JsonObject) {
  return { verb: 'change', noun: NOUN, object: { mRID, ...more } }
}

async function step(mRID: string, name: string): Promise<void> {
  const { status, json } = await ways.json('POST', `customer-agreements/${mRID}:${name}`)
  assert.is(status, 200, `${name}: ${JSON.stringify(json)}`)
}

async function active(more: JsonObject = {}): Promise<Identified> {
  const object = agreement(more)
  await create(object)
  await step(object.mRID, 'offer')
  await step(object.mRID, 'sign')
  return object
}

async function stateOf(mRID: string): Promise<string> {
  return (await ways.stored(NOUN, mRID)).state
}

test('CA-02: an agreement is proposed, and says so', async () => {
  const object = agreement()
  await create(object)
  const { state, object: kept } = await ways.stored(NOUN, object.mRID)
  assert.is(state, 'proposed')
  assert.equal(member(kept, 'status'), { dateTime: '2026-07-14T08:00:00.000Z', value: 'proposed' })
})

test('CA-02: an agreement without a tariff is no agreement', async () => {
  const { PricingStructures: _tariff, ...object } = agreement()
  const reply = await ways.sent({ verb: 'create', noun: NOUN, object })
  assert.is(member(member(reply, 'reply'), 'Result'), 'FAILED')
})

test('CA-03: offered, then signed; nobody signs what has not been offered', async () => {
  const object = agreement()
  const { mRID } = object
  await create(object)
  const early = await ways.refused(change(mRID, { status: { value: 'active' } }))
  assert.equal(early, { code: '6.1', rule: 'CA-SM', ids: [mRID] })
  await step(mRID, 'offer')
  await ways.ok(change(mRID, { signDate: '2026-07-14T07:59:00Z' }))
  assert.is(await stateOf(mRID), 'active')
})

test('CA-03: nor does an agreement come signed', async () => {
  const object = agreement({ status: { value: 'active' } })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '6.1', rule: 'CA-SM', ids: [object.mRID] })
})

test('CA-03: what is declined is void, and is not signed any more', async () => {
  const object = agreement()
  await create(object)
  await step(object.mRID, 'offer')
  await step(object.mRID, 'decline')
  assert.is(await stateOf(object.mRID), 'void')
  const said = await ways.refused(change(object.mRID, { status: { value: 'active' } }))
  assert.is(said.rule, 'CA-SM')
})

test('CA-06: amended, suspended, resumed, superseded; each amendment counts', async () => {
  const { mRID } = await active()
  const before = (await ways.stored(NOUN, mRID)).object['revisionNumber']
  await ways.ok(change(mRID, { loadMgmt: 'thermostat' }))
  const { object } = await ways.stored(NOUN, mRID)
  assert.is(Number(object['revisionNumber']), Number(before) + 1)
  for (const it of ['suspend', 'resume', 'supersede']) await step(mRID, it)
  const said = await ways.refused(change(mRID, { loadMgmt: 'none' }))
  assert.equal(said, { code: '6.1', rule: 'SM-AG-superseded-amend', ids: [mRID] })
})

test('CA-06: closed once, and then for good', async () => {
  const { mRID } = await active()
  await ways.ok({ verb: 'close', noun: NOUN, object: { mRID } })
  assert.is(await stateOf(mRID), 'terminated')
  const said = await ways.refused({ verb: 'close', noun: NOUN, object: { mRID } })
  assert.equal(said, { code: '6.1', rule: 'SM-AG-terminated-close', ids: [mRID] })
})

test('CA-02: two agreements in force at once at one usage point are refused, by mRID or by name', async () => {
  const UsagePoints = [{ mRID: fresh(), Names: [{ name: 'UP-77' }] }]
  const first = await active({ UsagePoints })
  for (const it of [
    UsagePoints,
    [{ mRID: UsagePoints[0]?.mRID ?? '' }],
    [{ Names: [{ name: 'UP-77' }] }],
  ]) {
    const second = agreement({ UsagePoints: it })
    await create(second)
    await step(second.mRID, 'offer')
    const said = await ways.refused(change(second.mRID, { status: { value: 'active' } }))
    assert.equal(said, { code: '6.1', rule: 'CA-OVERLAP', ids: [second.mRID, first.mRID] })
  }
})

test('CA-02: one after the other, for another service, or after the end of the first, it is allowed', async () => {
  const UsagePoints = [{ mRID: fresh() }]
  const day = '2026-09-01T00:00:00Z'
  const first = await active({
    UsagePoints,
    validityInterval: { start: '2026-08-01T00:00:00Z', end: day },
  })
  await active({ UsagePoints, validityInterval: { start: '2026-09-01T02:00:00+02:00' } })
  await active({ UsagePoints, ServiceCategory: { kind: 'gas' } })
  await ways.ok({ verb: 'close', noun: NOUN, object: first })
  await active({ UsagePoints, validityInterval: { start: '2026-08-01T00:00:00Z', end: day } })
})

test('CA-02: of two signatures at the same time one is refused', async () => {
  const UsagePoints = [{ mRID: fresh() }]
  const both = [agreement({ UsagePoints }), agreement({ UsagePoints })]
  for (const it of both) {
    await create(it)
    await step(it.mRID, 'offer')
  }
  const replies = await Promise.all(
    both.map((it) => ways.sent(change(it.mRID, { status: { value: 'active' } }))),
  )
  const results = replies.map((it) => String(member(member(it, 'reply'), 'Result')))
  assert.equal(results.toSorted(), ['FAILED', 'OK'])
})

const [ACME, BETA] = ['ACME', 'BETA'].map((name) => ({ Names: [{ name }] }))
const SWITCH = '2026-10-01T00:00:00Z'

test('CA-05/AC1: a change of the provider leaves agreement, tariff and registrations as they are', async () => {
  const DERRegistrations = [{ mRID: fresh() }]
  const thirdParty = [{ provider: ACME ?? {}, validityInterval: { start: '2026-08-01T00:00:00Z' } }]
  const { mRID } = await active({ thirdParty, DERRegistrations })
  const { object: before } = await ways.stored(NOUN, mRID)
  const next = (end: string, start: string) => [
    { provider: ACME ?? {}, validityInterval: { start: '2026-08-01T00:00:00Z', end } },
    { provider: BETA ?? {}, validityInterval: { start } },
  ]
  const gap = await ways.refused(change(mRID, { thirdParty: next('2026-09-30T00:00:00Z', SWITCH) }))
  assert.equal(gap, { code: '6.1', rule: 'CA-PROVIDER', ids: [mRID] })
  await ways.ok(change(mRID, { thirdParty: next(SWITCH, SWITCH) }))
  const { state, object: after } = await ways.stored(NOUN, mRID)
  assert.is(state, 'active')
  const { thirdParty: _was, revisionNumber: old, ...rest } = before
  const { thirdParty: is, revisionNumber, ...same } = after
  assert.equal(same, rest)
  assert.equal(is, next(SWITCH, SWITCH))
  assert.is(Number(revisionNumber), Number(old) + 1)
})

test('CA-02: a tariff that is not known is refused where tariffs are kept', async () => {
  const tariff = { mRID: fresh(), title: 'Time of use' }
  await ways.ok({ verb: 'create', noun: 'Tariffs', object: tariff })
  const object = agreement()
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '2.33', rule: 'REF-UNKNOWN', ids: [object.mRID] })
  await create(agreement({ PricingStructures: [{ mRID: tariff.mRID }] }))
})

test.run()
