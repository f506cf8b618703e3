import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deviceIn, deviceKeyOf, externally } from './file-device.ts'
import type { Row } from './file-kind.ts'

const test = suite('file-device')

const KEYS: Readonly<Record<string, readonly [row: Row, key: string]>> = {
  'of both of its parts': [{ headEndSystem: 'HES-NORTH', nicId: '1.8' }, '["HES-NORTH","1.8"]'],
  'without a head-end system': [{ nicId: '1.8' }, '["","1.8"]'],
  'without a NIC id': [{ headEndSystem: 'HES-NORTH' }, '["HES-NORTH",""]'],
  'whatever else its row says': [
    { headEndSystem: 'HES-NORTH', nicId: '1.8', score: '7' },
    '["HES-NORTH","1.8"]',
  ],
}

for (const [what, [row, key]] of Object.entries(KEYS))
  test(`the key of a device ${what}`, () => assert.is(deviceKeyOf(row), key))

test('no two devices have the same key, wherever the one part ends and the other begins', () => {
  const pairs = [
    ['a', 'b","c'],
    ['a","b', 'c'],
    ['', 'a'],
    ['a', ''],
  ] as const
  const keys = pairs.map(([headEndSystem, nicId]) => deviceKeyOf({ headEndSystem, nicId }))
  assert.is(new Set(keys).size, pairs.length)
})

test('a device is named by its NIC id below its head-end system, and by its mRID where there is one', () => {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: 'HES-NORTH' } }
  const Names = [{ name: '1.8', NameType }]
  const row = { headEndSystem: 'HES-NORTH', nicId: '1.8' }
  assert.equal(deviceIn(row), { Names })
  assert.equal(deviceIn(row, ''), { Names })
  assert.equal(deviceIn(row, 'd-1'), { mRID: 'd-1', Names })
  const nobody = { name: 'nicId', NameTypeAuthority: { name: '' } }
  assert.equal(deviceIn({}), { Names: [{ name: '', NameType: nobody }] })
})

test('what is known elsewhere is named by its id there', () => {
  assert.equal(externally('S-7'), { Names: [{ name: 'S-7', NameType: { name: 'externalId' } }] })
})

test.run()
