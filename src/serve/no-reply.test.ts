// A party that takes a request (202) and never replies: the sender hears so in time, the message is repeated under its own
// MessageID, parked in the end, and driven again by a person.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, csToDms, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: no reply')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, { route: 'order: none, timeout: 300ms, retry: [50ms, 50ms]' }),
  )
})
test.after(() => scene.close())

test('what is taken and not replied to is repeated, parked, and has all its tries again when it is redriven', async () => {
  scene.behave((_, response) => void response.writeHead(202).end())
  const group = newGroup()
  assert.match((await scene.send('cs', groupXml(group))).text, '<code>4.1</code>')
  const sent = async () => (await legsOf(scene, `direction=out&key=${group.mRID}`))[0]
  await until(async () => (await sent())?.state === 'PARKED')
  assert.match((await sent())?.reason ?? '', 'No reply in time. Tried 3 times.')
  assert.is(scene.heard.length, 3)
  assert.is(new Set(scene.heard.map((it) => it.messageID)).size, 1)
  const path = `/api/v1/messages/${(await sent())?.id}:redrive`
  for (const heard of [6, 9]) {
    assert.is((await scene.ask('cs', 'POST', path)).status, 200)
    await until(async () => scene.heard.length >= heard && (await sent())?.state === 'PARKED')
    assert.is(scene.heard.length, heard)
    assert.match((await sent())?.reason ?? '', 'No reply in time. Tried 3 times.')
  }
  const { json: shown } = await scene.ask('cs', 'GET', path.replace(':redrive', ''))
  assert.equal(
    (shown['attempts'] as { n: number; tries: number }[]).map(({ n, tries }) => [n, tries]),
    Array.from({ length: 9 }, (_, at) => [at + 1, (at % 3) + 1]),
  )
  scene.behave(({ body }, response) => answerOk(response, body))
  assert.is((await scene.ask('cs', 'POST', path)).status, 200)
  await until(async () => (await sent())?.state === 'ACKED')
  await until(
    async () => (await scene.ask('cs', 'GET', `/api/v1/der-groups/${group.mRID}`)).status === 200,
  )
  const { json } = await scene.ask('cs', 'GET', '/api/v1/alarms')
  assert.equal(json['alarms'], [], 'the party has answered after all')
})

test.run()
