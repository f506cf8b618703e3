// A DERMS that tells of an issue, and the order that Customer Support gives for it, where the gateway sends it itself.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { behaveWell, heardBy, ok, settled } from './orchestration.fixture.ts'
import { auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: device issues')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  dso-cs: {${auth('dso-cs')}, binding: {type: cim-xml, url: "${outside}/dso-cs"}}
  derms: {${auth('derms')}}
  wms: {${auth('wms')}, binding: {type: cim-xml, url: "${outside}/wms"}}
routes:
  - {when: {noun: EndDeviceEvents, verb: created, from: derms}, to: dso-cs}
  - {when: {noun: ServiceOrders, verb: create, from: dso-cs}, to: wms}
  - {when: {from: cs}, to: local}
flows: {device-issue: {orchestrate: true, crewETA: 1d}}
`,
  )
})
test.after(() => scene.close())

const uuid = () => crypto.randomUUID()

const event = (device: string, ref: string): JsonObject => ({
  mRID: uuid(),
  createdDateTime: '2026-07-14T08:00:00Z',
  reason: 'It does not follow its set point',
  Assets: { mRID: device },
  EndDeviceEventType: { '@ref': ref },
})

/** A device that is registered, with a third party or without. */
async function registered(more: JsonObject): Promise<string> {
  const [request, device] = [uuid(), uuid()]
  const UsagePoint = { mRID: uuid() }
  await ok(scene, 'cs', 'create', 'ServiceRequests', {
    mRID: request,
    createdDateTime: '2026-07-14T07:00:00Z',
    kind: 'derInterconnection',
    Customer: { Names: [{ name: 'C-1' }] },
    UsagePoint,
  })
  await ok(scene, 'cs', 'create', 'DERRegistrations', {
    mRID: uuid(),
    EndDevice: { mRID: device },
    nameplate: {
      technology: 'photovoltaic',
      maxP: { multiplier: 'k', unit: 'W', value: '5' },
      ratedS: { multiplier: 'k', unit: 'VA', value: '6' },
      ratedU: { multiplier: 'none', unit: 'V', value: '240' },
    },
    ServiceRequest: { mRID: request },
    UsagePoint: { phaseCode: 's12N', ...UsagePoint },
    ...more,
  })
  return device
}

const tell = (device: string, ref: string) =>
  ok(scene, 'derms', 'created', 'EndDeviceEvents', event(device, ref))

test('SO-01/AC4, SO-01/AC5: each kind of issue at a device leads to one order, and none with a third party', async () => {
  behaveWell(scene)
  const [ours, theirs] = [
    await registered({}),
    await registered({ thirdPartyProvider: { Names: [{ name: 'ACME' }] } }),
  ]
  for (const ref of ['10.2.1.79', '10.2.1.79', '10.2.1.80', '10.2.1.79']) await tell(ours, ref)
  await tell(theirs, '10.2.1.79')
  await settled(scene, 'cs')
  assert.equal(heardBy(scene, 'wms'), ['create ServiceOrders', 'create ServiceOrders'])
  assert.is(heardBy(scene, 'dso-cs').filter((it) => /EndDeviceEvents/.test(it)).length, 5)
})

test.run()
