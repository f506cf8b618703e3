import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { NOUN, agreementsOn } from './agreement.fixture.ts'
import { connection, fresh, registration, request, tariff } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('customer agreements')

const ways = await openWays()
test.after(() => ways.gateway.close())

/** The customer of every agreement once customers are kept. */
const KNOWN = { mRID: fresh() }

const { agreement, create, change, step, active, stateOf } = agreementsOn(ways)

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
  const dated = await ways.refused(change(mRID, { signDate: '2026-07-14T07:59:00Z' }))
  assert.equal(dated, early, 'a date is a signature, too')
  await step(mRID, 'offer')
  await ways.ok(change(mRID, { signDate: '2026-07-14T07:59:00Z' }))
  assert.is(await stateOf(mRID), 'active')
})

test('CA-03: nor does an agreement come signed', async () => {
  const object = agreement({ status: { value: 'active' } })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '6.1', rule: 'CA-SM', ids: [object.mRID] })
})

test('CA-03, IT-13: what is signed by its step alone says when', async () => {
  const { mRID } = await active()
  const { object } = await ways.stored(NOUN, mRID)
  assert.is(member(object, 'signDate'), '2026-07-14T08:00:00.000Z')
})

test('CA-03: an offer that nobody has signed in time is void, and says why', async () => {
  const object = agreement()
  const { mRID } = object
  await create(object)
  await step(mRID, 'offer')
  await step(mRID, 'expire')
  const { state, object: kept } = await ways.stored(NOUN, mRID)
  assert.equal([state, member(member(kept, 'status'), 'reason')], ['void', 'expired'])
  const said = await ways.refused(change(mRID, { status: { value: 'active' } }))
  assert.is(said.rule, 'CA-SM')
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
  const steps = (await ways.stored(NOUN, mRID)).object['revisionNumber']
  assert.is(steps, object['revisionNumber'], 'a step leaves the terms as they are')
  const said = await ways.refused(change(mRID, { loadMgmt: 'none' }))
  assert.equal(said, { code: '6.1', rule: 'SM-AG-superseded-amend', ids: [mRID] })
})

test('GD-03: the DER of a suspended agreement leave groups and come back; its terms rest', async () => {
  const { mRID } = await active()
  const [EndDeviceGroups] = [[{ mRID: fresh() }]]
  await ways.ok(change(mRID, { EndDeviceGroups }))
  await step(mRID, 'suspend')
  const set = { enforceMsgSequence: false, enforceTransactionalIntegrity: false }
  const Operation = [
    {
      ...{ operationId: 1, noun: NOUN, verb: 'delete', elementOperation: true },
      [NOUN]: { CustomerAgreement: [{ mRID, EndDeviceGroups }] },
    },
  ]
  await ways.ok({ verb: 'execute', noun: 'OperationSet', object: { ...set, Operation } })
  const { object, state } = await ways.stored(NOUN, mRID)
  assert.equal([state, object['EndDeviceGroups']], ['suspended', undefined])
  await ways.ok(change(mRID, { EndDeviceGroups }))
  for (const more of [{ EndDeviceGroups: [{ mRID: fresh() }] }, {}]) {
    const said = await ways.refused(change(mRID, { loadMgmt: 'none', ...more }))
    assert.equal(said, { code: '6.1', rule: 'SM-AG-suspended-amend', ids: [mRID] })
  }
})

test('CA-06: a revision is set higher or left alone, never lower, by whomever it is told', async () => {
  const { mRID } = await active()
  const revised = (revisionNumber: string) => ({ loadMgmt: fresh(), revisionNumber })
  const revision = async () => (await ways.stored(NOUN, mRID)).object['revisionNumber']
  await ways.ok(change(mRID, revised('10')))
  for (const it of ['9', '1', '-11', 'ten']) {
    const said = await ways.refused(change(mRID, revised(it)))
    assert.equal(said, { code: '6.1', rule: 'CA-REVISION', ids: [mRID] }, it)
  }
  const { object } = await ways.stored(NOUN, mRID)
  const late = { ...object, ...revised('9') }
  const told = await ways.sent({ verb: 'changed', noun: NOUN, object: late })
  assert.is(saidIn(told['reply']).rule, 'CA-REVISION')
  await ways.ok(change(mRID, { loadMgmt: 'none', revisionNumber: '10' }))
  assert.is(await revision(), '11', 'repeated, it is counted on')
  await ways.ok(change(mRID, revised('0012')))
  assert.is(await revision(), '0012')
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

test('CA-02: a tariff that is not known is refused where tariffs are kept', async () => {
  const tariff = { mRID: fresh(), title: 'Time of use' }
  await ways.ok({ verb: 'create', noun: 'Tariffs', object: tariff })
  const object = agreement()
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '2.33', rule: 'REF-UNKNOWN', ids: [object.mRID] })
  await create(agreement({ PricingStructures: [{ mRID: tariff.mRID }] }))
})

