import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { diagnose } from './diagnose.ts'
import { document, E, findings, JUDGE, line, MODEL } from './diagnose.fixture.ts'
import { declared, modelOf, T, tree } from '../schema.fixture.ts'

const test = suite('diagnose')

/** content of the root; findings as rule, path, expected and mend; none = valid */
const TABLE: readonly (readonly [string, string, ...string[]])[] = [
  [
    'nothing wrong',
    '<flat><a/><c/><c/></flat><int> 1 </int><open o:p="1"><o:x/></open><base><a/></base>',
  ],
  [
    'what is known inside what is not',
    '<open><o:x><o:y xmlns:u="urn:t"><u:head/><u:member/></o:y></o:x></open>',
    'cvc-elt.2 /root/open/x/y/head | one of member | Write one of member instead.',
  ],
  [
    'missing',
    '<flat><c/><c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | a | Add <a>…</a> as the first child of flat.',
  ],
  [
    'missing in the middle',
    '<flat><a/><c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 1 found) | Add <c>…</c> after c.',
  ],
  [
    'missing behind an optional one that is not there',
    '<flat><a/></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 0 found) | Add <c>…</c> after a.',
  ],
  [
    'missing behind an optional one that is there',
    '<flat><a/><b/></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 0 found) | Add <c>…</c> after b.',
  ],
  [
    'several missing',
    '<flat/>',
    'cvc-complex-type.2.4.b /root/flat | a | Add <a>…</a> as the first child of flat.',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 0 found) | Add <c>…</c> after a, which is missing too.',
  ],
  [
    'too many',
    '<flat><a/><a/><c/><c/><c/><c/></flat>',
    'cvc-complex-type.2.4.d /root/flat/a[2] | at most 1 a in flat | Keep one a, or write several flat.',
    'cvc-complex-type.2.4.d /root/flat/c[4] | at most 3 c in flat | Keep 3 of them.',
  ],
  [
    'out of order',
    '<flat><b/><a/><c/><c/></flat>',
    'cvc-complex-type.2.4.a /root/flat/b | the order a, b, c, dd | Move b before c.',
  ],
  [
    'out of order at the end',
    '<flat><dd/><a/><c/><c/></flat>',
    'cvc-complex-type.2.4.a /root/flat/dd | the order a, b, c, dd | Move dd after c.',
  ],
  [
    'unknown with a near name',
    '<flat><a/><c/><c/><ddd/></flat>',
    'cvc-complex-type.2.4.a /root/flat/ddd | one of a, b, c, dd | Did you mean dd?',
  ],
  [
    'unknown',
    '<flat><a/><c/><c/><other/></flat>',
    'cvc-complex-type.2.4.a /root/flat/other | one of a, b, c, dd | Take other out.',
  ],
  [
    'unknown in another namespace',
    '<flat><a/><c/><c/><o:x/></flat>',
    'cvc-complex-type.2.4.a /root/flat/x | one of a, b, c, dd | Take x out.',
  ],
  [
    'known name in another namespace',
    '<flat><o:a/><c/><c/></flat>',
    `cvc-complex-type.2.4.a /root/flat/a | one of a, b, c, dd | Write a in the namespace ${T}.`,
  ],
  [
    'known name in another namespace, and one too few all the same',
    '<flat><a/><o:c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 0 found) | Add <c>…</c> after a.',
    `cvc-complex-type.2.4.a /root/flat/c | one of a, b, c, dd | Write c in the namespace ${T}.`,
  ],
  [
    'known name in another namespace in a choice',
    '<nested><a/><o:b/></nested>',
    `cvc-complex-type.2.4.a /root/nested/b | one of a, b, c, d | Write b in the namespace ${T}.`,
  ],
  [
    'known name in another namespace where a branch is not finished',
    '<nested><o:a/><c/></nested>',
    `cvc-complex-type.2.4.b /root/nested | d | Add d after c.`,
    `cvc-complex-type.2.4.a /root/nested/a | one of a, b, c, d | Write a in the namespace ${T}.`,
  ],
  [
    'known name in another namespace beside the right one',
    '<nested><a/><b/><o:c/></nested>',
    `cvc-complex-type.2.4.a /root/nested/c | one of a, b, c, d | Write c in the namespace ${T}.`,
  ],
  [
    'known name in no namespace',
    '<flat><a xmlns=""/><a/><c/><c/></flat>',
    `cvc-complex-type.2.4.a /root/flat/a[1] | one of a, b, c, dd | Write a in the namespace ${T}.`,
  ],
  [
    'a choice not made',
    '<nested><a/></nested>',
    'cvc-complex-type.2.4.b /root/nested | one of b, c | Add b or c after a.',
  ],
  [
    'a branch not finished',
    '<nested><a/><c/></nested>',
    'cvc-complex-type.2.4.b /root/nested | d | Add d after c.',
  ],
  [
    'two branches',
    '<nested><a/><b/><c/></nested>',
    'cvc-complex-type.2.4.a /root/nested/c | no more elements | Take c out, or move it to where the schema of nested admits it.',
  ],
  [
    'the wrong branch',
    '<nested><a/><d/></nested>',
    'cvc-complex-type.2.4.a /root/nested/d | one of b, c | Add b or c before d, or move d.',
  ],
  ['nothing of a nested model', '<nested/>', 'cvc-complex-type.2.4.b /root/nested | a | Add a.'],
  ['all: missing', '<all><b/></all>', 'cvc-complex-type.2.4.b /root/all | a | Add a after b.'],
  [
    'all: twice',
    '<all><a/><a/></all>',
    'cvc-complex-type.2.4.a /root/all/a[2] | b | Take a out, or move it to where the schema of all admits it.',
  ],
  ['all: any order', '<all><b/><a/></all>'],
  ['extension at the wildcard', '<open><a/><o:x p="1"><o:y/></o:x><z/></open>'],
  [
    'extension at the wrong place',
    '<open><z/><o:x/></open>',
    'cvc-complex-type.2.4.a /root/open/z | the order a, extension elements, z | Move z after x.',
  ],
  [
    'extension without a namespace of its own',
    '<open><other/></open>',
    'cvc-complex-type.2.4.a /root/open/other | one of a, z | Write other in the namespace of its own schema (xmlns="…"), or take it out.',
  ],
  ['known element at a wildcard', '<strict><member>x</member></strict>'],
  [
    'unknown element at a strict wildcard',
    '<strict><nobody/></strict>',
    'cvc-complex-type.2.4.a /root/strict/nobody | an element that the schema has | Write nobody in the namespace of its own schema (xmlns="…"), or take it out.',
  ],
  ['known attribute at a wildcard', '<strict t:known="1"/>'],
  [
    'wrong attribute at a wildcard',
    '<strict t:known="x"/>',
    'cvc-datatype-valid.1.2.1 /root/strict/@known | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  [
    'unknown attribute at a strict wildcard',
    '<strict t:nobody="x"/>',
    'cvc-complex-type.3.2.2 /root/strict/@nobody | no attribute | Take nobody out.',
  ],
  [
    'attribute that the wildcard does not admit',
    '<open p="1"/>',
    'cvc-complex-type.3.2.2 /root/open/@p | no attribute | Take p out.',
  ],
  [
    'content where none is',
    '<empty><a/></empty>',
    'cvc-complex-type.2.1 /root/empty/a | no content in empty | Take a out.',
  ],
  [
    'text where none is',
    '<empty>x</empty>',
    'cvc-complex-type.2.3 /root/empty | child elements only | Take the text out, or put it into an element.',
  ],
  [
    'text between children',
    '<base>x<a/></base>',
    'cvc-complex-type.2.3 /root/base | child elements only | Take the text out, or put it into an element.',
  ],
  ['text in mixed content', '<mixed>x<a/>y</mixed>'],
]

