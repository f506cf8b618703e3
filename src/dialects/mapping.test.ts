// What mappings of rows do with lengths, keys, constants, messages around lists, lists that are taken apart, and fields that CIM
// has no place for.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { EXTENSION_NS, extensionOf, keptIn, restored } from './extension.ts'
import type { Row } from './row.ts'
import { mapping } from './translate.ts'

const test = suite('dialects: mapping')

const DEVICE: readonly Row[] = [
  { kind: 'value', vendor: 'id', cim: 'mRID', most: 4 },
  { kind: 'value', vendor: 'note', cim: 'comment', most: 5, cut: true },
  {
    kind: 'names',
    cim: 'Names',
    names: [{ vendor: 'nic', type: 'nic', most: 3, issuer: 'by', issuerMost: 2, pair: true }],
  },
]

const devices = mapping('EndDevice', DEVICE)
const nameOf = (name: string, by?: string): JsonObject => ({
  ...{ name },
  NameType: { name: 'nic', ...(by === undefined ? {} : { NameTypeAuthority: { name: by } }) },
})

/** [vendor, where, what] */
const REFUSED: readonly (readonly [Json, string, RegExp])[] = [
  [
    { id: '12345' },
    '/id',
    /id has 5 characters, and 4 are the most.*a shortened one would name something else/,
  ],
  [{ id: 12345 }, '/id', /id has 5 characters/],
  [{ nic: 'abcd', by: 'x' }, '/nic', /nic has 4 characters, and 3/],
  [{ nic: 'abc', by: 'xyz' }, '/by', /by has 3 characters, and 2/],
  [{ nic: 'abc' }, '/nic', /only together with by.*Write by beside nic/],
  [{ by: 'x' }, '/by', /only together with nic/],
]

for (const [vendor, path, said] of REFUSED)
  test(`${JSON.stringify(vendor)} is refused at ${path}`, () => {
    const { problems } = devices.toCim(vendor)
    assert.equal(
      problems.map((it) => it.path),
      [path],
    )
    assert.match(`${problems[0]?.message} ${problems[0]?.mend}`, said)
  })

test('towards the vendor identifiers are as long as it can take, or refused; halves of keys, too', () => {
  const said = (object: JsonObject) => devices.toVendor({ EndDevice: [object] }).problems
  assert.equal(
    [
      said({ mRID: '12345' })[0]?.path,
      said({ Names: [nameOf('abcd', 'x')] })[0]?.path,
      said({ Names: [nameOf('abc', 'xyz')] })[0]?.path,
      said({ Names: [nameOf('abc')] })[0]?.path,
    ],
    [
      '/EndDevice/0/mRID',
      '/EndDevice/0/Names/0/name',
      '/EndDevice/0/Names/0/NameType/NameTypeAuthority/name',
      '/EndDevice/0/Names/0/NameType',
    ],
  )
  assert.match(said({ Names: [nameOf('abc')] })[0]?.mend ?? '', /Add NameTypeAuthority/)
})

test('what people read is cut by whole characters, and said to be', () => {
  const { json, losses } = devices.toVendor({ EndDevice: [{ comment: 'né😀😀😀!' }] })
  assert.equal(json, [{ note: 'né😀😀😀' }])
  const [cut] = losses.altered
  assert.equal([cut?.path, cut?.value, cut?.to], ['/EndDevice/0/comment', 'né😀😀😀!', 'né😀😀😀'])
  assert.equal(devices.toCim({ note: 'longer than five' }).problems, [])
  assert.equal(devices.toVendor({ EndDevice: [{ comment: 'five!' }] }).losses.altered, [])
})

const STAGES: readonly Row[] = [
  { kind: 'value', vendor: 'event', cim: 'mRID' },
  {
    kind: 'only',
    cim: 'stages',
    rows: [
      { kind: 'value', vendor: 'stage', cim: 'mRID' },
      { kind: 'constant', cim: 'state', value: 'SCHEDULED' },
    ],
  },
]

test('a list of which the vendor holds one item: n items are n objects, and become one again', () => {
  const { toCim, toVendor } = mapping('Event', STAGES, { each: 'stages' })
  const stage = (mRID: string) => ({ mRID, state: 'SCHEDULED' })
  const cim = {
    Event: [
      { mRID: 'e', stages: [stage('a'), stage('b')] },
      { mRID: 'f', stages: [stage('c')] },
    ],
  }
  const vendor = [
    { event: 'e', stage: 'a' },
    { event: 'e', stage: 'b' },
    { event: 'f', stage: 'c' },
  ]
  const there = toVendor(cim)
  assert.equal([there.json, there.losses.dropped], [vendor, []])
  assert.equal(toCim(vendor).json, cim)
  assert.is(toCim(vendor).losses.defaulted.length, 3)
})

test('where there is no way to take a list apart, items behind the first are listed', () => {
  const { toVendor } = mapping('Event', STAGES)
  const items = [{ mRID: 'a' }, { mRID: 'b' }]
  const { json, losses } = toVendor({ Event: [{ stages: items }] })
  assert.equal(json, [{ stage: 'a' }])
  assert.equal(losses.dropped, [{ path: '/Event/0/stages/1', value: { mRID: 'b' } }])
  assert.equal(toVendor({ Event: [{ stages: [] }] }).json, [{}])
  assert.match(toVendor({ Event: [{ stages: 7 }] }).problems[0]?.mend ?? '', /an array/)
})

test('a constant that is another one has no place', () => {
  const { toVendor } = mapping('Event', STAGES)
  const { losses } = toVendor({ Event: [{ stages: [{ state: 'COMPLETED' }] }] })
  assert.equal(losses.dropped, [{ path: '/Event/0/stages/0/state', value: 'COMPLETED' }])
})

