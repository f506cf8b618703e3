// What the customer system tells of customers, and what depends on it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh, request } from './connection.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('customers')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'CustomerConfig'
const told = (verb: string, mRID: string, kind: string) =>
  ways.told({ verb, noun: NOUN, object: { mRID, kind } })

test('MD-04, SR-01: a customer of whom nobody has told is refused by 2.22, over every way, until one tells of it', async () => {
  await told('created', fresh(), 'residential')
  const mRID = fresh()
  const object = request('accountIssue', { Customer: { mRID } })
  const wish = { verb: 'create', noun: 'ServiceRequests', object }
  const said = await ways.refused(wish)
  assert.equal(said, { code: '2.22', rule: 'REF-UNKNOWN', ids: [object.mRID] })
  await told('created', mRID, 'residential')
  await ways.ok(wish)
})

test('MD-04: a customer is as the last event tells, also one that is known from a change alone', async () => {
  const [known, unknown] = [fresh(), fresh()]
  await told('created', known, 'residential')
  await told('changed', known, 'commercialIndustrial')
  await told('changed', unknown, 'residential')
  assert.is((await ways.stored(NOUN, known)).object['kind'], 'commercialIndustrial')
  assert.is((await ways.stored(NOUN, unknown)).object['kind'], 'residential')
})

const since = (effectiveDateTime: string, email1: string) => ({
  ...{ kind: 'residential', ConfigurationEvents: { effectiveDateTime } },
  Organisation: { electronicAddress: { email1 } },
})
const customer = (verb: string, mRID: string, it: JsonObject) => ({
  ...{ verb, noun: NOUN },
  object: { mRID, ...it },
})
const mailOf = async (mRID: string) => {
  const { object } = await ways.stored(NOUN, mRID)
  return member(member(member(object, 'Organisation'), 'electronicAddress'), 'email1')
}

test('G-AC35, MD-04: a change that comes late never overwrites a later one, and is kept on record', async () => {
  const mRID = fresh()
  await ways.told(customer('created', mRID, since('2026-07-01T08:00:00Z', 'a@example.org')))
  // Ten in Chicago is after two in London, although it reads as less.
  await ways.told(customer('changed', mRID, since('2026-07-03T02:00:00-05:00', 'c@example.org')))
  const late = customer('changed', mRID, since('2026-07-03T06:59:59Z', 'b@example.org'))
  const reply = await ways.sent(late)
  assert.equal(refusalsIn(reply), [{ code: '6.1', rule: 'CUS-ORDER', ids: [mRID] }])
  assert.match(
    JSON.stringify(reply),
    'takes effect at 2026-07-03T06:59:59Z, and what is known of the customer since 2026-07-03T02:00:00-05:00',
  )
  assert.is(await mailOf(mRID), 'c@example.org')
  const legs = await ways.json('GET', `messages?noun=${NOUN}&state=rejected&key=${mRID}`)
  const [kept, ...others] = member(legs.json, 'messages') as readonly JsonObject[]
  assert.equal(others, [])
  assert.match(String(kept?.['reason']), 'takes effect at')
  for (const verb of ['change', 'created'])
    assert.is(refusalsIn(await ways.sent({ ...late, verb }))[0]?.rule, 'CUS-ORDER', verb)
})

test('G-AC35: of two changes at one time, and of those without a time, the order in which they come counts', async () => {
  const mRID = fresh()
  const at = '2026-07-03T08:00:00Z'
  await ways.told(customer('created', mRID, since(at, 'a@example.org')))
  await ways.told(customer('changed', mRID, since('2026-07-03T03:00:00-05:00', 'b@example.org')))
  assert.is(await mailOf(mRID), 'b@example.org')
  const { ConfigurationEvents: _time, ...untimed } = since(at, 'c@example.org')
  await ways.told(customer('changed', mRID, untimed))
  assert.is(await mailOf(mRID), 'c@example.org')
  // The time that was told last goes on to hold.
  const late = customer('changed', mRID, since('2026-07-02T08:00:00Z', 'd@example.org'))
  assert.is(refusalsIn(await ways.sent(late))[0]?.rule, 'CUS-ORDER')
})

test('MD-04: PUT /api/v1/customers/{id} creates and changes; the same again changes nothing; customer-config is the same resource', async () => {
  const mRID = fresh()
  const path = `customers/${mRID}`
  const body = { Customer: [since('2026-07-03T08:00:00Z', 'a@example.org')] }
  assert.is((await ways.json('GET', path)).status, 404)
  assert.is((await ways.json('PUT', path, body)).status, 201)
  const first = await ways.gateway.events()
  assert.is((await ways.json('PUT', path, body)).status, 200)
  assert.is((await ways.gateway.events()).length, first.length, 'nobody is told of nothing')
  const next = { Customer: [since('2026-07-04T08:00:00Z', 'b@example.org')] }
  assert.is((await ways.json('PUT', path, next)).status, 200)
  const late = await ways.json('PUT', path, body)
  assert.equal([late.status, member(late.json, 'rule')], [409, 'CUS-ORDER'])
  assert.match(
    String(member(late.json, 'findings') && JSON.stringify(late.json)),
    'effectiveDateTime',
  )
  const [own, other] = [
    await ways.json('GET', path),
    await ways.json('GET', `customer-config/${mRID}`),
  ]
  assert.equal([own.status, own.json], [200, other.json])
  assert.match(JSON.stringify(own.json), 'b@example.org')
})

test.run()
