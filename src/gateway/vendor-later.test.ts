// Who speaks a vendor's JSON and is answered later is told in its own words, at its own path.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Leg } from './ledger.ts'
import { LOCAL } from './parties/party.ts'
import type { Party } from './parties/party.ts'
import { answered, refusing } from './relay/device-checks.fixture.ts'
import { bodyOf } from './oracle.fixture.ts'
import { openWhole, partyOf, wayTo } from './whole.fixture.ts'

const test = suite('vendor: answered later')

function speaking(id: string, dialect: string): Party {
  const binding = { type: 'json', dialect, url: `https://${id}.example`, timeoutMs: 1_000 } as const
  return { ...partyOf(id), binding }
}

const whole = await openWhole({
  ...LOCAL,
  parties: [
    speaking('cpm', 'oracle-cpm'),
    speaking('example', 'example'),
    partyOf('silent'),
    partyOf('derms'),
  ],
  ways: [
    { ...wayTo('derms', { noun: ['EndDeviceStatuses'], verb: ['get'] }), timeoutMs: 1e9 },
    { ...wayTo('local', {}), to: ['local'] },
  ],
})
test.after(() => whole.close())

let count = 0

/** A question of the customer programme side. */
async function check(party: string): Promise<{ readonly id: string; readonly ack: JsonObject }> {
  const id = `check-${(count += 1)}`
  const DeviceInfo = { division: 'D', headEndSystem: 'HES', nicid: `nic-${id}` }
  const body = JSON.stringify({ dacsMessageId: id, DeviceInfo })
  const said = await whole.ask(party, 'POST', '/vendor/oracle-derms/status_check', { body })
  const read = readJson(said.text)
  return { id, ack: ('value' in read ? read.value : {}) as JsonObject }
}

const told = (id: string, party: string) =>
  whole.sent.filter((it) => it.party === party && it.request.includes(`"${id}"`))

const ackType = ({ MsgAck }: JsonObject) => (MsgAck as JsonObject)['ackType']

for (const [commState, status] of [
  ['reachable', 'SUCCESS'],
  ['unreachable', 'FAILURE'],
] as const)
  test(`G-AC6, DC-02: a check is acknowledged at once, and ${commState} is told as ${status} under its communicationId`, async () => {
    let release = () => {}
    const held = new Promise<void>((done) => (release = done))
    whole.answer(async (party, leg) => {
      if (party !== 'derms')
        return { kind: 'answered', status: 204, contentType: '', bytes: new Uint8Array() }
      await held
      return answered(leg, { commState, value: 'answered' })
    })
    const { id, ack } = await check('cpm')
    assert.is(ackType(ack), 'SUCCESS', 'before anybody has answered')
    release()
    await whole.quiet()
    const [leg, ...others] = told(id, 'cpm') as [Leg]
    assert.equal(others, [])
    assert.is(leg.target, 'POST /rest/apis/cross/digitalAssets/controllableDeviceStatus/response')
    const read = readJson(leg.request)
    assert.equal('value' in read ? read.value : {}, {
      responseDetail: { transactionID: id, result: { status } },
    })
    const [seen] = (await whole.store.legs({ messageID: leg.messageID, limit: 1 })).legs
    assert.equal([seen?.state, seen?.verb], ['ACKED', 'reply'])
  })

test('K4, G-AC8: that nobody was able to ask is told as that, and not as a device that cannot be reached', async () => {
  whole.answer((_party, leg) => refusing(leg, '2.9'))
  const { id, ack } = await check('cpm')
  assert.is(ackType(ack), 'SUCCESS')
  await whole.quiet()
  const [leg, ...others] = told(id, 'cpm')
  assert.equal(others, [])
  const result = { status: 'ERROR', value: 'unsupported', message: 'no' }
  assert.equal(bodyOf(leg), { responseDetail: { transactionID: id, result } })
})

test('who cannot be told waits for the answer', async () => {
  whole.answer((_party, leg) => answered(leg, { commState: 'reachable', value: 'answered' }))
  for (const party of ['silent', 'example']) {
    const { ack } = await check(party)
    assert.is(ackType(ack), 'SUCCESS')
    assert.not.match(JSON.stringify(ack), /0\.3/)
  }
})

test.run()
