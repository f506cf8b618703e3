import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from '../envelope/element.ts'
import { sameJson, writeJson } from './json-text.ts'
import type { Json } from './json-text.ts'
import { messageToJson, operationVerb } from './message-json.ts'
import { messageFromJson } from './message-xml.ts'
import { engine, shipped, tree } from './schema.fixture.ts'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

const test = suite('message-json')

const SET = await shipped()
const JUDGE = engine(SET)

const M = 'http://iec.ch/TC57/2011/schema/message'
const NS = (noun: string) => `http://iec.ch/TC57/2017/${noun}#`
const TYPED = (noun: string) => `http://iec.ch/TC57/2017/${noun}Message`
const GROUPS = (inner: string) => `<DERGroups xmlns="${NS('DERGroups')}">${inner}</DERGroups>`
const HEADER = (verb: string, noun: string, more = '') =>
  `<Header><Verb>${verb}</Verb><Noun>${noun}</Noun>${more}</Header>`
const HEAD = (verb: string, noun = 'DERGroups') => `"header":{"Verb":"${verb}","Noun":"${noun}"}`
const GROUP = '<EndDeviceGroup><mRID>1</mRID></EndDeviceGroup>'
const GROUP_JSON = `{"@xmlns":"${NS('DERGroups')}","EndDeviceGroup":[{"mRID":"1"}]}`
const FULL = `<EndDeviceGroup><mRID>1</mRID><DERFunction>${DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join('')}</DERFunction></EndDeviceGroup>`
const FULL_JSON = `{"@xmlns":"${NS('DERGroups')}","EndDeviceGroup":[{"mRID":"1","DERFunction":{${DER_FUNCTIONS.map((it) => `"${it}":true`).join()}}}]}`
/** inside a typed message: the content of Header and Reply is in the message namespace */
const M_HEADER = (verb: string, noun: string) =>
  `<Header><m:Verb>${verb}</m:Verb><m:Noun>${noun}</m:Noun></Header>`
const typed = (root: string, noun: string, inner: string) =>
  `<${root} xmlns="${TYPED(noun)}" xmlns:m="${M}">${inner}</${root}>`
const generic = (root: string, inner: string) => `<${root} xmlns="${M}">${inner}</${root}>`

