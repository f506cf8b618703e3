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
  assert.is(draft?.message, 'd is not expected here.')
  assert.is(draft?.expected, 'one of c')
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
  assert.is(draft?.message, 'The attribute f may not be "2".')
})

test('puts a complaint about no known node at the subject', () => {
  const [draft] = translate([{ ...error(A, 'Something.'), node: 1 }])
  assert.is(draft?.at, A)
  assert.is(draft?.rule, 'cvc-assess-elt')
  assert.is(draft?.message, 'a does not follow its schema: Something.')
})

/** What the engine may say, as it words it, and what becomes of it. */
const SAID: readonly (readonly [words: string, rule: string, message: RegExp])[] = [
  [
    "Duplicate key-sequence ['1', 'x'] in unique identity-constraint '{urn:t}u'.",
    'cvc-identity-constraint.4.1',
    /^c repeats 1, x, which u allows only once/,
  ],
  [
    "Duplicate key-sequence ['1'] in key identity-constraint 'k'.",
    'cvc-identity-constraint.4.2.2',
    /^c repeats 1, which k/,
  ],
  [
    "Not all fields of key identity-constraint 'k' evaluate to a node.",
    'cvc-identity-constraint.4.2.1',
    /^c lacks a value by which/,
  ],
  [
    "The XPath 'x' of a field of unique identity-constraint 'u' does evaluate to a node-set with more than one member.",
    'cvc-identity-constraint.3',
    /^c has several values for x/,
  ],
  [
    "No match found for key-sequence ['x'] of keyref 'k'.",
    'cvc-identity-constraint.4.3',
    /refers to x, and nothing there has that key \(k\)/,
  ],
  [
    "[facet 'minInclusive'] The value '1' is less than the minimum value allowed ('2').",
    'cvc-minInclusive-valid',
    /^c may not be "1"/,
  ],
  [
    "[facet 'maxInclusive'] The value '3' is greater than the maximum value allowed ('2').",
    'cvc-maxInclusive-valid',
    /^c may not be "3"/,
  ],
  [
    "[facet 'minExclusive'] The value '1' must be greater than '2'.",
    'cvc-minExclusive-valid',
    /"1"/,
  ],
  ["[facet 'maxExclusive'] The value '3' must be less than '2'.", 'cvc-maxExclusive-valid', /"3"/],
  [
    "[facet 'totalDigits'] The value '123' has more digits than are allowed ('2').",
    'cvc-totalDigits-valid',
    /"123"/,
  ],
  [
    "[facet 'fractionDigits'] The value '1.23' has more fractional digits than are allowed ('1').",
    'cvc-fractionDigits-valid',
    /"1.23"/,
  ],
  [
    "[facet 'length'] The value has a length of '3'; this differs from the allowed length of '2'.",
    'cvc-length-valid',
    /^c is 3 long, not 2\./,
  ],
  [
    "[facet 'minLength'] The value has a length of '0'; this underruns the allowed minimum length of '2'.",
    'cvc-minLength-valid',
    /^c is 0 long, not at least 2\./,
  ],
  [
    "[facet 'maxLength'] The value has a length of '3'; this exceeds the allowed maximum length of '2'.",
    'cvc-maxLength-valid',
    /^c is 3 long, not at most 2\./,
  ],
  [
    "[facet 'pattern'] The value 'x' is not accepted by the pattern '[a-c]+'.",
    'cvc-pattern-valid',
    /^c may not be "x"/,
  ],
  [
    "[facet 'enumeration'] The value 'x' is not an element of the set {'a', 'b'}.",
    'cvc-enumeration-valid',
    /^c may not be "x"/,
  ],
  [
    "The QName value 'z:a' has no corresponding namespace declaration in scope.",
    'cvc-datatype-valid.1.2.1',
    /^The prefix in the value "z:a" of c/,
  ],
  ["'' is not a valid value of the local list type.", 'cvc-datatype-valid.1.2.1', /^c is empty/],
  [
    "The actual value 'x' does not match the fixed value constraint 'y'.",
    'cvc-elt.5.2.2',
    /^c may not be "x"/,
  ],
  [
    "The QName value '{urn:t}X' of the xsi:type attribute does not resolve to a type definition.",
    'cvc-elt.4.2',
    /^xsi:type names X/,
  ],
  [
    "The type definition '{urn:t}X', specified by xsi:type, is blocked or not validly derived from the type definition of the element declaration.",
    'cvc-elt.4.3',
    /^X, which xsi:type names/,
  ],
  ["The element is not 'nillable'.", 'cvc-elt.3.1', /^c is not nillable/],
  [
    "Neither character nor element content is allowed, because the element was 'nilled'.",
    'cvc-elt.3.2.1',
    /^c is nil/,
  ],
  [
    "The element cannot be 'nilled', because there is a fixed value constraint defined for it.",
    'cvc-elt.3.2.2',
    /^c has a fixed value/,
  ],
  [
    "No match found for key-sequence ['two\r\nlines'] of keyref 'k'.",
    'cvc-identity-constraint.4.3',
    /refers to .*two/,
  ],
  ['The element declaration is abstract.', 'cvc-elt.2', /^c only stands/],
  ['The type definition is abstract.', 'cvc-type.2', /^The type of c is abstract/],
  [
    'No matching global attribute declaration available, but demanded by the strict wildcard.',
    'cvc-complex-type.3.2.2',
    /declared by no schema/,
  ],
  [
    'No matching global element declaration available, but demanded by the strict wildcard.',
    'cvc-complex-type.2.4.a',
    /^c is declared by no schema/,
  ],
  ["The attribute 'x' is not allowed.", 'cvc-complex-type.3.2.2', /^The attribute x has no place/],
  [
    "The attribute 'x' is required but missing.",
    'cvc-complex-type.4',
    /^c lacks the attribute x\./,
  ],
  ['This element is not expected.', 'cvc-complex-type.2.4.a', /^c is not expected here/],
  [
    'Missing child element(s). Expected is one of ( c, ##other{urn:t}* ).',
    'cvc-complex-type.2.4.b',
    /^c is not complete/,
  ],
  ['Missing child element(s).', 'cvc-complex-type.2.4.b', /^c is not complete/],
  [
    'Element content is not allowed, because the content type is a simple type definition.',
    'cvc-type.3.1.2',
    /^c holds text/,
  ],
  [
    "Character content other than whitespace is not allowed because the content type is 'element-only'.",
    'cvc-complex-type.2.3',
    /^Text stands in c/,
  ],
  ['No matching global declaration available for the validation root.', 'cvc-elt.1', /^No schema/],
  [
    'Whatever else\nit says.',
    'cvc-assess-elt',
    /^c does not follow its schema: Whatever else it says\.$/,
  ],
]