for (const [title, inner, ...expected] of TABLE)
  test(`${expected.length === 0 ? 'accepts' : 'reports'}: ${title}`, () => {
    assert.equal(
      findings(inner).map((it) => line(inner, it)),
      expected,
    )
  })

test('agrees with the XSD engine on what is valid at all', () => {
  for (const [title, inner, ...expected] of TABLE)
    assert.is(JUDGE.verdict(document(inner)) === 'valid', expected.length === 0, title)
})

test('optional wildcards that stand together are one place of a plain sequence', () => {
  const any = (ns: string, more = '') =>
    `<xs:any namespace="${ns}" processContents="skip" ${more}/>`
  const pair = (a: string, b: string) =>
    `<xs:sequence minOccurs="0">${any(a)}${any(b, 'minOccurs="0" maxOccurs="unbounded"')}</xs:sequence>`
  const found = (inner: string) => {
    const model = modelOf(
      `<xs:element name="r"><xs:complexType><xs:sequence>${E('a', 'xs:string')}${inner}${E('b', 'xs:string')}</xs:sequence></xs:complexType></xs:element>`,
    )
    const root = tree(`<r xmlns="${T}" xmlns:o="urn:o"><b/><o:x/><a/></r>`)
    return diagnose(root, declared(model, 'r'), model, 'payload-xsd').map((it) => it.mend)
  }
  const moved = ['Move b after a.', 'Move x after a.']
  assert.equal(found(pair('##other', '##other')).toSorted(), moved)
  assert.equal(found(pair('urn:o', 'urn:o')).toSorted(), moved)
  assert.equal(found(pair('##any', '##any')).length, 2)
  // Of different kinds they cannot be one place.
  assert.equal(found(pair('##other', 'urn:o')), ['Add a before b, or move b.'])
  assert.equal(found('<xs:sequence minOccurs="0"/>').length, 2)
})

