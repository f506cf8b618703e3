import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Element } from '../../envelope/element.ts'
import type { Draft } from '../../envelope/finding.ts'
import { complaintsToDrafts } from './complaints.ts'
import { addressOf } from './tree.ts'
import { opened } from './xml-in.fixture.ts'

const test = suite('complaints')

const document = opened('<a><b><c>1</c><d/></b><e f="2"/></a>')
test.after(() => document.dispose())
const { root } = document
const all = (it: Element): readonly Element[] => [it, ...it.children.flatMap(all)]
const addresses = all(root).map(addressOf)

const error = (index: number, message: string) => ({
  message,
  line: 0,
  column: 0,
  node: addresses[index] ?? 0,
})
const ours = (at: number): Draft => ({
  layer: 'payload-xsd',
  rule: 'ours',
  severity: 'error',
  clause: '',
  at,
  expected: '',
  found: '',
  message: '',
  mend: '',
})
const [A, B, C, D, E] = [0, 1, 2, 3, 4]
const translate = (errors: readonly ReturnType<typeof error>[], mine: readonly Draft[] = []) =>
  complaintsToDrafts(errors, mine, root, document, 'payload-xsd')

const NOT_EXPECTED = "Element '{urn:t}d': This element is not expected. Expected is ( {urn:t}c )."
const BAD_VALUE = "Element '{urn:t}c': '1' is not a valid value of the atomic type 'xs:boolean'."

test('passes on what no diagnosis covers', () => {
  const [draft] = translate([error(D, NOT_EXPECTED)])
  assert.is(draft?.at, D)
  assert.is(draft?.rule, 'cvc-complex-type.2.4.a')
  assert.is(draft?.message, 'This element is not expected. Expected is ( c ).')
  assert.is(draft?.expected, '( c )')
})

test('leaves a wrong content to a diagnosis of its parent or sibling', () => {
  for (const at of [B, C, D])
    assert.equal(translate([error(D, NOT_EXPECTED)], [ours(at)]), [ours(at)])
  assert.is(translate([error(D, NOT_EXPECTED)], [ours(E)]).length, 2)
})

test('leaves a wrong value only to a diagnosis of the same element', () => {
  assert.equal(translate([error(C, BAD_VALUE)], [ours(C)]), [ours(C)])
  assert.is(translate([error(C, BAD_VALUE)], [ours(D)]).length, 2)
})

test('names the attribute that is meant', () => {
  const words =
    "Element '{urn:t}e', attribute 'f': '2' is not a valid value of the atomic type 'xs:boolean'."
  const [draft] = translate([error(E, words)])
  assert.is(draft?.attribute, 'f')
  assert.match(draft?.message ?? '', /^'2' is not/)
})

test('puts a complaint about no known node at the subject', () => {
  const [draft] = translate([{ ...error(A, 'Something.'), node: 1 }])
  assert.is(draft?.at, A)
  assert.is(draft?.rule, 'cvc-assess-elt')
  assert.is(draft?.found, '<a>')
})

const RULES: readonly (readonly [words: string, rule: string])[] = [
  ["No match found for key-sequence ['x'] of keyref 'k'.", 'cvc-identity-constraint.4'],
  ["[facet 'minInclusive'] The value '1' is less than …", 'cvc-minInclusive-valid'],
  ["[facet 'maxInclusive'] The value '1' is greater than …", 'cvc-maxInclusive-valid'],
  ["[facet 'pattern'] The value 'x' is not accepted …", 'cvc-pattern-valid'],
  ['Missing child element(s). Expected is ( c ).', 'cvc-complex-type.2.4.b'],
  ['No matching global declaration available for the validation root.', 'cvc-elt.1'],
]

for (const [words, rule] of RULES)
  test(`knows ${rule} by "${words}"`, () => {
    assert.is(translate([error(C, words)])[0]?.rule, rule)
  })

test.run()
