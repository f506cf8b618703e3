import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueOf, messageNamespace } from './catalogue.ts'
import { filesOf, shipped } from './schema.fixture.ts'

const test = suite('catalogue')

const M = 'http://iec.ch/TC57/2011/schema/message'
const W = 'http://iec.ch/TC57/2017/Widgets#'

const file = (ns: string, ...roots: readonly string[]) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns}">${roots.map((it) => `<xs:element name="${it}"/>`).join('')}</xs:schema>`
const of = (texts: Readonly<Record<string, string>>) => catalogueOf(filesOf(texts))

const MESSAGE = file(
  M,
  'Message',
  'RequestMessage',
  'ResponseMessage',
  'EventMessage',
  'FaultMessage',
)
const SHIPPED = {
  '/0/part100/Message.xsd': MESSAGE,
  '/0/part5/Widgets.xsd': file(W, 'Widgets'),
  '/0/part5/Widgets.change.xsd': file(W, 'Widgets'),
  '/0/part5/WidgetQueries.xsd': file('http://iec.ch/TC57/2017/WidgetQueries#', 'WidgetQueries'),
  '/0/draft/Gadgets.xsd': file('http://cimgate.example/draft/2026/Gadgets#', 'Gadgets'),
  '/0/draft/GetGadgets.xsd': file('http://cimgate.example/draft/2026/GetGadgets#', 'GetGadgets'),
}

test('lists the nouns with what path and namespace say', () => {
  const rows = of(SHIPPED).nouns.map((it) =>
    [it.noun, it.part, it.edition, it.status, it.variant, it.messageNs].join(' '),
  )
  assert.equal(rows, [
    'Widgets 5 2017 shipped constrained http://iec.ch/TC57/2017/WidgetsMessage',
    'Widgets 5 2017 shipped unconstrained http://iec.ch/TC57/2017/WidgetsMessage',
    'WidgetQueries 5 2017 shipped constrained http://iec.ch/TC57/2017/WidgetQueriesMessage',
    'Gadgets  2026 draft constrained http://cimgate.example/draft/2026/GadgetsMessage',
    'Gadgets  2026 draft unconstrained http://cimgate.example/draft/2026/GadgetsMessage',
    'GetGadgets  2026 draft constrained http://cimgate.example/draft/2026/GetGadgetsMessage',
  ])
})

test('the envelope and typed messages are no nouns, in whatever namespace', () => {
  const made = of({
    '/0/a.xsd': MESSAGE,
    '/0/b.xsd': file('urn:other', 'RequestMessage', 'FaultMessage'),
    '/0/c.xsd': file('http://iec.ch/TC57/2017/WidgetsMessage', 'CreateWidgets'),
  })
  assert.equal(made.nouns, [])
  assert.not(made.isNoun('CreateWidgets'))
})

test('knows nouns, suggests near ones, and finds queries both ways', () => {
  const made = of(SHIPPED)
  assert.ok(made.isNoun('Widgets'))
  assert.not(made.isNoun('widgets'))
  assert.is(made.suggestNoun('widgets'), 'Widgets')
  assert.is(made.suggestNoun('Widget'), 'Widgets')
  assert.is(made.suggestNoun('Nothing'), undefined)
  assert.is(made.queried('WidgetQueries'), 'Widgets')
  assert.is(made.queried('GetGadgets'), 'Gadgets')
  assert.is(made.queried('Widgets'), undefined)
  assert.is(made.queryOf('Widgets'), 'WidgetQueries')
  assert.is(made.queryOf('Gadgets'), 'GetGadgets')
  assert.is(made.queryOf('GetGadgets'), undefined)
})

test('an imported set wins for every namespace that it defines, and only for those', () => {
  const made = of({ '/1/mine/Widgets.xsd': file(W, 'Widgets', 'Extra'), ...SHIPPED })
  assert.is(made.select(W, 'Widgets', 'create')?.file.location, '/1/mine/Widgets.xsd')
  assert.is(made.select(undefined, 'Widgets')?.file.location, '/1/mine/Widgets.xsd')
  assert.is(made.select(undefined, 'Gadgets')?.file.location, '/0/draft/Gadgets.xsd')
  assert.is(made.nouns.find((it) => it.noun === 'Widgets')?.status, 'imported')
  assert.is(made.nouns.filter((it) => it.noun === 'Widgets' && !it.derived).length, 1)
})

test('of several files for one root the first judges, and the other is told to be shadowed', () => {
  const made = of({ '/1/Widgets.xsd': file(W, 'Widgets'), '/2/Widgets.xsd': file(W, 'Widgets') })
  assert.is(made.select(W, 'Widgets')?.file.location, '/1/Widgets.xsd')
  assert.equal(
    made.shadowed.map((it) => it.path),
    ['2/Widgets.xsd'],
  )
})

