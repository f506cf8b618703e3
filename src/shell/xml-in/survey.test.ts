import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { loadEngine, parse, release } from './engine.ts'
import { survey } from './survey.ts'

const test = suite('survey')
test.before(loadEngine)

function exceeded(text: string, limits: Partial<Limits>): string | undefined {
  const parsed = parse(Buffer.from(text), 'utf-8')
  if (!('documentAddress' in parsed)) return 'not parsed'
  const excess = survey(parsed, { ...LIMITS, ...limits })
  release(parsed)
  return excess?.rule
}

const BOUNDS: readonly (readonly [
  rule: string,
  limits: Partial<Limits>,
  at: string,
  over: string,
])[] = [
  ['LIM-DEPTH', { depth: 2 }, '<a><b/></a>', '<a><b><c/></b></a>'],
  ['LIM-NODES', { nodes: 3 }, '<a b=""><c/></a>', '<a b=""><c/><d/></a>'],
  ['LIM-ATTRIBUTES', { attributes: 1 }, '<a b=""/>', '<a b="" c=""/>'],
  ['LIM-NAMESPACES', { namespaces: 1 }, '<a xmlns="u:a"/>', '<a xmlns="u:a" xmlns:b="u:b"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<ab/>', '<abc/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a ab=""/>', '<a abc=""/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns:b="u:b"/>', '<a xmlns:abc="u:b"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns="u:345678"/>', '<a xmlns="u:3456789"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns="a:b"/>', '<a xmlns="u:a"><aaa xmlns="aaa"/></a>'],
]

for (const [rule, limits, at, over] of BOUNDS)
  test(`finds ${rule} in ${over} and not in ${at}`, () => {
    assert.is(exceeded(at, limits), undefined)
    assert.is(exceeded(over, limits), rule)
  })

test('stops where a limit is exceeded', () => {
  const wide = `<a ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(' ')}/>`
  assert.is(exceeded(wide, {}), 'LIM-ATTRIBUTES')
  const deep = `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}`
  assert.is(exceeded(deep, {}), 'LIM-DEPTH')
})

test.run()
