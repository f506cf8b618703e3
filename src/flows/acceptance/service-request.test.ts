import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { WATTS, connection, fresh, registration, request, tariff } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('service requests')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ServiceRequests'
const REVIEWS = 'InterconnectionReviews'

const create = (noun: string, object: JsonObject) => ways.ok({ verb: 'create', noun, object })

const changing = (noun: string, mRID: string, more: JsonObject) => ({
  verb: 'change',
  noun,
  object: { mRID, ...more },
})

async function stateOf(mRID: string): Promise<string> {
  return (await ways.stored(NOUN, mRID)).state
}

test('SR-01/AC1: a request without mRID is answered with the one it is given', async () => {
  const { mRID: _none, ...object } = request('derInterconnection')
  const reply = await create(NOUN, object)
  assert.is(member(member(reply, 'reply'), 'Result'), 'OK')
  assert.match(JSON.stringify(member(reply, 'payload')), /"mRID":"[0-9a-f-]{36}"/)
})

test('SR-01/AC2: it is submitted, and says so', async () => {
  const object = request('derInterconnection')
  await create(NOUN, object)
  const { state, object: kept } = await ways.stored(NOUN, object.mRID)
  assert.is(state, 'submitted')
  assert.is(member(member(kept, 'status'), 'value'), 'submitted')
})

test('SR-01/AC3, SR-13: no other kind ever comes to Engineering', async () => {
  const kinds = ['serviceOn', 'serviceOff', 'newService', 'powerQualityInvestigation']
  for (const kind of [...kinds, 'programEnroll', 'programDeenroll', 'accountIssue']) {
    const object = request(kind)
    await create(NOUN, object)
    const said = await ways.refused({
      verb: 'create',
      noun: 'DERRegistrations',
      object: registration(object),
    })
    assert.is(said.rule, 'SR-KIND', kind)
    const reviewed = changing(NOUN, object.mRID, { status: { value: 'engineeringReview' } })
    assert.is((await ways.refused(reviewed)).rule, 'SR-G2', kind)
    for (const value of ['inProgress', 'completed'])
      await ways.ok(changing(NOUN, object.mRID, { status: { value } }))
    assert.is(await stateOf(object.mRID), 'completed', kind)
  }
})

test('SR-13: whoever enrolls in a programme, or leaves one, names it; the request goes its short way', async () => {
  for (const kind of ['programEnroll', 'programDeenroll']) {
    const { DemandResponseProgram: _none, ...object } = request(kind)
    const said = await ways.refused({ verb: 'create', noun: NOUN, object })
    assert.equal(said, { code: '5.8', rule: 'SR-PROGRAM', ids: [object['mRID']] }, kind)
    const own = request(kind)
    await create(NOUN, own)
    await ways.ok({ verb: 'cancel', noun: NOUN, object: own })
    assert.is(await stateOf(own.mRID), 'withdrawn')
  }
})

test('SR-01: a second open request of a kind for a usage point is refused; after the first is over it is not', async () => {
  const first = request('derInterconnection')
  await create(NOUN, first)
  const second = request('derInterconnection', { UsagePoint: first['UsagePoint'] ?? null })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object: second })
  assert.equal(said, { code: '6.1', rule: 'SR-DUP', ids: [second.mRID, first.mRID] })
  await create(NOUN, request('accountIssue', { UsagePoint: first['UsagePoint'] ?? null }))
  await ways.ok({ verb: 'cancel', noun: NOUN, object: first })
  await create(NOUN, second)
})

test('SR-01: a connection without a usage point is refused', async () => {
  const { UsagePoint: _none, ...object } = request('derInterconnection')
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '5.8', rule: 'SR-UP', ids: [object.mRID] })
})

test('SR-03/AC1: one tariff is in use, and each selection is on record with its revision and who has made it', async () => {
  const { request: own, tariff: first } = await connection(ways, 'tariffSelected')
  const second = tariff()
  await create('Tariffs', second)
  const chosen = await ways.gateway.ask('PATCH', `/api/v1/service-requests/${own.mRID}`, {
    body: JSON.stringify({ PricingStructure: { mRID: second.mRID } }),
    sender: { party: 'portal' },
  })
  assert.is(chosen.status, 200, chosen.text)
  const { object, state } = await ways.stored(NOUN, own.mRID)
  assert.is(state, 'tariffSelected')
  assert.equal(member(object, 'PricingStructure'), { mRID: second.mRID })
  const events = (await ways.gateway.events()).filter((it) => it.subject === own.mRID)
  const selected = events.filter((it) => it.state === 'tariffSelected')
  assert.equal(
    selected.map((it) => it.revision),
    [3, 4],
  )
  const asked = await Promise.all(selected.map(({ exchangeId }) => madeBy(exchangeId)))
  assert.equal(asked, [
    { party: 'anonymous', verb: 'change', chosen: first.mRID },
    { party: 'portal', verb: 'change', chosen: second.mRID },
  ])
})

/** Who has sent the message that an exchange began with, and which tariff it chose. */
async function madeBy(exchangeId: string) {
  const how = { sender: { party: 'auditor', operator: true } }
  const path = `/api/v1/exchanges/${exchangeId}`
  const { messages } = JSON.parse((await ways.gateway.ask('GET', path, how)).text)
  const [first] = messages as readonly Json[]
  const text = (name: string) => String(member(first, name))
  const raw = await ways.gateway.ask('GET', `/api/v1/messages/${text('id')}/raw`, how)
  const [, chosen = ''] =
    /PricingStructure>\s*<mRID>([^<]*)/.exec(new TextDecoder().decode(raw.bytes)) ?? []
  return { party: text('party'), verb: text('verb'), chosen }
}

