// The WSDL of every noun: whole, by the conventions of the templates, and made of messages that our own schemas judge.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute, childrenNamed } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { readXml } from '../../shell/xml-in/read-xml.ts'
import { openFixture } from '../gateway.fixture.ts'
import { foreignFolder } from '../openapi/foreign.fixture.ts'
import { IMPORTED, importedFolder } from './imported.fixture.ts'
import { addressIn } from './address.ts'
import { editionsOf, servicesAt, soapNouns } from './noun-in-path.ts'
import { servicesOf } from './services.ts'

const test = suite('soap: wsdl')

const foreign = foreignFolder()
const imported = importedFolder()
const folders = [foreign, imported].map(({ path }) => ({ path, shipped: false }))
const gateway = await openFixture({ folders })
test.after(async () => {
  await gateway.close()
  foreign.remove()
  imported.remove()
})
const { schemas } = gateway
const NOUNS = soapNouns(schemas)

async function read(path: string, query: Readonly<Record<string, string>>): Promise<Element> {
  const { status, text, contentType } = await gateway.ask('GET', path, { query })
  assert.is(status, 200, `${path} ${JSON.stringify(query)}`)
  assert.is(contentType, 'text/xml; charset=utf-8')
  const root = readXml(Buffer.from(text))
  assert.ok(root, `${path} is no XML`)
  return root
}

const named = (root: Element, name: string) =>
  new Set(childrenNamed(root, name).map((it) => attribute(it, 'name') ?? ''))

function* below(it: Element): Generator<Element> {
  yield it
  for (const inner of it.children) yield* below(inner)
}

/** Expanded name of a QName in an attribute. */
function expanded(root: Element, name: string | undefined): string {
  const [prefix, local] = (name ?? '').split(':')
  return `{${new Map(root.declared).get(prefix ?? '') ?? '?'}}${local}`
}

/** Global elements of the schemas that a WSDL leads to, each by its expanded name. */
async function elementsFrom(path: string, wsdl: Element): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const follow = async (root: Element) => {
    for (const it of below(root)) {
      const location = attribute(it, 'schemaLocation')
      if (location === undefined || seen.has(location)) continue
      seen.add(location)
      const url = new URL(location, `http://host${path}?wsdl`)
      assert.is(url.pathname, path)
      const schema = await read(path, Object.fromEntries(url.searchParams))
      const ns = attribute(schema, 'targetNamespace') ?? ''
      assert.is(attribute(it, 'namespace') ?? ns, ns)
      for (const one of childrenNamed(schema, 'element'))
        found.add(`{${ns}}${attribute(one, 'name')}`)
      await follow(schema)
    }
  }
  await follow(wsdl)
  return found
}

/** Everything that a WSDL refers to is in it, or in a schema of it. */
async function whole(path: string, query: Readonly<Record<string, string>>): Promise<Element> {
  const root = await read(path, query)
  const [messages, ports, bindings] = ['message', 'portType', 'binding'].map((it) =>
    named(root, it),
  ) as [Set<string>, Set<string>, Set<string>]
  const tns = attribute(root, 'targetNamespace') ?? ''
  const elements = await elementsFrom(path, root)
  const within = (names: ReadonlySet<string>) => new Set([...names].map((it) => `{${tns}}${it}`))
  for (const it of below(root)) {
    const [message, type, binding, element] = ['message', 'type', 'binding', 'element'].map(
      (name) => attribute(it, name),
    )
    if (message !== undefined) assert.ok(within(messages).has(expanded(root, message)), message)
    if (it.name === 'binding' && type !== undefined)
      assert.ok(within(ports).has(expanded(root, type)), type)
    if (binding !== undefined) assert.ok(within(bindings).has(expanded(root, binding)), binding)
    if (it.name === 'part') assert.ok(elements.has(expanded(root, element)), `${path} ${element}`)
  }
  assertBound(root)
  return root
}

