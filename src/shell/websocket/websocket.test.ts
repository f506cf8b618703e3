// WS /status over a real store: frames, topics, resuming, and joining while much is written.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Store } from '../../gateway/ports.ts'
import { counted, keep, otherPut, samplePut, sampleUnit } from '../store/contract/samples.ts'
import { waitFor } from '../wait.fixture.ts'
import { assertWhole, subscriber } from './client.fixture.ts'
import type { Subscriber } from './client.fixture.ts'
import { openFeeds } from './feeds.fixture.ts'
import type { Feeds } from './feeds.fixture.ts'

const test = suite('websocket')

let feeds: Feeds
let store: Store
let port = 0

test.before(async () => {
  feeds = await openFeeds()
  store = feeds.store
  port = await feeds.serving()
})

test.after(() => feeds.close())

test('greets with an empty feed, then tells what happens', async () => {
  const it = await subscriber(port)
  assert.equal(it.frames[0], { type: 'hello', seq: 0, oldest: 0 })
  await keep(store, sampleUnit('first', [samplePut('pump')]))
  await it.until(1)
  const expected = {
    type: 'status',
    seq: 1,
    prev: 0,
    revision: 1,
    at: '2026-03-01T12:00:01Z',
    exchangeId: 'exchange-pump',
    flow: 'thing-form',
    noun: 'Things',
    verb: 'created',
    subject: 'pump',
    state: 'Active',
    previous: '',
    result: 'OK',
    code: '0.0',
  }
  assert.equal(it.frames[1], expected)
  assert.equal(Object.keys(it.frames[1] ?? {}), Object.keys(expected))
  it.socket.close()
})

test('tells nothing of the past without since, all of it from 0, the rest from any seq', async () => {
  const last = await feeds.write(1_200)
  const [live, all, rest] = await Promise.all([
    subscriber(port),
    subscriber(port, '?since=0'),
    subscriber(port, '?since=700'),
  ])
  assert.equal(live.frames[0], { type: 'hello', seq: last, oldest: 1 })
  const next = await feeds.write(3)
  await Promise.all([live, all, rest].map((it) => it.until(next)))
  assertWhole(live, last, next)
  assertWhole(all, 0, next)
  assertWhole(rest, 700, next)
  for (const it of [live, all, rest]) it.socket.close()
})

test('resets a subscriber that has seen more than there is', async () => {
  const { last } = await store.horizon()
  const it = await subscriber(port, `?since=${last + 10}`)
  const next = await feeds.write(1)
  await it.until(next)
  assert.equal(it.frames[1], { type: 'reset', oldest: 1 })
  assertWhole(it, last, next)
  it.socket.close()
})

test('chains what a subscription matches, and only that', async () => {
  const { last } = await store.horizon()
  const topics = ['Others/*', 'Things/*', 'Others/o-3', 'messages/*', 'messages/*,Others/*']
  const all = await Promise.all(topics.map((it) => subscriber(port, `?topics=${it}`)))
  for (const n of counted(4))
    await keep(store, sampleUnit(`mixed-${n}`, [samplePut(`t-${n}`), otherPut(`o-${n}`)]))
  const heard = () => all.map((it) => it.events().length)
  await waitFor(() => heard().join() === '4,4,1,0,4', 'events by topic')
  const [others, , one, none] = all
  assert.equal(
    others?.events().map(({ seq, prev }) => [seq - last, prev - last]),
    [
      [2, 0],
      [4, 2],
      [6, 4],
      [8, 6],
    ],
  )
  assert.equal([one?.events()[0]?.seq, one?.events()[0]?.prev], [last + 8, last])
  assert.is(none?.frames.length, 1)
  for (const it of all) it.socket.close()
})

test('gives twenty that join during a burst each event once and in order', async () => {
  const { last: before } = await store.horizon()
  const joined: Promise<readonly [Subscriber, number]>[] = []
  const burst = (async () => {
    for (const turn of counted(60)) {
      const since = before + Math.floor(Math.random() * turn * 10)
      if (turn % 3 === 0)
        joined.push(
          subscriber(port, turn % 6 === 0 ? `?since=${since}` : '').then((it) => [
            it,
            turn % 6 === 0 ? since : (it.frames[0]?.seq ?? 0),
          ]),
        )
      await feeds.write(10)
    }
  })()
  await burst
  const { last } = await store.horizon()
  const all = await Promise.all(joined)
  assert.is(all.length, 20)
  await Promise.all(all.map(([it]) => it.until(last)))
  for (const [it, since] of all) {
    assertWhole(it, since, last)
    it.socket.close()
  }
})

test('tells of a unit with more events than are sent at once', async () => {
  const it = await subscriber(port)
  const { last } = await store.horizon()
  await keep(
    store,
    sampleUnit(
      'large',
      counted(1_700).map((n) => samplePut(`large-${n}`)),
    ),
  )
  await it.until(last + 1_700)
  assertWhole(it, last, last + 1_700)
  it.socket.close()
})

test.run()
