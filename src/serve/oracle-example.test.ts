// The example configuration for two Oracle products: it is right as it is shipped, and with it an enrollment becomes a subscription
// and a stage an event, each side in its own JSON.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLI } from '../cli/process.fixture.ts'
import { ROOT } from '../layers/sources.fixture.ts'
import { openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

type Any = any

const test = suite('serve: oracle example')

const FILE = join(ROOT, 'deploy', 'oracle.yaml')
const KEYS = {
  CPM_KEY: 'key-of-cpm',
  DERMS_KEY: 'key-of-dso-derms',
  OPERATOR_KEY: 'key-of-operator',
}

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => {
    Object.assign(process.env, KEYS)
    // As the variables of the environment would have it.
    return ['cpm', 'derms'].reduce(
      (it, side) => it.replace(`oracle-${side} }`, `oracle-${side}, url: "${outside}/${side}" }`),
      readFileSync(FILE, 'utf8'),
    )
  })
  scene.behave(({ path, body }, response) => {
    const ack = { MsgAck: { ackType: 'SUCCESS', whenISO: '2026-07-14T08:00:00Z' } }
    const answer = path.startsWith('/cpm/rest') ? JSON.parse(body) : ack
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
})
test.after(async () => {
  await scene.close()
  for (const name of Object.keys(KEYS)) delete process.env[name]
})

const sample = (name: string): Any =>
  JSON.parse(readFileSync(join(ROOT, 'samples', `${name}.json`), 'utf8'))

const tell = async (party: string, path: string, body: Any): Promise<string> => {
  const { status, text } = await scene.ask(party, 'POST', `/vendor/${path}`, { body })
  assert.ok(status < 300 && !text.includes('"ERROR"'), text)
  return text
}

/** The last that a side has been sent at a path. */
const last = async (path: string): Promise<Any> => {
  await until(() => scene.heard.some((it) => it.path === path))
  return JSON.parse(scene.heard.findLast((it) => it.path === path)?.body ?? '{}')
}

test('it is right as it is shipped, and says which variables are missing', () => {
  const check = (env: object) =>
    spawnSync(process.execPath, [CLI, 'check', '--config', FILE], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    })
  const urls = {
    CIMGATE_PARTIES_CPM_BINDING_URL: 'https://cpm.test',
    CIMGATE_PARTIES_DSO_DERMS_BINDING_URL: 'https://derms.test',
  }
  const fine = check({ ...KEYS, ...urls })
  assert.is(fine.status, 0, fine.stdout + fine.stderr)
  assert.not.match(fine.stdout, /warning/)
  const bare = check({})
  assert.is(bare.status, 1)
  for (const name of [...Object.keys(KEYS), 'parties.cpm.binding', 'parties.dso-derms.binding'])
    assert.match(bare.stdout + bare.stderr, name)
})

const BASE = '/cpm/rest/apis/cross'

test('EN-01 to EN-04: an enrollment of the DERMS is completed by CPM, synced, and acknowledged', async () => {
  const { requests, ...about } = sample('oracle-derms/enrollment-requests')
  await tell('dso-derms', 'oracle-derms/enroll-to-dacs', {
    ...about,
    requests: requests.slice(0, 1),
  })
  const { transactionId, assetInfo } = await last(`${BASE}/digitalAssets/programEnrollments/enroll`)
  assert.is(transactionId, requests[0].transactionId)
  await tell('cpm', 'oracle-cpm/enrollment-status', { transactionId, status: 'COMPLETED' })
  const { sendDetails } = sample('oracle-cpm/subscriptions')
  const { locationInfo } = sendDetails
  const [{ nicId, headEndSystem }] = assetInfo.assetList
  const [{ deviceId: _id, ...device }] = locationInfo.controllableDevices
  const controllableDevices = [{ ...device, nicId, headEndSystem }]
  await tell('cpm', 'oracle-cpm/enrollment-sync', {
    sendDetails: { ...sendDetails, locationInfo: { ...locationInfo, controllableDevices } },
  })
  const { dacsMessageId, subscriptionInfo } = await last('/derms/enroll')
  assert.is(dacsMessageId, sendDetails.syncRequestId)
  const { subscriptionId } = subscriptionInfo
  const path = 'rest/apis/cross/digitalAssets/programEnrollments/postAcknowledgement'
  await tell('dso-derms', `oracle-cpm/${path}`, {
    ...{ subscriptionId, syncRequestId: dacsMessageId, ackType: 'SUCCESS' },
    deviceList: [{ nicId, headEndSystem, headEndRegistration: 'Registered' }],
  })
  const told = await last(`/cpm/${path}`)
  assert.equal([told.syncRequestId, told.ackType], [dacsMessageId, 'SUCCESS'])
  const message = { ...about, messageId: 'once-more', requests: requests.slice(0, 1) }
  const again = await tell('dso-derms', 'oracle-derms/enroll-to-dacs', message)
  assert.match(again, /rule=ENR-DUP/, 'its device takes part by its own subscription')
})

