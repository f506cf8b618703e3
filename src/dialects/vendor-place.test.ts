// From a member of CIM back to the field of the vendor, for every kind of row.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import type { Mapped } from './dialect.ts'
import type { Row } from './row.ts'
import { vendorPlace } from './vendor-place.ts'
import type { Step } from './vendor-place.ts'

const test = suite('dialects: the place in the vendor message')

const value = (vendor: string, cim: string): Row => ({ kind: 'value', vendor, cim })

const ROWS: readonly Row[] = [
  { kind: 'constant', cim: 'fixed', value: 1 },
  { kind: 'nest', vendor: 'about', rows: [value('zone', 'timeZone')] },
  { kind: 'shared', rows: [value('event', 'stage')] },
  {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'constant', cim: 'kind', value: 'x' }, value('state', 'value')],
  },
  { kind: 'inline', cim: 'silent', rows: [{ kind: 'constant', cim: 'kind', value: 'x' }] },
  { kind: 'only', cim: 'stages', rows: [value('start', 'begin')] },
  { kind: 'part', vendor: 'place', cim: 'location', rows: [value('town', 'city')] },
  { kind: 'list', vendor: 'devices', cim: 'EndDevices', rows: [value('nic', 'serial')] },
  {
    kind: 'names',
    cim: 'Names',
    names: [{ vendor: 'id', type: 'nicId', issuer: 'headEnd' }, { vendor: 'plain' }],
  },
]

const MAPPED: Mapped = {
  element: 'Thing',
  rows: ROWS,
  around: { list: 'things', id: 'messageId', rows: [value('day', 'date')] },
}

const OBJECT: JsonObject = {
  Names: [
    { name: 'a', NameType: { name: 'nicId', NameTypeAuthority: { name: 'h' } } },
    { name: 'b' },
    { name: 'c', NameType: { name: 'other' } },
  ],
}

const at = (name: string, place: number): Step => ({ name, at: place })
const steps = (...names: readonly string[]): readonly Step[] => names.map((name) => ({ name }))

const PLACES: readonly (readonly [string, readonly Step[], string | undefined])[] = [
  ['what nobody says', steps('nothing'), undefined],
  ['what is always said', steps('fixed'), undefined],
  ['a field of an object that CIM has not', steps('timeZone'), '/about/zone'],
  ['a field around the list', steps('date'), 'around /day'],
  ['a field that all of them share', steps('stage'), 'around /event'],
  ['a member of what stands among the fields', steps('status', 'value'), '/state'],
  [
    'what is missing among the fields, by the first that says some of it',
    steps('status'),
    '/state',
  ],
  ['what no field says some of', steps('silent'), undefined],
  ['a member of the one item', [at('stages', 0), ...steps('begin')], '/start'],
  ['a member of an object', steps('location', 'city'), '/place/town'],
  ['what no field says of an object, at that object', steps('location', 'moon'), '/place'],
  ['a whole list', steps('EndDevices'), '/devices'],
  ['an item of it', [at('EndDevices', 2)], '/devices/2'],
  ['a member of an item', [at('EndDevices', 1), ...steps('serial')], '/devices/1/nic'],
  ['a member of an item without a place', steps('EndDevices', 'serial'), '/devices/0/nic'],
  ['a name by its type', [at('Names', 0), ...steps('name')], '/id'],
  [
    'its authority',
    [at('Names', 0), ...steps('NameType', 'NameTypeAuthority', 'name')],
    '/headEnd',
  ],
  ['a name without a type', [at('Names', 1), ...steps('name')], '/plain'],
  [
    'the authority of a name that has no field for it',
    [at('Names', 1), ...steps('NameTypeAuthority')],
    '/plain',
  ],
  ['a name of a type that has no field', [at('Names', 2), ...steps('name')], undefined],
  ['names that are missing', [at('Names', 7)], '/id'],
]

for (const [what, way, due] of PLACES)
  test(`finds ${what}`, () => {
    const found = vendorPlace(MAPPED, OBJECT, way)
    const said = found === undefined ? undefined : `${found.isAround ? 'around ' : ''}${found.path}`
    assert.is(said, due)
  })

test('finds the first field of what is missing as a whole, whatever kind of row that is', () => {
  const first = (...rows: readonly Row[]) =>
    vendorPlace({ element: 'Thing', rows: [{ kind: 'inline', cim: 'it', rows }] }, {}, steps('it'))
      ?.path
  assert.is(first({ kind: 'names', cim: 'Names', names: [{ vendor: 'id' }] }), '/id')
  assert.is(first({ kind: 'names', cim: 'Names', names: [] }), undefined)
  assert.is(first({ kind: 'only', cim: 'a', rows: [value('b', 'c')] }), '/b')
  assert.is(first({ kind: 'ids', vendor: 'members', cim: 'Members' }), '/members')
})

test.run()
