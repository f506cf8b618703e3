// EN-01 on its way to a programme system that takes one application at a time: each is sent once, also when that is down and
// cimgate ends in between.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { application } from './enrollment.fixture.ts'

const test = suite('enrollment batch')

const cpm = { ...partyOf('cpm'), profile: { operationSets: true, collections: false } }
const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('lec'), cpm],
  ways: [wayTo('cpm', { noun: ['ProgramEnrollments'], verb: ['create'], from: ['lec'] })],
})
test.after(() => whole.close())

const DOWN = { kind: 'unreachable', reason: 'down' } as PeerAnswer

test('G-AC4, G-AC1: after a crash behind application i it goes on with i + 1, and none is sent twice that was taken', async () => {
  const all = Array.from({ length: 5 }, () => application())
  let taken = 0
  whole.answer((_party, leg) => (taken < 2 ? ((taken += 1), replyOf(leg)) : DOWN))
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ ProgramEnrollment: all })
  const how = { headers, body, sender: { party: 'lec' } }
  void whole.ask('lec', 'POST', '/api/v1/program-enrollments', how)
  await whole.tried(3)
  await whole.restart()
  whole.answer((_party, leg) => replyOf(leg))
  const states = () =>
    whole.store.objects(
      'ProgramEnrollments',
      all.map(({ mRID }) => mRID),
      [],
    )
  await whole.until(async () => (await states()).length === all.length)
  assert.equal(
    (await states()).map(({ state }) => state),
    all.map(() => 'PENDING'),
  )
  const sent = all.map(({ mRID }) => whole.sent.filter((it) => it.request.includes(mRID)).length)
  assert.equal([sent[0], sent[1], sent[3], sent[4]], [1, 1, 1, 1])
  const order = whole.sent.map((it) => all.findIndex(({ mRID }) => it.request.includes(mRID)))
  assert.equal(
    order,
    order.toSorted((a, b) => a - b),
  )
})

test.run()
