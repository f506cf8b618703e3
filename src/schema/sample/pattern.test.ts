import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { patternOf } from '../pattern/pattern.ts'
import { randomOf } from '../random.ts'
import { textLike } from './pattern.ts'

const pattern = suite('sample-pattern')

const PATTERNS: readonly string[] = [
  '',
  'abc',
  'a|bc|',
  '[A-Z]{2}-\\d{3}(/[a-f0-9]+)?',
  '[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}',
  '(a(b|c)*){2,}',
  'x{0}y{1,3}z?',
  '[^a-z\\s]+',
  '[a-z-[aeiou]]{5}',
  '[\\-+]?[0-9]+(\\.[0-9]{1,2})?',
  '\\i\\c*',
  '[\\i-[:]][\\c-[:]]*',
  '\\p{Lu}\\p{Ll}+',
  '\\P{L}{3}',
  '\\w\\W\\s\\S\\d\\D.',
  '\\[\\]\\(\\)\\.\\\\\\n\\t',
  '[\\]\\[(){}.*+?|^$-]+',
  '\\p{Nd}\\p{IsGreek}?',
  '[\u0400-\u04ff]{4}',
]

for (const text of PATTERNS)
  pattern(`makes texts that match ${JSON.stringify(text)}`, () => {
    const expression = patternOf(text)
    for (let seed = 0; seed < 40; seed += 1) {
      const made = textLike(text, randomOf(seed, 'pattern'))
      assert.is(expression?.test(made) ?? true, true, `seed ${seed}: ${JSON.stringify(made)}`)
    }
  })

pattern('makes the same text for the same seed, and several for several', () => {
  const made = (seed: number) => textLike('[a-z]{8}', randomOf(seed))
  assert.is(made(1), made(1))
  assert.ok(new Set([1, 2, 3, 4].map(made)).size > 2)
})

pattern.run()