for (const [words, rule, message] of SAID)
  test(`says ${rule} for "${words}"`, () => {
    const [draft] = translate([error(C, `Element '{urn:t}c': ${words}`)])
    assert.is(draft?.rule, rule)
    assert.match(draft?.message ?? '', message)
    assert.not.equal(draft?.clause, '')
    for (const text of [draft?.expected, draft?.found]) assert.match(text ?? '', /\S/)
    for (const text of [draft?.message, draft?.mend]) assert.match(text ?? '', /^\S.*\.$/)
    for (const text of [draft?.message, draft?.mend, draft?.expected])
      assert.not.match(text ?? '', /\[facet|##|\{urn|Expected is/)
  })

test('says once that a value is wrong where the engine says why, and that it is', () => {
  const words = [
    "Element 'c': The QName value 'z:a' has no corresponding namespace declaration in scope.",
    "Element 'c': 'z:a' is not a valid value of the atomic type 'xs:QName'.",
  ]
  assert.is(translate(words.map((it) => error(C, it))).length, 1)
})

test('finds the reference of which the engine tells only name, line and value', () => {
  const refs = opened('<a>\n<r to="x"/><r to="y"/>\n<r>\n<to>y</to></r><s/></a>')
  const at = (line: number, name = 'r', value = 'y') =>
    complaintsToDrafts(
      [
        {
          message: `Element '{urn:t}${name}': No match found for key-sequence ['${value}'] of keyref 'k'.`,
          line,
          column: 0,
          node: 0,
        },
      ],
      [],
      refs.root,
      refs,
      'payload-xsd',
    )[0]?.at
  assert.equal([at(2), at(3), at(2, 'r', 'x')], [2, 3, 1])
  assert.equal([at(2, 'nobody'), at(2, 'r', 'z'), at(1)], [0, 0, 0])
  refs.dispose()
})

test.run()
