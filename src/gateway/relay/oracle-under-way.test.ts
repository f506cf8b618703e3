// What a party tells of an object while whoever was asked to make it has not answered yet: behind the creation, and not lost.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { USUAL_CHOICES } from '../../flows/choices.ts'
import { msgAck, openOracle, sample } from '../oracle.fixture.ts'
import type { PeerAnswer } from '../peer.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle under way')

const { whole, told } = await openOracle(
  { choices: { ...USUAL_CHOICES, prematureActive: 'pass' } },
  [
    {
      ...wayTo('derms', { noun: ['ProgramSubscriptions'], from: ['cpm'] }),
      order: { by: 'key', path: 'ProgramSubscription.mRID' },
      // Other tries come when its sender waits no longer.
      retry: { delaysMs: Array.from({ length: 20 }, () => 40_000) },
    },
    wayTo('cpm', { noun: ['ProgramSubscriptions'], verb: ['changed'], from: ['derms'] }),
  ],
)
test.after(() => {
  settle(msgAck('SUCCESS'))
  return whole.close()
})

const SILENT: PeerAnswer = {
  ...{ kind: 'unreachable', reason: 'no answer', sent: true, permanent: false },
}

const ACK = 'oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/postAcknowledgement'

/** A subscription, and the word of its DERMS about it. */
function subscription(subscriptionId: string, syncRequestId: string) {
  const { sendDetails } = sample('oracle-cpm/subscriptions')
  const { subscriptionInfo, locationInfo } = sendDetails
  const [{ deviceId: _id, ...device }] = locationInfo.controllableDevices
  const controllableDevices = [{ ...device, nicId: `nic-${subscriptionId}`, status: 'ACTIVE' }]
  const sync = {
    ...{ ...sendDetails, syncRequestId },
    subscriptionInfo: { ...subscriptionInfo, subscriptionId, status: 'ACTIVE' },
    locationInfo: { ...locationInfo, controllableDevices },
  }
  return {
    told: () => told('cpm', 'oracle-cpm/enrollment-sync', { sendDetails: sync }),
    acknowledged: (more = {}) =>
      told('derms', ACK, { subscriptionId, syncRequestId, ackType: 'SUCCESS', ...more }),
    kept: async () =>
      (await whole.store.objects('ProgramSubscriptions', [subscriptionId], []))[0]?.state,
  }
}

const open: ((it: PeerAnswer) => void)[] = []

/** The DERMS answers only when it is let. */
function hang(): void {
  whole.answer((party) =>
    party === 'derms' ? new Promise((done) => open.push(done)) : msgAck('SUCCESS'),
  )
}

function settle(it: PeerAnswer): void {
  for (const done of open.splice(0)) done(it)
}

/** The message by which its DERMS has acknowledged a subscription. */
async function word(key: string) {
  const asked = { direction: 'in', verb: ['changed'], key, limit: 1 } as const
  const [found] = (await whole.store.legs(asked)).legs
  return found && whole.store.leg(found.id)
}

test('SUB-MAKING, EN-04, G-AC11: an acknowledgement that is faster than the answer of its DERMS waits for that, and counts', async () => {
  hang()
  const { told: sync, acknowledged, kept } = subscription('sub-fast', 'F-1')
  const made = sync()
  await whole.tried(1)
  const said = await acknowledged()
  const { state, reason = '' } = (await word('sub-fast')) ?? {}
  settle(msgAck('SUCCESS'))
  assert.is(state, 'HELD')
  assert.match(reason, /sub-fast is being made/)
  assert.is(said.status, 200, said.text)
  assert.match((await made).text, /"SUCCESS"/)
  await whole.until(async () => (await kept()) === 'ACTIVE_synced')
})

test('EN-04: an acknowledgement that comes when the sender of the subscription waits no longer counts, too', async () => {
  whole.answer((party) => (party === 'derms' ? SILENT : msgAck('SUCCESS')))
  const { told: sync, acknowledged, kept } = subscription('sub-late', 'L-1')
  let text = ''
  void sync().then((it) => (text = it.text))
  await whole.until(async () => text !== '')
  assert.match(text, /"ERROR"|"FAILURE"/)
  const said = await acknowledged()
  assert.is(said.status, 200, said.text)
  whole.answer(() => msgAck('SUCCESS'))
  await whole.until(async () => (await kept()) === 'ACTIVE_synced')
})

test('EN-04: an acknowledgement of what nobody knows here says which id is unknown', async () => {
  const { acknowledged } = subscription('sub-none', 'N-1')
  const { status, text, json } = await acknowledged()
  assert.is(status, 400, text)
  assert.match(text, /99\.1/)
  assert.match(text, /Nothing with the subscriptionId \\?"sub-none\\?" is known here/)
  assert.not.match(text, /ProgramSubscription lacks/, json)
})

test.run()
