import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from '../schema/json-text.ts'
import { compareQuantities, magnitude } from './unit.ts'

const test = suite('unit')

const of = (value: Json, multiplier?: string): Json => ({
  value,
  ...(multiplier === undefined ? {} : { multiplier }),
})

test('quantities are compared exactly, whatever their multipliers and spelling', () => {
  const cases: readonly (readonly [Json, Json, number])[] = [
    [of('5.0', 'k'), of('5000', 'none'), 0],
    [of('5.0000000000000000001', 'k'), of('5000'), 1],
    [of('-7601'), of('7.6', 'k'), -1],
    [of('.5', 'M'), of('5E2', 'k'), 0],
    [of(' +07.50 '), of('75', 'd'), 0],
    [of(0.1), of('100', 'm'), 0],
    [of('1', 'unheard of'), of('1', 'none'), 0],
    [of('1e-30', 'Y'), of('1e-6'), 0],
  ]
  for (const [a, b, due] of cases) {
    assert.is(compareQuantities(a, b), due, JSON.stringify([a, b]))
    assert.is(Math.sign(compareQuantities(b, a)), due === 0 ? 0 : -due, JSON.stringify([b, a]))
  }
})

test('what is no quantity counts as nothing', () => {
  for (const it of [undefined, null, {}, of('many'), of(true)] as const)
    assert.is(compareQuantities(it, of('0')), 0, JSON.stringify(it))
})

test('P-11: a change of multiplier changes nothing', () => {
  const kilo = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
  fc.assert(
    fc.property(kilo, (it) => {
      assert.is(compareQuantities(of(String(it), 'k'), of(`${it}000`)), 0)
    }),
  )
})

test('a magnitude has no sign', () => {
  assert.is(compareQuantities(magnitude(of('-7.6', 'k')), of('7600')), 0)
  assert.is(compareQuantities(magnitude(of('-7.6')), of('7.6')), 0)
  assert.is(magnitude(undefined), undefined)
})

test.run()
