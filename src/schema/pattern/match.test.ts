import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matches } from './match.ts'
import { patternOf } from './pattern.ts'
import { randomOf } from '../random.ts'
import { textLike } from '../sample/pattern.ts'

const test = suite('pattern-match')

/** pattern, text, whether it matches; undefined = left to the XSD engine */
const TABLE: readonly (readonly [string, string, boolean | undefined])[] = [
  ['(a*)*b', 'aaab', true],
  ['(a*)*b', 'aaac', false],
  ['(a|aa|a*)*b', 'aaaab', true],
  ['(a{2,3}){2}', 'aaaaa', true],
  ['(a{2,3}){2}', 'aaa', false],
  ['(a|b)*(b|c)+', 'abab', true],
  ['(ab|a)(b?)', 'ab', true],
  ['([A-Z]{1,3}-)*[0-9]+', 'AB-C-12', true],
  ['([A-Z]{1,3}-)*[0-9]+', 'ABCD-12', false],
  ['(\\p{Lu}|[^a-z-[x]])*', 'AÄ1', true],
  ['(😀|.)*', 'a😀', true],
  ['(a|)*', '', true],
  ['()*', 'a', false],
  ['a*', 'aaa', true],
  ['((a{1,100}){1,100}){1,100}', 'aaa', undefined],
  ['(a{1,100000}){1,100000}', 'aaa', undefined],
  [`${'('.repeat(500)}a${')*'.repeat(500)}`, 'a', undefined],
  ['(', 'a', undefined],
]

for (const [pattern, text, due] of TABLE)
  test(`${pattern.slice(0, 40)} ${due === undefined ? 'leaves' : due ? 'takes' : 'refuses'} ${text}`, () => {
    assert.is(matches(pattern, text), due)
  })

test('ends at once on what would take an expression for ever', () => {
  const text = `${'a'.repeat(5000)}c`
  for (const it of [
    '(a*)*b',
    '(a|aa|a*)*b',
    '(a|a)*b',
    'a*a*a*a*a*b',
    `(a?){40}${'a'.repeat(40)}b`,
  ])
    assert.is(matches(it, text), false, it)
})

test('says the same as an expression', () => {
  const parts = ['a', 'b', '[ab]', '(a|b)', 'a*', 'b?', '(ab){1,2}', '(a|bb)*', '.']
  for (let seed = 0; seed < 400; seed += 1) {
    const random = randomOf(seed, 'pattern')
    const some = () =>
      random
        .shuffled(parts)
        .slice(0, 1 + random.below(3))
        .join('')
    const pattern = `(${some()}|${some()})${random.pick(['', '*', '+', '{1,2}'])}${some()}`
    const expression = patternOf(pattern)
    for (const text of [textLike(pattern, random), textLike(some(), random), 'abab', ''])
      assert.is(matches(pattern, text), expression?.test(text), `seed ${seed}: ${pattern} ${text}`)
  }
})

test('makes no text without end', () => {
  for (const it of ['((a{1000}){1000}){1000}', 'a{99999999}', '(a{9}){1000000,}'])
    assert.ok(textLike(it, randomOf(1)).length <= 2000, it)
})

test.run()
