import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { engine, setOf, shipped } from './schema.fixture.ts'

const test = suite('unconstrained')

const NS = 'http://iec.ch/TC57/2015/Orders#'
const XS = `xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${NS}" targetNamespace="${NS}" elementFormDefault="qualified"`
const schema = (body: string) => `<xs:schema ${XS}>${body}</xs:schema>`
const type = (body: string) => schema(`<xs:element name="Orders" type="t:T"/>${body}`)
const complex = (body: string, name = 'T') =>
  `<xs:complexType name="${name}">${body}</xs:complexType>`
const el = (name: string, rest = 'type="xs:string"') => `<xs:element name="${name}" ${rest}/>`
const seq = (...items: readonly string[]) => `<xs:sequence>${items.join('')}</xs:sequence>`

/** What the derived schema says of a payload under change: by the XSD engine, which has to take the schema too. */
function verdicts(xsd: string, payloads: readonly string[]): readonly string[] {
  const set = setOf({ '/1/Orders.xsd': xsd, '/0/Message.xsd': MESSAGE })
  const judge = engine(set)
  return payloads.map((it) => judge.verdict(message('change', it)))
}

const M = 'http://iec.ch/TC57/2011/schema/message'
const MESSAGE = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${M}"><xs:element name="RequestMessage"/><xs:element name="EventMessage"/></xs:schema>`
const message = (verb: string, payload: string, root = 'RequestMessage') =>
  `<${root} xmlns="${M}"><Header><Verb>${verb}</Verb></Header><Payload><Orders xmlns="${NS}">${payload}</Orders></Payload></${root}>`

