// What a client of the JSON façade is told of a wrong body: in JSON, at a place in the text that it has sent.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { RouteAnswer } from '../routes.ts'
import { findingsIn, json, textAt } from '../told.fixture.ts'

const test = suite('facade-findings')

/** What the shipped nouns have none of: a required attribute, a repeated choice, an upper bound, a fixed order. */
const GADGETS = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:g="urn:gadgets" targetNamespace="urn:gadgets" elementFormDefault="qualified">
  <xs:element name="Gadgets"><xs:complexType><xs:sequence><xs:element name="Gadget" type="g:Gadget" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Gadget"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/>
    <xs:element name="part" type="xs:string" maxOccurs="2"/>
    <xs:element name="size"><xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="unit" type="xs:NCName" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:sequence><xs:element name="on" type="xs:dateTime"/><xs:element name="off" type="xs:dateTime"/></xs:sequence></xs:choice>
    <xs:element name="colour" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="blue"/></xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:complexType>
</xs:schema>`

const folder = mkdtempSync(join(tmpdir(), 'cimgate-gadgets-'))
writeFileSync(join(folder, 'Gadgets.xsd'), GADGETS)
const gateway = await openFixture({ folders: [{ path: folder, shipped: false }] })
test.after(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

const GADGET = { mRID: 'g', part: ['a'], size: { $: 3, '@unit': 'mm' } } as const
const GADGETS_PATH = '/api/v1/gadgets'
const gadgets = (more: JsonObject) => ({ Gadget: [GADGET, { ...GADGET, mRID: 'h', ...more }] })

test.before(
  async () =>
    void (await gateway.ask('POST', GADGETS_PATH, { body: JSON.stringify({ Gadget: [GADGET] }) })),
)

/** [what, the second gadget's members, path below it, text at the place, message, mend] */
const TOLD: readonly (readonly [string, JsonObject, string, string, string, string])[] = [
  [
    'a key that is missing',
    { part: [] },
    '/part',
    '"part"',
    'Gadget lacks part.',
    'Add the key "part".',
  ],
  [
    'an unknown key',
    { colur: 'red' },
    '/colur',
    '"colur"',
    'Gadget has no key "colur".',
    'Did you mean "colour"?',
  ],
  [
    'a wrong type',
    { mRID: 7 },
    '/mRID',
    '7',
    'mRID may not be 7.',
    'Write it in double quotes: "7".',
  ],
  [
    'a wrong value beside an attribute',
    { size: { $: 'x', '@unit': 'mm' } },
    '/size/$',
    '"$"',
    'size may not be "x".',
    'Write a whole number of at most 32 bits.',
  ],
  [
    'a value that is not listed',
    { colour: 'Red' },
    '/colour',
    '"Red"',
    'colour may not be "Red".',
    'Write red: values are case-sensitive.',
  ],
  [
    'null',
    { colour: null },
    '/colour',
    'null',
    'colour may not be null.',
    'Leave the key out where there is no value; CIM elements are not nillable.',
  ],
  [
    'too many',
    { part: ['a', 'b', 'c'] },
    '/part/2',
    '"c"',
    'part is not expected here.',
    'Take "part" out.',
  ],
  [
    'an array of what is there once',
    { colour: ['red'] },
    '/colour',
    '"colour"',
    'colour is written as an array, and occurs at most once.',
    'Write "colour" without [ ].',
  ],
  [
    'no array of what may be there often',
    { part: 'a' },
    '/part',
    '"a"',
    'part is not written as an array.',
    'Write "part":[…], also for a single one.',
  ],
  [
    'an attribute that is missing',
    { size: { $: 3 } },
    '/size',
    '"size"',
    'size lacks the attribute unit.',
    'Add the key "@unit".',
  ],
  [
    'an attribute that is unknown',
    { size: { $: 3, '@unit': 'mm', '@unitt': 'x' } },
    '/size/@unitt',
    '"@unitt"',
    'size has no key "@unitt".',
    'Did you mean "@unit"?',
  ],
  [
    'an attribute with a wrong value',
    { size: { $: 3, '@unit': 'a b' } },
    '/size/@unit',
    '"a b"',
    'The attribute unit may not be "a b".',
    'Write NCName.',
  ],
  [
    'half of a repeated group',
    { on: ['2026-01-01T00:00:00Z'] },
    '',
    '{',
    'Gadget is not complete.',
    'Add the key "off".',
  ],
  [
    'an order that is none',
    { '#order': ['size', 'part', 'mRID'] },
    '/size',
    '"size"',
    'size is not expected here.',
    'Add the key "part", or change "#order".',
  ],
]

/** In a PATCH null deletes, what is left out stays, and another mRID is another object. */
const NO_CHANGE: readonly string[] = [
  'null',
  'a key that is missing',
  'a wrong type',
  'an order that is none',
]

for (const [what, members, below, there, message, mend] of TOLD) {
  const bodies: readonly (readonly [string, JsonObject, string])[] = [
    ['content', gadgets(members), ''],
    ['payload', { Gadgets: gadgets(members) }, '/Gadgets'],
    ['message', { payload: { Gadgets: gadgets(members) } }, '/payload/Gadgets'],
  ]
  for (const [form, body, around] of bodies) {
    test(`tells of ${what} in a POST of the ${form}`, async () => {
      const text = JSON.stringify(body, null, 1)
      const answer = await gateway.ask('POST', GADGETS_PATH, { body: text })
      assert.is(answer.status, 400, answer.text)
      assertTold(answer, text, [`${around}/Gadget/1${below}`, there, message, mend])
    })
  }

  for (const [form, wrap, around] of [
    ['the members', (it: JsonObject) => it, ''],
    ['the content', (it: JsonObject) => ({ Gadget: [it] }), '/Gadget/0'],
    ['the payload', (it: JsonObject) => ({ Gadgets: { Gadget: [it] } }), '/Gadgets/Gadget/0'],
  ] as const) {
    if (NO_CHANGE.includes(what)) continue
    test(`tells of ${what} in a PATCH of ${form}`, async () => {
      const text = JSON.stringify(wrap(members), null, 1)
      const answer = await gateway.ask('PATCH', `${GADGETS_PATH}/g`, { body: text })
      assert.ok([400, 422].includes(answer.status), answer.text)
      assertTold(answer, text, [`${around}${below}`, there, message, mend])
    })
  }
}

/** @param due path, text at the place, message, mend */
function assertTold(answer: RouteAnswer, text: string, due: readonly string[]): void {
  const [first, ...others] = findingsIn(answer)
  assert.is(others.length, 0, answer.text)
  assert.ok(first)
  const [path = '', there = '', message, mend] = due
  assert.equal([first.path, first.message, first.mend], [path, message, mend])
  assert.ok(textAt(text, first).startsWith(there), textAt(text, first))
  const [error] = json(answer)['Error'] as readonly JsonObject[]
  assert.match(String(error?.['reason']), message ?? '')
  assert.match(String(error?.['details']), mend ?? '')
}

test('tells of a change of some things and the removal of others where each of them stands', async () => {
  const text = '{ "colour": null,\n "size": { "$": true, "@unit": "mm" } }'
  await gateway.ask('PATCH', `${GADGETS_PATH}/g`, { body: '{ "colour": "red" }' })
  const answer = await gateway.ask('PATCH', `${GADGETS_PATH}/g`, { body: text })
  const [first] = findingsIn(answer)
  assert.equal([first?.path, first?.line, first?.column], ['/size', 2, 2])
})

test('a DELETE has nothing but its path to be wrong', async () => {
  const answer = await gateway.ask('DELETE', `${GADGETS_PATH}/%07`)
  const [first] = findingsIn(answer)
  assert.equal([answer.status, first?.path, first?.line], [400, '', 0])
  assert.is(json(answer)['whose'], 'sender')
})

test.run()
