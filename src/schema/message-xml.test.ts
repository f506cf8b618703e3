import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from './json-text.ts'
import { readJson } from './json-text.ts'
import { isMessage, messageFromJson } from './message-xml.ts'
import { shipped } from './schema.fixture.ts'

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
const group = (text: string) => payload(`{"DERGroups":{"EndDeviceGroup":[${text}]}}`)
const AT = '/RequestMessage/Payload/DERGroups/EndDeviceGroup'

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

/** CIM-JSON; its issues as rule, path and mend */
const REFUSED: readonly (readonly [string, string, ...string[]])[] = [
  ['no object', '[]', 'JSON-TYPE  | Write { "header": …, "payload": … }.'],
  ['text', '"a"', 'JSON-TYPE  | Write { "header": …, "payload": … }.'],
  ['nothing', '{}', 'JSON-KEY  | Write {"header":…,"payload":…} or one key with the noun.'],
  [
    'several roots without a message',
    '{"A":{},"B":{}}',
    'JSON-KEY  | Write {"header":…,"payload":…} or one key with the noun.',
  ],
  [
    'an unknown bare payload',
    '{"Others":{}}',
    'JSON-KEY /Others | Check the noun, or give its schema with --xsd.',
  ],
  [
    'an unknown message root',
    `{"message":"Nothing",${HEADER}}`,
    'JSON-KEY  | Leave "message" out, or name a root that the catalogue has.',
  ],
  [
    'an unknown typed root',
    `{"message":"CreateNothings",${HEADER}}`,
    'JSON-KEY  | Leave "message" out, or name a root that the catalogue has.',
  ],
  [
    'an unknown key beside header',
    `{${HEADER},"paylod":{}}`,
    'JSON-KEY /RequestMessage | Did you mean "payload"?',
  ],
  [
    'a part that this message does not have',
    `{"message":"EventMessage",${HEADER},"reply":{}}`,
    'JSON-KEY /EventMessage | Take "reply" out, or give its schema with --xsd.',
  ],
  [
    'an unknown payload root',
    payload('{"Others":{}}'),
    'JSON-KEY /RequestMessage/Payload | Take "Others" out, or give its schema with --xsd.',
  ],
  [
    'a payload root in another namespace',
    payload('{"DERGroups":{"@xmlns":"urn:x"}}'),
    `JSON-XMLNS /RequestMessage/Payload/DERGroups | write "@xmlns":"${GROUPS}", or leave it out`,
  ],
  [
    'a typed payload root in another namespace',
    `{"message":"ChangeDERGroups",${HEADER},"payload":{"DERGroups":{"@xmlns":"urn:x"}}}`,
    `JSON-XMLNS /ChangeDERGroups/Payload/DERGroups | write "@xmlns":"${GROUPS}", or leave it out`,
  ],
  [
    'a namespace that is no text',
    payload('{"DERGroups":{"@xmlns":1}}'),
    `JSON-XMLNS /RequestMessage/Payload/DERGroups | write "@xmlns":"${GROUPS}", or leave it out`,
  ],
  [
    'a namespace inside',
    group('{"@xmlns":"urn:x"}'),
    `JSON-XMLNS ${AT} | write "@xmlns":"${GROUPS}", or leave it out`,
  ],
  [
    'an unknown key with a near one',
    group('{"mrid":"1"}'),
    `JSON-KEY ${AT} | did you mean "mRID"?`,
  ],
  [
    'an unknown key',
    group('{"x":1}'),
    `JSON-KEY ${AT} | take "x" out, or use one of mRID, description, DERFunction, EndDevices, Names, version`,
  ],
  [
    'an unknown attribute',
    group('{"@x":1}'),
    `JSON-KEY ${AT} | take "@x" out, or use one of no key at all`,
  ],
  [
    'an extension where none may stand',
    group('{"#ext":[]}'),
    `JSON-KEY ${AT} | take "#ext" out, or use one of mRID, description, DERFunction, EndDevices, Names, version`,
  ],
  ['a prefix', group('{"m:mRID":"1"}'), `JSON-KEY ${AT} | did you mean "mRID"?`],
  [
    'null',
    group('{"mRID":null}'),
    `JSON-NULL ${AT}/mRID | leave the key out where there is no value; CIM elements are not nillable`,
  ],
  [
    'null for an object',
    group('{"version":null}'),
    `JSON-NULL ${AT}/version | write { … } with these keys, or leave the key out`,
  ],
  [
    'a number for text',
    group('{"mRID":12345678901234567890}'),
    `JSON-TYPE ${AT}/mRID | write it in double quotes: "12345678901234567890"`,
  ],
  [
    'a boolean for text',
    group('{"mRID":true}'),
    `JSON-TYPE ${AT}/mRID | write it in double quotes: "true"`,
  ],
  [
    'a boolean for a number',
    group('{"version":{"major":true}}'),
    `JSON-TYPE ${AT}/version/major | write it in double quotes: "true"`,
  ],
  [
    'a number for a boolean',
    group('{"DERFunction":{"rampRateControl":1}}'),
    `JSON-TYPE ${AT}/DERFunction/rampRateControl | write it in double quotes: "1"`,
  ],
  [
    'an object for text',
    group('{"mRID":{"a":1}}'),
    `JSON-KEY ${AT}/mRID | take "a" out, or use one of $`,
  ],
  [
    'text for an object',
    group('{"version":"1"}'),
    `JSON-TYPE ${AT}/version | write { … } with these keys, or leave the key out`,
  ],
  [
    'no array where one is due',
    payload('{"DERGroups":{"EndDeviceGroup":{}}}'),
    `JSON-ARRAY ${AT} | write "EndDeviceGroup":[…], also for a single one`,
  ],
  [
    'an array where none is due',
    group('{"mRID":["1"]}'),
    `JSON-ARRAY ${AT}/mRID | write "mRID" without [ ]: it occurs at most once`,
  ],
  [
    'an array in an array',
    payload('{"DERGroups":{"EndDeviceGroup":[[]]}}'),
    `JSON-TYPE ${AT} | write { … } with these keys, or leave the key out`,
  ],
  [
    'a control character',
    group('{"mRID":"a\\u0007"}'),
    `JSON-TEXT ${AT}/mRID | take U+0007 out of the text`,
  ],
  [
    'a lone surrogate',
    group('{"mRID":"\\uD800"}'),
    `JSON-TEXT ${AT}/mRID | take U+D800 out of the text`,
  ],
  [
    'the place among several',
    group('{"mRID":"1"},{"mRID":2},{"Names":[{},{"name":3}]}'),
    `JSON-TYPE ${AT}[2]/mRID | write it in double quotes: "2"`,
    `JSON-TYPE ${AT}[3]/Names[2]/name | write it in double quotes: "3"`,
  ],
  [
    'several at once',
    group('{"x":1,"mRID":2,"version":{"major":{}}}'),
    `JSON-KEY ${AT} | take "x" out, or use one of mRID, description, DERFunction, EndDevices, Names, version`,
    `JSON-TYPE ${AT}/mRID | write it in double quotes: "2"`,
  ],
  [
    'a payload that is no object',
    payload('"x"'),
    'JSON-TYPE /RequestMessage/Payload | write { … } with these keys, or leave the key out',
  ],
  [
    'text among payload roots',
    payload('[1]'),
    'JSON-KEY /RequestMessage/Payload | Take "" out, or give its schema with --xsd.',
  ],
  [
    'the place among several payload roots',
    payload('[{"DERGroups":{}},{"DERGroups":{"x":1}}]'),
    'JSON-KEY /RequestMessage/Payload/DERGroups[2] | take "x" out, or use one of EndDeviceGroup',
  ],
  [
    'an unknown root in Request',
    '{"header":{"Verb":"get","Noun":"N"},"request":{"Others":{}}}',
    'JSON-KEY /RequestMessage/Request | take "Others" out, or use one of StartTime, EndTime, Option, ID',
  ],
  ['an unknown root in Header', '{"header":{"Verb":"get","Noun":"N","DERGroups":{}}}', ''],
  [
    'an extension that is no element',
    '{"header":{"Verb":"get","Noun":"N","#ext":[{"ns":"urn:x","xml":"x"}]}}',
    'JSON-EXT /RequestMessage/Header | put exactly one well-formed element into "xml"',
  ],
  [
    'an extension that breaks out',
    '{"header":{"Verb":"get","Noun":"N","#ext":[{"xml":"<x/></Header><Header>"}]}}',
    'JSON-EXT /RequestMessage/Header | put exactly one well-formed element into "xml"',
  ],
  [
    'an extension that is a comment',
    '{"header":{"Verb":"get","Noun":"N","#ext":["<!-- x -->"]}}',
    'JSON-EXT /RequestMessage/Header | put exactly one well-formed element into "xml"',
  ],
]

for (const [title, text, ...expected] of REFUSED)
  test(`refuses ${title}`, () => {
    const found = written(text).issues.map((it) => `${it.rule} ${it.path} | ${it.mend}`)
    if (expected[0] === '') assert.ok(found.length > 0)
    else assert.equal(found, expected)
  })

test('tells a message from a bare payload', () => {
  for (const it of ['{"message":"X"}', '{"header":{}}', '{"payload":[]}', '{"reply":{}}'])
    assert.ok(isMessage(json(it) as never), it)
  for (const it of ['{}', '{"DERGroups":{}}', '{"header":1}', '{"message":1}'])
    assert.not(isMessage(json(it) as never), it)
})

test('an issue says what was expected and found', () => {
  const [it] = written(group('{"mRID":["1"]}')).issues
  assert.equal(
    [it?.expected, it?.found, it?.message],
    ['a single value', '["1"]', 'mRID: ["1"] is an array.'],
  )
})

test('cuts what it repeats', () => {
  const [it] = written(group(`{"mRID":["${'x'.repeat(500)}"]}`)).issues
  assert.is(it?.found.length, 80)
})

test.run()