/** Each operation of a port type is bound, with an action, once for each version of SOAP. */
function assertBound(root: Element): void {
  for (const port of childrenNamed(root, 'portType')) {
    const name = attribute(port, 'name')
    const bound = childrenNamed(root, 'binding').filter(
      (it) => attribute(it, 'type') === `tns:${name}`,
    )
    assert.is(bound.length, 2, name)
    for (const it of bound) assert.equal(named(it, 'operation'), named(port, 'operation'))
  }
}

for (const noun of NOUNS)
  test(`${noun}: every reference of its WSDLs leads somewhere`, async () => {
    const root = await whole(`/soap/${noun}`, { wsdl: '' })
    const main = editionsOf(noun, schemas)
      .slice(0, 1)
      .flatMap((it) => servicesOf(it, schemas))
    assert.equal(
      named(root, 'service'),
      new Set(main.filter((it) => it.isMain).map((it) => it.name)),
    )
    for (const { name, ns } of main) {
      const own = await whole(`/soap/${noun}`, { wsdl: name })
      assert.is(attribute(own, 'targetNamespace'), ns)
      assert.equal(named(own, 'service'), new Set([name]))
    }
  })

test('nouns of every part, of drafts and of imported sets are among them', () => {
  for (const it of ['DERGroups', 'ServiceOrders', 'EndDeviceControls', 'Tariffs', IMPORTED])
    assert.ok(NOUNS.includes(it), it)
})

test('a noun after which no message can be named is left to the generic service', async () => {
  const { status, text } = await gateway.ask('GET', '/soap/Widgets', { query: { wsdl: '' } })
  assert.is(status, 404)
  assert.match(text, /GET \/soap\?wsdl/)
})

test('every message of every service is judged by our own schemas', () => {
  let count = 0
  for (const noun of NOUNS)
    for (const { messageNs, operations } of servicesAt(noun, schemas))
      for (const { input, output, fault } of operations)
        for (const root of [input, output, fault]) {
          assert.ok(schemas.message(messageNs, root, undefined), `{${messageNs}}${root}`)
          assert.ok(schemas.fileFor(messageNs, root, undefined), root)
          count += 1
        }
  assert.ok(count > NOUNS.length * 3)
})

test('the generic WSDL has three operations and is whole', async () => {
  const root = await whole('/soap', { wsdl: '' })
  const [port] = childrenNamed(root, 'portType')
  assert.ok(port)
  assert.equal(named(port, 'operation'), new Set(['Request', 'Response', 'PublishEvent']))
  assert.is(attribute(root, 'targetNamespace'), 'http://iec.ch/TC57/2011/abstract')
})

/** [noun, service, operations with their actions] as the public templates have them */
const CONVENTIONS: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    'ServiceOrders',
    'ExecuteServiceOrders',
    Object.fromEntries(
      ['Create', 'Change', 'Cancel', 'Close', 'Delete'].map((it) => [
        `${it}ServiceOrders`,
        `http://iec.ch/TC57/2015/ServiceOrders/${it}ServiceOrders`,
      ]),
    ),
  ],
  [
    'ServiceOrders',
    'ReplyServiceOrders',
    Object.fromEntries(
      // Reply is ours: events have no place for a Result.
      ['Reply', 'Created', 'Changed', 'Canceled', 'Closed', 'Deleted'].map((it) => [
        `${it}ServiceOrders`,
        `http://iec.ch/TC57/2015/ServiceOrders/${it}ServiceOrders`,
      ]),
    ),
  ],
  [
    'ServiceOrders',
    'GetServiceOrders',
    { GetServiceOrders: 'http://iec.ch/TC57/2015/GetServiceOrders/GetServiceOrders' },
  ],
  [
    'DERGroups',
    'QueryDERGroups',
    { QueryDERGroups: 'http://iec.ch/TC57/2017/DERGroups/QueryDERGroups' },
  ],
  [
    'DERGroups',
    'ExecuteDERGroupsOperationSet',
    {
      ExecuteDERGroupsOperationSet:
        'http://iec.ch/TC57/2017/DERGroupsOperationSet/ExecuteDERGroupsOperationSet',
    },
  ],
  [
    'DERGroups',
    'ReceiveDERGroupsOperationSet',
    {
      ExecutedDERGroupsOperationSet:
        'http://iec.ch/TC57/2017/DERGroupsOperationSet/ExecutedDERGroupsOperationSet',
    },
  ],
]

