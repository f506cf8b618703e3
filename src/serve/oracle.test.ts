// A DERMS and a customer programme side that each speak their own JSON, and the gateway between them: requests are split for the
// side that takes one at a time, and what it says of each comes back in the words of the other.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { auth, openScene } from './scene.fixture.ts'
import type { Behave, Scene } from './scene.fixture.ts'

const test = suite('serve: oracle')

let scene: Scene

type Any = any

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  derms: {${auth('derms')}, operator: true, timeZone: America/Chicago}
  cpm: {binding: {type: json, dialect: oracle-cpm, url: "${outside}/cpm", timeout: 2s}}
  nms: {binding: {type: json, dialect: oracle-derms, url: "${outside}/nms", timeout: 2s}}
routes:
  - {when: {noun: DeviceUnavailabilities}, to: nms, timeout: 5s, order: none, retry: [20ms]}
  - {when: {noun: [ProgramEnrollments, EventParticipations]}, to: cpm, timeout: 5s, order: none, retry: [20ms, 20ms]}
flows: {program-enrollment: {guard: false}, device-unavailability: {guard: false}}
`,
  )
})
test.after(() => scene.close())

const sample = (name: string): Any =>
  JSON.parse(readFileSync(new URL(`../../../samples/${name}.json`, import.meta.url), 'utf8'))

/** Requests that differ in their ids alone. */
function requests(...ids: readonly string[]): Any {
  const whole = sample('oracle-derms/enrollment-requests')
  const [first] = whole.requests
  const all = ids.map((id) => {
    const one = structuredClone(first)
    const [asset] = one.assetInfo.assetList
    delete asset.assetId
    Object.assign(asset, { nicId: `nic-${id}`, serialNo: `s-${id}`, badgeNo: `b-${id}` })
    return { ...one, transactionId: id }
  })
  return { ...whole, messageId: `m-${ids.join('-')}`, requests: all }
}

const enroll = async (body: Any) => {
  scene.heard.splice(0)
  const { status, text } = await scene.ask('derms', 'POST', '/vendor/oracle-derms/enroll-to-dacs', {
    body,
  })
  return { status, text, ack: JSON.parse(text).MsgAck }
}

/** What the customer programme side says to each transactionId; what is not named is done. */
const saying =
  (said: Readonly<Record<string, readonly [number, Any]>>): Behave =>
  ({ body }, response) => {
    const { transactionId } = JSON.parse(body)
    const [status, answer] = said[transactionId] ?? [200, { transactionId, enrollmentId: '4711' }]
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  }

const EXISTS = {
  problemDetailDocument: { httpStatus: 400, title: 'there already', messageNumber: '10589' },
}
const REFUSED = {
  problemDetailDocument: { httpStatus: 400, title: 'no such programme', messageNumber: '10001' },
}

test('each request goes alone, at its path, with the date at the place; refusals are those of their records', async () => {
  scene.behave(saying({ e2: [400, REFUSED], e3: [400, EXISTS] }))
  const { ack, text } = await enroll(requests('e1', 'e2', 'e3'))
  assert.equal(
    scene.heard.map((it) => it.path),
    Array.from({ length: 3 }, () => '/cpm/rest/apis/cross/digitalAssets/programEnrollments/enroll'),
  )
  const [first] = scene.heard.map((it) => JSON.parse(it.body))
  assert.equal([first.transactionId, first.programInfo.startDate], ['e1', '2026-07-13'])
  assert.equal([first.enrollmentId, first.status], [undefined, undefined])
  assert.is(ack.ackType, 'ERROR', text)
  assert.equal(
    ack.responses.response.map((it: Any) => [it.id, it.responseCode]),
    [
      ['e1', 'SUCCESS'],
      ['e2', 'ERROR'],
      ['e3', 'SUCCESS'],
    ],
  )
  assert.match(ack.responses.response[1].value, /no such programme/)
  assert.equal(
    ack.responses.response.map((it: Any) => typeof it.enrollmentId),
    ['string', 'undefined', 'string'],
  )
})

test('EN-01/AC4: what comes as CIM-JSON with an instant starts on the day that it is at the place of the devices', async () => {
  scene.behave(saying({}))
  const [one] = sample('oracle-derms/enrollment-requests.cim').ProgramEnrollments.ProgramEnrollment
  const [{ mRID: _id, ...device }] = one.EndDevices
  const day = async (start: string, timeZone: string): Promise<string> => {
    const ServiceLocation = { ...one.ServiceLocation, timeZone }
    const it = {
      ...one,
      ServiceLocation,
      validityInterval: { start },
      transactionId: start + timeZone,
    }
    const [nic] = device.Names
    const EndDevices = [{ ...device, Names: [{ ...nic, name: `${start}${timeZone}` }] }]
    const body = { ProgramEnrollment: [{ ...it, EndDevices }] }
    scene.heard.splice(0)
    const { status, text } = await scene.ask('derms', 'POST', '/api/v1/program-enrollments', {
      body,
    })
    assert.is(status, 201, text)
    return JSON.parse(scene.heard[0]?.body ?? '{}').programInfo.startDate
  }
  assert.is(await day('2026-07-14T01:30:00Z', 'America/Chicago'), '2026-07-13')
  assert.is(await day('2026-07-13T23:30:00-05:00', 'America/Chicago'), '2026-07-13')
  assert.is(await day('2026-07-13T18:30:00Z', 'Asia/Kolkata'), '2026-07-14')
})

test('a technical fault is tried again, and 400 is not', async () => {
  let tries = 0
  scene.behave((heard, response) => {
    tries += 1
    const busy = { MsgAck: { ackType: 'FAILURE', whenISO: '2026-07-14T08:00:00Z' } }
    return saying(tries === 1 ? { f1: [200, busy] } : { f1: [400, REFUSED] })(heard, response)
  })
  const { ack, text } = await enroll(requests('f1'))
  assert.is(tries, 2, text)
  assert.equal([ack.ackType, ack.responses.response[0].responseCode], ['ERROR', 'ERROR'])
})

test('a side that says FAILURE to the last is FAILURE to the one that has asked', async () => {
  scene.behave((_heard, response) => {
    const busy = { MsgAck: { ackType: 'FAILURE', whenISO: '2026-07-14T08:00:00Z' } }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(busy))
  })
  const { status, ack, text } = await enroll(requests('g1'))
  assert.is(ack.ackType, 'FAILURE', text)
  assert.ok(status >= 500, text)
  assert.is(scene.heard.length, 3)
})

test('what the other side has no word for is told to whoever sends it, and kept in the journal', async () => {
  scene.behave((_heard, response) => {
    const ack = { MsgAck: { ackType: 'SUCCESS', whenISO: '2026-07-14T08:00:00Z' } }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(ack))
  })
  const cim = sample('oracle-derms/unavailabilities.cim').DeviceUnavailabilities
  const [one] = cim.DeviceUnavailability
  const body = { DeviceUnavailability: [{ ...one, createdDateTime: '2026-07-14T08:00:00Z' }] }
  scene.heard.splice(0)
  const { status, text } = await scene.ask('derms', 'POST', '/api/v1/device-unavailabilities', {
    body,
  })
  assert.is(status, 201, text)
  assert.is(scene.heard[0]?.path, '/nms/customer-unavailability')
  assert.is(JSON.parse(scene.heard[0]?.body ?? '{}').devices[0].headEndSystem, 'HES-NORTH')
  const { text: listed } = await scene.ask(
    'derms',
    'GET',
    '/api/v1/messages?noun=DeviceUnavailabilities&direction=out',
  )
  const [leg] = JSON.parse(listed).messages
  const { text: whole } = await scene.ask('derms', 'GET', `/api/v1/messages/${leg.id}`)
  assert.match(whole, /UNMAPPED[^]*createdDateTime/)
})

test.run()
