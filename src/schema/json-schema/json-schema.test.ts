import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from './limits.ts'
import { contentSchema, definedContent } from './json-schema.ts'
import { compiled, differencesIn, parsed } from '../laws/json-schema.fixture.ts'
import { NOUNS, payloadsOf, ROOTS, variantsOf } from '../laws/laws.fixture.ts'
import { declared, modelOf } from '../schema.fixture.ts'

const test = suite('json-schema')

/** documents of each noun and variant; `npm run test:laws` takes a thousand */
const DOCUMENTS = 50
const FIXTURE_DOCUMENTS = 200

const needed = new Set<string>()

function assertAgree(differences: ReturnType<typeof differencesIn>): void {
  for (const it of differences) if (it.limit !== undefined) needed.add(it.limit)
  const told = differences
    .filter((it) => it.limit === undefined)
    .map((it) => `${it.accepted ? 'takes' : 'refuses'} ${it.label}: ${[...it.rules, ...it.errors]}`)
  assert.is(told.length, 0, told.slice(0, 5).join('\n'))
}

for (const noun of NOUNS)
  test(`P-03: the schema of ${noun} judges as the XSD does, in every variant`, () => {
    const variants = variantsOf(noun)
    assert.ok(variants.length > 0)
    for (const it of variants) assertAgree(differencesIn(it, DOCUMENTS, it.verb))
  })

test('P-03: the schemas of fixtures/ judge as the XSD does, but for listed limits', () => {
  for (const root of ROOTS) assertAgree(differencesIn(root, FIXTURE_DOCUMENTS, ''))
})

test('every limit of JSON Schema is needed', () => {
  assert.equal(
    LIMITS.map((it) => it.id).filter((it) => !needed.has(it)),
    [],
  )
})

for (const root of ROOTS)
  test(`P-03: the schema of the fixture ${root.noun} takes every sample`, () => {
    const validate = compiled(contentSchema(root))
    for (const { label, json } of payloadsOf(root, 10)) {
      const content = parsed(json[root.decl.name] ?? null)
      assert.ok(
        validate(content),
        `${label} ${JSON.stringify(content)} ${JSON.stringify(validate.errors)}`,
      )
    }
  })

/** content of the element r, whether its schema takes it */
const JUDGED: readonly (readonly [string, string, string, boolean])[] = [
  ['nil root', 'type="t:C" nillable="true"', '{"@xsi:nil":true,"@n":1,"@m":"x"}', true],
  ['nil root without what is required', 'type="t:C" nillable="true"', '{"@xsi:nil":true}', false],
  ['nil root, unknown', 'type="t:C" nillable="true"', '{"@xsi:nil":1,"@n":1,"@o":1}', false],
  ['nil root, a wrong value', 'type="t:C" nillable="true"', '{"@xsi:nil":true,"@n":"x"}', false],
  [
    'nil root with content',
    'type="t:C" nillable="true"',
    '{"@xsi:nil":true,"@n":1,"a":"1"}',
    false,
  ],
  ['nil root of no complex type', 'type="xs:int" nillable="true"', '{"@xsi:nil":"1"}', true],
  ['root that may not be nil', 'type="t:C"', '{"@xsi:nil":true,"@n":1}', false],
  ['listed list', 'type="t:L"', '"1 2"', true],
  ['listed list of one', 'type="t:L"', '3', true],
  ['list that is not listed', 'type="t:L"', '"2 1"', false],
  ['listed union', 'type="t:U"', '"true"', true],
  ['listed union, as a literal', 'type="t:U"', 'true', true],
  ['union that is not listed', 'type="t:U"', '"4"', false],
  ['list with a pattern', 'type="t:P"', '"1 1"', true],
  ['list that breaks the pattern', 'type="t:P"', '"1 2"', false],
]

const SIMPLE = (name: string, made: string, facets: string) =>
  `<xs:simpleType name="${name}"><xs:restriction><xs:simpleType>${made}</xs:simpleType>${facets}</xs:restriction></xs:simpleType>`
const LISTED = (...all: readonly string[]) =>
  all.map((it) => `<xs:enumeration value="${it}"/>`).join('')

test('nil elements, and facets of lists and unions', () => {
  const types = [
    '<xs:complexType name="C"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence><xs:attribute name="n" type="xs:int" use="required"/><xs:attribute name="m"/></xs:complexType>',
    SIMPLE('L', '<xs:list itemType="xs:int"/>', LISTED('1 2', '3')),
    SIMPLE('U', '<xs:union memberTypes="xs:boolean xs:int"/>', LISTED('true', '5')),
    SIMPLE('P', '<xs:list itemType="xs:int"/>', '<xs:pattern value="1 1"/>'),
  ]
  for (const [what, attributes, text, takes] of JUDGED) {
    const model = modelOf(`<xs:element name="r" ${attributes}/>${types.join('')}`)
    const validate = compiled(contentSchema({ decl: declared(model, 'r'), model }))
    assert.is(validate(JSON.parse(text)), takes, `${what}: ${text}`)
  }
})

test('definitions may stand elsewhere', () => {
  const model = modelOf(
    '<xs:element name="r" type="t:R"/><xs:complexType name="R"><xs:sequence><xs:element name="r" type="t:R" minOccurs="0"/></xs:sequence></xs:complexType>',
  )
  const { schema, definitions } = definedContent(
    { decl: declared(model, 'r'), model },
    '#/components/schemas/X.',
  )
  assert.equal(schema, { $ref: '#/components/schemas/X.R' })
  assert.equal(Object.keys(definitions), ['R'])
  assert.match(JSON.stringify(definitions), '"r":{"$ref":"#/components/schemas/X.R"}')
})

test('anonymous types are named by the way to them, and no name stands twice', () => {
  const anonymous = '<xs:complexType><xs:sequence/></xs:complexType>'
  const model = modelOf(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a">${anonymous}</xs:element><xs:element name="b"><xs:complexType><xs:sequence><xs:element name="a">${anonymous}</xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
  )
  const { definitions } = definedContent({ decl: declared(model, 'r'), model })
  assert.equal(Object.keys(definitions), ['r', 'r.a', 'r.b', 'r.b.a'])
})

test('a simple root is its value, or an object with its namespace beside it', () => {
  const model = modelOf('<xs:element name="r" type="xs:byte"/>')
  const validate = compiled(contentSchema({ decl: declared(model, 'r'), model }))
  for (const it of [5, '5', ' +005 ', { '@xmlns': 'urn:t', $: -128 }]) assert.ok(validate(it))
  for (const it of [5.5, 128, 'x', '5.0', null, {}, [5], { $: 5, x: 1 }])
    assert.is(validate(it), JSON.stringify(it) === '{}')
})

test.run()