/** [noun, service] of those who are told later; their operation is ours */
const REPLIES = [
  ['DERGroups', 'ReplyDERGroups', 'DERGroups'],
  ['DERGroups', 'ReplyDERGroupsOperationSet', 'DERGroupsOperationSet'],
  ['DERGroups', 'ReplyDERGroupQueries', 'DERGroupQueries'],
  ['WorkRequests', 'ReplyGetWorkRequests', 'GetWorkRequests'],
] as const

for (const [noun, service, x] of REPLIES)
  test(`${service} takes the ResponseMessage, and is no service that we offer`, () => {
    const found = servicesAt(noun, schemas).find((it) => it.name === service)
    const [reply] = found?.operations ?? []
    assert.equal([reply?.name, reply?.input], [service, `${x}ResponseMessage`])
    assert.match(reply?.soapAction ?? '', new RegExp(`/${x}/${service}$`))
    assert.is(found?.isMain, false)
  })

for (const [noun, service, actions] of CONVENTIONS)
  test(`${service} has the operations and actions of the templates`, () => {
    const found = servicesAt(noun, schemas).find((it) => it.name === service)
    assert.equal(
      Object.fromEntries((found?.operations ?? []).map((it) => [it.name, it.soapAction])),
      actions,
    )
    assert.is(found?.ns, `${Object.values(actions)[0]?.replace(/[^/]+\/[^/]+$/, '')}${service}`)
  })

test('a service alone has the names of the templates', async () => {
  const root = await read('/soap/DERGroups', { wsdl: 'ExecuteDERGroups' })
  assert.equal(named(root, 'portType'), new Set(['DERGroups_Port']))
  assert.equal(named(root, 'binding'), new Set(['DERGroups_Binding', 'DERGroups_Binding12']))
})

test('a query noun has its own path, and a resource name leads there too', async () => {
  const root = await read('/soap/DERGroupQueries', { wsdl: '' })
  assert.equal(named(root, 'service'), new Set(['QueryDERGroups']))
  assert.ok(named(await read('/soap/der-groups', { WSDL: '' }), 'service').has('ExecuteDERGroups'))
})

test('what is not there is told with what is', async () => {
  const asked: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['/soap/DERGruops', { wsdl: '' }, /Did you mean \/soap\/DERGroups/],
    ['/soap/DERGroups', { wsdl: 'ExecuteTariffs' }, /ExecuteDERGroups/],
    ['/soap/DERGroups', { xsd: 'X.xsd' }, /DERGroups\.xsd/],
    ['/soap/DERGroups', { wsdl: '', namespace: 'urn:x' }, /schemas list/],
  ]
  for (const [path, query, mend] of asked) {
    const { status, text } = await gateway.ask('GET', path, { query })
    assert.is(status, 404, path)
    assert.match(text, mend)
  }
})

test('the address is that of the configuration, or a loopback one, and never what a Host claims', () => {
  assert.is(addressIn('/soap', { host: 'evil.example' }, undefined), '/soap')
  assert.is(addressIn('/soap', { host: '127.0.0.1.evil.example' }, ''), '/soap')
  assert.is(addressIn('/soap', { host: 'localhost:8080' }, ''), 'http://localhost:8080/soap')
  assert.is(addressIn('/soap', { host: '[::1]:8080' }, ''), 'http://[::1]:8080/soap')
  assert.is(addressIn('/soap', { host: 'evil.example' }, 'https://a.b/'), 'https://a.b/soap')
})

test.run()