test('an abstract root only stands for others', () => {
  const root = tree(`<head xmlns="${T}">x</head>`)
  const found = diagnose(root, declared(MODEL, 'head'), MODEL, 'payload-xsd')
  assert.equal(
    found.map((it) => `${it.rule} ${it.mend}`),
    ['cvc-elt.2 Write one of member instead.'],
  )
})

test('finds prefixes that are declared around the element', () => {
  const whole = tree(document('<base xsi:type="t:More"><a/><m>1</m></base>'))
  const inner = whole.children[0]
  if (inner === undefined) throw new Error('no child')
  const decl = {
    ...declared(MODEL, 'root'),
    type: MODEL.types.get(`{${T}}Base`) ?? declared(MODEL, 'root').type,
  }
  assert.equal(diagnose(inner, decl, MODEL, 'payload-xsd', { root: whole }), [])
  assert.is(diagnose(inner, decl, MODEL, 'payload-xsd')[0]?.rule, 'cvc-elt.4.2')
})

test('says layer, clause and severity, and cuts what is too long', () => {
  const [it] = findings(`<int>${'x'.repeat(5000)}</int>`)
  assert.is(it?.layer, 'payload-xsd')
  assert.is(it?.severity, 'error')
  assert.is(it?.clause, 'XML Schema 1.0 Part 2 §4.1.4')
  assert.ok((it?.found.length ?? 0) <= 81 && (it?.message.length ?? 0) <= 321)
})

test('stays linear for ten thousand children that are all wrong', () => {
  const many = (text: string) => text.repeat(10_000)
  for (const inner of [
    `<flat>${many('<x/>')}</flat>`,
    `<flat>${many('<c/><a/>')}</flat>`,
    `<nested>${many('<a/>')}</nested>`,
    many('<int>x</int>'),
    `<open>${many('<o:x/><z/>')}</open>`,
  ])
    assert.ok(findings(inner).length > 0)
})

test.run()
