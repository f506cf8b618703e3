// A route to several parties, and a first one that answers late, twice, piece by piece, after a restart, on another turn, or
// when the route is another one: the others hear of everything once.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  REFUSAL,
  TAKING,
  WAY,
  answering,
  create,
  idsIn,
  newIds,
  openOthers,
  partly,
  refusalOf,
} from './relay-others.fixture.ts'
import type { Others } from './relay-others.fixture.ts'
import { replyXml, until } from './scene.fixture.ts'

const test = suite('serve: relay to others, later')

let scene: Others

test.before(async () => {
  scene = await openOthers()
})
test.before.each(() => {
  scene.behave(TAKING)
  scene.heard.splice(0)
})
test.after(() => scene.close())

const OK = '<Error><code>0.0</code></Error>'

test('one that takes its objects one by one answers for all, and the others get one message', async () => {
  const [a = '', b = '', c = ''] = newIds(3)
  scene.behave(
    answering(
      (it) =>
        idsIn(it).includes(b)
          ? replyXml(it.messageID, 'FAILED', REFUSAL)
          : replyXml(it.messageID, 'OK', '<Error><code>0.0</code></Error>'),
      'single',
    ),
  )
  assert.match((await scene.send('one', create([a, b, c]))).text, /<Result>PARTIAL/)
  await scene.quiet()
  assert.equal(scene.told('single'), [[a], [b], [c]])
  assert.equal(scene.told('archive'), [[a, c]])
  // What a person gets accepted afterwards is told for itself.
  scene.behave(TAKING)
  const [parked] = await scene.outTo('single', b)
  assert.is(parked?.state, 'PARKED')
  await scene.act(parked, 'redrive')
  await until(() => scene.told('archive').length === 2)
  await scene.quiet()
  assert.equal(scene.told('archive'), [[a, c], [b]])
})

test('what is accepted on a second turn is told once, however often it is sent then', async () => {
  const [mRID = ''] = newIds(1)
  scene.behave(answering(({ messageID }) => replyXml(messageID, 'FAILED', REFUSAL)))
  await scene.send('cs', create([mRID]))
  scene.behave(TAKING)
  const [parked] = await scene.outTo('first', mRID)
  await scene.act(parked, 'redrive')
  await until(() => scene.told('archive').length === 1)
  await scene.act(parked, 'resend')
  await scene.quiet()
  assert.is(scene.toParty('first').length, 3)
  assert.equal([scene.told('archive'), scene.told('notes')], [[[mRID]], [[mRID]]])
})

test('what a second turn gets accepted beyond the first is told, and nothing of it twice', async () => {
  const [a = '', b = '', c = ''] = newIds(3)
  scene.behave(partly(b, c))
  await scene.send('cs', create([a, b, c]))
  await scene.quiet()
  scene.behave(partly(a, c))
  const [leg] = await scene.outTo('first', a)
  await scene.act(leg, 'resend')
  await until(() => scene.told('archive').length === 2)
  await scene.quiet()
  assert.equal(scene.told('archive'), [[a], [b]])
})

test('while the first one has not answered nobody else hears; a repeated answer tells nobody twice', async () => {
  const mRIDs = newIds(1)
  let asking = Promise.resolve<{ readonly text: string }>({ text: '' })
  const messageID = await scene.withFirst(
    mRIDs,
    () => void (asking = scene.send('cs', create(mRIDs))),
  )
  assert.equal(
    scene.heard.map((it) => it.party),
    ['first'],
  )
  const say = (id: string) => scene.send('first', replyXml(messageID, 'OK', OK, { messageID: id }))
  await Promise.all([say(`${messageID}-1`), say(`${messageID}-2`), say(`${messageID}-3`)])
  assert.match((await asking).text, /<Result>OK/)
  await scene.quiet()
  assert.equal([scene.told('archive'), scene.told('notes')], [[mRIDs], [mRIDs]])
})

test('after a restart they hear all the same', async () => {
  const mRIDs = newIds(2)
  const messageID = await scene.withFirst(mRIDs, scene.goingOn(mRIDs))
  await scene.restart()
  assert.equal(
    scene.heard.map((it) => it.party),
    ['first'],
  )
  await scene.send('first', replyXml(messageID, 'PARTIAL', refusalOf(mRIDs[0] ?? '')))
  await scene.quiet()
  assert.equal([scene.told('archive'), scene.told('notes')], [[[mRIDs[1]]], [[mRIDs[1]]]])
})

test('who hears is asked of the routes in force: not one that is gone, but one that has come', async () => {
  const mRIDs = newIds(1)
  const messageID = await scene.withFirst(mRIDs, scene.goingOn(mRIDs))
  await scene.restart(() => scene.route('to: [late, first, archive], order: none'))
  await scene.send('first', replyXml(messageID, 'OK', OK))
  await scene.quiet()
  assert.equal(
    [scene.told('late'), scene.told('archive'), scene.told('notes')],
    [[mRIDs], [mRIDs], []],
  )
  assert.is(scene.toParty('first').length, 1)
  const more = newIds(1)
  await scene.restart(() => scene.route(WAY))
  scene.heard.splice(0)
  const next = await scene.withFirst(more, scene.goingOn(more))
  await scene.restart(() => scene.route('to: local'))
  await scene.send('first', replyXml(next, 'OK', OK))
  await scene.quiet()
  assert.equal(
    scene.heard.map((it) => it.party),
    ['first'],
  )
  await scene.restart(() => scene.route(WAY))
})

test('an answer that comes when its time is over: the sender has heard 4.1, and the others hear that it is done', async () => {
  const mRIDs = newIds(1)
  let asking = Promise.resolve<{ readonly text: string }>({ text: '' })
  const messageID = await scene.withFirst(
    mRIDs,
    () => void (asking = scene.send('hasty', create(mRIDs))),
  )
  assert.match((await asking).text, /<code>4\.1<\/code>/)
  assert.equal(scene.told('archive'), [])
  assert.match((await scene.send('first', replyXml(messageID, 'OK', OK))).text, /<Result>OK/)
  await scene.quiet()
  assert.equal([scene.told('archive'), scene.told('notes')], [[mRIDs], [mRIDs]])
})

test.run()
