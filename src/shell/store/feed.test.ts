// The feed on a real engine whose answers to commits were lost.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Log } from '../../gateway/ports.ts'
import { counted, samplePut, sampleUnit } from './contract/samples.ts'
import { openTransient } from './sqlite/open.ts'
import { Feed } from './feed.ts'

const test = suite('store: status feed')
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }

test('tells after a fault what a lost answer kept back, once and in order', async () => {
  const { engine, close } = await openTransient()
  const feed = new Feed(SILENT)
  const told: number[] = []
  await engine.commit([sampleUnit('before')])
  await feed.catchUp(engine)
  feed.listen((events) => told.push(...events.map(({ seq }) => seq)))
  await engine.commit([
    sampleUnit(
      'lost',
      counted(2_500).map((n) => samplePut(`o${n}`)),
    ),
  ])
  await feed.catchUp(engine)
  await feed.catchUp(engine)
  assert.equal(told, counted(2_500, 2))
  await close()
})

test('tells a listener that was added twice twice, and stops each by itself', () => {
  const feed = new Feed(SILENT)
  const told: number[] = []
  const listener = () => void told.push(1)
  const [stop] = [feed.listen(listener), feed.listen(listener)]
  const event = { ...sampleUnit('a').events[0]!, seq: 1 }
  feed.tell([event])
  assert.is(told.length, 2)
  stop()
  feed.tell([{ ...event, seq: 2 }])
  assert.is(told.length, 3)
})

test.run()
