// The circuit of a party: for any tries at any times.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BREAKER, CLOSED, after, at } from './breaker.ts'
import type { Circuit } from './breaker.ts'

const test = suite('delivery: breaker')

const NOW = Date.parse('2026-07-14T08:00:00Z')

/** So many failures in a row, all at once. */
function failed(times: number): Circuit {
  let circuit = CLOSED
  for (let n = 0; n < times; n += 1) circuit = after(circuit, 'ails', `key ${n}`, NOW)
  return circuit
}

/** [failures in a row, state, pause in milliseconds] */
const TABLE: readonly (readonly [number, Circuit['state'], number])[] = [
  [0, 'closed', 0],
  [1, 'closed', 0],
  [4, 'closed', 0],
  [5, 'open', 10_000],
  [6, 'open', 20_000],
  [7, 'open', 40_000],
  [10, 'open', 320_000],
  [11, 'open', 600_000],
  [12, 'open', 600_000],
  [10_000, 'open', 600_000],
]

for (const [failures, state, pause] of TABLE)
  test(`after ${failures} failures in a row it is ${state} for ${pause} ms`, () => {
    const circuit = failed(failures)
    assert.equal([circuit.state, circuit.failures], [state, failures])
    assert.is(circuit.until, pause === 0 ? 0 : NOW + pause)
  })

test('an open one is half open from the end of its pause on, not before', () => {
  const open = failed(BREAKER.failures)
  assert.is(at(open, NOW).state, 'open')
  assert.is(at(open, open.until - 1).state, 'open')
  assert.is(at(open, open.until).state, 'half-open')
  assert.is(at(open, open.until + 86_400_000).state, 'half-open')
})

test('a probe that fails opens it for twice as long, one that works closes it', () => {
  const open = failed(BREAKER.failures)
  const probing = at(open, open.until)
  const again = after(probing, 'ails', 'key 0', open.until)
  assert.equal([again.state, again.until - open.until], ['open', 2 * BREAKER.pauseMs])
  assert.equal(after(probing, 'alive', 'key 0', open.until), CLOSED)
})

const tries = fc.array(
  fc.record({ worked: fc.boolean(), laterMs: fc.integer({ min: 0, max: 1_000_000 }) }),
  { maxLength: 60 },
)

test('any tries: it counts failures in a row, opens with the fifth, and pauses between least and longest', () => {
  fc.assert(
    fc.property(tries, (all) => {
      let [circuit, row, now] = [CLOSED, 0, NOW]
      for (const { worked, laterMs } of all) {
        now += laterMs
        circuit = after(at(circuit, now), worked ? 'alive' : 'away', 'key', now)
        row = worked ? 0 : row + 1
        assert.is(circuit.failures, row)
        assert.is(circuit.state, row >= BREAKER.failures ? 'open' : 'closed')
        if (circuit.state !== 'open') assert.is(circuit.until, 0)
        else {
          const pause = circuit.until - now
          assert.ok(pause >= BREAKER.pauseMs && pause <= BREAKER.longestPauseMs, `${pause}`)
        }
      }
    }),
  )
})

test('one key that fails again and again counts once, and as a probe each time', () => {
  let circuit = CLOSED
  for (let n = 0; n < 3 * BREAKER.failures; n += 1) circuit = after(circuit, 'ails', 'poison', NOW)
  assert.equal([circuit.state, circuit.failures], ['closed', 1])
  for (let n = 1; n < BREAKER.failures; n += 1) circuit = after(circuit, 'ails', `key ${n}`, NOW)
  assert.is(circuit.state, 'open')
  assert.is(after(at(circuit, circuit.until), 'ails', 'poison', circuit.until).failures, 6)
})

test('a party that nobody reaches is spared, whatever the key; what says nothing of it changes nothing', () => {
  let circuit = CLOSED
  for (let n = 0; n < BREAKER.failures; n += 1) {
    assert.is(after(circuit, 'none', 'key', NOW), circuit)
    circuit = after(circuit, 'away', 'key', NOW)
  }
  assert.is(circuit.state, 'open')
})

test('looking at a circuit changes nothing but that its pause is over', () => {
  fc.assert(
    fc.property(fc.nat({ max: 20 }), fc.integer({ min: -1_000_000, max: 1_000_000 }), (n, ms) => {
      const circuit = failed(n)
      const { state, ...rest } = at(circuit, NOW + ms)
      const { state: before, ...same } = circuit
      assert.equal(rest, same)
      const isOver = before === 'open' && NOW + ms >= circuit.until
      assert.is(state, isOver ? 'half-open' : before)
    }),
  )
})

test.run()
