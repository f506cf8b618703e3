// A message that no route takes is parked, and goes its way when there is a route and a person drives it again.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, csToDms, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: no route')

let scene: Scene
let nouns = 'EndDeviceGroups'

test.before(async () => {
  scene = await openScene((outside) => csToDms(outside, { noun: nouns, route: 'reply: sync' }))
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const parked = () => legsOf(scene, 'direction=in&state=PARKED')

test('what is parked without a route is driven again once there is one, by one leg', async () => {
  const group = newGroup()
  assert.match((await scene.send('cs', groupXml(group))).text, /rule=NO-ROUTE/)
  const [leg] = await parked()
  const drive = () => scene.ask('cs', 'POST', `/api/v1/messages/${leg?.id}:redrive`)
  const early = await drive()
  assert.is(early.status, 409)
  assert.match(early.text, 'route')
  assert.is((await parked()).length, 1)
  nouns = 'DERGroups'
  await scene.restart()
  assert.is((await drive()).status, 200)
  await until(() => scene.heard.length === 1)
  assert.match(scene.heard[0]?.body ?? '', group.mRID)
  assert.equal(await parked(), [])
  assert.is((await drive()).status, 409, 'it is over')
  await until(
    async () => (await scene.ask('cs', 'GET', `/api/v1/der-groups/${group.mRID}`)).status === 200,
  )
  assert.is(scene.heard.length, 1)
})

test('a query goes the way of what it asks for', async () => {
  const before = scene.heard.length
  const ns = 'http://iec.ch/TC57/2017/DERGroupQueries#'
  const asked = `<DERGroupQueries xmlns="${ns}"><EndDeviceGroup><mRID>unseen</mRID></EndDeviceGroup></DERGroupQueries>`
  const header =
    '<Header><Verb>get</Verb><Noun>DERGroupQueries</Noun><MessageID>query-1</MessageID><CorrelationID>query-1</CorrelationID></Header>'
  const { text } = await scene.send(
    'cs',
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message">${header}<Request>${asked}</Request></RequestMessage>`,
  )
  assert.match(text, '<Result>OK')
  assert.is(scene.heard.length, before + 1)
  assert.match(scene.heard.at(-1)?.body ?? '', '<mRID>unseen</mRID>')
})

test.run()
