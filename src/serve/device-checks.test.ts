// Whether a device can be reached is asked of its DERMS; what it answers is kept, and marked where it comes too late.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: device checks')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  derms: {${auth('derms')}, binding: {type: cim-xml, url: "${outside}/derms"}}
routes:
  - {when: {noun: EndDeviceStatuses, verb: get, from: cs}, to: derms, timeout: 1s}
  - {when: {noun: EndDeviceStatuses}, to: local}
`,
  )
})
test.after(() => scene.close())

const DEVICE = '0a0b0c0d-0000-4000-8000-0000000000d1'

function asked(device: string, mRID: string) {
  const id = crypto.randomUUID()
  return scene.send(
    'cs',
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb>` +
      `<Noun>EndDeviceStatuses</Noun><MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Request>` +
      `<EndDeviceStatuses xmlns="http://cimgate.example/draft/2026/EndDeviceStatuses#"><EndDeviceStatus>` +
      `<mRID>${mRID}</mRID><EndDevice><mRID>${device}</mRID></EndDevice></EndDeviceStatus></EndDeviceStatuses></Request></RequestMessage>`,
  )
}

const answer = (correlationID: string, device: string, mRID: string) =>
  replyXml(correlationID, 'OK', '', {
    noun: 'EndDeviceStatuses',
    payload:
      `<Payload><EndDeviceStatuses xmlns="http://cimgate.example/draft/2026/EndDeviceStatuses#"><EndDeviceStatus>` +
      `<mRID>${mRID}</mRID><commState>reachable</commState><EndDevice><mRID>${device}</mRID></EndDevice>` +
      '<status><value>answered</value></status></EndDeviceStatus></EndDeviceStatuses></Payload>',
  })

async function kept(mRID: string): Promise<{ status: number; late?: unknown }> {
  // Asked of the record itself: cs asks its DERMS.
  const { status, json } = await scene.ask('cs', 'GET', `/api/v1/device-status-checks/${mRID}`)
  const [it] = (json['EndDeviceStatus'] ?? []) as { late?: unknown }[]
  return { status, ...(it?.late === undefined ? {} : { late: it.late }) }
}

test('SR-09: what a DERMS answers in time is passed on, and kept', async () => {
  const mRID = crypto.randomUUID()
  const theirs = crypto.randomUUID()
  scene.behave(({ messageID }, response) => answerXml(response, answer(messageID, DEVICE, theirs)))
  const { text } = await asked(DEVICE, mRID)
  assert.match(text, /<commState>reachable/)
  assert.equal(await kept(mRID), { status: 200 })
})

test('SR-09: an answer after its time is kept, and marked as late', async () => {
  const mRID = crypto.randomUUID()
  let messageID = ''
  scene.behave((heard, response) => {
    messageID = heard.messageID
    response.writeHead(202).end()
  })
  assert.match((await asked(DEVICE, mRID)).text, /<code>4\.1/)
  await until(() => messageID !== '')
  assert.equal(await kept(mRID), { status: 200 })
  await scene.send('derms', answer(messageID, DEVICE, mRID))
  assert.equal(await kept(mRID), { status: 200, late: true })
})

test.run()
