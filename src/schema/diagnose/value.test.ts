import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { document, findings, JUDGE, line } from './diagnose.fixture.ts'

const test = suite('diagnose-value')

/** content of the root; findings as rule, path, expected and mend; none = valid */
const TABLE: readonly (readonly [string, string, ...string[]])[] = [
  [
    'a value',
    '<int>x</int>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  [
    'an empty value',
    '<int/>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  ['an empty value with a default', '<default/><fixed/>'],
  ['a fixed value by its text', '<fixed>1</fixed>', 'cvc-elt.5.2.2 /root/fixed | 1.0 | Write 1.0.'],
  ['a fixed value', '<fixed>2</fixed>', 'cvc-elt.5.2.2 /root/fixed | 1.0 | Write 1.0.'],
  [
    'an enumeration',
    '<colour>green</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Write one of red, blue.',
  ],
  [
    'a misspelt enumeration',
    '<colour>bleu</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Write one of red, blue.',
  ],
  [
    'an enumeration with a letter too many',
    '<colour>blues</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Did you mean blue?',
  ],
  [
    'an enumeration in the wrong case',
    '<colour>Red</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Write red: values are case-sensitive.',
  ],
  [
    'elements where text is',
    '<int><a/></int>',
    'cvc-type.3.1.2 /root/int/a | text in int | Write the value straight into int.',
  ],
  [
    'elements where simple content is',
    '<quantity unit="W"><a/></quantity>',
    'cvc-complex-type.2.2 /root/quantity/a | text in quantity | Write the value straight into quantity.',
  ],
  [
    'an attribute on a simple element',
    '<int p="1">1</int>',
    'cvc-type.3.1.1 /root/int/@p | no attribute | Take p out.',
  ],
  [
    'a missing attribute',
    '<quantity>1</quantity>',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  [
    'an unknown attribute',
    '<quantity unit="W" unti="W">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@unti | one of unit, kind, one | Take unti out.',
  ],
  [
    'an attribute nearly right',
    '<quantity unit="W" Kind="red">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@Kind | one of unit, kind, one | Did you mean kind?',
  ],
  [
    'an attribute in a namespace',
    '<quantity o:unit="W">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@unit | one of unit, kind, one | Did you mean unit?',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  [
    'an attribute value',
    '<quantity unit="W" kind="Blue">1</quantity>',
    'cvc-enumeration-valid /root/quantity/@kind | one of red, blue | Write blue: values are case-sensitive.',
  ],
  [
    'a fixed attribute',
    '<quantity unit="W" one="2">1</quantity>',
    'cvc-attribute.4 /root/quantity/@one | 1 | Write 1.',
  ],
  ['a fixed attribute by value', '<quantity unit="W" one="+1">1</quantity>'],
  ['nil', '<nil xsi:nil="true"/>'],
  [
    'nil with content',
    '<nil xsi:nil="1">1</nil>',
    'cvc-elt.3.2.1 /root/nil | no content | Take out xsi:nil or the content.',
  ],
  [
    'nil where it may not be',
    '<int xsi:nil="true"/>',
    'cvc-elt.3.1 /root/int/@nil | no xsi:nil | Leave int out where there is no value.',
  ],
  [
    'nil with a missing attribute',
    '<quantity xsi:nil="true"/>',
    'cvc-elt.3.1 /root/quantity/@nil | no xsi:nil | Leave quantity out where there is no value.',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  ['not nil', '<nil xsi:nil="false">1</nil><nilFixed xsi:nil="0"/>'],
  [
    'nil="false" where nil may not be',
    '<int xsi:nil="false">1</int>',
    'cvc-elt.3.1 /root/int/@nil | no xsi:nil | Take xsi:nil out.',
  ],
  [
    'nil that is no boolean',
    '<nil xsi:nil="maybe"/>',
    'cvc-datatype-valid.1.2.1 /root/nil/@nil | true or false | Write xsi:nil="true", or a value.',
  ],
  [
    'an empty nil, and a value',
    '<int xsi:nil="">1</int>',
    'cvc-datatype-valid.1.2.1 /root/int/@nil | true or false | Take xsi:nil out.',
  ],
  [
    'nil that is no boolean, and a wrong value',
    '<nil xsi:nil="maybe">x</nil>',
    'cvc-datatype-valid.1.2.1 /root/nil/@nil | true or false | Take xsi:nil out.',
    'cvc-datatype-valid.1.2.1 /root/nil | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  [
    'nil with a fixed value',
    '<nilFixed xsi:nil="true"/>',
    'cvc-elt.3.2.2 /root/nilFixed/@nil | 5 | Take xsi:nil out, or leave nilFixed out.',
  ],
  [
    'unknown attributes beside xsi:nil',
    '<int xsi:nul="true">1</int><quantity unit="W" xsi:nul="true">1</quantity>',
    'cvc-type.3.1.1 /root/int/@nul | no attribute | Take nul out.',
    'cvc-complex-type.3.2.2 /root/quantity/@nul | one of unit, kind, one | Take nul out.',
  ],
  [
    'hints at schemas',
    '<int xsi:schemaLocation="urn:x x.xsd" xsi:noNamespaceSchemaLocation="x.xsd">1</int>',
  ],
  [
    'names with prefixes',
    '<qname>t:a</qname><qname>xml:a</qname><qnames>a o:b</qnames><either>t:a</either>',
  ],
  ['a name with a prefix of its own', '<qname xmlns:p="urn:p">p:a</qname>'],
  [
    'a name whose prefix is not declared',
    '<qname>p:a</qname>',
    'cvc-datatype-valid.1.2.1 /root/qname | a name whose prefix is declared | Declare xmlns:p="…" on qname or around it.',
  ],
  [
    'such a name behind a sibling that declares the prefix',
    '<qname xmlns:p="urn:p">p:a</qname><qname>p:a</qname>',
    'cvc-datatype-valid.1.2.1 /root/qname[2] | a name whose prefix is declared | Declare xmlns:p="…" on qname or around it.',
  ],
  [
    'such a name in a list',
    '<qnames>a p:b</qnames>',
    'cvc-datatype-valid.1.2.1 /root/qnames | a name whose prefix is declared | Declare xmlns:p="…" on qnames or around it.',
  ],
  // The XSD engine does not ask the members behind the one that it has looked a prefix up for.
  [
    'such a name where any text may stand, too',
    '<either>p:a</either>',
    'cvc-datatype-valid.1.2.1 /root/either | a name whose prefix is declared | Declare xmlns:p="…" on either or around it.',
  ],
  ['text that is no name where any may stand', '<either>1:a</either>'],
  [
    'such names in content and attribute',
    '<named kind="p:a">q:a</named>',
    'cvc-datatype-valid.1.2.1 /root/named/@kind | a name whose prefix is declared | Declare xmlns:p="…" on named or around it.',
    'cvc-datatype-valid.1.2.1 /root/named | a name whose prefix is declared | Declare xmlns:q="…" on named or around it.',
  ],
  ['a derived type', '<base xsi:type="t:More"><a/><m>1</m></base>'],
  ['a derived type by the default namespace', '<base xsi:type="More"><a/><m>1</m></base>'],
  [
    'a derived type that is incomplete',
    '<base xsi:type="t:More"><a/></base>',
    'cvc-complex-type.2.4.b /root/base | m | Add <m>…</m> after a.',
  ],
  [
    'a type that nobody has',
    '<base xsi:type="t:Nothing"><a/></base>',
    'cvc-elt.4.2 /root/base/@type | a type that the schema has | Take xsi:type out, or name a type derived from the declared one; mind its prefix.',
  ],
  [
    'a type in the wrong namespace',
    '<base xsi:type="o:More"><a/></base>',
    'cvc-elt.4.2 /root/base/@type | a type that the schema has | Take xsi:type out, or name a type derived from the declared one; mind its prefix.',
  ],
  [
    'a type that is not derived',
    '<base xsi:type="t:Flat"><a/><c/><c/></base>',
    'cvc-elt.4.3 /root/base/@type | a type derived from Base | Take xsi:type out, or name a derived type.',
  ],
  [
    'a type that is not derived from a nameless one',
    '<anonymous xsi:type="t:Base"><a/></anonymous>',
    'cvc-elt.4.3 /root/anonymous/@type | a type derived from the type of anonymous | Take xsi:type out, or name a derived type.',
  ],
  ['any element says its type', '<any xsi:type="xs:int">1</any>'],
  [
    'any element of a built-in type',
    '<any xsi:type="xs:int">x</any>',
    'cvc-datatype-valid.1.2.1 /root/any | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  ['any element holds anything', '<any p="1"><whatever>x</whatever></any>'],
  [
    'an abstract type',
    '<abstract/>',
    'cvc-type.2 /root/abstract | xsi:type with a type derived from Abstract | Say with xsi:type which derived type it is.',
  ],
  ['a type for an abstract one', '<abstract xsi:type="t:Concrete"/>'],
  ['a member of a substitution group', '<member>x</member>'],
  [
    'two mistakes in one element',
    '<flat><b/><a/><c>x</c></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 1 found) | Add <c>…</c> after c.',
    'cvc-complex-type.2.4.a /root/flat/b | the order a, b, c, dd | Move b before c.',
  ],
  [
    'mistakes at every depth',
    '<int>x</int><quantity unit="W">y</quantity><flat><a/><c><d/></c><c/></flat>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
    'cvc-datatype-valid.1.2.1 /root/quantity | a decimal number such as 12.50, with a point | Write a decimal number such as 12.50, with a point.',
    'cvc-type.3.1.2 /root/flat/c[1]/d | text in c | Write the value straight into c.',
  ],
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

test('says what is wrong with xsi:nil, and of which nameless type a type is not derived', () => {
  const said = (inner: string) => findings(inner).map((it) => it.message)
  assert.equal(said('<nil xsi:nil="maybe"/>'), ['xsi:nil may not be "maybe".'])
  assert.equal(said('<nil xsi:nil=""/>'), ['xsi:nil is empty.'])
  assert.equal(said('<anonymous xsi:type="t:Base"><a/></anonymous>'), [
    't:Base is not derived from the type of anonymous.',
  ])
})

test('says which prefix is not declared', () => {
  const said = (inner: string) => findings(inner).map((it) => it.message)
  assert.equal(said('<qnames>a p:b</qnames>'), [
    'The prefix p in the value "a p:b" of qnames is not declared.',
  ])
  assert.equal(said('<named kind="p:a">a</named>'), [
    'The prefix p in the value "p:a" of the attribute kind is not declared.',
  ])
})

test.run()
