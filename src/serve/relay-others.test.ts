// A route to several parties: of a request the first one decides, and the others hear of it when it has accepted, of what it
// has accepted, once; of an event all hear at once.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { group, message, payload, payloadIds, queryFor } from '../gateway/messages.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import {
  REFUSAL,
  TAKING,
  answering,
  create,
  newIds,
  openOthers,
  partly,
} from './relay-others.fixture.ts'
import type { Others } from './relay-others.fixture.ts'
import { legsOf, replyXml, until } from './scene.fixture.ts'

const test = suite('serve: relay to others')

let scene: Others

test.before(async () => {
  scene = await openOthers()
})
test.before.each(() => {
  scene.behave(TAKING)
  scene.heard.splice(0)
})
test.after(() => scene.close())

test('what the first one refuses nobody else hears of', async () => {
  const [mRID = ''] = newIds(1)
  scene.behave(answering(({ messageID }) => replyXml(messageID, 'FAILED', REFUSAL)))
  assert.match((await scene.send('cs', create([mRID]))).text, /<Result>FAILED/)
  await scene.quiet()
  assert.equal(
    scene.heard.map((it) => it.party),
    ['first'],
  )
  assert.is((await legsOf(scene, `key=${mRID}`)).length, 2)
})

test('what it accepts the others hear of then: each once, in the same exchange, under ids of its own', async () => {
  const [mRID = ''] = newIds(1)
  let before: readonly string[] = []
  scene.behave((heard, response) => {
    if (heard.party === 'first') before = scene.heard.map((it) => it.party)
    return TAKING(heard, response)
  })
  const xml = create([mRID])
  const { text } = await scene.send('cs', xml)
  assert.match(text, /<Result>OK/)
  await scene.quiet()
  assert.equal(before, ['first'])
  assert.equal(scene.heard.map((it) => it.party).sort(), ['archive', 'first', 'notes'])
  assert.equal([scene.told('archive'), scene.told('notes')], [[[mRID]], [[mRID]]])
  const legs = await legsOf(scene, `key=${mRID}`)
  assert.is(new Set(legs.map((it) => it.exchangeId)).size, 1)
  assert.is(new Set(legs.map((it) => it.messageID)).size, 4)
  assert.equal(
    legs.map((it) => it.state),
    Array(4).fill('ACKED'),
  )
  assert.is((await scene.send('cs', xml)).text, text)
  await scene.quiet()
  assert.is(scene.heard.length, 3)
})

test('of what it accepts in part they hear without what it has refused', async () => {
  const [a = '', b = '', c = ''] = newIds(3)
  scene.behave(partly(b))
  assert.match((await scene.send('cs', create([a, b, c]))).text, /<Result>PARTIAL/)
  await scene.quiet()
  assert.equal([scene.told('archive'), scene.told('notes')], [[[a, c]], [[a, c]]])
  scene.heard.splice(0)
  scene.behave(partly(a, c))
  const byId = payloadIds([a, 'kind="uuid"'], [c, 'kind="uuid"'])
  await scene.send('cs', message({ verb: 'delete', id: crypto.randomUUID() }, byId))
  await scene.quiet()
  assert.equal(scene.told('archive'), [], 'nothing is left')
})

test('what the first one has called it, the others call it', async () => {
  const [mRID = ''] = newIds(1)
  const named = `<Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${group({ mRID, name: `of ${mRID}`, members: [] })}</DERGroups></Payload>`
  scene.behave(
    answering(({ messageID }) =>
      replyXml(messageID, 'OK', '<Error><code>0.0</code></Error>', { payload: named }),
    ),
  )
  const nameless = message(
    { verb: 'create', id: crypto.randomUUID() },
    payload(group({ name: `of ${mRID}`, members: [] })),
  )
  assert.match((await scene.send('cs', nameless)).text, /<Result>OK/)
  await scene.quiet()
  assert.equal(scene.told('archive'), [[mRID]])
})

test('of a query they hear when it has been answered', async () => {
  const [mRID = ''] = newIds(1)
  const ask = () =>
    message({ verb: 'get', id: crypto.randomUUID() }, queryFor(`<mRID>${mRID}</mRID>`))
  scene.behave(answering(({ messageID }) => replyXml(messageID, 'FAILED', REFUSAL)))
  await scene.send('cs', ask())
  await scene.quiet()
  assert.equal([scene.told('first'), scene.told('archive')], [[[mRID]], []])
  scene.behave(TAKING)
  await scene.send('cs', ask())
  await scene.quiet()
  assert.equal(scene.told('archive'), [[mRID]])
})

test('an event all hear of at once', async () => {
  const [mRID = ''] = newIds(1)
  const open: (() => unknown)[] = []
  scene.behave((heard, response) => void open.push(() => TAKING(heard, response)))
  const event = message({ verb: 'created', id: mRID }, payload(group({ mRID, members: [] })))
  assert.match((await scene.send('cs', event)).text, /<Result>OK/)
  // None of them has answered yet.
  await until(() => open.length === 2)
  assert.equal(scene.heard.map((it) => it.party).sort(), ['archive', 'first'])
  for (const answer of open) answer()
  await scene.quiet()
})

test('what another one takes no more is on record, parked, and the sender has its answer', async () => {
  const broken = newGroup()
  scene.behave((heard, response) =>
    heard.party === 'archive' ? void response.writeHead(400).end() : TAKING(heard, response),
  )
  assert.match((await scene.send('cs', groupXml(broken))).text, /<Result>OK/)
  await until(async () => (await scene.outTo('archive', broken.mRID))[0]?.state === 'PARKED')
  assert.is(scene.told('notes').length, 1)
})

test.run()
