// Objects of nouns of every shape: what stands beside them, objects without mRID, roots that are objects, two editions.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readJson, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { setOf, xsd } from '../schema/schema.fixture.ts'
import {
  BESIDE,
  contentsOf,
  listed,
  objectsIn,
  payloadOf,
  readShown,
  rootsOf,
  shown,
} from './content.ts'
import type { NounContent } from './content.ts'
import { openFixture } from './gateway.fixture.ts'

const test = suite('content')

const NAMES =
  '<xs:element name="Names" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType></xs:element>'
const MRID = '<xs:element name="mRID" type="xs:string" minOccurs="0"/>'
const list = (name: string, members: string, cardinality = 'minOccurs="0" maxOccurs="unbounded"') =>
  `<xs:element name="${name}" ${cardinality}><xs:complexType><xs:sequence>${members}</xs:sequence></xs:complexType></xs:element>`
const noun = (name: string, members: string, more = '') =>
  xsd(
    `<xs:element name="${name}"><xs:complexType><xs:sequence>${members}</xs:sequence>${more}</xs:complexType></xs:element>`,
  )
const NOTE = '<xs:element name="note" type="xs:string" minOccurs="0"/>'
const KIND = list('Kind', `${MRID}${NOTE}`)

const controls = noun('Controls', `${list('Control', `${MRID}${NOTE}${NAMES}`)}${KIND}`)
const texts = {
  '/0/part100/Message.xsd': readFileSync(
    new URL('../../../xsd/part100/Message.xsd', import.meta.url),
    'utf8',
  ),
  '/0/a/Controls.xsd': controls.replaceAll('urn:t', 'urn:2011'),
  '/0/b/Controls.xsd': controls.replaceAll('urn:t', 'urn:2026'),
  '/0/Readings.xsd': noun('Readings', `${KIND}${list('Reading', NOTE)}`),
  '/0/Customer.xsd': noun('Customer', `${MRID}${NOTE}${list('Accounts', MRID)}`),
  '/0/Enrolment.xsd': noun(
    'Enrolment',
    `<xs:element name="market" type="xs:string"/>${list('Resource', `${MRID}${NOTE}`)}`,
    '<xs:attribute name="season" type="xs:string"/>',
  ),
  '/0/MeterConfig.xsd': noun('MeterConfig', `${list('Channel', MRID)}${list('Meter', MRID)}`),
  '/0/ReadSchedule.xsd': noun(
    'ReadSchedule',
    `${list('Device', MRID)}${list('Group', MRID)}${list('TimeSchedule', NOTE)}`,
  ),
  '/0/GetControls.xsd': noun('GetControls', `${list('Control', MRID)}${list('Meter', MRID)}`),
  '/0/Report.xsd': noun('Report', NOTE),
}
const schemas = setOf(texts)
const contents = contentsOf(schemas)
const contentOf = (name: string) => contents(name) as NounContent

/** [noun, its object, whether that has an mRID] */
const OBJECTS: readonly (readonly [string, string | undefined, boolean])[] = [
  ['Controls', 'Control', true],
  ['GetControls', 'Control', true],
  ['Readings', 'Reading', false],
  ['Customer', undefined, true],
  ['Enrolment', 'Resource', true],
  ['MeterConfig', 'Meter', true],
  ['ReadSchedule', undefined, false],
  ['Report', undefined, false],
]

for (const [name, element, hasId] of OBJECTS)
  test(`the objects of ${name}`, () => {
    assert.is(contentOf(name).element, element)
    assert.is(contentOf(name).hasId, hasId)
  })

test('knows nothing of what the catalogue does not have', () => {
  assert.is(contents('Nothing'), undefined)
})

/** [what, noun, content of its root]: divided and put together it is the same. */
const WHOLE: readonly (readonly [string, string, JsonObject])[] = [
  ['objects alone', 'Controls', { Control: [{ mRID: 'a' }, { mRID: 'b' }] }],
  ['types beside them', 'Controls', { Control: [{ mRID: 'a' }], Kind: [{ mRID: 'k' }] }],
  [
    'equal types once',
    'Controls',
    { Control: [{ mRID: 'a' }, { mRID: 'b' }], Kind: [{ mRID: 'k' }, { note: 'l' }] },
  ],
  ['objects without mRID', 'Readings', { Reading: [{ note: '1' }], Kind: [{ mRID: 'k' }] }],
  ['attributes and single members', 'Enrolment', { '@season': 's', market: 'm', Resource: [{}] }],
  ['a root that is the object', 'Customer', { mRID: 'c', Accounts: [{ mRID: 'x' }] }],
]

for (const [what, name, content] of WHOLE)
  test(`divides and puts together ${what}`, () => {
    const noun = contentOf(name)
    const objects = objectsIn(content, noun)
    const [root, ...others] = rootsOf(objects, noun)
    assert.ok(sameJson(root, content), JSON.stringify(root))
    assert.is(others.length, 0)
    assert.equal(readShown(shown(objects, noun), noun), objects)
  })

