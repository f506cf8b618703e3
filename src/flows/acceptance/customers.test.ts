// What the customer system tells of customers, and what depends on it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fresh, request } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

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

test.run()