/** construct, schema, payloads that are valid under change, payloads that are not */
const TABLE: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'a sequence: any of its elements, in its order, as often as before',
    type(complex(seq(el('a'), el('b', 'type="xs:int" minOccurs="2" maxOccurs="3"'), el('c')))),
    ['', '<a>x</a>', '<b>1</b>', '<a>x</a><b>1</b><b>2</b><b>3</b><c/>', '<c/>'],
    ['<b>1</b><a>x</a>', '<b>x</b>', '<a/><a/>', '<b>1</b><b>1</b><b>1</b><b>1</b>', '<d/>'],
  ],
  [
    'a choice: one branch, a part of one, or none',
    type(
      complex(
        `<xs:choice>${el('a', 'type="xs:string" minOccurs="2" maxOccurs="2"')}${seq(el('b'), el('c'))}</xs:choice>`,
      ),
    ),
    ['', '<a/>', '<a/><a/>', '<b/>', '<c/>', '<b/><c/>'],
    ['<a/><b/>', '<a/><a/><a/>', '<c/><b/>'],
  ],
  [
    'xs:all: any of its elements in any order',
    type(complex(`<xs:all>${el('a')}${el('b')}</xs:all>`)),
    ['', '<b/>', '<b/><a/>'],
    ['<a/><a/>'],
  ],
  [
    'a group: what it refers to may be left out, and parts of it',
    type(
      complex(seq('<xs:group ref="t:G"/>', el('z'))) +
        `<xs:group name="G">${seq(el('a'), el('b'))}</xs:group>`,
    ),
    ['', '<a/>', '<b/><z/>'],
    ['<z/><a/>'],
  ],
  [
    'an extension: what is inherited and what is added',
    type(
      complex(
        `<xs:complexContent><xs:extension base="t:B">${seq(el('b'))}</xs:extension></xs:complexContent>`,
      ) + complex(seq(el('a')), 'B'),
    ),
    ['', '<a/>', '<b/>'],
    ['<b/><a/>'],
  ],
  [
    'a restriction: no more than its base',
    type(
      complex(
        `<xs:complexContent><xs:restriction base="t:B">${seq(el('a'))}</xs:restriction></xs:complexContent>`,
      ) + complex(seq(el('a'), el('b', 'type="xs:string" minOccurs="0"')), 'B'),
    ),
    ['', '<a/>'],
    ['<b/>'],
  ],
  [
    'attributes: what is required stays so',
    type(complex(`${seq(el('a'))}<xs:attribute name="ref" use="required"/>`)),
    [],
    ['', '<a/>'],
  ],
  [
    'simple content, an attribute of it, and a wildcard',
    schema(
      `<xs:element name="Orders"><xs:complexType>${seq('<xs:element name="a"><xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="u" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>', '<xs:any namespace="##other" processContents="lax"/>')}</xs:complexType></xs:element>`,
    ),
    ['', '<a u="x">1</a>', '<o xmlns="urn:o"/>'],
    ['<a>1</a>', '<a u="x"/>'],
  ],
  [
    'elements inside elements, also through a type that holds itself',
    type(complex(seq(el('a'), el('t', 'type="t:T" minOccurs="0"'), el('z')))),
    ['<t><t><z/></t></t>', '<t/>'],
    ['<t><z/><a/></t>'],
  ],
  [
    'a key of what is left out is not missed, and a key twice is',
    schema(
      `<xs:element name="Orders"><xs:complexType>${seq(`<xs:element name="o" maxOccurs="9"><xs:complexType>${seq(el('id'), el('of'))}</xs:complexType></xs:element>`)}</xs:complexType><xs:key name="k"><xs:selector xpath="t:o"/><xs:field xpath="t:id"/></xs:key><xs:keyref name="r" refer="t:k"><xs:selector xpath="t:o"/><xs:field xpath="t:of"/></xs:keyref></xs:element>`,
    ),
    ['<o/><o/>', '<o><of>not here</of></o>', '<o><id>1</id></o>'],
    ['<o><id>1</id></o><o><id>1</id></o>'],
  ],
  [
    'what would leave open which element is meant stays as it is, and nothing else',
    type(
      complex(
        seq(
          el('a'),
          el('b'),
          el('a', 'type="xs:string" minOccurs="0"'),
          el('t', 'type="t:U" minOccurs="0"'),
        ),
      ) + complex(seq(el('u')), 'U'),
    ),
    ['<a/><b/>', '<a/><b/><a/>', '<a/><b/><t/>'],
    ['', '<b/>'],
  ],
  [
    'the same through a base and a group',
    type(
      complex(
        `<xs:complexContent><xs:extension base="t:B">${seq('<xs:group ref="t:G"/>')}</xs:extension></xs:complexContent>`,
      ) +
        complex(seq(el('a'), el('b')), 'B') +
        `<xs:group name="G">${seq(el('c'), el('a'))}</xs:group>`,
    ),
    ['<a/><b/><c/><a/>'],
    ['<b/><a/>', ''],
  ],
  [
    'branches that begin differently and would end alike',
    type(complex(`<xs:choice>${seq(el('a'), el('z'))}${seq(el('b'), el('z'))}</xs:choice>`)),
    ['<a/><z/>', '<b/><z/>'],
    ['<z/>'],
  ],
]

for (const [title, xsd, good, bad] of TABLE)
  test(title, () => {
    assert.equal(
      verdicts(xsd, [...good, ...bad]),
      [...good.map(() => 'valid'), ...bad.map(() => 'invalid')],
      [...good, ...bad].join(' | '),
    )
  })

const PLAIN = type(complex(seq(el('a'))))
const set = setOf({ '/1/Orders.xsd': PLAIN, '/0/Message.xsd': MESSAGE })

test('judges change, delete, cancel, close, what reports them and parts of an object, and nothing else', () => {
  const derived = (verb: string | undefined) =>
    set.catalogue.select(NS, 'Orders', verb)?.derived === true
  const verbs = ['change', 'delete', 'cancel', 'close', 'changed', 'deleted', 'canceled', 'closed']
  assert.equal(verbs.filter(derived), verbs)
  const others = [undefined, 'create', 'created', 'get', 'reply', 'execute', 'executed', 'nonsense']
  assert.equal(others.filter(derived), [])
  const judge = engine(set)
  assert.is(judge.verdict(message('create', '')), 'invalid')
  assert.is(judge.verdict(message('deleted', '', 'EventMessage')), 'valid')
})

test('the catalogue tells of it, once for each noun that has it', () => {
  const rows = set.catalogue.nouns.filter((it) => it.noun === 'Orders')
  assert.equal(
    rows.map((it) => `${it.variant} ${it.derived} ${it.path}`),
    ['constrained false 1/Orders.xsd', 'unconstrained true 1/Orders.xsd (unconstrained, derived)'],
  )
})

