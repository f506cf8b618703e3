// An element is written by its plan, or step by step where a prefix is in use. Whatever the value, both write the
// same and refuse the same.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planOf } from './element-plan.ts'
import { isObject } from './json-text.ts'
import type { Json } from './json-text.ts'
import { randomOf } from './random.ts'
import { sampleMessage } from './sample/sample.ts'
import { declared, modelOf, shipped, T } from './schema.fixture.ts'
import { toXml } from './to-xml.ts'
import type { Writing } from './writing.ts'

const test = suite('element-plan')
const SET = await shipped()
const SEEDS = 20

function writing(prefixes: ReadonlyMap<string, string>): Writing {
  return { issues: [], more: 0, path: [], prefixes, foreign: () => undefined }
}

const BY_PLAN = new Map<string, string>()
/** Of a namespace that no element is in, so that only the way of writing changes. */
const STEP_BY_STEP = new Map([['urn:nobody', 'n']])

const ODD: readonly Json[] = [
  'a&b',
  '',
  'x"',
  '\u0001',
  null,
  true,
  1.5,
  [],
  ['x'],
  {},
  { $: 'x' },
  { '@xmlns': 'urn:q' },
  { '@kind': 'uuid' },
  { '#ext': [] },
  { '#number': '1.50' },
]

/** The value with something odd, or its keys turned round, at one place in it. */
function spoilt(value: Json, pick: (below: number) => number): Json {
  const isWhole = !isObject(value) && !Array.isArray(value)
  if (isWhole || pick(6) === 0) return ODD[pick(ODD.length)] ?? null
  if (Array.isArray(value)) {
    const at = pick(value.length)
    return value.map((it: Json, place) => (place === at ? spoilt(it, pick) : it))
  }
  const entries = Object.entries(value)
  if (pick(6) === 0) return Object.fromEntries(entries.toReversed())
  const at = pick(entries.length)
  return Object.fromEntries(
    entries.map(([name, it], place) => [name, place === at ? spoilt(it, pick) : it]),
  )
}

for (const { noun } of SET.catalogue.nouns)
  test(`${noun} is written by plan as step by step`, () => {
    const found = SET.payload(undefined, noun, 'create')
    assert.ok(found)
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const pick = randomOf(seed, noun).below
      const message = sampleMessage(SET, noun, { seed })
      const [part] = [message?.['payload'], message?.['request']].filter((it) => it !== undefined)
      const value = (part as Record<string, Json> | undefined)?.[noun] ?? null
      for (const it of [value, spoilt(value, pick), spoilt(value, pick)]) {
        const [one, other] = [writing(BY_PLAN), writing(STEP_BY_STEP)]
        const ns = seed % 2 === 0 ? found.decl.ns : ''
        const xml = toXml(one, found.decl, it, found.model, ns)
        assert.is(xml, toXml(other, found.decl, it, found.model, ns), `seed ${seed}`)
        assert.equal(
          [one.issues, one.more, one.path],
          [other.issues, other.more, other.path],
          `seed ${seed}`,
        )
      }
    }
  })

test('a plan is made once for each namespace around', () => {
  const model = modelOf('<xs:element name="a" type="xs:int"/>')
  const decl = declared(model, 'a')
  assert.is(planOf(decl, model, T), planOf(decl, model, T))
  assert.is(planOf(decl, model, T).startTag, '<a>')
  assert.is(planOf(decl, model, '').startTag, `<a xmlns="${T}">`)
})

test.run()
