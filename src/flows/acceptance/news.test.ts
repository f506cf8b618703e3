// What an event tells has happened, whatever a request would have been refused for: it is taken, and the record says what it
// has passed over.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connection } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('events as news')

const ways = await openWays()
test.after(() => ways.gateway.close())

interface Kept {
  readonly layer: string
  readonly rule: string
  readonly severity: string
  readonly clause: string
  readonly found: string
  readonly message: string
  readonly mend: string
}

/** Findings on the record of the last message. */
async function recorded(verb: string): Promise<readonly Kept[]> {
  const { legs } = await ways.gateway.store.legs({ verb: [verb], limit: 1 })
  const leg = await ways.gateway.store.leg(legs[0]?.id ?? '')
  return JSON.parse(leg?.findings || '[]') as readonly Kept[]
}

test('SR-04/AC1: an approval that nobody has modelled is refused as a request, and news as an event', async () => {
  const it = await connection(ways, 'engineeringReview')
  const decided = { mRID: it.review.mRID, decision: 'approved' }
  const asked: Wish = { verb: 'change', noun: 'InterconnectionReviews', object: decided }
  assert.is((await ways.refused(asked)).rule, 'SR-G2')
  const { object } = await ways.stored('InterconnectionReviews', it.review.mRID)
  await ways.told({ ...asked, verb: 'changed', object: { ...object, ...decided } })
  assert.is((await ways.stored('InterconnectionReviews', it.review.mRID)).state, 'approved')
  const [finding, ...others] = await recorded('changed')
  assert.equal(others, [])
  assert.is(finding?.layer, 'business')
  assert.is(finding?.rule, 'SR-G2')
  assert.is(finding?.severity, 'warning')
  assert.is(finding?.found, it.review.mRID)
  assert.match(finding?.message ?? '', /^Taken as news, .*no result of modelling/)
  assert.match(finding?.mend ?? '', /Operations model/)
  assert.match(finding?.clause ?? '', /SR-05/)
})

test('a rule that is passed over stands there too; what breaks none has no findings', async () => {
  const it = await connection(ways, 'submitted')
  const { object } = await ways.stored('ServiceRequests', it.request.mRID)
  const told = (kind: string): Wish => {
    const { DemandResponseProgram: _none, ...rest } = object
    const mRID = crypto.randomUUID()
    return { verb: 'created', noun: 'ServiceRequests', object: { ...rest, mRID, kind } }
  }
  await ways.told(told('accountIssue'))
  assert.equal(await recorded('created'), [])
  await ways.told(told('programEnroll'))
  const rules = (await recorded('created')).map(({ rule, severity }) => `${rule} ${severity}`)
  assert.equal(rules, ['SR-PROGRAM warning'])
})

test.run()
