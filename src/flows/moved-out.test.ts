// Which agreements and subscriptions have to do with each other when a customer moves out.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import {
  CREDITED_ON_MOVING_OUT,
  leftUnder,
  subscribedUnder,
  subscriptionsLeft,
} from './moved-out.ts'

const test = suite('moving out')

const [point, customer] = [{ mRID: 'u' }, { mRID: 'c' }]
const agreement: JsonObject = {
  Customer: customer,
  UsagePoints: [point],
  status: { value: 'terminated' },
}
const subscription: JsonObject = { mRID: 's', Customer: customer, UsagePoint: point }

test('ST-06: an agreement is found under its usage points when it is terminated, and not before', () => {
  assert.equal(leftUnder(agreement, 'terminated'), ['u'])
  assert.equal(leftUnder(agreement, 'active'), [])
  assert.equal(subscriptionsLeft({ ...agreement, status: { value: 'active' } }), [])
  assert.equal(subscriptionsLeft({ Customer: customer, UsagePoints: [point] }), [])
})

test('ST-06: it is about the subscriptions of its own customer at its own usage points', () => {
  const [search] = subscriptionsLeft(agreement)
  assert.is(search?.under, 'u')
  assert.is(search?.has(subscription), true)
  assert.is(search?.has({ ...subscription, Customer: { mRID: 'other' } }), false)
  assert.is(search?.has({ ...subscription, UsagePoint: { mRID: 'other' } }), false)
})

test('ST-06: a subscription is found under its usage point until it is closed, and then as one that has left it', () => {
  const closed = { status: { value: 'INACTIVE' }, EndDevices: [{ status: { value: 'excluded' } }] }
  assert.equal(subscribedUnder({ ...subscription, ProgramEnrollment: { mRID: 'n' } }, ''), [
    'u',
    'n',
  ])
  assert.equal(subscribedUnder({ ...subscription, ...closed }, ''), ['left u'])
})

test('ST-06: the agreement that ends it is searched for when nothing has changed but that', () => {
  const it = { state: 'ACTIVE_synced', object: subscription } as never
  const searches = CREDITED_ON_MOVING_OUT.searches?.(it, it) ?? []
  const own = searches.find(({ noun }) => noun === 'CustomerAgreements')
  assert.is(own?.has(agreement), true)
  assert.is(own?.has({ ...agreement, status: { value: 'active' } }), false)
  assert.equal(CREDITED_ON_MOVING_OUT.searches?.(undefined, it), [])
})

test.run()
