import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { aboutDevice, deviceKeys, deviceText, isSameDevice, unnamed } from './device.ts'

const test = suite('device')

const NAMED = { Names: [{ name: '20100501', NameType: { name: 'nicId' } }] }

test('a device is known by mRID, names and serial number', () => {
  assert.equal(deviceKeys({ mRID: 'AB', serialNumber: 'S-1', Names: [{ name: 'n' }] }), [
    'AB',
    'n',
    'serial S-1',
  ])
  const uuid = '8a6b7c8d-0000-4000-8000-00000000abcd'
  assert.equal(deviceKeys({ mRID: uuid.toUpperCase() }), [uuid])
  assert.equal(deviceKeys(undefined), [])
})

test('two are one by mRID where both have one, else by a name of the same type', () => {
  assert.ok(isSameDevice({ mRID: 'AB', ...NAMED }, { mRID: 'AB' }))
  assert.not(isSameDevice({ mRID: 'ab' }, { mRID: 'AB' }), 'no UUID: byte by byte (C1)')
  assert.not(isSameDevice({ mRID: 'ab', ...NAMED }, { mRID: 'cd', ...NAMED }))
  assert.ok(isSameDevice({ mRID: 'ab', ...NAMED }, NAMED))
  assert.not(isSameDevice({ Names: [{ name: '20100501' }] }, NAMED), 'a name of no type')
  assert.not(isSameDevice({}, NAMED))
})

test('a reply names it by what it has; a serial number stands for a name', () => {
  assert.equal(aboutDevice(NAMED), { objectType: 'EndDevice', object: NAMED })
  assert.equal(aboutDevice({ serialNumber: 'S-1' }).object, { Names: [{ name: 'serial S-1' }] })
  assert.equal(aboutDevice(undefined).object, { Names: [{ name: '' }] })
  assert.is(deviceText({ serialNumber: 'S-1' }), 'serial S-1')
  assert.is(deviceText({}), 'without mRID, name and serial number')
})

test('what is referred to has to be named (ID-1)', () => {
  assert.equal(unnamed('device', ['x']), [])
  assert.is(unnamed('device', [])[0]?.rule, 'ID-1')
})

test.run()
