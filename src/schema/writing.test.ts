import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from './json-text.ts'
import { readJson } from './json-text.ts'
import { messageFromJson } from './message-xml.ts'
import { shipped } from './schema.fixture.ts'

const test = suite('writing')

const SET = await shipped()
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'

function json(text: string): Json {
  const read = readJson(text)
  if ('fault' in read) throw new Error(`${read.fault.message} ${text}`)
  return read.value
}

const written = (text: string) => messageFromJson(json(text), SET)

const HEADER = '"header":{"Verb":"change","Noun":"DERGroups"}'
const payload = (text: string) => `{${HEADER},"payload":${text}}`
const group = (text: string) => payload(`{"DERGroups":{"EndDeviceGroup":[${text}]}}`)
const AT = '/RequestMessage/Payload/DERGroups/EndDeviceGroup'

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
    `JSON-XMLNS /RequestMessage/Payload/DERGroups | Write "@xmlns":"${GROUPS}", or leave it out.`,
  ],
  [
    'a typed payload root in another namespace',
    `{"message":"ChangeDERGroups",${HEADER},"payload":{"DERGroups":{"@xmlns":"urn:x"}}}`,
    `JSON-XMLNS /ChangeDERGroups/Payload/DERGroups | Write "@xmlns":"${GROUPS}", or leave it out.`,
  ],
  [
    'a namespace that is no text',
    payload('{"DERGroups":{"@xmlns":1}}'),
    `JSON-XMLNS /RequestMessage/Payload/DERGroups | Write "@xmlns":"${GROUPS}", or leave it out.`,
  ],
  [
    'a namespace inside',
    group('{"@xmlns":"urn:x"}'),
    `JSON-XMLNS ${AT} | Write "@xmlns":"${GROUPS}", or leave it out.`,
  ],
  [
    'an unknown key with a near one',
    group('{"mrid":"1"}'),
    `JSON-KEY ${AT} | Did you mean "mRID"?`,
  ],
  [
    'an unknown key',
    group('{"x":1}'),
    `JSON-KEY ${AT} | Take "x" out, or use one of mRID, description, DERFunction, EndDevices, Names, version.`,
  ],
  [
    'an unknown attribute',
    group('{"@x":1}'),
    `JSON-KEY ${AT} | Take "@x" out, or use one of no key at all.`,
  ],
  [
    'an extension where none may stand',
    group('{"#ext":[]}'),
    `JSON-KEY ${AT} | Take "#ext" out, or use one of mRID, description, DERFunction, EndDevices, Names, version.`,
  ],
  ['a prefix', group('{"m:mRID":"1"}'), `JSON-KEY ${AT} | Did you mean "mRID"?`],
  [
    'null',
    group('{"mRID":null}'),
    `JSON-NULL ${AT}/mRID | Leave the key out where there is no value; CIM elements are not nillable.`,
  ],
  [
    'null for an object',
    group('{"version":null}'),
    `JSON-NULL ${AT}/version | Write { … } with these keys, or leave the key out.`,
  ],
  [
    'a number for text',
    group('{"mRID":12345678901234567890}'),
    `JSON-TYPE ${AT}/mRID | Write it in double quotes: "12345678901234567890".`,
  ],
  [
    'a boolean for text',
    group('{"mRID":true}'),
    `JSON-TYPE ${AT}/mRID | Write it in double quotes: "true".`,
  ],
  [
    'a boolean for a number',
    group('{"version":{"major":true}}'),
    `JSON-TYPE ${AT}/version/major | Write it in double quotes: "true".`,
  ],
  [
    'a number for a boolean',
    group('{"DERFunction":{"rampRateControl":1}}'),
    `JSON-TYPE ${AT}/DERFunction/rampRateControl | Write it in double quotes: "1".`,
  ],
  [
    'an object for text',
    group('{"mRID":{"a":1}}'),
    `JSON-KEY ${AT}/mRID | Take "a" out, or use one of $.`,
  ],
  [
    'text for an object',
    group('{"version":"1"}'),
    `JSON-TYPE ${AT}/version | Write { … } with these keys, or leave the key out.`,
  ],
  [
    'no array where one is due',
    payload('{"DERGroups":{"EndDeviceGroup":{}}}'),
    `JSON-ARRAY ${AT} | Write "EndDeviceGroup":[…], also for a single one.`,
  ],
  [
    'an array where none is due',
    group('{"mRID":["1"]}'),
    `JSON-ARRAY ${AT}/mRID | Write "mRID" without [ ].`,
  ],
  [
    'an array in an array',
    payload('{"DERGroups":{"EndDeviceGroup":[[]]}}'),
    `JSON-TYPE ${AT} | Write { … } with these keys, or leave the key out.`,
  ],
  [
    'a control character',
    group('{"mRID":"a\\u0007"}'),
    `JSON-TEXT ${AT}/mRID | Take U+0007 out of the text.`,
  ],
  [
    'a lone surrogate',
    group('{"mRID":"\\uD800"}'),
    `JSON-TEXT ${AT}/mRID | Take U+D800 out of the text.`,
  ],
  [
    'the place among several',
    group('{"mRID":"1"},{"mRID":2},{"Names":[{},{"name":3}]}'),
    `JSON-TYPE ${AT}[2]/mRID | Write it in double quotes: "2".`,
    `JSON-TYPE ${AT}[3]/Names[2]/name | Write it in double quotes: "3".`,
  ],
  [
    'several at once',
    group('{"x":1,"mRID":2,"version":{"major":{}}}'),
    `JSON-KEY ${AT} | Take "x" out, or use one of mRID, description, DERFunction, EndDevices, Names, version.`,
    `JSON-TYPE ${AT}/mRID | Write it in double quotes: "2".`,
  ],
  [
    'a payload that is no object',
    payload('"x"'),
    'JSON-TYPE /RequestMessage/Payload | Write { … } with these keys, or leave the key out.',
  ],
  [
    'text among payload roots',
    payload('[1]'),
    'JSON-KEY /RequestMessage/Payload | Take "" out, or give its schema with --xsd.',
  ],
  [
    'the place among several payload roots',
    payload('[{"DERGroups":{}},{"DERGroups":{"x":1}}]'),
    'JSON-KEY /RequestMessage/Payload/DERGroups[2] | Take "x" out, or use one of EndDeviceGroup.',
  ],
  [
    'an unknown root in Request',
    '{"header":{"Verb":"get","Noun":"N"},"request":{"Others":{}}}',
    'JSON-KEY /RequestMessage/Request | Take "Others" out, or use one of StartTime, EndTime, Option, ID.',
  ],
  ['an unknown root in Header', '{"header":{"Verb":"get","Noun":"N","DERGroups":{}}}', ''],
  [
    'an extension that is no element',
    '{"header":{"Verb":"get","Noun":"N","#ext":[{"ns":"urn:x","xml":"x"}]}}',
    'JSON-EXT /RequestMessage/Header | Put exactly one well-formed element into "xml".',
  ],
  [
    'an extension that breaks out',
    '{"header":{"Verb":"get","Noun":"N","#ext":[{"xml":"<x/></Header><Header>"}]}}',
    'JSON-EXT /RequestMessage/Header | Put exactly one well-formed element into "xml".',
  ],
  [
    'an extension that is a comment',
    '{"header":{"Verb":"get","Noun":"N","#ext":["<!-- x -->"]}}',
    'JSON-EXT /RequestMessage/Header | Put exactly one well-formed element into "xml".',
  ],
]