/** title, XML, CIM-JSON */
const TABLE: readonly (readonly [string, string, string])[] = [
  [
    'a request',
    generic(
      'RequestMessage',
      `${HEADER('change', 'DERGroups')}<Payload>${GROUPS(GROUP)}</Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('change')},"payload":{"DERGroups":${GROUP_JSON}}}`,
  ],
  [
    'a request without payload',
    generic(
      'RequestMessage',
      `${HEADER('get', 'DERGroups')}<Request><StartTime>2026-07-14T16:30:00Z</StartTime><Option><name>a</name></Option><ID kind="uuid">1</ID></Request>`,
    ),
    `{"message":"RequestMessage",${HEAD('get')},"request":{"StartTime":"2026-07-14T16:30:00Z","Option":[{"name":"a"}],"ID":[{"@kind":"uuid","$":"1"}]}}`,
  ],
  [
    'a query in Request',
    generic(
      'RequestMessage',
      `${HEADER('get', 'DERGroupQueries')}<Request><ID>1</ID><DERGroupQueries xmlns="${NS('DERGroupQueries')}"><EndDeviceGroup><mRID>1</mRID></EndDeviceGroup></DERGroupQueries></Request>`,
    ),
    `{"message":"RequestMessage",${HEAD('get', 'DERGroupQueries')},"request":{"ID":["1"],"DERGroupQueries":{"@xmlns":"${NS('DERGroupQueries')}","EndDeviceGroup":[{"mRID":"1"}]}}}`,
  ],
  [
    'a reply',
    generic(
      'ResponseMessage',
      `${HEADER('reply', 'DERGroups')}<Reply><Result>FAILED</Result><Error><code>1.8</code><level>FATAL</level><ID>1</ID><operationId>007</operationId></Error><ID idType="t">1</ID><x:e xmlns:x="urn:x"/><operationId>3</operationId></Reply>`,
    ),
    `{"message":"ResponseMessage",${HEAD('reply')},"reply":{"Result":"FAILED","Error":[{"code":"1.8","level":"FATAL","ID":"1","operationId":"007"}],"ID":[{"@idType":"t","$":"1"}],"#ext":[{"ns":"urn:x","xml":"<x:e xmlns:x=\\"urn:x\\"/>"}],"operationId":3}}`,
  ],
  [
    'an event',
    generic('EventMessage', `${HEADER('changed', 'DERGroups')}<Payload>${GROUPS(FULL)}</Payload>`),
    `{"message":"EventMessage",${HEAD('changed')},"payload":{"DERGroups":${FULL_JSON}}}`,
  ],
  [
    'a fault',
    generic(
      'FaultMessage',
      '<Reply><Result>FAILED</Result><Error><code>1.8</code></Error></Reply>',
    ),
    '{"message":"FaultMessage","reply":{"Result":"FAILED","Error":[{"code":"1.8"}]}}',
  ],
  [
    'the root Message',
    generic('Message', `${HEADER('reply', 'DERGroups')}<Reply><Result>OK</Result></Reply>`),
    `{"message":"Message","@xmlns":"${M}",${HEAD('reply')},"reply":{"Result":"OK"}}`,
  ],
  ['a bare payload', GROUPS(FULL), `{"DERGroups":${FULL_JSON}}`],
  [
    'an empty payload',
    generic('RequestMessage', `${HEADER('delete', 'DERGroups')}<Payload/>`),
    `{"message":"RequestMessage",${HEAD('delete')},"payload":{}}`,
  ],
  [
    'Payload/ID and Format',
    generic(
      'RequestMessage',
      `${HEADER('delete', 'DERGroups')}<Payload><ID objectType="EndDeviceGroup">1</ID><ID>2</ID><Format>XML</Format></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('delete')},"payload":{"ID":[{"@objectType":"EndDeviceGroup","$":"1"},"2"],"Format":"XML"}}`,
  ],
  [
    'a compressed payload',
    generic(
      'RequestMessage',
      `${HEADER('create', 'DERGroups')}<Payload><Compressed>H4sIAAA</Compressed><Format>XML</Format></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('create')},"payload":{"Compressed":"H4sIAAA","Format":"XML"}}`,
  ],
  [
    'a payload root with Format',
    generic(
      'RequestMessage',
      `${HEADER('change', 'DERGroups')}<Payload>${GROUPS(GROUP)}<Format>XML</Format></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('change')},"payload":{"DERGroups":${GROUP_JSON},"Format":"XML"}}`,
  ],
  [
    'a payload that no schema knows',
    generic(
      'RequestMessage',
      `${HEADER('create', 'Others')}<Payload><o:Others xmlns:o="urn:o">1</o:Others></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('create', 'Others')},"payload":{"#ext":[{"ns":"urn:o","xml":"<o:Others xmlns:o=\\"urn:o\\">1</o:Others>"}]}}`,
  ],
  [
    'several payload roots',
    generic(
      'RequestMessage',
      `${HEADER('change', 'DERGroups')}<Payload>${GROUPS(GROUP)}<o:x xmlns:o="urn:o"/>${GROUPS(GROUP)}<Format>XML</Format></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('change')},"payload":[{"DERGroups":${GROUP_JSON}},{"#ext":[{"ns":"urn:o","xml":"<o:x xmlns:o=\\"urn:o\\"/>"}]},{"DERGroups":${GROUP_JSON}},{"Format":"XML"}]}`,
  ],
  [
    'an OperationSet',
    generic(
      'RequestMessage',
      `${HEADER('execute', 'OperationSet')}<Payload><OperationSet><enforceMsgSequence>true</enforceMsgSequence><Operation><operationId>1</operationId><noun>DERGroups</noun><verb>change</verb>${GROUPS(GROUP)}</Operation><Operation><operationId>2</operationId><verb>delete</verb><elementOperation>true</elementOperation>${GROUPS(GROUP)}</Operation><Operation><operationId>3</operationId><o:x xmlns:o="urn:o"/></Operation></OperationSet></Payload>`,
    ),
    `{"message":"RequestMessage",${HEAD('execute', 'OperationSet')},"payload":{"OperationSet":{"enforceMsgSequence":true,"Operation":[{"operationId":1,"noun":"DERGroups","verb":"change","DERGroups":${GROUP_JSON}},{"operationId":2,"verb":"delete","elementOperation":true,"DERGroups":${GROUP_JSON}},{"operationId":3,"#ext":[{"ns":"urn:o","xml":"<o:x xmlns:o=\\"urn:o\\"/>"}]}]}}}`,
  ],
  [
    'header extensions',
    generic(
      'RequestMessage',
      HEADER('get', 'DERGroups', '<Property><Name>a</Name></Property><x:t xmlns:x="urn:x">1</x:t>'),
    ),
    '{"message":"RequestMessage","header":{"Verb":"get","Noun":"DERGroups","Property":[{"Name":"a"}],"#ext":[{"ns":"urn:x","xml":"<x:t xmlns:x=\\"urn:x\\">1</x:t>"}]}}',
  ],
  [
    'an extension before the payload root of a Request',
    generic(
      'RequestMessage',
      `${HEADER('get', 'DERGroups')}<Request><ID>1</ID><t xmlns="urn:x"/>${GROUPS(FULL)}</Request>`,
    ),
    `{"message":"RequestMessage",${HEAD('get')},"request":{"ID":["1"],"#ext":[{"ns":"urn:x","xml":"<t xmlns=\\"urn:x\\"/>"}],"DERGroups":${FULL_JSON},"#order":["ID","#ext","DERGroups"]}}`,
  ],
  [
    'a typed request',
    typed(
      'ChangeDERGroups',
      'DERGroups',
      `${M_HEADER('change', 'DERGroups')}<Payload>${GROUPS(GROUP)}</Payload>`,
    ),
    `{"message":"ChangeDERGroups","@xmlns":"${TYPED('DERGroups')}",${HEAD('change')},"payload":{"DERGroups":${GROUP_JSON}}}`,
  ],
  [
    'a typed reply',
    typed(
      'DERGroupsResponseMessage',
      'DERGroups',
      `${M_HEADER('reply', 'DERGroups')}<Reply><m:Result>OK</m:Result></Reply>`,
    ),
    `{"message":"DERGroupsResponseMessage","@xmlns":"${TYPED('DERGroups')}",${HEAD('reply')},"reply":{"Result":"OK"}}`,
  ],
  [
    'a typed query',
    typed(
      'DERGroupQueriesRequestMessage',
      'DERGroupQueries',
      `${M_HEADER('get', 'DERGroupQueries')}<Request><ID>1</ID><DERGroupQueries xmlns="${NS('DERGroupQueries')}"><EndDeviceGroup><mRID>1</mRID></EndDeviceGroup></DERGroupQueries></Request>`,
    ),
    `{"message":"DERGroupQueriesRequestMessage","@xmlns":"${TYPED('DERGroupQueries')}",${HEAD('get', 'DERGroupQueries')},"request":{"ID":["1"],"DERGroupQueries":{"@xmlns":"${NS('DERGroupQueries')}","EndDeviceGroup":[{"mRID":"1"}]}}}`,
  ],
  [
    'a typed OperationSet',
    typed(
      'ExecuteDERGroupsOperationSet',
      'DERGroupsOperationSet',
      `${M_HEADER('execute', 'OperationSet')}<Payload><OperationSet><m:Operation><m:operationId>1</m:operationId><m:verb>change</m:verb>${GROUPS(GROUP)}</m:Operation></OperationSet></Payload>`,
    ),
    `{"message":"ExecuteDERGroupsOperationSet","@xmlns":"${TYPED('DERGroupsOperationSet')}",${HEAD('execute', 'OperationSet')},"payload":{"OperationSet":{"Operation":[{"operationId":1,"verb":"change","DERGroups":${GROUP_JSON}}]}}}`,
  ],
]

const jsonOf = (xml: string): Json => {
  const { verdict, findings, json } = JUDGE.json(xml)
  if (json === undefined)
    throw new Error(`${verdict} ${findings.map((it) => `${it.path} ${it.message}`).join()} ${xml}`)
  return json
}

for (const [title, xml, expected] of TABLE) {
  test(title, () => {
    assert.is(writeJson(jsonOf(xml)), expected)
  })

  test(`${title}: is written back valid and the same`, () => {
    const written = messageFromJson(jsonOf(xml), SET)
    assert.equal(written.issues, [])
    assert.ok(sameJson(jsonOf(written.xml), jsonOf(xml)), written.xml)
  })
}

test('a message in a SOAP envelope takes the prefixes declared around it along', () => {
  const soap = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="urn:x"><s:Body>${generic('RequestMessage', HEADER('get', 'DERGroups', '<x:t/>'))}</s:Body></s:Envelope>`
  assert.match(writeJson(jsonOf(soap)), '<x:t xmlns:x=\\"urn:x\\"/>')
})

test('an element that nothing is known about is kept as it is', () => {
  const xml = '<Others xmlns="urn:o"/>'
  assert.equal(messageToJson(tree(xml), xml, SET), {
    '#ext': [{ ns: 'urn:o', xml: '<Others xmlns="urn:o"/>' }],
  })
})

test('an elementOperation is judged as a change', () => {
  const operation = (verb: string, flag: string) =>
    element(M, 'Operation', [element(M, 'verb', verb), element(M, 'elementOperation', flag)])
  assert.is(operationVerb(operation('delete', 'true')), 'change')
  assert.is(operationVerb(operation('delete', ' 1 ')), 'change')
  assert.is(operationVerb(operation('delete', 'false')), 'delete')
  assert.is(operationVerb(element(M, 'Operation')), undefined)
})

test.run()