test('model and engine say the same of it', () => {
  const model = set.payload(NS, 'Orders', 'change')?.decl
  assert.ok(model?.type.kind === 'complex' && model.type.content.kind === 'particle')
  const { particle } = model.type.content
  assert.is(particle.kind === 'sequence' ? particle.items[0]?.min : undefined, 0)
  assert.is.not(model, set.payload(NS, 'Orders', 'create')?.decl)
})

test('a file with a verb in its name is a variant, so none is derived', () => {
  const two = setOf({ '/1/Orders.xsd': PLAIN, '/1/Orders.change.xsd': PLAIN })
  assert.is(two.catalogue.select(NS, 'Orders', 'delete')?.file.path, '1/Orders.change.xsd')
  assert.is(
    two.catalogue.nouns.some((it) => it.derived),
    false,
  )
})

test('a schema that says so has one variant, and so has a query', () => {
  const annotation =
    '<xs:annotation><xs:appinfo source="http://cimgate.example/variants"> constrained only </xs:appinfo></xs:annotation>'
  const one = setOf({ '/1/Orders.xsd': PLAIN.replace('<xs:element', `${annotation}<xs:element`) })
  assert.is(one.catalogue.select(NS, 'Orders', 'change')?.derived, undefined)
  const query = setOf({
    '/1/Orders.xsd': PLAIN,
    '/1/GetOrders.xsd': PLAIN.replaceAll('Orders', 'GetOrders'),
  })
  const get = NS.replace('Orders', 'GetOrders')
  assert.is(query.catalogue.select(get, 'GetOrders', 'delete')?.derived, undefined)
})

test('types in other files and namespaces are lowered too', () => {
  const files = {
    '/1/Orders.xsd': `<xs:schema ${XS} xmlns:c="urn:c"><xs:include schemaLocation="t.xsd"/><xs:import namespace="urn:c" schemaLocation="c.xsd"/><xs:element name="Orders"><xs:complexType>${seq('<xs:element name="x" type="c:C"/>', '<xs:element name="y" type="t:U"/>')}</xs:complexType></xs:element></xs:schema>`,
    '/1/t.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">${complex(seq(el('u')), 'U')}</xs:schema>`,
    '/1/c.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:c" elementFormDefault="qualified">${complex(seq(el('v')), 'C')}</xs:schema>`,
    '/0/Message.xsd': MESSAGE,
  }
  const judge = engine(setOf(files))
  const verdict = (verb: string) => judge.verdict(message(verb, '<x/><y/>'))
  assert.equal([verdict('change'), verdict('create')], ['valid', 'invalid'])
})

test('of the nouns of Part 5 those have one that the edition of 2020 lists', async () => {
  const { catalogue } = await shipped()
  const listed = new Set(
    catalogue.nouns
      .filter((it) => it.part === '5' && it.variant === 'unconstrained')
      .map((it) => `${it.noun} ${it.derived}`),
  )
  assert.equal([...listed].sort(), [
    'DERGroupDispatches true',
    'DERGroupForecasts true',
    'DERGroups false',
  ])
})

test('every derived variant of what is shipped compiles, with engine and model', async () => {
  const all = await shipped()
  const judge = engine(all)
  for (const { noun, payloadNs } of all.catalogue.nouns.filter((it) => it.derived)) {
    const payload = `<${noun} xmlns="${payloadNs}"/>`
    const request = `<RequestMessage xmlns="${M}"><Header><Verb>change</Verb><Noun>${noun}</Noun></Header><Payload>${payload}</Payload></RequestMessage>`
    assert.is(judge.verdict(request), 'valid', noun)
    const typed = payloadNs.replace('#', 'Message')
    const own = `<Change${noun} xmlns="${typed}" xmlns:m="${M}"><Header><m:Verb>change</m:Verb><m:Noun>${noun}</m:Noun></Header><Payload>${payload}</Payload></Change${noun}>`
    assert.is(judge.verdict(own), 'valid', `typed ${noun}`)
  }
})

test.run()
