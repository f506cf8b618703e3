// At the edges of a relay: addresses that nobody may name, answers that cannot be used, parties that are not there. Each time
// the sender hears whose fault it is and how it is mended, and nothing is promised that is not kept.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { flaggedSet, message, operation } from '../gateway/messages.fixture.ts'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, answerXml, auth, csToDms, legsOf } from './scene.fixture.ts'
import { openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: edges of a relay')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      cs: `replyAddresses: ["${outside}/cs/replies"], binding: {type: cim-xml, url: "${outside}/cs"}`,
      parties: `  lax: {${auth('lax')}, tolerate: [NOU-01], binding: {type: cim-xml, url: "${outside}/lax"}}
  gone: {binding: {type: cim-xml, url: "http://127.0.0.1:1/cim", timeout: 300ms}}
  other: {${auth('other')}}`,
      routes: `  - {when: {noun: DERGroups, from: other}, to: lax, order: none, timeout: 1s}
  - {when: {noun: EndDeviceControls}, to: gone}
  - {when: {noun: EndDeviceEvents, verb: delete}, to: gone, order: none, whenTargetDown: refuse, retry: [1h]}
  - {when: {noun: EndDeviceEvents}, to: gone, order: none, timeout: 400ms, retry: [1h]}
  - {when: {noun: OperationSet, verb: execute}, to: dms, timeout: 1s}`,
      route: 'order: none, timeout: 1s, retry: [1h]',
    }),
  )
})
test.before.each(() => {
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const isKept = async (mRID: string) =>
  (await scene.ask('cs', 'GET', `/api/v1/der-groups/${mRID}`)).status === 200

/** Asks to be told at an address. */
function asyncXml(address: string, group = newGroup()): string {
  const more = `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${address}</ReplyAddress>`
  return groupXml(group).replace('<MessageID>', `${more}<MessageID>`)
}

test('an address that may not be posted to is refused before anything is promised or sent', async () => {
  const host = scene.outside.replace('http://', '')
  const before = scene.heard.length
  for (const address of [
    'http://169.254.169.254/latest',
    `https://${host}/cs/replies`,
    `http://user:se-cret@${host}/cs/replies`,
    `HTTP://user:se-cret@${host}/cs/replies`,
    `http://${host}/cs/replies/../../dms`,
  ]) {
    const xml = asyncXml(address)
    const { text } = await scene.send('cs', xml)
    assert.match(text, /<Result>FAILED<\/Result>[^]*<code>7\.7<\/code>/, address)
    assert.match(text, /rule=REPLY-ADDRESS.*parties\.cs\.replyAddresses or addresses/)
    assert.not.match(text, 'se-cret')
    assert.is((await scene.send('cs', xml)).text, text, 'the same once more')
  }
  assert.is(scene.heard.length, before)
  const refused = await scene.ask('cs', 'GET', '/api/v1/messages?direction=in&state=REJECTED')
  assert.not.match(refused.text, 'se-cret')
})

test('an allowed address is what it is in any spelling', async () => {
  for (const address of [scene.outside, scene.outside.replace('http', 'HTTP')]) {
    const group = newGroup()
    const { text } = await scene.send('cs', asyncXml(`${address}/cs/replies/${group.mRID}`, group))
    assert.match(text, '<code>0.3</code>')
    await until(() => scene.heard.some((it) => it.path === `/cs/replies/${group.mRID}`))
  }
})

test('a reply under another Noun is none, unless its party may do so', async () => {
  scene.behave(({ messageID }, response) =>
    answerXml(
      response,
      replyXml(messageID, 'OK', '<Error><code>0.0</code></Error>', { noun: 'EndDeviceControls' }),
    ),
  )
  const [strict, lax] = [newGroup(), newGroup()]
  const { text } = await scene.send('cs', groupXml(strict))
  assert.match(text, /<Result>FAILED<\/Result>[^]*<code>5\.3<\/code>/)
  assert.match(text, /rule=PEER-INVALID-REPLY.*NOU-01.*DERGroups.*EndDeviceControls.*of dms/)
  assert.not(await isKept(strict.mRID))
  const { text: other } = await scene.send('other', groupXml(lax).replace('dso-dms', 'other'))
  assert.match(other, '<Result>OK</Result>')
})

test('one that comes by itself is refused, and the right one still counts', async () => {
  const ids: string[] = []
  scene.behave(({ messageID }, response) => {
    ids.push(messageID)
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.3</code></Error>'))
  })
  const asking = scene.send('cs', groupXml(newGroup()))
  await until(() => ids.length === 1)
  const [id = ''] = ids
  const ok = '<Error><code>0.0</code></Error>'
  const wrong = replyXml(id, 'OK', ok, { noun: 'EndDeviceControls', messageID: `${id}-1` })
  assert.match((await scene.send('dms', wrong)).text, /<code>2\.5<\/code>[^]*rule=NOU-01/)
  assert.is((await legsOf(scene, `messageID=${id}-1`))[0]?.state, 'REJECTED')
  await scene.send('dms', replyXml(id, 'OK', ok, { messageID: `${id}-2` }))
  assert.match((await asking).text, '<Result>OK</Result>')
})

test('401 is the fault of the gateway, which says what to mend, and not what the party says to it', async () => {
  scene.behave((_, response) =>
    answerXml(response, replyXml('x', 'FAILED', '<Error><code>7.2</code></Error>'), 401),
  )
  const { status, json } = await scene.ask('cs', 'POST', '/api/v1/der-groups', {
    body: groupJson(newGroup()),
  })
  assert.equal([status, json['whose'], json['rule']], [500, 'ours', 'PEER-PROOF'])
  assert.match(JSON.stringify(json), 'Add parties.dms.binding.credential in the configuration.')
})

/** A message to a party that is not there. */
const toGone = (id: string) =>
  message(
    { verb: 'create', noun: 'EndDeviceEvents', id },
    `<Payload><EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>${id}</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>a-1</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents></Payload>`,
  )

test('of what was never sent nobody is told that it may have been done', async () => {
  const first = await scene.send('cs', toGone('control-0'))
  assert.match(
    first.text,
    /<code>5\.2<\/code>[^]*rule=PEER-NOT-SENT.*Nothing has been sent to gone/,
  )
  assert.is(first.headers.get('Retry-After'), null)
  const more = [1, 2, 3, 4].map((n) => toGone(`control-${n}`))
  await Promise.all(more.map((it) => scene.send('cs', it)))
  const spared = await scene.send('cs', toGone('control-5'))
  assert.match(spared.text, /rule=PEER-NOT-SENT.*gone is spared/)
  assert.match(spared.headers.get('Retry-After') ?? '', /^[1-9]\d*$/)
  const [leg] = await legsOf(scene, 'direction=out&party=gone&key=control-5')
  assert.is(leg?.state, 'QUEUED', 'it goes when the party is back')
  const refused = await scene.ask('cs', 'DELETE', '/api/v1/end-device-events/control-5')
  assert.equal(
    [refused.status, refused.json['rule'], refused.json['whose']],
    [502, 'PEER-DOWN', 'peer'],
  )
  assert.match(refused.headers.get('Retry-After') ?? '', /^[1-9]\d*$/)
})

test('operations that lead to several parties are no one set', async () => {
  const groups =
    '<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><mRID>g</mRID></EndDeviceGroup></DERGroups>'
  const controls =
    '<EndDeviceControls xmlns="http://iec.ch/TC57/2011/EndDeviceControls#"><EndDeviceControl><mRID>c</mRID></EndDeviceControl></EndDeviceControls>'
  const execute = (...operations: readonly string[]) =>
    scene.send(
      'cs',
      message(
        { verb: 'execute', noun: 'OperationSet' },
        flaggedSet({ sequence: true, integrity: true }, ...operations),
      ),
    )
  const one = operation('1', 'delete', groups)
  const other = operation('2', 'delete', controls, { noun: 'EndDeviceControls' })
  const before = scene.heard.length
  const { text } = await execute(one, other)
  assert.match(text, /<code>5\.2<\/code>[^]*rule=ROUTES-APART/)
  assert.match(
    text,
    /to dms leads 1 \(delete DERGroups\); to gone leads 2 \(delete EndDeviceControls\)/,
  )
  assert.match(text, 'enforceTransactionalIntegrity and enforceMsgSequence')
  assert.is(scene.heard.length, before)
  assert.match((await execute(one)).text, '<Result>OK</Result>')
})

test('every message of a conversation that names an object is found by it', async () => {
  const group = newGroup()
  scene.behave(({ body }, response) => answerOk(response, body))
  await scene.send('cs', asyncXml(`${scene.outside}/cs/replies`, group))
  await until(async () => {
    const all = await legsOf(scene, `key=${group.mRID}`)
    return all.filter((it) => it.verb === 'reply').length === 1
  })
  const found = await legsOf(scene, `key=${group.mRID}`)
  const [{ exchangeId } = { exchangeId: '' }] = found
  assert.equal(found.map((it) => `${it.direction} ${it.verb} ${it.party}`).sort(), [
    'in create cs',
    'out create dms',
    'out reply cs',
  ])
  const whole = await legsOf(scene, `exchangeId=${exchangeId}`)
  assert.is(whole.length, found.length)
  const member = group.members[0] ?? ''
  assert.is((await legsOf(scene, `direction=in&key=${member}`)).length, 1)
})

test.run()
