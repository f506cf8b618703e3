// What is said of a subscription that its DERMS has not acknowledged, and when it is told again.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import {
  SUBSCRIPTION_DRIFT,
  TOLD_AGAIN,
  UNACKNOWLEDGED,
  lapsingIn,
} from './subscription-overdue.ts'

const test = suite('subscriptions that are not acknowledged')

const placed = (state: string, object: JsonObject = { mRID: 's' }) => ({ state, object })

const DRIFTS: readonly (readonly [state: string, object: JsonObject, said: string | undefined])[] =
  [
    ['ACTIVE_synced', {}, undefined],
    ['CLOSED', {}, undefined],
    ['', {}, undefined],
    ['CLOSED_overdue', {}, 'It is CLOSED, and its DERMS has not acknowledged that in its time.'],
    ['ACTIVE_partial', {}, 'It is ACTIVE, and its DERMS has not made it so for each device.'],
    ['ACTIVE_failed', {}, 'It is ACTIVE, and its DERMS has not made it so.'],
    [
      'ACTIVE_failed',
      { syncReason: 'not known' },
      'It is ACTIVE, and its DERMS has not made it so: not known',
    ],
    [
      'CLOSED_overdue',
      { syncReason: 'not known' },
      'It is CLOSED, and its DERMS has not acknowledged that in its time.',
    ],
  ]

for (const [state, object, said] of DRIFTS)
  test(`K2: a comparison of ${state || 'no state'} says ${said ?? 'nothing'}`, () =>
    assert.is(SUBSCRIPTION_DRIFT.unmet?.(object, state), said))

test('K2: a comparison says what is not acknowledged yet, and since when', () => {
  const since = { syncRequestedDateTime: '2026-07-14T10:00:00Z' }
  const said = (state: string, it: JsonObject) => SUBSCRIPTION_DRIFT.pending(it, state)
  assert.is(
    said('CLOSED_pending', since),
    'It is CLOSED, and its DERMS has not acknowledged that yet, which it has been told at 2026-07-14T10:00:00Z.',
  )
  assert.is(
    said('ACTIVE_pending', {}),
    'It is ACTIVE, and its DERMS has not acknowledged that yet.',
  )
  for (const state of ['ACTIVE_synced', 'CLOSED_overdue', ''])
    assert.is(said(state, since), undefined)
})

test('EN-04/AC1: what is overdue is told again, and nothing else; it has as long once more', () => {
  const { objects } = TOLD_AGAIN
  const making = { find: () => undefined } as unknown as Parameters<typeof objects>[2]
  assert.equal(objects(undefined, placed('CLOSED_overdue'), making), [{ mRID: 's' }])
  assert.equal(objects(undefined, placed('ACTIVE_failed'), making), [])
  const since = { syncRequestedDateTime: '2026-07-14T10:00:00Z' }
  const turns = lapsingIn({ acknowledgedWithin: 60_000 })
  const due = Date.parse('2026-07-14T10:01:00Z')
  for (const state of ['INACTIVE_pending', 'CLOSED_overdue'])
    assert.equal(turns.times({ noun: '', ...placed(state, since) } as never), [due])
  assert.equal(turns.times({ noun: '', ...placed('ACTIVE_synced', since) } as never), [])
  assert.equal(turns.times({ noun: '', ...placed('ACTIVE_pending') } as never), [])
})

test('EN-04: an alarm names the subscription, and what its DERMS has said, where it has', () => {
  const said = (state: string, object: JsonObject) =>
    UNACKNOWLEDGED[state]?.said(object, () => undefined).reason
  assert.match(said('ACTIVE_failed', { mRID: 's', syncReason: 'no room' }) ?? '', /s .*: no room$/)
  assert.match(said('CLOSED_failed', { mRID: 's' }) ?? '', /is closed.*has not said why$/)
  const EndDevices = [{ mRID: 'd', registrationStatus: { value: 'Failed', reason: 'no answer' } }]
  for (const state of ['ACTIVE_partial', 'CLOSED_partial'])
    assert.match(said(state, { mRID: 's', EndDevices }) ?? '', /s is .*Failed: no answer\.$/)
  assert.match(said('INACTIVE_overdue', {}) ?? '', /^Subscription {2}is told of, .*\(4\.1\)/)
})

test.run()
