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
  assert.is(made.select(W, 'Widgets', 'change')?.file.location, '/1/mine/Widgets.xsd')
  assert.is(made.select(undefined, 'Widgets')?.file.location, '/1/mine/Widgets.xsd')
  assert.is(made.select(undefined, 'Gadgets')?.file.location, '/0/draft/Gadgets.xsd')
  assert.is(made.nouns.find((it) => it.noun === 'Widgets')?.status, 'imported')
  assert.is(made.nouns.filter((it) => it.noun === 'Widgets').length, 1)
})

test('the first of several imported sets wins', () => {
  const made = of({ '/1/Widgets.xsd': file(W, 'Widgets'), '/2/Widgets.xsd': file(W, 'Widgets') })
  assert.is(made.select(W, 'Widgets')?.file.location, '/1/Widgets.xsd')
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
