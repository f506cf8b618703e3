import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomOf } from './random.ts'

const random = suite('random')

const TEN = Array.from({ length: 10 }, (_, at) => at)

random('gives the same choices for the same seed and topic, on every machine', () => {
  const ten = () => {
    const { below } = randomOf(1, 'a')
    return TEN.map(() => below(100))
  }
  assert.equal(ten(), ten())
  assert.is(randomOf(0, 'pinned').uuid(), '5d2d0191-e1de-4548-b780-1b9c4b19dbd6')
})

random('gives other choices for another seed or topic', () => {
  const first = (seed: number, topic: string) => randomOf(seed, topic).uuid()
  assert.is(new Set([first(1, 'a'), first(2, 'a'), first(1, 'b')]).size, 3)
})

random('stays below the limit and reaches every number', () => {
  const { below } = randomOf(7)
  const seen = new Set(Array.from({ length: 1000 }, () => below(10)))
  assert.equal([...seen].sort(), TEN)
})

random('spreads evenly enough', () => {
  const { chance } = randomOf(3)
  const hits = Array.from({ length: 10_000 }, () => chance(0.3)).filter((it) => it).length
  assert.ok(hits > 2800 && hits < 3200, String(hits))
})

random('picks nothing from an empty list and keeps every item when it shuffles', () => {
  const { pick, shuffled } = randomOf(5)
  assert.is(pick([]), undefined)
  assert.equal([...shuffled(TEN)].sort(), TEN)
  assert.equal(TEN, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

random('makes UUIDs of version 4', () => {
  const { uuid } = randomOf(9)
  for (const _ of TEN)
    assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

random.run()
