// Figs. 5-1 and 5-2 with orchestration: the test decides and keeps the contracts; the gateway has the DERMS make the group,
// and dissolve it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { behaveWell, heardBy, ok, settled } from './orchestration.fixture.ts'
import { auth, legsOf, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: orchestrated group')

const config = (outside: string) => `
parties:
  cs: {${auth('cs')}, operator: true}
  derms: {${auth('derms')}, binding: {type: cim-xml, url: "${outside}/derms"}}
routes:
  - {when: {noun: DERGroups, verb: [create, change, delete]}, to: derms}
  - {to: local}
flows: {der-group-request: {orchestrate: true}}
`

const uuid = (n: number) => `0a0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`

const GROUP = { mRID: uuid(1) }
const requestor = { Names: [{ name: 'acme' }] }
const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))

async function step(scene: Scene, mRID: string, ...steps: readonly string[]): Promise<void> {
  for (const it of steps) {
    const { status, text } = await scene.ask(
      'cs',
      'POST',
      `/api/v1/der-group-requests/${mRID}:${it}`,
    )
    assert.is(status, 200, text)
  }
  await settled(scene, 'cs')
}

async function stateOf({ ask }: Scene, mRID: string): Promise<string | undefined> {
  const { text } = await ask('cs', 'GET', `/api/v1/der-group-requests/${mRID}`)
  return /"value":"(\w+)"/.exec(text)?.[1]
}

test('GF-04, GD-04: with contracts as they should be the DERMS makes the group, and dissolves it', async () => {
  const scene = await openScene(config)
  try {
    behaveWell(scene)
    const [forming, dissolving] = [uuid(2), uuid(3)]
    await ok(scene, 'cs', 'create', 'DERGroupRequests', {
      mRID: forming,
      action: 'form',
      DERFunction,
      EndDeviceGroup: GROUP,
      EndDevices: [{ mRID: uuid(4) }],
      PricingStructure: { mRID: uuid(5) },
      requestor,
    })
    await step(scene, forming, 'check-compliance', 'approve')
    assert.equal(heardBy(scene, 'derms'), [], 'contracts first')
    await step(scene, forming, 'update-contracts')
    assert.equal(heardBy(scene, 'derms'), ['create DERGroups'])
    assert.is(await stateOf(scene, forming), 'available')
    await ok(scene, 'cs', 'create', 'DERGroupRequests', {
      ...{ mRID: dissolving, action: 'dissolve', EndDeviceGroup: GROUP, requestor },
    })
    await step(scene, dissolving, 'release-contracts')
    assert.equal(heardBy(scene, 'derms'), ['create DERGroups', 'delete DERGroups'])
    assert.is(await stateOf(scene, dissolving), 'dissolved')
    assert.equal(await legsOf(scene, 'state=PARKED'), [])
  } finally {
    await scene.close()
  }
})

test.run()