const MODELLED = { canAccommodate: true, modelVersion: '7' }

test('CA-05/AC2, SR-04: no DER is approved without an accepted agreement, also when it has ended since', async () => {
  const { review, request: own, agreement: its } = await connection(ways, 'engineeringReview')
  const ofReview = (more: JsonObject) => ({
    verb: 'change',
    noun: 'InterconnectionReviews',
    object: { mRID: review.mRID, ...more },
  })
  const decided = {
    decision: 'approved',
    approver: 'E. Nguyen',
    decidedDateTime: '2026-07-14T07:59:00Z',
  }
  await ways.ok(ofReview({ status: { value: 'modelling' } }))
  await ways.ok(ofReview({ modellingResult: MODELLED }))
  await step(its.mRID, 'suspend')
  const said = await ways.refused(ofReview(decided))
  assert.equal(said, { code: '6.1', rule: 'SR-AGREE', ids: [review.mRID, own.mRID] })
  await step(its.mRID, 'resume')
  await ways.ok(ofReview(decided))
  assert.is((await ways.stored('ServiceRequests', own.mRID)).state, 'approved')
})

test('CA-02: the agreement of a request is about its usage point', async () => {
  const { request: own, tariff: chosen } = await connection(ways, 'tariffSelected')
  const { mRID } = await active({ PricingStructures: [{ mRID: chosen.mRID }] })
  const said = await ways.refused({
    verb: 'change',
    noun: 'ServiceRequests',
    object: { mRID: own.mRID, CustomerAgreement: { mRID } },
  })
  assert.equal(said, { code: '2.26', rule: 'CA-POINT', ids: [own.mRID] })
})

test('CA-02: a customer that is not known is refused where customers are kept', async () => {
  const unknown = fresh()
  await ways.ok({
    verb: 'create',
    noun: 'CustomerConfig',
    object: { ...KNOWN, kind: 'residential' },
  })
  const object = agreement({ ...(await termsOf(tariff())), Customer: { mRID: unknown } })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '2.22', rule: 'REF-UNKNOWN', ids: [object.mRID] })
  await create({ ...object, Customer: KNOWN })
})

/** What an agreement says of a tariff that is kept here. */
async function termsOf(object: Identified): Promise<JsonObject> {
  await ways.ok({ verb: 'create', noun: 'Tariffs', object })
  return { PricingStructures: [{ mRID: object.mRID }], Customer: KNOWN }
}

test('CA-02: the tariff is in force while the agreement is', async () => {
  const Tariffs = [{ startDate: '2026-01-01T00:00:00Z', endDate: '2026-09-01T00:00:00Z' }]
  const terms = await termsOf(tariff({ Tariffs }))
  for (const [start, end, isOffered] of [
    ['2026-08-01T00:00:00Z', '2026-10-01T00:00:00Z', true],
    ['2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z', false],
    ['2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ] as const) {
    const object = agreement({ ...terms, validityInterval: { start, end } })
    if (isOffered) await create(object)
    else
      assert.equal(await ways.refused({ verb: 'create', noun: NOUN, object }), {
        ...{ code: '6.1', rule: 'TAR-DATE' },
        ids: [object.mRID],
      })
  }
})

test('CA-02: a DER is eligible for the tariff, and connected at a usage point of the agreement', async () => {
  const own = request('derInterconnection', { Customer: KNOWN })
  await ways.ok({ verb: 'create', noun: 'ServiceRequests', object: own })
  const its = registration(own)
  await ways.ok({ verb: 'create', noun: 'DERRegistrations', object: its })
  const DERRegistrations = [{ mRID: its.mRID }]
  const UsagePoints = [own['UsagePoint'] ?? null]
  const terms = { ...(await termsOf(tariff())), DERRegistrations }
  const unknown = agreement({ ...terms, DERRegistrations: [{ mRID: fresh() }] })
  const said = await ways.refused({ verb: 'create', noun: NOUN, object: unknown })
  assert.equal(said, { code: '2.29', rule: 'REF-UNKNOWN', ids: [unknown.mRID] })
  const elsewhere = agreement(terms)
  assert.equal(await ways.refused({ verb: 'create', noun: NOUN, object: elsewhere }), {
    ...{ code: '2.26', rule: 'CA-POINT' },
    ids: [elsewhere.mRID],
  })
  await create(agreement({ ...terms, UsagePoints }))
  const wind = tariff({
    eligibility: {
      ...{ controlRequired: false, derTechnology: ['wind'], monitoringRequired: false },
    },
  })
  const unfit = agreement({ ...terms, ...(await termsOf(wind)), UsagePoints })
  assert.equal(await ways.refused({ verb: 'create', noun: NOUN, object: unfit }), {
    ...{ code: '6.1', rule: 'TAR-ELIG' },
    ids: [unfit.mRID],
  })
})

test.run()
