// Long lists: acknowledged at once, carried out collection by collection, and answered once.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openWhole, replyOf } from '../whole.fixture.ts'
import { csvOf, listXml, usual } from './list.fixture.ts'
import {
  GONE,
  codesIn,
  listIn,
  namesIn,
  refusing,
  results,
  send,
  sizesOf,
  toCpm,
  told,
  DERMS,
} from './reserving.fixture.ts'

const test = suite('collections')

test('RS-01/AC1, RS-01/AC3, RS-01/AC5: acknowledged before anything is done, then each device is reserved here, and the results are as many as the devices', async () => {
  const whole = await openWhole()
  const row = (n: number) => (n === 7 ? usual(6) : n === 9 ? '9,,HES-NORTH,,' : usual(n))
  const text = await send(
    whole,
    listXml(csvOf(2_000, row), { start: '2026-07-14T17:00:00Z', end: '2026-07-14T19:00:00Z' }),
  )
  assert.equal(codesIn(text), ['0.3'])
  assert.match(text, /2000 records in 4 collections/)
  await whole.quiet()
  const all = await results(whole)
  assert.equal(
    all.map((it) => it.index),
    Array.from({ length: 2_000 }, (_, at) => at),
  )
  const failed = all.filter((it) => it.result !== 'OK')
  assert.equal(
    failed.map((it) => [it.index, it.result, it.code, it.rule]),
    [
      [6, 'FAILED', '6.1', 'DEV-DUP'],
      [8, 'FAILED', '1.8', 'LIST-ROW'],
    ],
  )
  assert.equal(await results(whole, { result: 'failed' }), failed)
  const xml = await told(whole)
  assert.equal(codesIn(xml), ['0.2', '6.1', '1.8'])
  assert.match(xml, /2 of 2000 records have failed/)
  assert.match(xml, /<ID idType="recordId" kind="name" objectType="EventParticipation">9</)
  const { objects } = await whole.store.page('EventParticipations', { limit: 3_000 })
  assert.is(objects.length, 1_998)
  assert.ok(objects.every((it) => it.body.includes('"reserved":true')))
  assert.match(
    objects[0]?.body ?? '',
    /"reservation":\{"end":"2026-07-14T19:00:00Z","start":"2026-07-14T17:00:00Z"\}/,
  )
  await whole.close()
})

/** What the route keeps in its order is carried out one behind the other. */
const IN_ORDER = { order: { by: 'noun' } } as const

test('RS-01/AC2: a collection that does not get through is sent again alone, and what follows it waits where its order is kept', async () => {
  const whole = await openWhole(toCpm({ retry: { delaysMs: [1_000, 1_000] }, ...IN_ORDER }))
  let falls = 2
  whole.answer((_, leg) => {
    const isSecond = namesIn(leg)[0] === 51
    if (isSecond && falls > 0) return ((falls -= 1), GONE)
    return replyOf(leg)
  })
  await send(whole, listXml(csvOf(200)))
  await whole.until(async () => whole.sent.length === 6)
  await whole.quiet()
  assert.equal(
    whole.sent.map((it) => namesIn(it)[0]),
    [1, 51, 51, 51, 101, 151],
  )
  assert.is(new Set(whole.sent.slice(1, 4).map((it) => it.messageID)).size, 1, 'the same message')
  assert.is(new Set(whole.sent.slice(1, 4).map((it) => it.request)).size, 1, 'octet by octet')
  assert.equal(codesIn(await told(whole)), ['0.0'])
  assert.ok((await results(whole)).every((it) => it.result === 'OK'))
  await whole.close()
})

test('RS-01/AC2: where the route keeps no order, a collection that does not get through holds up only what is behind it in its lane', async () => {
  const whole = await openWhole(toCpm({ retry: { delaysMs: [1_000] } }))
  let falls = 1
  whole.answer((_, leg) => {
    const isSecond = namesIn(leg)[0] === 51
    if (isSecond && falls > 0) return ((falls -= 1), GONE)
    return replyOf(leg)
  })
  await send(whole, listXml(csvOf(200)))
  await whole.quiet()
  const firsts = () => whole.sent.map((it) => namesIn(it)[0])
  assert.equal(new Set(firsts()), new Set([1, 51, 101]))
  await whole.until(async () => whole.sent.length === 5)
  await whole.quiet()
  assert.equal(firsts().slice(3), [51, 151])
  assert.equal(codesIn(await told(whole)), ['0.0'])
  await whole.close()
})

