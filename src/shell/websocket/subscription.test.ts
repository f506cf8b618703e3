// One subscription against a store whose oldest events are taken away, and a reader that stops taking.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SequencedEvent, Store } from '../../gateway/ports.ts'
import { counted, sampleEvent, samplePut } from '../store/contract/samples.ts'
import { subscribe } from './subscription.ts'
import type { Reader } from './subscription.ts'

const test = suite('websocket: subscription')

const event = (seq: number): SequencedEvent => ({ ...sampleEvent(samplePut(`s-${seq}`)), seq })

type Feed = Pick<Store, 'horizon' | 'events' | 'onEvents'>

/** A feed of which `oldest` to `last` are kept. */
function feedOf(oldest: number, last: number, more: Partial<Feed> = {}) {
  const listeners = new Set<(events: readonly SequencedEvent[]) => void>()
  const kept = counted(last - oldest + 1, oldest).map(event)
  const feed: Feed = {
    horizon: () => Promise.resolve({ oldest, last }),
    events: (since) => Promise.resolve(kept.filter((it) => it.seq > since)),
    onEvents: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ...more,
  }
  const tell = (...events: readonly SequencedEvent[]) => listeners.forEach((it) => it(events))
  return { store: feed as Store, tell, listeners, kept }
}

function readerOf(changes: Partial<Reader> = {}) {
  const said: string[] = []
  const ends: (() => void)[] = []
  const reader: Reader = {
    isOpen: () => true,
    onClose: (stop) => ends.push(stop),
    send: (frame) => {
      const { type, seq, prev, oldest } = JSON.parse(frame) as Readonly<Record<string, unknown>>
      said.push(
        [type, type === 'reset' ? oldest : seq, prev].filter((it) => it !== undefined).join(' '),
      )
    },
    together: (send) => send(),
    waiting: () => 0,
    takes: () => Promise.resolve(true),
    cut: () => said.push('cut'),
    fail: (error) => said.push(`failed: ${String(error)}`),
    ...changes,
  }
  return { reader, said, ends }
}

const all = () => true

test('resets who comes back from before the horizon, and starts at the oldest from 0', async () => {
  const { store } = feedOf(10, 12)
  const late = readerOf()
  await subscribe(late.reader, { wanted: all, since: 4 }, store)
  assert.equal(late.said, ['hello 12', 'reset 10', 'status 10 9', 'status 11 10', 'status 12 11'])
  const first = readerOf()
  await subscribe(first.reader, { wanted: all, since: 0 }, store)
  assert.equal(first.said, ['hello 12', 'status 10 9', 'status 11 10', 'status 12 11'])
  const edge = readerOf()
  await subscribe(edge.reader, { wanted: all, since: 9 }, store)
  assert.equal(edge.said, first.said)
})

test('resets who is overtaken by the horizon on the way', async () => {
  const { store } = feedOf(1, 3, {
    events: (since) => Promise.resolve(since < 7 ? [event(7), event(8)] : []),
  })
  const { reader, said } = readerOf()
  await subscribe(reader, { wanted: all, since: 1 }, store)
  assert.equal(said, ['hello 3', 'reset 7', 'status 7 6', 'status 8 7'])
})

test('sends what follows at once, and what does not by reading the store', async () => {
  const { store, tell, kept } = feedOf(1, 2)
  const { reader, said } = readerOf()
  await subscribe(reader, { wanted: all }, store)
  tell(event(3))
  assert.equal(said, ['hello 2', 'status 3 2'])
  kept.push(event(4), event(5))
  tell(event(5))
  assert.is(said.length, 2)
  await new Promise(setImmediate)
  assert.equal(said.slice(2), ['status 4 3', 'status 5 4'])
  tell(event(4), event(5))
  await new Promise(setImmediate)
  assert.is(said.length, 4)
})

test('loses nothing that is told while it reads', async () => {
  const { store, tell, kept } = feedOf(1, 1)
  const { reader, said } = readerOf()
  const reading: Store = {
    ...store,
    events: async (since, limit) => {
      const page = await store.events(since, limit)
      if (kept.length < 50) {
        const next = event(kept.length + 1)
        kept.push(next)
        tell(next)
      }
      return page
    },
  }
  await subscribe(reader, { wanted: all, since: 0 }, reading)
  assert.equal(
    said.slice(1),
    counted(50, 1).map((seq) => `status ${seq} ${seq - 1}`),
  )
})

test('cuts who takes nothing, and reads no more for it', async () => {
  const { store } = feedOf(1, 3)
  const { reader, said } = readerOf({ takes: () => Promise.resolve(false) })
  await subscribe(reader, { wanted: all, since: 0 }, store)
  assert.equal(said, ['hello 3', 'cut'])
})

test('reads nothing for who was ended by somebody else while it took nothing', async () => {
  const { store } = feedOf(1, 3)
  let isOpen = true
  const takes = () => Promise.resolve(!(isOpen = false))
  const { reader, said } = readerOf({ isOpen: () => isOpen, takes })
  const events = () => Promise.reject(new Error('nobody is to read'))
  await subscribe(reader, { wanted: all, since: 0 }, { ...store, events })
  assert.equal(said, ['hello 3'])
})

test('holds back from who has much waiting until it has taken it', async () => {
  const { store, tell, kept } = feedOf(1, 1)
  let waiting = 600_000
  const takes = () => Promise.resolve(((waiting = 0), true))
  const { reader, said } = readerOf({ waiting: () => waiting, takes })
  await subscribe(reader, { wanted: all }, store)
  waiting = 600_000
  kept.push(event(2))
  tell(event(2))
  assert.equal(said, ['hello 1'])
  await new Promise(setImmediate)
  assert.equal(said, ['hello 1', 'status 2 1'])
})

test('sends of a page only what may wait, the rest once that is taken', async () => {
  const { store, tell, kept } = feedOf(1, 1)
  let waiting = 0
  let most = 0
  const takes = () => Promise.resolve(((waiting = 0), true))
  const { reader, said } = readerOf({ waiting: () => waiting, takes })
  const send = (frame: string) => {
    most = Math.max(most, (waiting += 200_000))
    reader.send(frame)
  }
  await subscribe({ ...reader, send }, { wanted: all }, store)
  const more = counted(9, 2).map(event)
  kept.push(...more)
  tell(...more)
  await new Promise(setImmediate)
  assert.equal(
    said.slice(1),
    more.map(({ seq }) => `status ${seq} ${seq - 1}`),
  )
  assert.is(most, 600_000)
})

test('listens only while the reader is there', async () => {
  const { store, listeners } = feedOf(1, 1)
  const { reader, ends } = readerOf()
  await subscribe(reader, { wanted: all }, store)
  assert.is(listeners.size, 1)
  ends.forEach((end) => end())
  assert.is(listeners.size, 0)
  const gone = readerOf({ isOpen: () => false })
  await subscribe(gone.reader, { wanted: all }, store)
  assert.equal([listeners.size, gone.said], [0, []])
})

test('tells the reader when the store fails later', async () => {
  const { store, tell } = feedOf(1, 1)
  const { reader, said } = readerOf()
  let isBroken = false
  const breaking: Store = {
    ...store,
    events: (since, limit) =>
      isBroken ? Promise.reject(new Error('disk')) : store.events(since, limit),
  }
  await subscribe(reader, { wanted: all }, breaking)
  isBroken = true
  tell(event(9))
  await new Promise(setImmediate)
  assert.equal(said, ['hello 1', 'failed: Error: disk'])
})

test.run()