test('objects that stand beside different members need a root each', () => {
  const noun = contentOf('Enrolment')
  const objects = ['m', 'n', 'm'].flatMap((market, at) =>
    objectsIn({ market, Resource: [{ mRID: `${at}` }] }, noun),
  )
  const roots = rootsOf(objects, noun)
  assert.equal(
    roots.map((it) => [it['market'], (it['Resource'] as readonly Json[]).length]),
    [
      ['m', 2],
      ['n', 1],
    ],
  )
  assert.equal(shown(objects, noun), { Enrolment: roots })
  assert.ok(Array.isArray(payloadOf([['Enrolment', roots]])))
})

test('a collection is one list, whatever stands beside its objects; what they have in common is shown with it', () => {
  const noun = contentOf('Enrolment')
  const of = (...markets: readonly string[]) =>
    markets.flatMap((market, at) => objectsIn({ market, Resource: [{ mRID: `${at}` }] }, noun))
  assert.equal(listed(of('m', 'm'), noun), {
    Resource: [{ mRID: '0' }, { mRID: '1' }],
    market: 'm',
  })
  assert.equal(listed(of('m', 'n'), noun), { Resource: [{ mRID: '0' }, { mRID: '1' }] })
  assert.equal(listed([], noun), { Resource: [] })
  const controls = contentOf('Controls')
  const other = controls.ns === 'urn:2011' ? 'urn:2026' : 'urn:2011'
  const objects = objectsIn({ '@xmlns': other, Control: [{ mRID: 'a' }] }, controls)
  assert.equal(listed([...objects, { mRID: 'b' }], controls), {
    Control: [{ '@xmlns': other, mRID: 'a' }, { mRID: 'b' }],
  })
})

test('another edition is kept in its own namespace', () => {
  const noun = contentOf('Controls')
  const other = noun.ns === 'urn:2011' ? 'urn:2026' : 'urn:2011'
  const objects = objectsIn({ '@xmlns': other, Control: [{ mRID: 'a' }] }, noun)
  assert.equal(objects, [{ mRID: 'a', [BESIDE]: { '@xmlns': other } }])
  assert.equal(objectsIn({ '@xmlns': noun.ns, Control: [{ mRID: 'a' }] }, noun), [{ mRID: 'a' }])
  assert.is(rootsOf([...objects, { mRID: 'b' }], noun).length, 2)
})

const gateway = await openFixture({ schemas })
test.after(() => gateway.close())

const ask = async (method: string, path: string, body?: JsonObject) => {
  const answer = await gateway.ask(method, path, {
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  })
  const read = readJson(answer.text)
  return { ...answer, json: 'value' in read ? (read.value as JsonObject) : {} }
}

/** [resource, what is created]: comes back as it was sent. */
const KEPT: readonly (readonly [string, JsonObject])[] = [
  ['controls', { Control: [{ mRID: 'a', note: 'x' }], Kind: [{ mRID: 'k' }] }],
  ['readings', { Reading: [{ note: '1' }], Kind: [{ mRID: 'k' }] }],
  ['customer', { mRID: 'c', note: 'n', Accounts: [{ mRID: 'x' }] }],
  ['enrolment', { '@season': 's', market: 'm', Resource: [{ mRID: 'r' }] }],
  ['report', { note: 'done' }],
]

for (const [resource, body] of KEPT)
  test(`keeps ${resource} and gives them back`, async () => {
    const created = await ask('POST', `/api/v1/${resource}`, body)
    assert.is(created.status, 201, JSON.stringify(created.json))
    assert.ok(sameJson(created.json, body), JSON.stringify(created.json))
    const location = created.headers?.['Location'] ?? ''
    assert.match(location, new RegExp(`^/api/v1/${resource}/.`))
    const read = await ask('GET', location)
    assert.is(read.status, 200)
    assert.ok(sameJson(read.json, body), JSON.stringify(read.json))
    const all = await ask('GET', `/api/v1/${resource}`)
    assert.is(all.status, 200)
    assert.is(all.json['next'], null)
    assert.is((await ask('DELETE', location)).status, 200)
    assert.is((await ask('GET', location)).status, 404)
  })

test('changes an object and what stands beside it', async () => {
  await ask('POST', '/api/v1/controls', { Control: [{ mRID: 'p' }], Kind: [{ mRID: 'k' }] })
  const changed = await ask('PATCH', '/api/v1/controls/p', {
    Control: [{ note: 'new' }],
    Kind: [{ mRID: 'k', note: 'kind' }],
  })
  assert.is(changed.status, 200, JSON.stringify(changed.json))
  assert.equal(changed.json, {
    Control: [{ mRID: 'p', note: 'new' }],
    Kind: [{ mRID: 'k', note: 'kind' }],
  })
})

test('what has no mRID cannot be changed, and says what to do', async () => {
  const created = await ask('POST', '/api/v1/report', { note: 'one' })
  const changed = await ask('PATCH', created.headers?.['Location'] ?? '', { note: 'two' })
  assert.is(changed.status, 422)
  assert.match(JSON.stringify(changed.json), /NO-MRID.*create it anew/)
})

test.run()
