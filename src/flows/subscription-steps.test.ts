// What each step of a subscription that has a name of its own makes of it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { device } from './acceptance/events.fixture.ts'
import { SUBSCRIPTION_STEPS, closing } from './subscription-steps.ts'

const test = suite('steps of subscriptions')

const [A, B, C] = [device('N-1'), device('N-2'), device('N-3')]
const gone = (it: JsonObject) => ({ ...it, status: { value: 'excluded' } })

test('made active it keeps what it says of its status, but for the time of what was before', () => {
  const status = { value: 'INACTIVE', reason: 'r', dateTime: '2026-07-01T00:00:00Z' }
  assert.equal(SUBSCRIPTION_STEPS.activate.change({ mRID: 's', status }), {
    mRID: 's',
    status: { value: 'ACTIVE', reason: 'r' },
  })
})

test('an acknowledgement tells of the subscription itself only what the body has: synced where that says nothing', () => {
  const { change } = SUBSCRIPTION_STEPS.ack
  const its = { mRID: 's', EndDevices: [A], syncState: 'pending' }
  assert.equal(change(its, {}), { mRID: 's', syncState: 'synced' })
  const failed = { syncState: 'failed', syncReason: 'no such feeder' }
  assert.equal(change(its, failed), { mRID: 's', ...failed })
  const Names = [{ name: 'SUB-1' }]
  assert.equal(change({ Names, EndDevices: [A] }, {}), { Names, syncState: 'synced' })
})

test('closed, its interval, its status and each of its devices say so; a reason of before is none', () => {
  const { change } = SUBSCRIPTION_STEPS.close
  const [start, end] = ['2026-01-01T00:00:00Z', '2026-07-14T00:00:00Z']
  const status = { value: 'ACTIVE', reason: 'old', dateTime: start, remark: 'kept' }
  const its = { mRID: 's', EndDevices: [A, gone(B)], status, validityInterval: { start } }
  assert.equal(change(its, { endDateTime: end, removalMethod: 'ship', reason: 'moved out' }), {
    mRID: 's',
    EndDevices: [gone(A), gone(B)],
    removalMethod: 'ship',
    status: { remark: 'kept', reason: 'moved out', value: 'INACTIVE' },
    validityInterval: { start, end },
  })
  assert.equal(
    change(its, { endDateTime: end })['status'],
    { remark: 'kept', value: 'INACTIVE' },
    'why it was active is not why it ends',
  )
  assert.equal(change({ mRID: 's' }, { endDateTime: end }), {
    mRID: 's',
    EndDevices: [],
    status: { value: 'INACTIVE' },
    validityInterval: { end },
  })
})

test('closed without content, one that was active is left for the rules to find; one that never was has no device left', () => {
  const its = { mRID: 's', EndDevices: [A] }
  assert.equal(closing({ ...its, status: { value: 'ACTIVE' } }), {
    ...its,
    status: { value: 'INACTIVE' },
  })
  assert.equal(closing({ ...its, status: { value: 'INACTIVE' } }), {
    mRID: 's',
    EndDevices: [gone(A)],
    status: { value: 'INACTIVE' },
  })
})

test('a device that comes takes the place of the one that goes, which is told of as gone', () => {
  const { change } = SUBSCRIPTION_STEPS['devices:replace']
  const body = { oldDevice: A, newDevice: C, replacedDateTime: '2026-07-14T00:00:00Z' }
  const before = { oldDevice: B, newDevice: A }
  const its = { mRID: 's', EndDevices: [gone(A), A, B], replacements: [before] }
  assert.equal(change(its, body), {
    mRID: 's',
    EndDevices: [gone(A), C, B],
    replacements: [before, body],
  })
  const other = { mRID: 's', EndDevices: [B] }
  assert.equal(change(other, body), { ...other, replacements: [body] })
})

test.run()
