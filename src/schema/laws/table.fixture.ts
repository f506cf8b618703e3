// For tests only: the laws that concern one message on its way between XML and CIM-JSON.
// Each takes any valid message of any noun; none knows a noun.

import * as assert from 'uvu/assert'
import type { Element } from '../../envelope/element.ts'
import { illegalCharacter } from '../../envelope/escape.ts'
import { isNumberText, numberOf, numberText, sameJson, writeJson } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { withExtension } from './extensions.fixture.ts'
import { isInstant, laterThan, withOtherOffset } from './instants.fixture.ts'
import { illegalText, legalText, numberTokens } from './literals.fixture.ts'
import { canonical, disguised, permuted, randomFor, tree } from './laws.fixture.ts'
import type { Case } from './laws.fixture.ts'
import { quantitiesOf, rescaled, sameQuantity } from './quantities.fixture.ts'
import { changed, valuesOf } from './values.fixture.ts'
import type { Changes, Value } from './values.fixture.ts'
import { faultOf } from '../lexical.ts'
import { messageFromJson } from '../message-xml.ts'
import type { JsonIssue } from '../writing.ts'

/** A valid message in both forms. */
export interface Both extends Case {
  readonly xml: string
  readonly root: Element
}

/** One law. */
export interface Law {
  readonly id: string
  readonly statement: string
  /** Throws where the law is broken; false where the message has nothing that the law is about. */
  readonly holds: (it: Both) => boolean
}

/** A case that the writer has to take, with its XML. */
export function bothOf(it: Case): Both {
  const xml = written(it.json, it)
  return { ...it, xml, root: tree(xml) }
}

/** Every law, in the order of its number. */
export const LAWS: readonly Law[] = [
  {
    id: 'P-01',
    statement: 'JSON through XML is the same JSON',
    holds: (it) => {
      const { json, xml, label } = it
      const back = read(xml, it)
      assert.ok(sameJson(back, json), `${label}\n${writeJson(json)}\n${writeJson(back)}`)
      return true
    },
  },
  {
    id: 'P-02',
    statement: 'a document in any words survives the way through JSON',
    holds: (it) => {
      const other = disguised(it.root, randomFor(it, 'disguise'))
      const again = written(read(other, it), it)
      const expected = canonical(it.root)
      assert.is(canonical(tree(other)), expected, `the disguise of ${it.label}`)
      assert.is(canonical(tree(again)), expected, `${it.label}\n${other}\n${again}`)
      return true
    },
  },
  {
    id: 'P-03',
    statement: 'what is written is valid, without a warning',
    holds: ({ xml, label, bench }) => {
      const { verdict, findings } = bench.judged(xml)
      const said = findings.filter((it) => it.rule !== STRANGER).map((it) => it.message)
      assert.equal([verdict, ...said], ['valid'], `${label}\n${xml}`)
      return true
    },
  },
  {
    id: 'P-04',
    statement: 'a number keeps every digit that it was written with',
    holds: (it) => everyValue(it, isNumber, (one, random) => numberIn(one, random)),
  },
  {
    id: 'P-05',
    statement: 'the order of JSON keys means nothing',
    holds: (it) => {
      const other = permuted(it.json, randomFor(it, 'permute'))
      const xml = written(other as JsonObject, it)
      assert.is(canonical(tree(xml)), canonical(it.root), `${it.label}\n${writeJson(other)}`)
      return true
    },
  },
  { id: 'P-06', statement: 'an array stands exactly where several may stand', holds: arrays },
  { id: 'P-10', statement: 'instants keep their order in whatever offset', holds: instants },
  { id: 'P-11', statement: 'a quantity is the same in every multiplier', holds: quantities },
  {
    id: 'P-12',
    statement: 'an unknown extension keeps place and bytes',
    holds: (it) => {
      const made = withExtension(it.root, it.json, randomFor(it, 'extension'), it.bench.schemas)
      if (made === undefined) return false
      const again = written(read(made.xml, it), it)
      assert.ok(again.includes(made.bytes), `${it.label}\n${made.bytes}\n${again}`)
      const [before, after] = [made.xml, again].map((one) => canonical(tree(one)))
      assert.is(after, before, `${it.label}\n${made.xml}\n${again}`)
      return true
    },
  },
  { id: 'P-19', statement: 'legal text survives, other text is refused by name', holds: texts },
]

/** an extension as a payload root, which no schema describes */
const STRANGER = 'PAY-03'

function written(json: Json, { label, bench }: Case): string {
  const { xml, issues } = messageFromJson(json, bench.schemas)
  assert.equal(issues, [], `${label}\n${writeJson(json)}`)
  return xml
}

