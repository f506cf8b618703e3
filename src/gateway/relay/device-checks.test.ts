// A check of a device from the question to the one answer: what is asked, kept and told, for a DERMS that answers, one that does
// not, and one that is not able to.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Leg } from '../ledger.ts'
import { LATER, NOUN, answered, openChecks, refusing } from './device-checks.fixture.ts'

const test = suite('gateway: device checks')

const { whole, posted, kept, stateOf, told, reached } = await openChecks()
test.after(() => whole.close())

test('G-AC6: a check is acknowledged at once, kept, asked, and answered under the same correlation', async () => {
  let asked: Leg | undefined
  whole.answer((_party, leg) => {
    asked = leg
    return answered(leg, { commState: 'reachable', mRID: 'theirs' })
  })
  const { said, mRID, json } = await posted()
  assert.is(said.status, 202, said.text)
  assert.is(said.headers?.['Location'], `/api/v1/end-device-statuses/${mRID}`)
  assert.match(JSON.stringify(json['reply']), '"code":"0.3"')
  assert.match(JSON.stringify(json['EndDeviceStatus']), '"value":"accepted"')
  await reached(mRID, 'answered')
  const check = await kept(mRID)
  assert.is(check['commState'], 'reachable')
  assert.is(member(check['status'], 'value'), 'answered')
  assert.match(JSON.stringify(check['Names']), 'theirs')
  assert.match(asked?.request ?? '', `<mRID>${mRID}</mRID>`)
  assert.equal(await told(mRID), ['accepted', 'answered'])
})

test('G-AC6: an answer that comes later goes by sent, and the mRID of the sender stays', async () => {
  whole.answer(() => LATER)
  const own = 'check-of-cpm'
  const { mRID } = await posted('cpm', own)
  assert.is(mRID, own)
  await reached(own, 'sent')
  const reply = { commState: 'reachable', lastCommunication: '2026-07-22T09:00:00Z' }
  await whole.ok('derms', 'POST', `/api/v1/device-status-checks/${own}:reply`, reply)
  const check = await kept(own)
  assert.equal(
    [check['commState'], check['lastCommunication']],
    ['reachable', reply.lastCommunication],
  )
  assert.equal(await told(own), ['accepted', 'sent', 'answered'])
  const { legs } = await whole.store.legs({
    verb: ['get'],
    noun: [NOUN],
    key: own,
    direction: 'in',
    limit: 1,
  })
  assert.is(legs[0]?.state, 'ACKED')
})

test('G-AC6: a DERMS that knows no reply tells its answer under the id of the question', async () => {
  whole.answer(() => LATER)
  const { mRID, EndDevice } = await posted()
  await reached(mRID, 'sent')
  await whole.ok('derms', 'POST', '/cim', {
    message: 'EventMessage',
    header: { Verb: 'changed', Noun: NOUN, MessageID: `told-${mRID}` },
    payload: {
      [NOUN]: { EndDeviceStatus: [{ mRID, commState: 'reachable', EndDevice }] },
    },
  })
  assert.is(await stateOf(mRID), 'answered')
  const { legs } = await whole.store.legs({ verb: ['get'], key: mRID, direction: 'in', limit: 1 })
  assert.is(legs[0]?.state, 'ACKED')
})

test('G-AC6: what a system without replies takes is sent, and not answered by that', async () => {
  whole.answer(() => ({ kind: 'answered', status: 200, contentType: '', bytes: new Uint8Array() }))
  const { mRID } = await posted('yard')
  await reached(mRID, 'sent')
})

test('G-AC8, DC-01/AC2, IT-34: unsupported, unreachable, failed and timed out are four answers to caller and socket', async () => {
  whole.answer((_party, leg) => answered(leg, { commState: 'unreachable' }))
  const unreachable = await posted()
  await reached(unreachable.mRID, 'unreachable')
  whole.answer((_party, leg) => refusing(leg, '2.9'))
  const unsupported = await posted()
  await reached(unsupported.mRID, 'unsupported')
  whole.answer((_party, leg) => refusing(leg, '5.7'))
  const failed = await posted()
  await reached(failed.mRID, 'failed')
  whole.answer(() => LATER)
  const silent = await posted()
  await reached(silent.mRID, 'timedOut')
  const all = [unreachable, unsupported, failed, silent]
  const values = await Promise.all(all.map(async ({ mRID }) => (await kept(mRID))['status']))
  assert.equal(
    values.map((it) => member(it, 'value')),
    ['answered', 'unsupported', 'failed', 'timedOut'],
  )
  assert.match(String(member(values[3], 'remark')), '4.1')
  const ends = await Promise.all(all.map(async ({ mRID }) => (await told(mRID)).at(-1)))
  assert.equal(ends, ['unreachable', 'unsupported', 'failed', 'timedOut'])
  const codes = await Promise.all(all.map((it) => codeTold(it.json)))
  assert.equal(codes, ['', '2.9', '5.7', '4.1'])
})

