// The device key: two parts that name a device together, and neither alone.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from '../schema/json-text.ts'
import { device } from './acceptance/events.fixture.ts'
import { deviceKeyOf, deviceKeySaid, deviceKeyText, sameKeys } from './device-key.ts'

const test = suite('device key')

const NIC = { name: 'N-1', NameType: { name: 'nicId' } }

const KEYLESS: readonly (readonly [why: string, device: Json | undefined])[] = [
  ['no device', undefined],
  ['a serial number alone', { serialNumber: 'S-1' }],
  ['a NIC id without a head-end system', { Names: [NIC] }],
  [
    'a head-end system that has no name',
    { Names: [{ ...NIC, NameType: { name: 'nicId', NameTypeAuthority: {} } }] },
  ],
  ['a NIC id without a character', device('', 'HES')],
  ['a NIC id of spaces alone', device('  ', 'HES')],
  ['a head-end system without a character', device('N-1', '')],
  [
    'a name of another type',
    {
      Names: [{ name: 'N-1', NameType: { name: 'sdpId', NameTypeAuthority: { name: 'HES' } } }],
    },
  ],
  [
    'a NIC id that is no text',
    { Names: [{ name: 7, NameType: { name: 'nicId', NameTypeAuthority: { name: 'HES' } } }] },
  ],
]

test('a device has a key by its NIC id and its head-end system, and by nothing less', () => {
  const known = device('N-1', 'HES-NORTH')
  assert.equal(deviceKeyOf(known), { headEndSystem: 'HES-NORTH', nicId: 'N-1' })
  assert.is(deviceKeySaid(known), 'N-1 at HES-NORTH')
  for (const [why, it] of KEYLESS) {
    assert.is(deviceKeyOf(it), undefined, why)
    assert.is(deviceKeyText(it), undefined, why)
    assert.is(deviceKeySaid(it), 'without a device key', why)
  }
})

test('its text is that of no other key, wherever the one part ends', () => {
  const all = [device('b c', 'a'), device('c', 'a b'), device('N-1', 'A'), device('N-1', 'B')]
  assert.is(new Set(all.map(deviceKeyText)).size, all.length)
})

test('each device with a key that came before is told with the first place of that; keyless ones are no match', () => {
  const [a, b, none] = [device('N-1'), device('N-2'), { serialNumber: 'S-1' }]
  assert.equal(sameKeys([a, none, b, { ...a, mRID: 'x' }, none, a]), [
    { device: { ...a, mRID: 'x' }, at: 3, first: 0 },
    { device: a, at: 5, first: 0 },
  ])
})

test.run()
