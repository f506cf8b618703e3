// What a person has to look at: GET /api/v1/alarms, and the lines of the log that belong to the same conversations.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupXml, newGroup } from './messages.fixture.ts'
import { csToDms, legsOf, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: alarms')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      timeout: '300ms',
      route: 'order: none, timeout: 500ms, retry: [1h]',
      more: `awaiting:
  - {name: confirmed, after: {noun: DERGroups, verb: create}, expect: {noun: DERGroups, verb: created}, key: EndDeviceGroup.mRID, within: 100ms}`,
    }),
  )
})
test.after(() => scene.close())

interface Alarm {
  readonly kind: string
  readonly since: string
  readonly party: string
  readonly noun: string
  readonly messageID: string
  readonly reason: string
  readonly mend: string
}

async function alarms(query = ''): Promise<readonly Alarm[]> {
  const { status, json, text } = await scene.ask('cs', 'GET', `/api/v1/alarms${query}`)
  assert.is(status, 200, text)
  return json['alarms'] as Alarm[]
}

test('there are none to begin with, and they are for operators', async () => {
  assert.equal(await alarms(), [])
  assert.is((await scene.ask('dms', 'GET', '/api/v1/alarms')).status, 403)
  assert.is((await scene.ask('cs', 'GET', '/api/v1/alarms?limit=0')).status, 400)
})

test('what has not come, what is parked and who is down are told, with how to mend it', async () => {
  scene.behave((_, response) => void response.writeHead(400).end())
  const parked = newGroup()
  await scene.send('cs', groupXml(parked))
  scene.behave((_, response) => void response.destroy())
  const late = Array.from({ length: 6 }, () => newGroup())
  await Promise.all(late.map((it) => scene.send('cs', groupXml(it))))
  await until(async () => (await alarms()).some((it) => it.kind === 'circuit'))
  await until(async () => (await alarms()).filter((it) => it.kind === 'awaited').length >= 12)
  const all = await alarms()
  // After what has been refused nothing has to come.
  assert.equal(
    all.filter((it) => it.kind === 'awaited' && it.messageID === parked.mRID),
    [],
  )
  assert.equal(
    all.map((it) => it.since),
    all.map((it) => it.since).sort(),
  )
  const own = all.filter((it) => it.kind === 'parked')
  assert.is(own.length, 1)
  assert.equal([own[0]?.party, own[0]?.noun, own[0]?.reason], ['dms', 'DERGroups', 'HTTP 400.'])
  assert.match(own[0]?.mend ?? '', /POST \/api\/v1\/messages\/[^:]+:redrive/)
  const [circuit] = all.filter((it) => it.kind === 'circuit')
  assert.is(circuit?.party, 'dms')
  assert.match(circuit?.mend ?? '', /^See why dms takes nothing; it is tried again by itself at 2/)
  assert.ok(circuit?.since)
  const awaited = all.filter((it) => it.kind === 'awaited' && it.messageID === late[0]?.mRID)
  assert.equal(awaited.map((it) => it.reason).sort(), [
    'The party that was asked has not answered in time.',
    `What has to follow it by the rule confirmed has not come for ${late[0]?.mRID}.`,
  ])
  const { json } = await scene.ask('cs', 'GET', '/api/v1/alarms?limit=1')
  assert.is(json['more'], true)
})

test('an alarm ends when what was awaited comes after all', async () => {
  const [it] = (await alarms()).filter(
    ({ kind, reason }) => kind === 'awaited' && /asked/.test(reason),
  )
  const legs = await legsOf(scene, 'direction=out&limit=100')
  const { exchangeId } = it as unknown as { exchangeId: string }
  const leg = legs.find((one) => one.exchangeId === exchangeId)
  const count = (await alarms()).filter(({ kind }) => kind === 'awaited').length
  await scene.send(
    'dms',
    replyXml(leg?.messageID ?? '', 'FAILED', '<Error><code>6.1</code></Error>'),
  )
  // Refused, so that what was to follow it by the rule is awaited no more either.
  assert.is((await alarms()).filter(({ kind }) => kind === 'awaited').length, count - 2)
})

test.run()
