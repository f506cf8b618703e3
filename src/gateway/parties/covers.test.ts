import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { VERBS } from '../../envelope/verbs.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { covers, takenBefore } from './covers.ts'
import type { When } from './party.ts'
import { matched } from './patterns.ts'
import { fits } from './routing.ts'

const test = suite('covers')

/** [wide, narrow, whether it covers it] */
const PATTERNS: readonly (readonly [string, string, boolean])[] = [
  ['*', 'tp:{p}:cs', true],
  ['*', '*', true],
  ['tp:*', 'tp:acme:cs', true],
  ['tp:*', 'tp:{p}:cs', true],
  ['tp:*:cs', 'tp:{p}:cs', true],
  ['tp:{p}:cs', 'tp:{x}:cs', true],
  ['tp:{p}:cs', 'tp:{p}:derms', false],
  ['tp:{p}:cs', 'tp:*:cs', false],
  ['tp:acme:cs', 'tp:*', false],
  ['tp:x:cs', 'tp:{p}:cs', false],
  ['tp:{p}', 'tp:{p}:cs', false],
  ['dso-*', 'dso-', false],
  ['{p}:{q}', '{p}:{p}', true],
  ['{p}:{p}', '{p}:{q}', false],
  ['{p}:{p}', '{p}:{p}', true],
  ['{p}:{p}', 'a:a', true],
  ['{p}:{p}', 'a:b', false],
  ['*:{p}', '*:*', false],
  ['*a', '*ba', true],
  ['a*', '*', false],
]

test('a wider pattern covers a narrower one, and none covers what it may miss', () => {
  for (const [wide, narrow, due] of PATTERNS)
    assert.is(covers(wide, narrow), due, `${wide} covers ${narrow}`)
})

/** Every text of up to five of these characters. */
const NAMES = [1, 2, 3, 4, 5].reduce<readonly string[]>(
  (all, length) => [
    ...all,
    ...all
      .filter((it) => it.length === length - 1)
      .flatMap((it) => ['a', 'b', ':'].map((one) => it + one)),
  ],
  [''],
)

const PATTERN = fc
  .array(fc.constantFrom('a', 'b', ':', '*', '{p}', '{q}'), { minLength: 1, maxLength: 3 })
  .map((it) => it.join(''))

test('a pattern covers another one exactly when no name is matched by that one alone (seed 7)', () => {
  let yes = 0
  fc.assert(
    fc.property(PATTERN, PATTERN, (wide, narrow) => {
      const missed = NAMES.find(
        (it) => matched(narrow, it) !== undefined && matched(wide, it) === undefined,
      )
      const isCovered = covers(wide, narrow)
      yes += Number(isCovered)
      if (isCovered) assert.is(missed, undefined, `${wide} misses ${String(missed)} of ${narrow}`)
      else if (!/(\{\w\}).*\1/.test(wide + narrow))
        assert.ok(missed !== undefined, `${wide} covers ${narrow}`)
    }),
    { seed: 7, numRuns: 3000 },
  )
  assert.ok(yes > 300, `only ${yes} of 3,000 were covered`)
})

const SOURCES = ['a', 'a:b', 'b']

const WHEN: fc.Arbitrary<When> = fc.record(
  {
    noun: fc.subarray(['A', 'B'], { minLength: 1 }),
    verb: fc.subarray<Verb>(['create', 'change', 'created'], { minLength: 1 }),
    from: fc.subarray(['*', 'a', 'a:*', '{p}', '{p}:b'], { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
)

test('what is taken before leaves nothing to a route: no noun, verb and source chooses it (seed 8)', () => {
  let hidden = 0
  fc.assert(
    fc.property(fc.array(WHEN, { minLength: 1, maxLength: 4 }), WHEN, (earlier, last) => {
      const takers = takenBefore(earlier, last, Object.keys(VERBS))
      if (takers === undefined) return
      hidden += 1
      for (const noun of ['A', 'B', 'C'])
        for (const verb of Object.keys(VERBS))
          for (const from of SOURCES) {
            const it = { noun, verb, from }
            const isTaken = takers.some((at) => fits(earlier[at] ?? {}, it) !== undefined)
            assert.ok(
              fits(last, it) === undefined || isTaken,
              JSON.stringify({ earlier, last, it }),
            )
          }
    }),
    { seed: 8, numRuns: 2000 },
  )
  assert.ok(hidden > 100, `only ${hidden} of 2,000 were hidden`)
})

test('several routes together may hide one', () => {
  const earlier: readonly When[] = [
    { noun: ['A'], verb: ['create'] },
    { noun: ['A'], verb: ['change'] },
    {},
  ]
  const verbs = Object.keys(VERBS)
  assert.equal(takenBefore(earlier, { noun: ['A'], verb: ['create', 'change'] }, verbs), [0, 1])
  assert.equal(takenBefore(earlier.slice(0, 2), { noun: ['A'] }, verbs), undefined)
  assert.equal(takenBefore(earlier, { noun: ['A'] }, ['create', 'change', 'get']), [0, 1, 2])
})

test.run()
