import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BUILTINS } from './builtins.ts'
import { facetFault, sameValue } from './facets.ts'
import type { SimpleType } from './model.ts'

const test = suite('facets')

const builtin = (name: string) => BUILTINS.get(name) as SimpleType

/** type, two texts, whether they are one value */
const EQUAL: readonly (readonly [string, string, string, boolean])[] = [
  ['string', 'a', 'a', true],
  ['string', 'a', 'a ', false],
  ['token', 'a', ' a ', true],
  ['decimal', '1', '1.00', true],
  ['decimal', '1', '1.01', false],
  ['double', '100', '1e2', true],
  ['double', 'INF', 'INF', true],
  ['double', '0', '1E-400', true],
  ['float', '0', '1E-50', true],
  ['double', '0', '1E-50', false],
  ['float', 'NaN', 'NaN', true],
  ['decimal', '0', '0.0000000000000000000000001', false],
  ['double', 'INF', '-INF', false],
  ['boolean', 'true', '1', true],
  ['boolean', '0', 'false', true],
  ['boolean', '0', '1', false],
  ['NMTOKENS', 'a b', ' a  b', true],
  ['NMTOKENS', '1', '1.0', false],
  ['date', '2026-01-01', '2026-01-01Z', false],
  ['dateTime', '2026-01-01T00:00:00Z', '2026-01-01T02:00:00+02:00', true],
  ['duration', 'P1D', 'PT24H', true],
  ['hexBinary', '0aff', '0AFF', true],
]

test('values are equal by what they mean', () => {
  const found = EQUAL.map(([type, a, b]) => [type, a, b, sameValue(builtin(type), a, b)])
  assert.equal(found, EQUAL)
})

test('names the first facet that is broken', () => {
  const type: SimpleType = {
    ...builtin('string'),
    facets: { minLength: 2, enumeration: ['abc'] },
  }
  assert.is(facetFault(type, 'abc', 3), undefined)
  assert.is(facetFault(type, 'a', 1)?.name, 'enumeration')
})

test('a bound that is not ordered with the value is broken', () => {
  const type: SimpleType = { ...builtin('date'), facets: { minInclusive: '2026-01-01Z' } }
  assert.is(facetFault(type, '2025-01-01Z', 11)?.name, 'minInclusive')
  assert.is(facetFault(type, '2026-01-01', 10)?.name, 'minInclusive')
  assert.is(facetFault(type, '2026-01-03', 10), undefined)
  assert.is(facetFault(type, 'no date', 7), undefined)
})

test('a pattern that has no translation refuses nothing', () => {
  const type: SimpleType = { ...builtin('string'), facets: { patterns: [['\\p{IsNoBlock}']] } }
  assert.is(facetFault(type, 'a', 1), undefined)
})

test.run()