test('RS-01/AC2, G9: another process goes on behind the last collection that was acknowledged', async () => {
  const whole = await openWhole(toCpm({ retry: { delaysMs: [1_000, 1_000, 1_000] }, ...IN_ORDER }))
  whole.answer((_, leg) => (namesIn(leg)[0] === 101 ? GONE : replyOf(leg)))
  await send(whole, listXml(csvOf(200)))
  await whole.tried(3)
  await whole.quiet()
  await whole.restart()
  whole.answer((_, leg) => replyOf(leg))
  await whole.until(async () => whole.sent.length === 5)
  await whole.quiet()
  assert.equal(
    whole.sent.map((it) => namesIn(it)[0]),
    [1, 51, 101, 101, 151],
  )
  assert.equal(codesIn(await told(whole)), ['0.0'])
  await whole.close()
})

test('G-AC26: what its party refuses is refused device by device, and only that is sent once more, when a person says so', async () => {
  const whole = await openWhole(toCpm({ collection: 40 }))
  const bad = [3, 45, 199]
  whole.answer((_, leg) => refusing(leg, '6.1', bad))
  await send(whole, listXml(csvOf(200)))
  await whole.quiet()
  assert.equal(sizesOf(whole), [40, 40, 40, 40, 40])
  const failed = await results(whole, { result: 'FAILED' })
  assert.equal(
    failed.map((it) => [it.recordId, it.code, it.rule]),
    bad.map((n) => [`${n}`, '6.1', 'RSV-UNAV']),
  )
  assert.equal(codesIn(await told(whole)), ['0.2', '6.1', '6.1', '6.1'])
  const { objects } = await whole.store.page('EventParticipations', { limit: 300 })
  assert.is(objects.length, 197, 'our own record has what was accepted')
  whole.answer((_, leg) => refusing(leg, '6.1', [45]))
  const id = await listIn(whole)
  const again = await whole.ask(DERMS, 'POST', `/api/v1/messages/${id}:redrive`)
  assert.is(again.status, 200, again.text)
  await whole.quiet()
  assert.equal(whole.sent.slice(5).map(namesIn), [[3], [45], [199]])
  assert.equal(
    (await results(whole, { result: 'FAILED' })).map((it) => it.recordId),
    ['45'],
  )
  assert.is((await results(whole)).length, 200)
  assert.equal(codesIn(await told(whole)), ['0.2', '6.1', '6.1', '6.1'], 'told once')
  await whole.close()
})

test('G-AC28: a person takes a list back while it is carried out: what has not gone does not go, and its sender hears of all once', async () => {
  const whole = await openWhole(toCpm({ retry: { delaysMs: [60_000] }, ...IN_ORDER }))
  whole.answer((_, leg) => (namesIn(leg)[0] === 51 ? GONE : replyOf(leg)))
  await send(whole, listXml(csvOf(200)))
  await whole.tried(2)
  await whole.quiet()
  const id = await listIn(whole)
  const cancel = () => whole.ask(DERMS, 'POST', `/api/v1/messages/${id}:cancel`)
  const done = await cancel()
  assert.is(done.status, 200, done.text)
  await whole.until(async () => (await whole.store.leg(id))?.state === 'PARTIAL')
  await whole.quiet()
  assert.equal(sizesOf(whole), [50, 50])
  const outcomes = (await results(whole)).map((it) => `${it.result} ${it.code ?? ''}`)
  assert.equal(outcomes, [
    ...new Array<string>(50).fill('OK '),
    ...new Array<string>(150).fill('FAILED 6.5'),
  ])
  const text = await told(whole)
  assert.equal([codesIn(text)[0], new Set(codesIn(text)).size], ['0.2', 2])
  assert.match(text, /150 of 200 records have failed/)
  assert.match(text, /it may have arrived/)
  const again = await cancel()
  assert.equal([again.status, /It is PARTIAL/.test(again.text)], [409, true], again.text)
  await whole.close()
})

test.run()
