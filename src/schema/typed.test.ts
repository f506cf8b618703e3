import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeElement } from '../envelope/write.ts'
import { engine, shipped } from './schema.fixture.ts'
import { typedSchema } from './typed.ts'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

const test = suite('typed')

const SET = await shipped()
const JUDGE = engine(SET)
const M = 'http://iec.ch/TC57/2011/schema/message'
const NS = (x: string) => `http://iec.ch/TC57/2017/${x}Message`

const typed = (root: string, x: string, inner: string) =>
  `<${root} xmlns="${NS(x)}" xmlns:m="${M}">${inner}</${root}>`
const header = (verb: string, noun: string) =>
  `<Header><m:Verb>${verb}</m:Verb><m:Noun>${noun}</m:Noun></Header>`
const FULL = `<DERFunction>${DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join(
  '',
)}</DERFunction>`
const groups = (inner: string) =>
  `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><mRID>1</mRID>${inner}</EndDeviceGroup></DERGroups>`
const payload = (inner: string) => `<Payload>${inner}</Payload>`
const REPLY = '<Reply><m:Result>OK</m:Result></Reply>'
const FAILED = '<Reply><m:Result>FAILED</m:Result><m:Error><m:code>1.8</m:code></m:Error></Reply>'
const QUERY =
  '<DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup><mRID>1</mRID></EndDeviceGroup></DERGroupQueries>'
const OPERATIONS = `<OperationSet><m:enforceMsgSequence>true</m:enforceMsgSequence><m:Operation><m:operationId>1</m:operationId><m:noun>DERGroups</m:noun><m:verb>change</m:verb>${groups('')}</m:Operation></OperationSet>`

/** title, message, valid */
const TABLE: readonly (readonly [string, string, boolean])[] = [
  [
    'a create',
    typed('CreateDERGroups', 'DERGroups', header('create', 'DERGroups') + payload(groups(FULL))),
    true,
  ],
  [
    'a create without what the constrained schema asks for',
    typed('CreateDERGroups', 'DERGroups', header('create', 'DERGroups') + payload(groups(''))),
    false,
  ],
  [
    'a change with identifiers alone',
    typed('ChangeDERGroups', 'DERGroups', header('change', 'DERGroups') + payload(groups(''))),
    true,
  ],
  [
    'a delete',
    typed('DeleteDERGroups', 'DERGroups', header('delete', 'DERGroups') + payload(groups(''))),
    true,
  ],
  [
    'an event',
    typed('DeletedDERGroups', 'DERGroups', header('deleted', 'DERGroups') + payload(groups(FULL))),
    true,
  ],
  [
    'a reply',
    typed('DERGroupsResponseMessage', 'DERGroups', header('reply', 'DERGroups') + REPLY),
    true,
  ],
  [
    'a reply with a payload',
    typed(
      'DERGroupsResponseMessage',
      'DERGroups',
      header('reply', 'DERGroups') + REPLY + payload(groups(FULL)),
    ),
    true,
  ],
  [
    'a reply without Reply',
    typed('DERGroupsResponseMessage', 'DERGroups', header('reply', 'DERGroups')),
    false,
  ],
  ['a fault', typed('DERGroupsFaultMessage', 'DERGroups', FAILED), true],
  [
    'a fault with a header',
    typed('DERGroupsFaultMessage', 'DERGroups', header('reply', 'DERGroups') + FAILED),
    false,
  ],
  [
    'a payload of another noun',
    typed('CreateDERGroups', 'DERGroups', header('create', 'DERGroups') + payload(QUERY)),
    false,
  ],
  [
    'a header in the typed namespace throughout',
    typed(
      'DeleteDERGroups',
      'DERGroups',
      `<Header><Verb>delete</Verb><Noun>DERGroups</Noun></Header>${payload(groups(''))}`,
    ),
    false,
  ],
  [
    'a query',
    typed(
      'DERGroupQueriesRequestMessage',
      'DERGroupQueries',
      `${header('get', 'DERGroupQueries')}<Request>${QUERY}</Request>`,
    ),
    true,
  ],
  [
    'a query by identifiers and time',
    typed(
      'DERGroupQueriesRequestMessage',
      'DERGroupQueries',
      `${header('get', 'DERGroupQueries')}<Request><StartTime>2026-07-14T00:00:00Z</StartTime><Option><m:name>a</m:name></Option><ID>1</ID>${QUERY}</Request>`,
    ),
    true,
  ],
  [
    'a query without its profile',
    typed(
      'DERGroupQueriesRequestMessage',
      'DERGroupQueries',
      `${header('get', 'DERGroupQueries')}<Request><ID>1</ID></Request>`,
    ),
    false,
  ],
  [
    'the answer to a query',
    typed(
      'DERGroupQueriesResponseMessage',
      'DERGroupQueries',
      header('reply', 'DERGroupQueries') + REPLY + payload(groups(FULL)),
    ),
    true,
  ],
  [
    'an OperationSet',
    typed(
      'ExecuteDERGroupsOperationSet',
      'DERGroupsOperationSet',
      header('execute', 'OperationSet') + payload(OPERATIONS),
    ),
    true,
  ],
  [
    'an executed OperationSet',
    typed(
      'ExecutedDERGroupsOperationSet',
      'DERGroupsOperationSet',
      header('executed', 'OperationSet') + payload(OPERATIONS),
    ),
    true,
  ],
  [
    'the reply to an OperationSet',
    typed(
      'DERGroupsOperationSetResponseMessage',
      'DERGroupsOperationSet',
      header('reply', 'OperationSet') + REPLY,
    ),
    true,
  ],
  [
    'an OperationSet with a wrong operation',
    typed(
      'ExecuteDERGroupsOperationSet',
      'DERGroupsOperationSet',
      header('execute', 'OperationSet') +
        payload(OPERATIONS.replace('<m:operationId>1</m:operationId>', '')),
    ),
    false,
  ],
]

for (const [title, xml, valid] of TABLE)
  test(`${valid ? 'accepts' : 'refuses'} ${title}`, () => {
    const { verdict, findings } = JUDGE.json(xml)
    assert.is(verdict, valid ? 'valid' : 'invalid', findings.map((it) => it.message).join())
  })

test('there is a schema for every noun that the catalogue has, and it compiles', () => {
  for (const { messageNs } of SET.catalogue.nouns)
    for (const verb of ['create', 'change', 'get', 'reply']) {
      const file = typedSchema(SET.catalogue, messageNs, verb)
      assert.ok(file !== undefined, messageNs)
      const model = SET.modelOf(file)
      assert.ok(model.elements.size > 1)
      assert.match(writeElement(file.root), 'elementFormDefault="qualified"')
    }
})

test('there is none for what the catalogue does not have', () => {
  for (const ns of [
    NS('Nothings'),
    NS('NothingsOperationSet'),
    'urn:x',
    M,
    'http://iec.ch/TC57/1999/DERGroupsMessage',
  ])
    assert.is(typedSchema(SET.catalogue, ns, undefined), undefined, ns)
})

test.run()