/** The code of what is told to the sender in the end; empty = OK. */
async function codeTold(json: JsonObject): Promise<string> {
  const [error] = (member(json['reply'], 'Error') ?? []) as readonly JsonObject[]
  const [, id = ''] = /messages\/([\w-]+)/.exec(String(error?.['reason'])) ?? []
  const leg = await whole.store.leg(id)
  const answers = await whole.store.legs({
    exchangeId: leg?.exchangeId ?? '',
    verb: ['reply'],
    limit: 9,
  })
  const last = answers.legs.find((it) => it.direction === 'out' && it.party === 'cpm')
  const text = (await whole.store.leg(last?.id ?? ''))?.request ?? ''
  return /"code":"([1-9][\d.]*)"|<code>([1-9][\d.]*)/.exec(text)?.slice(1).find(Boolean) ?? ''
}

test('G-AC8, DC-01/AC2, IT-34: who is not able to by its profile is not asked, and that is unsupported', async () => {
  const before = whole.sent.length
  const said = await whole.ask('csr', 'POST', '/api/v1/device-status-checks', {
    body: JSON.stringify({ EndDeviceStatus: [{ mRID: 'lame-1', EndDevice: { mRID: 'x1' } }] }),
    headers: { 'content-type': 'application/json' },
  })
  assert.is(said.status, 501, said.text)
  assert.match(said.text, '"code":"2.9"')
  assert.match(said.text, 'rule":"PEER-UNABLE"')
  assert.is(whole.sent.length, before)
  assert.is(await stateOf('lame-1'), 'unsupported')
  assert.equal(await told('lame-1'), ['unsupported'])
})

test('G-AC7, DC-01/AC1, IT-34: a timeout is told, and a late answer is kept, marked, and flips nothing', async () => {
  whole.answer(() => LATER)
  const { mRID } = await posted()
  await reached(mRID, 'timedOut')
  // Other checks may have been asked once more meanwhile.
  const asked = whole.sent.find((it) => it.request.includes(mRID))
  const late = answered(asked as Leg, { commState: 'reachable' })
  assert.ok(late.kind === 'answered')
  const said = await whole.ask('derms', 'POST', '/cim', {
    body: new TextDecoder().decode(late.bytes),
    headers: { 'content-type': 'application/xml' },
  })
  assert.is(said.status, 200, said.text)
  const check = await kept(mRID)
  assert.equal([check['late'], check['commState']], [true, 'reachable'])
  assert.is(member(check['status'], 'value'), 'timedOut')
  assert.equal((await told(mRID)).slice(-2), ['timedOut', 'late'])
  // A second one changes nothing any more.
  await whole.ok('derms', 'POST', `/api/v1/device-status-checks/${mRID}:reply`, {
    commState: 'unreachable',
  })
  assert.is((await kept(mRID))['commState'], 'reachable')
})

test('G-AC8: an answer to what nobody has asked is parked', async () => {
  const said = await whole.ask('derms', 'POST', '/api/v1/device-status-checks/nobodys:reply', {
    body: JSON.stringify({ commState: 'reachable' }),
    headers: { 'content-type': 'application/json' },
  })
  assert.ok(said.status >= 400, said.text)
  const parked = await whole.ok('cpm', 'GET', '/api/v1/parked')
  assert.match(JSON.stringify(parked), '"correlationID":"nobodys"')
})

test('DC-01/AC1: a repeated question has the same answer, and is asked once', async () => {
  whole.answer(() => LATER)
  const before = whole.sent.length
  const how = {
    body: JSON.stringify({ EndDeviceStatus: [{ EndDevice: { mRID: 'once' } }] }),
    headers: { 'content-type': 'application/json', 'idempotency-key': 'once' },
  }
  const [one, other] = [
    await whole.ask('cpm', 'POST', '/api/v1/device-status-checks', how),
    await whole.ask('cpm', 'POST', '/api/v1/device-status-checks', how),
  ]
  assert.is(other.text, one.text)
  await whole.quiet()
  assert.is(whole.sent.length, before + 1)
})

test.run()