/** CIM-JSON of a document that the judge has to take. */
function read(xml: string, { label, bench }: Case): JsonObject {
  const { verdict, findings, json } = bench.judged(xml)
  const said = findings.filter((it) => it.severity === 'error').map((it) => it.message)
  assert.equal([verdict, ...said], ['valid'], `${label}\n${xml}`)
  return json ?? {}
}

/** The message with some of its values changed, read back from its XML: every value has to be the same text. */
function everyValue(
  it: Both,
  concerns: (one: Value) => boolean,
  make: (one: Value, random: ReturnType<typeof randomFor>) => Json,
): boolean {
  const random = randomFor(it, 'values')
  const value = (one: Value) => (concerns(one) ? make(one, random) : one.json)
  const { schemas } = it.bench
  if (!valuesOf(it.json, schemas).some(concerns)) return false
  const other = changed(it.json, { value }, schemas)
  const back = read(written(other, it), it)
  const [sent, got] = [other, back].map((one) => valuesOf(one, schemas).map(textOf))
  assert.equal(got, sent, it.label)
  return true
}

function textOf({ way, json }: Value): string {
  return `${way} ${numberText(json) ?? JSON.stringify(json)}`
}

const NUMBERS: readonly string[] = ['decimal', 'float', 'double']

function isNumber({ type, payload }: Value): boolean {
  return payload && type.variety === 'atomic' && NUMBERS.includes(type.primitive)
}

function numberIn({ type, json }: Value, random: ReturnType<typeof randomFor>): Json {
  const token = random.pick(
    numberTokens(random).filter((it) => faultOf(type, it) === undefined && it !== ''),
  )
  if (token === undefined) return json
  return isNumberText(token) ? numberOf(token) : token
}

function arrays(it: Both): boolean {
  const { schemas } = it.bench
  const many: string[] = []
  const note: Changes = {
    child: (value, field, way) => {
      assert.is(Array.isArray(value), field.array, `${it.label} ${way}`)
      if (field.array) many.push(way)
      return value
    },
  }
  changed(it.json, note, schemas)
  const chosen = randomFor(it, 'arrays').pick(many)
  if (chosen === undefined) return false
  const replaced = (by: Json | undefined) =>
    changed(it.json, { child: (value, _, way) => (way === chosen ? by : value) }, schemas)
  const none = messageFromJson(replaced(undefined), schemas)
  const empty = messageFromJson(replaced([]), schemas)
  assert.equal(empty, none, `${it.label} ${chosen}: []`)
  const { issues } = messageFromJson(replaced('x'), schemas)
  assert.equal(issues.map(ruleOf), ['JSON-ARRAY'], `${it.label} ${chosen}: a bare value`)
  return true
}

function ruleOf({ rule }: JsonIssue): string {
  return rule
}

function instants(it: Both): boolean {
  const random = randomFor(it, 'offsets')
  const { schemas } = it.bench
  const value = (one: Value) =>
    isInstant(one) ? withOtherOffset(String(one.json), random) : one.json
  const other = changed(it.json, { value }, schemas)
  const back = read(written(other, it), it)
  const [before, after] = [it.json, back].map((one) => valuesOf(one, schemas).filter(isInstant))
  const order = (list: typeof before) =>
    list?.map((a) => list.map((b) => laterThan(String(a.json), String(b.json))))
  assert.equal(order(after), order(before), `${it.label}\n${writeJson(other)}`)
  return before !== undefined && before.length > 1
}

function quantities(it: Both): boolean {
  const before = quantitiesOf(it.json)
  if (before.length === 0) return false
  const back = read(written(rescaled(it.json, randomFor(it, 'scale')), it), it)
  const after = quantitiesOf(back)
  assert.is(after.length, before.length, it.label)
  before.forEach((one, at) =>
    assert.ok(sameQuantity(one, after[at]), `${it.label} ${JSON.stringify([one, after[at]])}`),
  )
  return true
}

/** Text that the type does not restrict at all. */
function isFree({ type, payload }: Value): boolean {
  const bare = Object.keys(type.facets).length === 0 && type.whiteSpace === 'preserve'
  return payload && bare && type.variety === 'atomic' && type.primitive === 'string'
}

function texts(it: Both): boolean {
  const survived = everyValue(it, isFree, (_, random) => legalText(random))
  if (!survived) return false
  const { schemas } = it.bench
  const random = randomFor(it, 'illegal')
  const chosen = random.pick(valuesOf(it.json, schemas).filter(isFree))
  const bad = illegalText(random)
  const value = (one: Value) => (one.way === chosen?.way ? bad : one.json)
  const { issues } = messageFromJson(changed(it.json, { value }, schemas), schemas)
  const told = `${it.label} ${chosen?.way} ${JSON.stringify(bad)} ${illegalCharacter(bad)}`
  assert.equal(issues.map(ruleOf), ['JSON-TEXT'], told)
  return true
}
