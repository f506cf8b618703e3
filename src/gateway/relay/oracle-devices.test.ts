// Devices of subscriptions between two sides that speak Oracle's JSON: one goes, another comes, and both are told and acknowledged.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bodyOf } from '../oracle.fixture.ts'
import { devices, keyed, openSync } from './oracle-sync.fixture.ts'

type Any = any

const test = suite('gateway: oracle devices')

const { whole, sync, ack, last, stored, step } = await openSync()
test.after(() => whole.close())

test('G-AC14: a replacement tells of both devices, and both are acknowledged', async () => {
  const { headEndSystem } = (await sync('S-2', 'sub-2')) as Any
  const key = (nicId: string) => keyed(nicId, headEndSystem)
  await step('sub-2', '/devices:replace', {
    ...{ oldDevice: key('nic-sub-2'), newDevice: key('nic-new') },
    replacedDateTime: '2026-07-14T08:00:00Z',
  })
  const { dacsMessageId, locationInfo } = last()
  assert.equal(
    locationInfo.controllableDevices.map((it: Any) => [it.nicId, it.status]),
    [
      ['nic-sub-2', 'INACTIVE'],
      ['nic-new', undefined],
    ],
  )
  const said = devices(
    ['nic-sub-2', headEndSystem, 'Deregistered'],
    ['nic-new', headEndSystem, 'Registered'],
  )
  const { status, text } = await ack('sub-2', dacsMessageId, said)
  assert.is(status, 200, text)
  const it = await stored('sub-2')
  assert.is(it?.state, 'ACTIVE_synced')
  assert.not.match(it?.body ?? '', 'Deregistered')
})

test('EN-06, G-AC14: a list says all devices: what it names no longer has left, and its DERMS is told of both', async () => {
  const { headEndSystem } = (await sync('S-7', 'sub-7')) as Any
  const acked = await ack('sub-7', 'S-7', devices(['nic-sub-7', headEndSystem, 'Registered']))
  assert.is(acked.status, 200, acked.text)
  await sync('S-71', 'sub-7', {}, 'nic-7-new')
  const { dacsMessageId, locationInfo } = last()
  assert.equal(
    locationInfo.controllableDevices.map((it: Any) => `${it.nicId} ${it.status}`).sort(),
    ['nic-7-new ACTIVE', 'nic-sub-7 INACTIVE'],
  )
  const both = devices(
    ['nic-sub-7', headEndSystem, 'Deregistered'],
    ['nic-7-new', headEndSystem, 'Registered'],
  )
  const { status, text } = await ack('sub-7', dacsMessageId, both)
  assert.is(status, 200, text)
  assert.is((await stored('sub-7'))?.state, 'ACTIVE_synced')
})

await sync('S-3', 'sub-3')

test('EN-06, G-AC15: a device that was replaced and cannot be taken out stays in sight until it is', async () => {
  const { headEndSystem } = (await sync('S-4', 'sub-4')) as Any
  await step('sub-4', '/devices:replace', {
    ...{ old: keyed('nic-sub-4', headEndSystem), new: keyed('nic-come', headEndSystem) },
    replacedDateTime: '2026-07-14T08:00:00Z',
  })
  const { dacsMessageId } = last()
  const [old, come] = [
    ['nic-sub-4', headEndSystem, 'Failed'],
    ['nic-come', headEndSystem, 'Registered'],
  ] as const
  const { deviceList } = devices(old, come)
  deviceList[0] = { ...deviceList[0], errorMessage: 'no answer' } as Any
  const said = await ack('sub-4', dacsMessageId, { deviceList })
  assert.is(said.status, 200, said.text)
  assert.is((await stored('sub-4'))?.state, 'ACTIVE_partial')
  await whole.quiet()
  const toCpm = bodyOf(whole.sent.findLast((it) => it.party === 'cpm'))
  assert.equal(toCpm.deviceList, deviceList, 'the customer programme side is told of both')
  const alarms = async () => JSON.stringify(await whole.ok('cpm', 'GET', '/api/v1/alarms'))
  assert.match(await alarms(), /sub-4 is active.*nic-sub-4 at HES-NORTH\) is Failed: no answer/)
  await step('sub-4', '', { type: 'THERMOSTAT-3' }, 'PATCH')
  assert.equal(
    last().locationInfo.controllableDevices.map((it: Any) => [it.nicId, it.status]),
    [
      ['nic-come', undefined],
      ['nic-sub-4', 'INACTIVE'],
    ],
    'its DERMS is told once more that it goes',
  )
  const taken = await whole.ask('cpm', 'PATCH', '/api/v1/program-subscriptions/sub-3', {
    ...{ headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ EndDevices: [keyed('nic-sub-4', headEndSystem)] }),
  })
  assert.match(taken.text, /DEV-DUP/, 'its key is not free')
  const out = devices(['nic-sub-4', headEndSystem, 'Deregistered'], come)
  assert.is((await ack('sub-4', last().dacsMessageId, out)).status, 200)
  const over = await stored('sub-4')
  assert.is(over?.state, 'ACTIVE_synced')
  assert.not.match(over?.body ?? '', /excluded|Deregistered/)
  assert.not.match(await alarms(), 'sub-4')
})

test.run()
