// A message that a person gives another turn: what the party does then is in our own record, also when its sender has been
// told that it had failed; and every step on the way is an event.

import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { groupXml, newGroup } from './messages.fixture.ts'
import {
  answerOk,
  answerXml,
  csToDms,
  legsOf,
  openScene,
  replyXml,
  until,
} from './scene.fixture.ts'
import type { Listed, Scene } from './scene.fixture.ts'

const test = suite('serve: a second turn')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => csToDms(outside, { route: 'timeout: 2s, retry: [1h]' }))
})
test.after(() => scene.close())

const legs = (query: string) => legsOf(scene, query)

async function legTo(mRID: string): Promise<Listed> {
  const [leg] = await legs(`direction=out&key=${mRID}`)
  if (leg === undefined) throw new Error(`nothing about ${mRID} was sent`)
  return leg
}

const isKept = async (mRID: string) =>
  (await scene.ask('cs', 'GET', `/api/v1/der-groups/${mRID}`)).status === 200

const act = (leg: Listed, action: string) =>
  scene.ask('cs', 'POST', `/api/v1/messages/${leg.id}:${action}`)

/** Refused by the party, so that its sender is told FAILED and the message is parked. */
async function parked() {
  const group = newGroup()
  scene.behave((_, response) => void response.writeHead(400).end())
  assert.match((await scene.send('cs', groupXml(group))).text, /<Result>FAILED/)
  const leg = await legTo(group.mRID)
  assert.is(leg.state, 'PARKED')
  scene.behave(({ body }, response) => answerOk(response, body))
  return { group, leg }
}

test('what the party accepts at last is in our own record, and the sender keeps its answer', async () => {
  const { group, leg } = await parked()
  assert.is(await isKept(group.mRID), false)
  assert.is((await act(leg, 'redrive')).status, 200)
  await until(async () => (await legTo(group.mRID)).state === 'ACKED')
  assert.is(await isKept(group.mRID), true)
  assert.match((await scene.send('cs', groupXml(group))).text, /<Result>FAILED/)
})

test('so it is when the message goes under a new MessageID', async () => {
  const { group, leg } = await parked()
  const done = await act(leg, 'resend')
  assert.is(done.json['replayOf'], leg.id)
  await until(() => isKept(group.mRID))
})

test('a reply that comes before its second turn counts, and nothing is sent again', async () => {
  const { group, leg } = await parked()
  const other = newGroup()
  scene.behave((_, response) => void response.destroy())
  const asking = scene.send('cs', groupXml(other))
  await until(async () => (await legs(`key=${other.mRID}&state=FAILED`)).length === 1)
  // In order: it has to wait for the one that is to be tried again in an hour.
  assert.is((await act(leg, 'redrive')).json['state'], 'QUEUED')
  const ok = (to: string) => replyXml(to, 'OK', '<Error><code>0.0</code></Error>')
  assert.match((await scene.send('dms', ok(leg.messageID))).text, /<Result>OK/)
  assert.is((await legTo(group.mRID)).state, 'ACKED')
  assert.is(await isKept(group.mRID), true)
  await scene.send('dms', ok((await legTo(other.mRID)).messageID))
  assert.match((await asking).text, /<Result>OK/)
  assert.is(scene.heard.filter((it) => it.messageID === leg.messageID).length, 1)
  const [reply] = await legs(`messageID=${leg.messageID}-r`)
  assert.is((reply as unknown as { late: boolean }).late, false)
})

test('every step of both legs is an event under its MessageID', async () => {
  const { group, leg } = await parked()
  await act(leg, 'redrive')
  await until(async () => (await legTo(group.mRID)).state === 'ACKED')
  assert.equal(await steps(leg.messageID), [
    '>QUEUED',
    'QUEUED>SENDING',
    'SENDING>PARKED',
    'PARKED>QUEUED',
    'QUEUED>SENDING',
    'SENDING>ACKED',
  ])
  assert.equal(await steps(group.mRID), ['>ACCEPTED', 'ACCEPTED>REJECTED'])
})

test('so is the end of one whose reply did not come in time', async () => {
  const group = newGroup()
  scene.behave(({ messageID }, response) =>
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.3</code></Error>')),
  )
  assert.match((await scene.send('cs', groupXml(group))).text, /4\.1/)
  const { messageID } = await legTo(group.mRID)
  assert.equal((await steps(messageID)).at(-1), 'SENT>FAILED')
  assert.equal((await steps(group.mRID)).at(-1), 'ACCEPTED>EXPIRED')
})

/** Transitions of a message as the status feed tells them. */
async function steps(messageID: string): Promise<readonly string[]> {
  const url = `${scene.address.replace('http', 'ws')}/status?topics=messages/${messageID}&since=0`
  const socket = new WebSocket(url, {
    headers: { 'X-API-Key': 'key-of-cs' },
  })
  const heard: string[] = []
  socket.on('message', (it: Buffer) => {
    const { type, previous, state } = JSON.parse(it.toString()) as Record<string, string>
    if (type === 'status') heard.push(`${previous}>${state}`)
  })
  await once(socket, 'open')
  let before = -1
  await until(
    () => (heard.length > 0 && heard.length === before) || ((before = heard.length), false),
  )
  socket.close()
  return heard
}

test.run()
