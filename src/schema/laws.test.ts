// The laws P-01 to P-06 of CIM-JSON (design/mapping.md §4), for every noun under every verb, and for the schemas in
// fixtures/. A failing case says how to make its message again.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, numberText, readJson, sameJson, writeJson } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import {
  NOUNS,
  ROOTS,
  SCHEMAS,
  bare,
  canonical,
  disguised,
  judged,
  messagesOf,
  payloadsOf,
  permuted,
  randomFor,
  tree,
} from './laws.fixture.ts'
import type { Case, Root } from './laws.fixture.ts'
import { messageFromJson } from './message-xml.ts'
import { shapeOf } from './shape.ts'

const laws = suite('laws')

/** seeds for each noun, verb and carrier; 14 verbs and 2 carriers make several hundred messages of each noun */
const MESSAGE_SEEDS = 16
const PAYLOAD_SEEDS = 40

const CASES: readonly Case[] = [
  ...NOUNS.flatMap((it) => messagesOf(it, MESSAGE_SEEDS)),
  ...ROOTS.flatMap((it) => payloadsOf(it, PAYLOAD_SEEDS)),
]

function xmlOf({ json, label }: Case): string {
  const { xml, issues } = messageFromJson(json, SCHEMAS)
  assert.equal(issues, [], label)
  return xml
}

laws('has several hundred messages of every noun', () => {
  assert.ok(NOUNS.length > 0)
  for (const noun of NOUNS) assert.ok(messagesOf(noun, MESSAGE_SEEDS).length >= 200, noun)
})

laws('P-01, P-03: a sample is written as a valid document that reads back as the same JSON', () => {
  for (const it of CASES) {
    const xml = xmlOf(it)
    const { verdict, findings, json } = judged(xml)
    assert.equal([verdict, ...findings.map((one) => one.message)], ['valid'], `${it.label}\n${xml}`)
    assert.ok(
      sameJson(json, it.json),
      `${it.label}\n${writeJson(it.json)}\n${writeJson(json ?? null)}`,
    )
  }
})

laws('P-02: a document survives the way through JSON, in whatever words it is written', () => {
  for (const it of CASES.filter((_, at) => at % 3 === 0)) {
    const root = tree(xmlOf(it))
    const other = disguised(root, randomFor(it, 'disguise'))
    const { verdict, json } = judged(other)
    assert.is(verdict, 'valid', `${it.label}\n${other}`)
    const again = messageFromJson(json ?? {}, SCHEMAS)
    assert.equal(again.issues, [], it.label)
    assert.is(canonical(tree(other)), canonical(root), `the disguise of ${it.label}`)
    assert.is(canonical(tree(again.xml)), canonical(root), `${it.label}\n${other}\n${again.xml}`)
  }
})

laws(
  'P-05: the order of JSON keys changes nothing but the order of attributes, which means nothing',
  () => {
    for (const it of CASES.filter((_, at) => at % 2 === 0)) {
      const other = permuted(it.json, randomFor(it, 'permute'))
      const { xml } = messageFromJson(other, SCHEMAS)
      const [before, after] = [tree(xmlOf(it)), tree(xml)].map((one) => canonical(one))
      assert.is(after, before, `${it.label}\n${writeJson(other)}`)
    }
  },
)

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

laws('P-06: an array stands exactly where the schema allows more than one', () => {
  for (const it of ROOTS.flatMap((one) => payloadsOf(one, 10).map((each) => ({ ...each, one })))) {
    const { type } = it.one.decl
    const content = it.json[it.one.noun]
    if (type.kind !== 'complex' || !isObject(content) || content['@xsi:type'] !== undefined)
      continue
    for (const { key, array } of shapeOf(type, it.one.model).fields) {
      const value = content[key]
      assert.is(value === undefined || Array.isArray(value) === array, true, `${it.label} ${key}`)
    }
  }
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