test('EV-01: a stage of the DERMS is a programme event of CPM', async () => {
  const { stages, ...about } = sample('oracle-derms/events')
  const stage = { ...stages[0], startDateTime: '2099-07-14T21:00:00Z' }
  const meant = { ...stage, endDateTime: '2099-07-14T22:00:00Z' }
  await tell('dso-derms', 'oracle-derms/program-event', { ...about, stages: [meant] })
  const event = await last(`${BASE}/service/programEvent/`)
  assert.equal(
    [event.eventExternalIdentifier, event.externalIdentifier],
    [about.eventId, stage.stageId],
  )
})

test('RS-01 to RS-04: what is reserved is acknowledged at once, and at its end record by record', async () => {
  const { records: _records, ...about } = sample('oracle-derms/reservations')
  const time = {
    eventStartDateTime: '2099-07-14T21:00:00Z',
    eventEndDateTime: '2099-07-14T22:00:00Z',
  }
  const [enrolled] = sample('oracle-derms/enrollment-requests').requests
  const [{ nicId, headEndSystem: headEndSystemId }] = enrolled.assetInfo.assetList
  const { status, text } = await scene.ask(
    'dso-derms',
    'POST',
    '/vendor/oracle-derms/event-device-reserve',
    {
      body: {
        ...{ ...about, ...time },
        records: [
          { recordId: '1', nicId, headEndSystemId },
          { recordId: '2', nicId: 'nobody', headEndSystemId },
        ],
      },
    },
  )
  assert.is(status, 200, text)
  const { deviceList } = await last(`${BASE}/service/programEventParticipation/reserveDevice`)
  assert.equal(
    deviceList.map((it: Any) => it.nicId),
    [nicId],
  )
  const { MsgAck } = await last('/derms/event-device-reserve-ack')
  assert.equal([MsgAck.messageId, MsgAck.ackType], [about.messageId, 'ERROR'])
  assert.equal(
    MsgAck.responses.response.map((it: Any) => [it.id, it.responseCode, it.value.split(':')[0]]),
    [
      ['1', 'SUCCESS', '0.0'],
      ['2', 'ERROR', '99.1 rule=RSV-INACT'],
    ],
  )
})

test('EN-05: who has come by the DERMS leaves by it, and CPM hears of it', async () => {
  const { programInfo, ...whole } = sample('oracle-cpm/unenrollments')
  const { programCode } = sample('oracle-cpm/subscriptions').sendDetails.subscriptionInfo
  const path = 'rest/apis/cross/digitalAssets/programEnrollments/unenroll'
  const leaving = { ...whole, programInfo: { ...programInfo, programCode } }
  await tell('dso-derms', `oracle-cpm/${path}`, leaving)
  const told = await last(`/cpm/${path}`)
  assert.equal(told.programInfo, leaving.programInfo)
  assert.is(told.unenrollReason, whole.unenrollReason)
})

test('EN-01: an application that CPM cannot digest holds up no other one', async () => {
  const { requests, ...about } = sample('oracle-derms/enrollment-requests')
  const [first] = requests
  const [{ assetId: _id, ...asset }] = first.assetInfo.assetList
  const message = (id: string) => {
    const assetList = [{ ...asset, nicId: id, serialNo: id, badgeNo: id }]
    const own = { ...first, transactionId: id, assetInfo: { ...first.assetInfo, assetList } }
    return { ...about, messageId: id, requests: [own] }
  }
  const enroll = (id: string) =>
    scene.ask('dso-derms', 'POST', '/vendor/oracle-derms/enroll-to-dacs', { body: message(id) })
  const sent = (id: string) => scene.heard.some(({ body }) => body.includes(`"${id}"`))
  scene.behave(({ body }, response) => {
    const isPoison = body.includes('poison')
    response.writeHead(isPoison ? 500 : 200, { 'Content-Type': 'application/json' })
    response.end(isPoison ? '{}' : body)
  })
  // It is answered when its time is over, or the gateway ends.
  void enroll('poison').catch(() => undefined)
  await until(() => sent('poison'))
  for (const id of ['good-1', 'good-2']) {
    const { status, text } = await enroll(id)
    assert.is(status, 200, text)
    assert.match(text, /"ackType":"SUCCESS"/)
  }
})

test.run()