test('SR-03: a device that is not eligible, a tariff out of date, a tariff that nobody knows', async () => {
  const { request: own } = await connection(ways, 'registered')
  const rules = tariff()['eligibility'] as JsonObject
  const Tariffs = (startDate: string, endDate: string) => [{ startDate, endDate }]
  const cases: readonly (readonly [JsonObject, string])[] = [
    [{ eligibility: { ...rules, derTechnology: ['wind', 'hydro'] } }, 'TAR-ELIG'],
    [{ eligibility: { ...rules, maxP: WATTS('4999.99', 'none') } }, 'TAR-ELIG'],
    [{ eligibility: { ...rules, minP: WATTS('5.01') } }, 'TAR-ELIG'],
    [{ Tariffs: Tariffs('2025-01-01T00:00:00Z', '2026-07-14T08:00:00Z') }, 'TAR-DATE'],
    [{ Tariffs: Tariffs('2026-07-14T10:00:01+02:00', '2027-01-01T00:00:00Z') }, 'TAR-DATE'],
  ]
  for (const [more, rule] of cases) {
    const it = tariff(more)
    await create('Tariffs', it)
    const said = await ways.refused(
      changing(NOUN, own.mRID, { PricingStructure: { mRID: it.mRID } }),
    )
    assert.equal(said, { code: '6.1', rule, ids: [own.mRID] })
  }
  const unknown = await ways.refused(
    changing(NOUN, own.mRID, { PricingStructure: { mRID: fresh() } }),
  )
  assert.equal(unknown, { code: '2.33', rule: 'REF-UNKNOWN', ids: [own.mRID] })
  const good = tariff({ Tariffs: Tariffs('2026-07-14T10:00:00+02:00', '2027-01-01T00:00:00Z') })
  await create('Tariffs', good)
  await ways.ok(changing(NOUN, own.mRID, { PricingStructure: { mRID: good.mRID } }))
})

test('CA-05/AC2, SR-04: nothing is reviewed that is not agreed', async () => {
  const { review, request: own } = await connection(ways, 'tariffSelected')
  await create('CustomerAgreements', {
    mRID: fresh(),
    revisionNumber: '1',
    Customer: { Names: [{ name: 'C-1002003' }] },
    PricingStructures: [{ mRID: String(member(review['PricingStructure'], 'mRID')) }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: fresh() }],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
  })
  const said = await ways.refused({ verb: 'create', noun: REVIEWS, object: review })
  assert.equal(said, { code: '6.1', rule: 'SR-G1', ids: [review.mRID, own.mRID] })
})

test('SR-03: an agreement that is not signed is none', async () => {
  const { request: own } = await connection(ways, 'tariffSelected')
  const { agreement } = await connection(ways, 'agreed')
  const UsagePoints = [own['UsagePoint'] ?? null]
  const unsigned = { ...agreement, mRID: fresh(), UsagePoints }
  await ways.ok({ verb: 'create', noun: 'CustomerAgreements', object: unsigned })
  const said = await ways.refused(
    changing(NOUN, own.mRID, { CustomerAgreement: { mRID: unsigned.mRID } }),
  )
  assert.equal(said, { code: '6.1', rule: 'SR-AGREE', ids: [own.mRID] })
})

test('SR-04/AC1, G-AC38: a decision without a result of modelling is refused', async () => {
  const { review, request: own } = await connection(ways, 'engineeringReview')
  const said = await ways.refused(changing(REVIEWS, review.mRID, { decision: 'approved' }))
  assert.equal(said, { code: '6.1', rule: 'SR-G2', ids: [review.mRID] })
  const byHand = await ways.refused(changing(NOUN, own.mRID, { status: { value: 'approved' } }))
  assert.equal(byHand, { code: '6.1', rule: 'SR-G2', ids: [own.mRID] })
})

test('SR-05/AC1: what the network cannot take is held or rejected, and not approved', async () => {
  const { review, request: own } = await connection(ways, 'engineeringReview')
  assert.is((await ways.json('POST', `interconnection-reviews/${review.mRID}:model`)).status, 200)
  assert.is(await stateOf(own.mRID), 'modelling')
  await ways.ok(changing(REVIEWS, review.mRID, { modellingResult: { canAccommodate: false } }))
  assert.is(await stateOf(own.mRID), 'engineeringReview')
  const said = await ways.refused(changing(REVIEWS, review.mRID, { decision: 'approved' }))
  assert.is(said.rule, 'SR-G2')
  await ways.ok(changing(REVIEWS, review.mRID, { decision: 'rejected' }))
  assert.is(await stateOf(own.mRID), 'rejected')
})

test('SR-12/AC1: withdrawn from wherever it is, but not when it is over', async () => {
  for (const it of [
    'submitted',
    'registered',
    'tariffSelected',
    'agreed',
    'engineeringReview',
  ] as const) {
    const { request: own } = await connection(ways, it)
    const path = `service-requests/${own.mRID}:cancel`
    assert.is((await ways.json('POST', path)).status, 200)
    assert.is(await stateOf(own.mRID), 'withdrawn')
    const said = await ways.refused({ verb: 'cancel', noun: NOUN, object: own })
    assert.equal(said, { code: '6.1', rule: 'SR-TERM', ids: [own.mRID] })
  }
})

test.run()
