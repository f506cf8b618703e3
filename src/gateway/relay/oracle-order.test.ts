// What is told of a subscription in Oracle's words while the DERMS has not answered for it: behind its creation, and no second one.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_CHOICES } from '../../flows/choices.ts'
import { bodyOf, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle order')

const { whole, told } = await openOracle(
  { choices: { ...USUAL_CHOICES, prematureActive: 'pass' } },
  [
    {
      ...wayTo('derms', { noun: ['ProgramSubscriptions'], from: ['cpm'] }),
      order: { by: 'key', path: 'ProgramSubscription.mRID' },
    },
  ],
)
test.after(() => whole.close())

const ID = 'sub-m'

async function sync(syncRequestId: string, status: string, more: JsonObject = {}): Promise<void> {
  const { sendDetails } = sample('oracle-cpm/subscriptions')
  const { subscriptionInfo, locationInfo } = sendDetails
  const [device] = locationInfo.controllableDevices
  const { text } = await told('cpm', 'oracle-cpm/enrollment-sync', {
    sendDetails: {
      ...{ ...sendDetails, syncRequestId },
      subscriptionInfo: { ...subscriptionInfo, subscriptionId: ID, status, ...more },
      locationInfo: { ...locationInfo, controllableDevices: [{ ...device, status }] },
    },
  })
  assert.match(text, /"ackType":"SUCCESS"/)
}

test('EN-05: an end follows the creation of its subscription', async () => {
  let isDown = true
  whole.answer(() =>
    isDown
      ? { kind: 'unreachable', reason: 'down', sent: false, permanent: false }
      : msgAck('SUCCESS'),
  )
  const made = sync('M-1', 'ACTIVE')
  await whole.tried(1)
  const ended = sync('M-2', 'INACTIVE', { endDateTime: '2026-09-30T05:00:00Z' })
  isDown = false
  const stored = async () => (await whole.store.objects('ProgramSubscriptions', [ID], []))[0]
  await whole.until(async () => (await stored())?.state.startsWith('CLOSED') === true)
  await Promise.all([made, ended])
  const sent = whole.sent.map((it) => [it.verb, bodyOf(it).subscriptionInfo.status])
  assert.equal(sent, [
    ['create', 'ACTIVE'],
    ['create', 'ACTIVE'],
    ['change', 'INACTIVE'],
  ])
})

test.run()