/** Files of imported sets: folder and key. */
const withSets = (
  texts: Readonly<Record<string, string>>,
  keys: Readonly<Record<string, string>>,
) =>
  filesOf(texts).map((it) => {
    const edition = keys[it.location.slice(1, 2)]
    return edition === undefined ? it : { ...it, edition }
  })
const NEW = 'http://iec.ch/TC57/2020/Widgets#'
const EDITIONS = withSets(
  {
    '/1/Widgets.xsd': file(NEW, 'Widgets'),
    '/2/Widgets.xsd': file(W, 'Widgets'),
    '/2/Widgets.delete.xsd': file(W, 'Widgets'),
    ...SHIPPED,
  },
  { 1: 'iec-61968-5@2020', 2: 'mine@2017' },
)

test('several editions stand side by side, and each namespace judges its own', () => {
  const made = catalogueOf(EDITIONS)
  assert.is(made.select(NEW, 'Widgets')?.key, 'iec-61968-5@2020')
  assert.is(made.select(W, 'Widgets', 'create')?.key, 'mine@2017')
  // Sets are not mixed: the variants of a set that is not asked say nothing.
  assert.is(
    made.select(W, 'Widgets', 'change')?.file.path,
    '2/Widgets.xsd (unconstrained, derived)',
  )
  assert.is(made.select(undefined, 'Widgets')?.targetNamespace, NEW)
  assert.equal(
    made.nouns
      .filter((it) => it.noun === 'Widgets' && !it.derived)
      .map((it) => `${it.key} ${it.part} ${it.status} ${it.selected}`),
    ['iec-61968-5@2020 5 imported true', 'mine@2017  imported false', 'mine@2017  imported false'],
  )
  assert.equal(
    made.shadowed.map((it) => `${it.noun} ${it.key}`),
    ['Widgets iec-61968-5@2017', 'Widgets iec-61968-5@2017'],
  )
})

/** choice, namespace and set that are used without a namespace */
const CHOICES: readonly (readonly [string, string, string])[] = [
  ['iec-61968-5@2020', NEW, '/1/Widgets.xsd'],
  ['2020', NEW, '/1/Widgets.xsd'],
  ['mine@2017', W, '/2/Widgets.xsd'],
  ['2017', W, '/2/Widgets.xsd'],
  ['shipped', W, '/0/part5/Widgets.xsd'],
  ['iec-61968-5@2017', W, '/0/part5/Widgets.xsd'],
]
for (const [choice, ns, location] of CHOICES)
  test(`Widgets: ${choice} is ${location}`, () => {
    const made = catalogueOf(EDITIONS, { Widgets: choice })
    assert.equal(made.problems, [])
    assert.is(made.select(undefined, 'Widgets', 'create')?.file.location, location)
    assert.is(made.select(ns, 'Widgets', 'create')?.file.location, location)
    const selected = made.nouns.filter((it) => it.noun === 'Widgets' && it.selected)
    assert.ok(selected.length > 0 && selected.every((it) => it.payloadNs === ns))
  })

test('drafts are chosen by their key', () => {
  const made = catalogueOf(filesOf(SHIPPED), { Gadgets: 'draft@2026' })
  assert.equal(made.problems, [])
  assert.is(made.nouns.find((it) => it.noun === 'Gadgets')?.key, 'draft@2026')
})

test('says what is wrong with a choice, and what there is', () => {
  const problems = (choice: Readonly<Record<string, string>>) =>
    catalogueOf(EDITIONS, choice).problems
  assert.equal(problems({ Widgets: '1999' }), [
    'schemas.Widgets: there is no edition 1999 of Widgets; there are iec-61968-5@2020, mine@2017, iec-61968-5@2017, shipped.',
  ])
  assert.equal(problems({ Widgetz: '2020' }), [
    'schemas.Widgetz: there is no noun Widgetz; did you mean Widgets?',
  ])
  assert.equal(problems({ Nothing: '2020' }), [
    'schemas.Nothing: there is no noun Nothing; "cimgate schemas list" shows all.',
  ])
  const two = { '/1/a.xsd': file('urn:a', 'A', 'B'), '/2/b.xsd': file('urn:a', 'A', 'B') }
  const files = withSets(two, { 1: 'one', 2: 'two' })
  assert.equal(catalogueOf(files, { A: 'two', B: 'two' }).problems, [])
  assert.match(catalogueOf(files, { A: 'two', B: 'one' }).problems.join(), /B and A share .*urn:a/)
})