for (const [title, text, ...expected] of REFUSED)
  test(`refuses ${title}`, () => {
    const found = written(text).issues.map((it) => `${it.rule} ${it.path} | ${it.mend}`)
    if (expected[0] === '') assert.ok(found.length > 0)
    else assert.equal(found, expected)
  })

test('an issue says what was expected and found', () => {
  const [it] = written(group('{"mRID":["1"]}')).issues
  assert.equal(
    [it?.expected, it?.found, it?.message],
    ['a single value', '["1"]', 'mRID is written as an array, and occurs at most once.'],
  )
})

const many = (count: number) =>
  `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join(',')}}`

for (const [where, text] of [
  ['in a payload', group(many(300_000))],
  ['in Payload', payload(many(300_000))],
  ['at the top', `{${HEADER},${many(300_000).slice(1)}`],
] as const)
  test(`keeps a thousand issues of unknown keys ${where} and counts the rest`, () => {
    const { issues } = written(text)
    assert.is(issues.length, 1001)
    assert.equal(
      [issues.at(-2)?.rule, issues.at(-1)?.rule, issues.at(-1)?.message],
      ['JSON-KEY', 'LIM-FINDINGS', '299000 more issues are left out.'],
    )
  })

test('places no issue beyond the thousand that are kept', () => {
  const { issues } = written(group(Array(1500).fill('{"mRID":1}').join(',')))
  assert.equal(
    [issues[999]?.path, issues[1000]?.path, issues[1000]?.found],
    [`${AT}[1000]/mRID`, '', '500 more'],
  )
})

test('cuts what it repeats', () => {
  const [it] = written(group(`{"mRID":["${'x'.repeat(500)}"]}`)).issues
  assert.is(it?.found.length, 80)
})

test.run()
