import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from './json-text.ts'
import { readJson } from './json-text.ts'
import { isMessage, messageFromJson } from './message-xml.ts'
import { setOf, shipped, xsd } from './schema.fixture.ts'

const test = suite('message-xml')

const SET = await shipped()
const M = 'http://iec.ch/TC57/2011/schema/message'
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'

function json(text: string): Json {
  const read = readJson(text)
  if ('fault' in read) throw new Error(`${read.fault.message} ${text}`)
  return read.value
}

const written = (text: string) => messageFromJson(json(text), SET)

const HEADER = '"header":{"Verb":"change","Noun":"DERGroups"}'
const XML_HEADER = '<Header><Verb>change</Verb><Noun>DERGroups</Noun></Header>'
const payload = (text: string) => `{${HEADER},"payload":${text}}`

/** CIM-JSON, XML */
const WRITTEN: readonly (readonly [string, string, string])[] = [
  [
    'the kind of message comes from the verb',
    `{${HEADER}}`,
    `<RequestMessage xmlns="${M}">${XML_HEADER}</RequestMessage>`,
  ],
  [
    'an event by its verb',
    '{"header":{"Verb":"created","Noun":"N"}}',
    `<EventMessage xmlns="${M}"><Header><Verb>created</Verb><Noun>N</Noun></Header></EventMessage>`,
  ],
  [
    'a reply by its verb',
    '{"header":{"Verb":"reply","Noun":"N"},"reply":{"Result":"OK"}}',
    `<ResponseMessage xmlns="${M}"><Header><Verb>reply</Verb><Noun>N</Noun></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`,
  ],
  [
    'a fault has a reply and no header',
    '{"reply":{"Result":"FAILED"}}',
    `<FaultMessage xmlns="${M}"><Reply><Result>FAILED</Result></Reply></FaultMessage>`,
  ],
  [
    'a root by name',
    `{"message":"Message",${HEADER}}`,
    `<Message xmlns="${M}">${XML_HEADER}</Message>`,
  ],
  [
    'the namespace of a payload by the catalogue',
    payload('{"DERGroups":{}}'),
    `<RequestMessage xmlns="${M}">${XML_HEADER}<Payload><DERGroups xmlns="${GROUPS}"/></Payload></RequestMessage>`,
  ],
  [
    'Format comes last',
    payload('{"Format":"XML","ID":["1"]}'),
    `<RequestMessage xmlns="${M}">${XML_HEADER}<Payload><ID>1</ID><Format>XML</Format></Payload></RequestMessage>`,
  ],
  [
    'an empty payload',
    payload('{}'),
    `<RequestMessage xmlns="${M}">${XML_HEADER}<Payload/></RequestMessage>`,
  ],
  [
    'an empty array is absent',
    `{"header":{"Verb":"get","Noun":"N","Property":[]}}`,
    `<RequestMessage xmlns="${M}"><Header><Verb>get</Verb><Noun>N</Noun></Header></RequestMessage>`,
  ],
  [
    'numbers as text',
    '{"header":{"Verb":"get","Noun":"N"},"request":{"Option":[{"name":"a","value":"0.10"}]}}',
    `<RequestMessage xmlns="${M}"><Header><Verb>get</Verb><Noun>N</Noun></Header><Request><Option><name>a</name><value>0.10</value></Option></Request></RequestMessage>`,
  ],
  [
    'a typed root by its name',
    `{"message":"ChangeDERGroups",${HEADER},"payload":{"DERGroups":{}}}`,
    `<ChangeDERGroups xmlns="http://iec.ch/TC57/2017/DERGroupsMessage" xmlns:m="${M}"><Header><m:Verb>change</m:Verb><m:Noun>DERGroups</m:Noun></Header><Payload><DERGroups xmlns="${GROUPS}"/></Payload></ChangeDERGroups>`,
  ],
  [
    'escapes what XML needs',
    '{"header":{"Verb":"get","Noun":"a & <b> \\r"}}',
    `<RequestMessage xmlns="${M}"><Header><Verb>get</Verb><Noun>a &amp; &lt;b&gt; &#13;</Noun></Header></RequestMessage>`,
  ],
  [
    'a bare payload',
    '{"DERGroups":{"EndDeviceGroup":[{"mRID":"1"}]}}',
    `<DERGroups xmlns="${GROUPS}"><EndDeviceGroup><mRID>1</mRID></EndDeviceGroup></DERGroups>`,
  ],
]

for (const [title, text, xml] of WRITTEN)
  test(`writes ${title}`, () => {
    assert.equal(written(text), { xml, issues: [] })
  })

test('tells a message from a bare payload', () => {
  for (const it of ['{"message":"X"}', '{"header":{}}', '{"payload":[]}', '{"reply":{}}'])
    assert.ok(isMessage(json(it) as never), it)
  for (const it of ['{}', '{"DERGroups":{}}', '{"header":1}', '{"message":1}'])
    assert.not(isMessage(json(it) as never), it)
})

test('a type without a namespace is named where no default namespace is in force', () => {
  const type = (name: string, content: string) =>
    `<xs:complexType name="${name}">${content}</xs:complexType>`
  const bare = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="plain" type="A"/>${type('A', '')}${type('B', '<xs:complexContent><xs:extension base="A"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent>')}</xs:schema>`
  const set = setOf({
    '/0/t.xsd': xsd('<xs:import schemaLocation="bare.xsd"/><xs:element name="r" type="A"/>'),
    '/0/bare.xsd': bare,
  })
  const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="B"'
  const of = (text: string) => messageFromJson(json(text), set)
  assert.equal(of('{"plain":{"@xmlns":"","@xsi:type":"B","b":"1"}}'), {
    xml: `<plain ${xsi}><b>1</b></plain>`,
    issues: [],
  })
  assert.equal(of('{"r":{"@xmlns":"urn:t","@xsi:type":"B","b":"1"}}'), {
    xml: `<e:r xmlns:e="urn:t" xmlns="" ${xsi}><b>1</b></e:r>`,
    issues: [],
  })
})

test.run()
