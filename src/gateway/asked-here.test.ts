// A check of a device where nobody can be asked: what is known here is unsupported, and what is not does not exist.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'

const test = suite('gateway: asked here')

const gateway = await openFixture()
test.after(() => gateway.close())

const NS = 'http://cimgate.example/draft/2026/'

const asked = (device: string) =>
  gateway.send(
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb><Noun>EndDeviceStatuses</Noun>` +
      `<MessageID>${crypto.randomUUID()}</MessageID></Header><Request><EndDeviceStatuses xmlns="${NS}EndDeviceStatuses#">` +
      `<EndDeviceStatus><EndDevice><mRID>${device}</mRID></EndDevice></EndDeviceStatus></EndDeviceStatuses></Request></RequestMessage>`,
  )

test('as long as nothing is kept of devices nobody can tell', async () => {
  const said = await asked('d1')
  assert.equal([said.result, /99\.1|unsupported/.test(said.text)], ['OK', false])
})

test('DC-01/AC2: what takes part here is unsupported, never failed, and what does not is unknown', async () => {
  const objects = ['ProgramEnrollment', 'ProgramSubscription'].map((it, at) => ({
    noun: `${it}s`,
    id: `o${at}`,
    state: 'kept',
    names: [],
    body: JSON.stringify({ mRID: `o${at}`, EndDevices: [{ mRID: `d${at + 1}` }] }),
    owner: '',
    expect: 0,
  }))
  await gateway.store.commit({ puts: objects, removals: [], events: [] })
  for (const device of ['d1', 'd2']) {
    const said = await asked(device)
    assert.is(said.result, 'OK', said.text)
    assert.match(said.text, '<value>unsupported</value>')
  }
  const unknown = await asked('d3')
  assert.is(unknown.result, 'FAILED', unknown.text)
  assert.match(unknown.text, 'The EndDevice d3 does not exist.')
  assert.match(unknown.text, '99.1')
})

test.run()
