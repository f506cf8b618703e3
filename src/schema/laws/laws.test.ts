// The laws that concern one message (table.fixture.ts), for every noun under every verb, and
// for the schemas in fixtures/. A failing case says how to make its message again.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, numberText, readJson, writeJson } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { casesOf, fixtureCases, tried } from './cases.fixture.ts'
import type { Tried } from './cases.fixture.ts'
import { LAWS } from './table.fixture.ts'
import { NOUNS, ROOTS, SCHEMAS, bare, judged } from './laws.fixture.ts'
import type { Root } from './laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'

const laws = suite('laws')

/** messages of each noun; `npm run test:laws` takes a thousand and more */
const MESSAGES = 36
const PAYLOADS = 40

function assertHolds(list: readonly Tried[]): void {
  const broken = list.flatMap(({ law, broken: told }) => told.map((it) => `${law} ${it}`))
  assert.is(broken.length, 0, broken.join('\n\n'))
}

const seen = new Map<string, number>()

for (const noun of NOUNS)
  laws(`hold for ${MESSAGES} messages of ${noun}`, () => {
    const all = tried(casesOf(noun, MESSAGES))
    for (const { law, applied } of all) seen.set(law, (seen.get(law) ?? 0) + applied)
    assertHolds(all)
    assert.is(all.find((it) => it.law === 'P-01')?.applied, MESSAGES, 'messages of this noun')
  })

laws('hold for every construct that fixtures/ has', () => {
  assertHolds(tried(fixtureCases(PAYLOADS)))
})

laws('say something of many messages each', () => {
  for (const { id, statement } of LAWS) assert.ok((seen.get(id) ?? 0) > 50, `${id} ${statement}`)
})

function root(name: string): Root {
  const found = ROOTS.find((it) => it.noun === name)
  if (found === undefined) throw new Error(`fixtures/ has no root ${name}`)
  return found
}

/** JSON text of a document with one number, through XML and back. */
function throughXml(token: string): string {
  const text = `{"Number":{"@xmlns":"urn:fixture:values","$":${token}}}`
  const read = readJson(text)
  assert.ok('value' in read, text)
  const { xml, issues } = messageFromJson(read.value, SCHEMAS)
  assert.equal(issues, [], text)
  const { json, findings } = judged(xml)
  const content = isObject(json) ? json['Number'] : undefined
  const value = isObject(content) ? content['$'] : undefined
  assert.equal(findings, [], xml)
  return numberText(value) ?? writeJson(value ?? null)
}

/** decimal numbers as JSON writes them; libxml2 takes 24 digits of a decimal */
const NUMBERS = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.stringMatching(/^(0|[1-9][0-9]{0,13})$/),
    fc.stringMatching(/^(\.[0-9]{1,10})?$/),
  )
  .map((it) => it.join(''))

laws('P-04: a number keeps every digit that it was written with', () => {
  for (const it of ['0.10', '-0', '0.1', '100.00', '9007199254740993', '123456789012345678901234'])
    assert.is(throughXml(it), it)
  fc.assert(
    fc.property(NUMBERS, (it) => throughXml(it) === it),
    { numRuns: 300, seed: 4 },
  )
})

laws('P-04: numbers of a double, and those that JSON cannot write, keep their text', () => {
  const texts = ['1e21', '1E-400', '0.10', '-0', '1e400', '+5', '007', '.5', '5.', 'INF', 'NaN']
  const { xml } = messageFromJson(bare(root('BuiltIns').decl, { double: texts }), SCHEMAS)
  const { json, verdict } = judged(xml)
  const content = isObject(json) ? json['BuiltIns'] : undefined
  const values = isObject(content) ? (content['double'] as readonly Json[]) : []
  assert.is(verdict, 'valid')
  assert.equal(
    values.map((it) => numberText(it) ?? it),
    texts,
  )
})

laws('P-06: an empty array is the same as none, a bare value in its place is refused', () => {
  const { decl } = root('Bases')
  const some: JsonObject = { base: [{ id: 'a' }] }
  const more = messageFromJson(bare(decl, { ...some, base: [] }), SCHEMAS)
  const single = messageFromJson(bare(decl, { base: { id: 'a' } }), SCHEMAS)
  const none = messageFromJson(bare(decl, {}), SCHEMAS)
  assert.is(more.xml, none.xml)
  assert.equal(
    single.issues.map((it) => [it.rule, it.path]),
    [['JSON-ARRAY', '/Bases/base']],
  )
})

laws.run()