test('files that are included are part of those that include them', () => {
  const include = (it: string) => `<xs:include schemaLocation="${it}"/>`
  const with_ = (ns: string, body: string) =>
    file(ns, 'Widgets').replace('<xs:element', `${body}<xs:element`)
  const made = of({
    '/1/all.xsd': with_(W, include('parts/more.xsd')).replaceAll('Widgets"', 'All"'),
    '/1/parts/more.xsd': with_(W, include('../all.xsd')),
    '/1/parts/none.xsd': file('', 'Widgets'),
  })
  assert.equal(
    made.entries.map((it) => `${it.file.location} ${it.roots}`),
    ['/1/all.xsd All,Widgets', '/1/parts/none.xsd Widgets'],
  )
  assert.equal(
    made.nouns.filter((it) => !it.derived).map((it) => `${it.noun} ${it.payloadNs}`),
    [`All ${W}`, `Widgets ${W}`, 'Widgets '],
  )
})

const schema = (ns: string, body: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${ns}" xmlns:c="urn:common" targetNamespace="${ns}">${body}</xs:schema>`
const holding = (name: string, ...refs: readonly string[]) =>
  `<xs:element name="${name}"><xs:complexType><xs:sequence>${refs.map((it) => `<xs:element ref="${it}"/>`).join('')}</xs:sequence></xs:complexType></xs:element>`

/** title, files, nouns */
const NOUNS: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    'abstract elements are none',
    {
      '/1/a.xsd': schema(
        'urn:a',
        '<xs:element name="H" abstract="true"/><xs:element name="A" substitutionGroup="t:H"/>',
      ),
    },
    ['A'],
  ],
  ['files of types are none', { '/1/a.xsd': schema('urn:a', '<xs:complexType name="T"/>') }, []],
  [
    'what a root holds by reference is none',
    { '/1/a.xsd': schema('urn:a', holding('Order', 't:Line', 't:Order') + holding('Line')) },
    ['Order'],
  ],
  [
    'of a ring every one may be',
    { '/1/a.xsd': schema('urn:a', holding('A', 't:B') + holding('B', 't:A')) },
    ['A', 'B'],
  ],
  [
    'a file whose roots are all held by others is none',
    {
      '/1/common.xsd': schema('urn:common', holding('Status') + holding('Name', 'c:Status')),
      '/1/b.xsd': schema('urn:b', holding('B', 'c:Status', 'c:Name')),
    },
    ['B'],
  ],
  [
    'a noun that another holds is one all the same, by its file or its namespace',
    {
      '/1/Readings.xsd': schema('urn:readings', holding('Readings')),
      '/1/o.xsd': schema('http://iec.ch/TC57/2015/Orders#', holding('Orders')),
      '/1/b.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:r="urn:readings" xmlns:o="http://iec.ch/TC57/2015/Orders#" targetNamespace="urn:b">' +
        `${holding('B', 'r:Readings', 'o:Orders')}</xs:schema>`,
    },
    ['Readings', 'Orders', 'B'],
  ],
  [
    'typed messages are none, whatever their namespace, and what they hold is one',
    {
      '/1/m.xsd': schema(
        'urn:m',
        holding('CreateThings', 'c:Things') + holding('ThingsResponseMessage', 'c:Things'),
      ),
      '/1/t.xsd': schema('urn:common', holding('Things')),
    },
    ['Things'],
  ],
  [
    'the envelope is none in any edition',
    {
      '/1/m.xsd': schema(
        'http://iec.ch/TC57/2021/schema/message',
        '<xs:element name="AbstractPayload" abstract="true"/><xs:element name="CompressedPayload"/>',
      ),
      '/1/w.xsd': schema(
        'http://www.iec.ch/TC57/2011/schema/message',
        '<xs:element name="Header"/>',
      ),
    },
    [],
  ],
  [
    'a noun may be called Message',
    {
      '/1/a.xsd': schema('http://iec.ch/TC57/2011/TextMessage', '<xs:element name="TextMessage"/>'),
    },
    ['TextMessage'],
  ],
]
for (const [title, texts, nouns] of NOUNS)
  test(`nouns: ${title}`, () => {
    assert.equal([...new Set(of(texts).nouns.map((it) => it.noun))], nouns)
  })

test('names the namespace of typed messages', () => {
  assert.is(messageNamespace(W), 'http://iec.ch/TC57/2017/WidgetsMessage')
  assert.is(messageNamespace('urn:x'), 'urn:xMessage')
})

test('the shipped folder has the envelope and at least one noun with both variants', async () => {
  const { catalogue } = await shipped()
  assert.ok(catalogue.select(M, 'RequestMessage'))
  const [noun] = catalogue.nouns.filter((it) => it.variant === 'unconstrained')
  assert.ok(noun !== undefined && catalogue.isNoun(noun.noun))
})

test.run()