const PARTS: readonly Row[] = [
  { kind: 'value', vendor: 'device', cim: 'mRID' },
  {
    kind: 'shared',
    rows: [
      { kind: 'inline', cim: 'stage', rows: [{ kind: 'value', vendor: 'eventId', cim: 'mRID' }] },
    ],
  },
]

const around = mapping('Part', PARTS, {
  around: {
    ...{ list: 'devices', id: 'messageId' },
    rows: [
      { kind: 'inline', cim: 'Event', rows: [{ kind: 'value', vendor: 'type', cim: 'category' }] },
    ],
  },
})

test('what a message says once stands in each object, and objects that disagree go apart', () => {
  const vendor = {
    messageId: 'm',
    type: 't',
    eventId: 'e',
    devices: [{ device: 'a' }, { device: 'b' }],
  }
  const stage = { mRID: 'e' }
  const cim = {
    Event: { category: 't' },
    Part: [
      { mRID: 'a', stage },
      { mRID: 'b', stage },
    ],
  }
  const there = around.toCim(vendor)
  assert.equal([there.json, there.losses.dropped, there.problems], [cim, [], []])
  assert.equal(around.toVendor(cim, { messageID: 'm' }).json, [vendor])
  const apart = {
    Part: [
      { mRID: 'a', stage },
      { mRID: 'b', stage: { mRID: 'f' } },
      { mRID: 'c', stage },
    ],
  }
  assert.equal(around.toVendor(apart).json, [
    { eventId: 'e', devices: [{ device: 'a' }, { device: 'c' }] },
    { eventId: 'f', devices: [{ device: 'b' }] },
  ])
})

test('a message without its list, or with an empty one, is refused; what else stands there is listed', () => {
  for (const vendor of [{}, { devices: [] }, { devices: 7 }, 7] as const)
    assert.is(around.toCim(vendor).problems.length, 1, JSON.stringify(vendor))
  const { losses } = around.toCim({ shade: 1, devices: [{ device: 'a', hue: 2 }] })
  assert.equal(losses.dropped.map((it) => it.path).toSorted(), ['/devices/0/hue', '/shade'])
})

test('twenty thousand objects are one message', () => {
  const devices = Array.from({ length: 20_000 }, (_none, at) => ({ device: `d${at}` }))
  const { json, losses } = around.toCim({ eventId: 'e', devices })
  assert.is((json['Part'] as readonly Json[]).length, 20_000)
  assert.is(losses.mapped, 40_000)
  assert.is(around.toVendor(json).json.length, 1)
})

test('an extension is of one dialect, and says again what it was given', () => {
  const kept = { path: '/a~1b/0', value: { x: '</x:field> & \u0001\ud800' }, isAround: false }
  const made = extensionOf('vendor', kept)
  assert.is(made['ns'], EXTENSION_NS)
  assert.equal(keptIn('vendor', made), kept)
  assert.is(keptIn('other', made), undefined)
  const strange: readonly Json[] = [
    { ns: 'urn:x', xml: '<x/>' },
    { ns: EXTENSION_NS, xml: '<x/>' },
    { ns: EXTENSION_NS, xml: '<x:field dialect="vendor">7</x:field>' },
    { ns: EXTENSION_NS, xml: '<x:field dialect="vendor">[</x:field>' },
    7,
  ]
  for (const it of strange) assert.is(keptIn('vendor', it), undefined)
  const entities = {
    ns: EXTENSION_NS,
    xml: `<x:field dialect="vendor">[&quot;/a&#34;,&#x22;&amp;&apos;&none;"]</x:field>`,
  }
  assert.equal(keptIn('vendor', entities), { path: '/a', value: "&'&none;", isAround: false })
})

test('what is kept of one message is none of another one of the same dialect', () => {
  const kept = { path: '/errorMessage', value: 'no', isAround: false }
  const made = extensionOf('vendor/acks', kept)
  assert.equal(keptIn('vendor/acks', made), kept)
  assert.is(keptIn('vendor/ends', made), 'elsewhere')
  assert.is(keptIn('other/acks', made), undefined)
  const { toVendor } = mapping('Event', STAGES, { keeps: 'vendor/ends' })
  const { losses, json } = toVendor({ Event: [{ mRID: 'e', '#ext': [made] }] })
  assert.equal([json, losses.dropped], [[{ event: 'e' }], []])
})

test('a reference to no character of XML stays as it is written', () => {
  for (const it of ['&#x110000;', '&#12ab;', '&#0;'])
    assert.equal(
      keptIn('vendor', {
        ns: EXTENSION_NS,
        xml: `<x:field dialect="vendor">["/a","${it}"]</x:field>`,
      }),
      { path: '/a', value: it, isAround: false },
    )
})

test('a field goes back to where it was, unless something newer stands there', () => {
  assert.equal(restored({}, '/a/b', 1), { a: { b: 1 } })
  assert.equal(restored({ a: { b: 2 } }, '/a/b', 1), { a: { b: 2 } })
  assert.equal(restored({ a: [{ x: 1 }] }, '/a/0/b', 1), { a: [{ x: 1, b: 1 }] })
  assert.equal(restored({ a: [] }, '/a/0/b', 1), { a: [] })
  assert.equal(restored({ a: 7 }, '/a/b', 1), { a: 7 })
})

test('extensions of others have no place, and are listed', () => {
  const { toVendor } = mapping('Event', STAGES, { keeps: 'vendor' })
  const foreign = { ns: 'urn:x', xml: '<x/>' }
  const { losses, json } = toVendor({ Event: [{ mRID: 'e', '#ext': [foreign] }] })
  assert.equal(losses.dropped, [{ path: '/Event/0/#ext/0', value: foreign }])
  assert.equal(json, [{ event: 'e' }])
})

test.run()
