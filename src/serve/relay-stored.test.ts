// What is kept of a relayed message until it is answered: its payload as it came, compressed too, and the key under which its
// sender repeats it.

import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, csToDms, legsOf, openScene, until } from './scene.fixture.ts'
import type { Heard, Scene } from './scene.fixture.ts'

const test = suite('serve: what is kept of a relayed message')

/** enough tries for a party that is away while the gateway starts again */
const AGAIN = Array.from({ length: 60 }, () => '400ms').join(', ')

let scene: Scene
let reply = 'async'

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, { route: `reply: ${reply}, timeout: 1m, retry: [${AGAIN}]` }),
  )
})
test.after(() => scene.close())

const isKept = async (mRID: string) =>
  (await scene.ask('cs', 'GET', `/api/v1/der-groups/${mRID}`)).status === 200

test('a compressed payload is restored after a restart, delivered in the open, and what it holds is recorded', async () => {
  const group = newGroup()
  const xml = groupXml(group)
  const [inner = ''] = /<DERGroups[^]*<\/DERGroups>/.exec(xml) ?? []
  const packed = gzipSync(inner).toString('base64')
  const message = xml.replace(inner, `<Compressed>${packed}</Compressed><Format>XML</Format>`)
  scene.behave((_, response) => void response.writeHead(503).end())
  const { text } = await scene.send('cs', message)
  assert.match(text, '<code>0.3</code>', text)
  await until(() => scene.heard.length > 0)
  const [{ messageID } = { messageID: '' }] = scene.heard
  await scene.restart()
  assert.not(await isKept(group.mRID))
  const before = scene.heard.length
  scene.behave(({ body }, response) => answerOk(response, body))
  await until(() => isKept(group.mRID))
  const { body, messageID: again } = scene.heard[before] as Heard
  assert.is(again, messageID, 'the same message')
  assert.match(body, `<mRID>${group.mRID}</mRID>`, 'in the open, for whoever does not unpack')
  assert.not.match(body, '<Compressed>')
  for (const direction of ['in', 'out'])
    assert.is(
      (await legsOf(scene, `verb=create&direction=${direction}&key=${group.mRID}`)).length,
      1,
      direction,
    )
})

test('T3: a PATCH under an Idempotency-Key is under way while its party is asked, then has one answer', async () => {
  reply = 'sync'
  await scene.restart()
  const group = newGroup()
  scene.behave(({ body }, response) => answerOk(response, body))
  assert.is(
    (await scene.ask('cs', 'POST', '/api/v1/der-groups', { body: groupJson(group) })).status,
    201,
  )
  const held: (readonly [Heard, ServerResponse])[] = []
  scene.behave((heard, response) => void held.push([heard, response]))
  const patch = (name: string) =>
    scene.ask('cs', 'PATCH', `/api/v1/der-groups/${group.mRID}`, {
      body: { EndDeviceGroup: [{ mRID: group.mRID, Names: [{ name }] }] },
      headers: { 'Idempotency-Key': `patch-${group.mRID}` },
    })
  const first = patch('renamed')
  await until(() => held.length === 1)
  const busy = await patch('renamed')
  assert.equal(
    [busy.status, busy.json['rule'], busy.json['whose']],
    [409, 'MSG-IN-FLIGHT', 'sender'],
  )
  assert.is((await patch('another')).status, 422)
  const [[heard, response] = []] = held
  answerOk(response as ServerResponse, heard?.body ?? '')
  const answer = await first
  assert.is(answer.status, 200, answer.text)
  assert.match(answer.text, 'renamed')
  const repeated = await patch('renamed')
  assert.equal([repeated.status, repeated.text], [200, answer.text], 'the stored answer')
  assert.is((await patch('another')).status, 422)
  assert.is(held.length, 1, 'the party is asked once')
})

test.run()
