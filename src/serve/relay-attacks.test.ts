// What goes wrong between a sender, a gateway and a party when one of them does not keep to the rules: each time one answer,
// one effect, and a record.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerXml, auth, csToDms, legsOf, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: relay under attack')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      parties: `  other: {${auth('other')}}`,
      route: 'order: none, timeout: 700ms, retry: [1h]',
    }),
  )
})
test.after(() => scene.close())

const OK = '<Error><code>0.0</code></Error>'

const legs = (query: string) => legsOf(scene, query)

/** Takes it, and answers later. */
function takes(ids: string[]): void {
  scene.behave(({ messageID }, response) => {
    ids.push(messageID)
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.3</code></Error>'))
  })
}

test('a Source in other letters is another Source', async () => {
  const xml = groupXml(newGroup()).replace('>dso-dms<', '>DSO-DMS<')
  assert.match((await scene.send('cs', xml)).text, /<code>2\.14<\/code>/)
})

test('a reply of a party that was not asked answers nobody, and is parked', async () => {
  const ids: string[] = []
  takes(ids)
  const group = newGroup()
  const asking = scene.send('cs', groupXml(group))
  await until(() => ids.length === 1)
  const [id = ''] = ids
  const stolen = await scene.send('other', replyXml(id, 'OK', OK, { messageID: `${id}-x` }))
  assert.match(stolen.text, /<Result>FAILED/)
  assert.is((await legs(`party=other&messageID=${id}-x`))[0]?.state, 'PARKED')
  assert.is((await legs(`direction=out&key=${group.mRID}`))[0]?.state, 'SENT')
  await scene.send('dms', replyXml(id, 'OK', OK))
  assert.match((await asking).text, /<Result>OK/)
})

test('of two replies the first counts; the other is kept, marked, and changes nothing', async () => {
  const ids: string[] = []
  takes(ids)
  const group = newGroup()
  const asking = scene.send('cs', groupXml(group))
  await until(() => ids.length === 1)
  const [id = ''] = ids
  const failed = '<Error><code>6.1</code><level>FATAL</level></Error>'
  await scene.send('dms', replyXml(id, 'OK', OK, { messageID: `${id}-1` }))
  await scene.send('dms', replyXml(id, 'FAILED', failed, { messageID: `${id}-2` }))
  assert.match((await asking).text, /<Result>OK/)
  assert.is((await legs(`direction=out&key=${group.mRID}`))[0]?.state, 'ACKED')
  assert.equal(
    [(await legs(`messageID=${id}-1`))[0]?.late, (await legs(`messageID=${id}-2`))[0]?.late],
    [false, true],
  )
})

test('two messages with one CorrelationID are two', async () => {
  scene.behave(({ messageID }, response) => answerXml(response, replyXml(messageID, 'OK', OK)))
  const [one, two] = [newGroup(), newGroup()]
  const same = (it: typeof one) =>
    groupXml(it).replace(/<CorrelationID>[^<]*/, '<CorrelationID>the same')
  for (const it of [one, two]) {
    const { text } = await scene.send('cs', same(it))
    assert.match(text, /<CorrelationID>the same<\/CorrelationID>[^]*<Result>OK/)
    assert.is((await scene.ask('cs', 'GET', `/api/v1/der-groups/${it.mRID}`)).status, 200)
  }
})

test('a reply with the CorrelationID of another message is none to this one', async () => {
  scene.behave((_, response) => answerXml(response, replyXml('another', 'OK', OK)))
  const group = newGroup()
  assert.match((await scene.send('cs', groupXml(group))).text, /<Result>FAILED/)
  assert.is((await scene.ask('cs', 'GET', `/api/v1/der-groups/${group.mRID}`)).status, 404)
})

test('whoever waits longer than the route is told at its end', async () => {
  takes([])
  const object = { mRID: newGroup().mRID, EndDevices: [{ mRID: 'd' }] }
  const path = `/api/v1/der-groups/${object.mRID}`
  const headers = { Prefer: 'wait=60' }
  const body = { EndDeviceGroup: [object] }
  const changed = await scene.ask('cs', 'PATCH', path, { body, headers })
  assert.equal([changed.status, changed.json['code']], [504, '4.1'], changed.text)
  const deleted = await scene.ask('cs', 'DELETE', path, { headers })
  assert.is(deleted.status, 504, deleted.text)
  assert.is(deleted.json['code'], '4.1')
})

test.run()
