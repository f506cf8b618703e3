// Opt-outs on their way: to the DERMS ahead of all that is not as urgent, and from there to whoever calls the devices.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { event, freshDevice, reservation } from './events.fixture.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'

const test = suite('opt-outs on their way')

const NOUN = ['EventParticipations']
const whole = await openWhole({
  ...LOCAL,
  orchestrated: ['event-participation'],
  parties: ['cpm', 'derms', 'lec', 'cis'].map(partyOf),
  ways: [
    { ...wayTo('derms', { noun: NOUN, from: ['cpm'] }), priority: 50 },
    {
      ...wayTo('lec', { noun: NOUN, verb: ['changed'], from: ['derms'] }),
      retry: { delaysMs: [1_000, 1_000, 1_000] },
    },
    wayTo('derms', { noun: ['CustomerConfig'], from: ['cis'] }),
    wayTo('local', {}),
  ],
})
test.after(() => whole.close())

const GONE: PeerAnswer = { kind: 'unreachable', reason: 'down', sent: false, permanent: false }

const EVENTS = '/api/v1/program-events'
const PARTS = '/api/v1/event-participations'

/** A device that is reserved for a stage of this evening. */
async function reserved(): Promise<Identified> {
  const its = event([[20, 21]])
  await whole.ok('derms', 'POST', EVENTS, { ProgramEvent: [its] })
  const taking = reservation(its, freshDevice())
  await whole.ok('derms', 'POST', PARTS, { EventParticipation: [taking] })
  return taking
}

const optOut = async ({ mRID }: Identified, headers = {}) =>
  (await whole.ask('cpm', 'POST', `${PARTS}/${mRID}:opt-out`, { headers })).status
const stateOf = async ({ mRID }: Identified) =>
  (await whole.store.objects('EventParticipations', [mRID], []))[0]?.state
const toldTo = (party: string, { mRID }: Identified) =>
  whole.sent.filter((it) => it.party === party && it.request.includes(mRID))

test('OO-02, OO-01/AC1: who calls the devices is told not to, once, with the reason, and also when it was down', async () => {
  const taking = await reserved()
  let isDown = true
  whole.answer((party, leg) => (party === 'lec' && isDown ? GONE : replyOf(leg)))
  assert.is(await optOut(taking), 200)
  assert.is(await stateOf(taking), 'OPTED_OUT')
  await whole.until(async () => toldTo('lec', taking).length > 1)
  isDown = false
  await whole.until(
    async () =>
      (await whole.store.legs({ party: 'lec', state: ['ACKED'], limit: 9 })).legs.length > 0,
  )
  await whole.quiet()
  const told = toldTo('lec', taking)
  assert.is(new Set(told.map((it) => it.messageID)).size, 1, 'one word, however often it is tried')
  assert.equal([told[0]?.verb, told[0]?.noun], ['changed', 'EventParticipations'])
  for (const part of [
    '<preemptiveOptOut>true</preemptiveOptOut>',
    '<reserved>false</reserved>',
    '<state>OPTED_OUT</state>',
    '<reason>6.5</reason>',
  ])
    assert.match(told[0]?.request ?? '', part)
  assert.is(await optOut(taking), 200)
  await whole.quiet()
  assert.is(toldTo('lec', taking).length, told.length, 'to opt out twice is to opt out once')
})

test('OO-02: an opt-out that its DERMS does not take is told to nobody', async () => {
  const taking = await reserved()
  const refusal = '<Error><code>6.1</code><level>FATAL</level><reason>No.</reason></Error>'
  whole.answer((party, leg) => replyOf(leg, party === 'derms' ? refusal : ''))
  assert.is(await optOut(taking), 409)
  await whole.quiet()
  assert.is(await stateOf(taking), 'RESERVED')
  assert.equal(toldTo('lec', taking), [])
})

test('G-AC31: an opt-out overtakes the bulk that has waited longer', async () => {
  const taking = await reserved()
  let isDown = true
  whole.answer((party, leg) => (party === 'derms' && isDown ? GONE : replyOf(leg)))
  const headers = { 'content-type': 'application/json', prefer: 'respond-async' }
  const bulk = Array.from({ length: 8 }, () => fresh())
  for (const mRID of bulk) {
    const body = JSON.stringify({ Customer: [{ mRID, kind: 'residential' }] })
    await whole.ask('cis', 'POST', '/api/v1/customers', { body, headers })
  }
  await optOut(taking, headers)
  await whole.quiet()
  isDown = false
  const before = whole.sent.length
  await whole.until(async () => (await stateOf(taking)) === 'OPTED_OUT')
  await whole.quiet()
  const order = whole.sent
    .slice(before)
    .filter((it) => it.party === 'derms')
    .map((it) => (it.noun === 'CustomerConfig' ? 'bulk' : 'opt-out'))
  assert.is(order.length, 9, order.join())
  // One place of four is for what has waited longest, however much there is that is urgent.
  assert.ok(order.indexOf('opt-out') < 2, order.join())
})

test.run()
