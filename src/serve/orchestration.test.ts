// Orchestration: the gateway sends what Customer Support has to send next, once, and only where it is told to.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { behaveWell, heardBy, ok, settled } from './orchestration.fixture.ts'
import { auth, legsOf, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: orchestration')

const config = (flows: string) => (outside: string) => `
parties:
  cs: {${auth('cs')}, operator: true}
  dso-cs: {${auth('dso-cs')}, binding: {type: cim-xml, url: "${outside}/dso-cs"}}
  dso-eng: {${auth('dso-eng')}, binding: {type: cim-xml, url: "${outside}/dso-eng"}}
  wms: {${auth('wms')}, binding: {type: json, url: "${outside}/wms"}}
  customer: {binding: {type: cim-xml, url: "${outside}/customer"}}
routes:
  - {when: {noun: WorkRequests, verb: [create, change], from: dso-cs}, to: dso-eng}
  - {when: {noun: WorkRequests, verb: create, from: dso-eng}, to: wms}
  - {when: {noun: WorkRequests, verb: [created, changed, closed], from: [wms, dso-eng]}, to: dso-cs}
  - {when: {noun: CustomerNotifications, verb: created, from: dso-cs}, to: customer}
  - {when: {noun: CustomerConfig}, to: local}
${flows}
`

const ON = 'flows: {work-request: {orchestrate: true}}'

/** The mRID of a piece of work. */
const uuid = (n: number) => `0a0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`

const work = (mRID: string, statusKind: string): JsonObject => ({
  mRID,
  Names: [{ name: 'C-1002003', NameType: { name: 'customer' } }],
  Work: [
    {
      mRID: mRID.replace(/^0/, '1'),
      kind: 'construction',
      requestDateTime: '2026-07-14T09:58:00Z',
      statusKind,
      WorkTasks: [{ instruction: 'Set it.', subject: 'Larger service', taskKind: 'install' }],
    },
  ],
})

/** What the systems themselves send of one piece of work, from the request to its end. */
async function played(scene: Scene, mRID: string): Promise<void> {
  await ok(scene, 'dso-cs', 'create', 'WorkRequests', work(mRID, 'waitingOnApproval'))
  await ok(scene, 'dso-eng', 'changed', 'WorkRequests', work(mRID, 'approved'))
  for (const status of ['scheduled', 'completed'])
    await ok(scene, 'wms', 'changed', 'WorkRequests', work(mRID, status))
  await ok(scene, 'wms', 'closed', 'WorkRequests', work(mRID, 'closed'))
  await settled(scene, 'cs')
}

test('WR-03, WR-05: what Engineering approves goes to WMS, and the customer hears of each step once', async () => {
  const scene = await openScene(config(ON))
  try {
    behaveWell(scene)
    await played(scene, uuid(1))
    assert.equal(heardBy(scene, 'wms'), ['create WorkRequests'])
    assert.equal(heardBy(scene, 'customer'), [
      'created CustomerNotifications workScheduled',
      'created CustomerNotifications workCompleted',
    ])
    const legs = await legsOf(scene, 'noun=CustomerNotifications')
    assert.equal(
      legs.map(({ direction, party, state }) => `${direction} ${party} ${state}`).sort(),
      [
        ...Array<string>(2).fill('in dso-cs ACKED'),
        ...Array<string>(2).fill('out cimgate ACKED'),
        ...Array<string>(2).fill('out customer ACKED'),
      ],
    )
    const causes = await legsOf(scene, 'noun=WorkRequests&party=wms&direction=in')
    const [scheduled, , closed] = causes.map((it) => it.exchangeId).reverse()
    const told = legs.map((it) => it.exchangeId)
    for (const it of [scheduled, closed])
      assert.is(told.filter((one) => one === it).length, 3, 'one conversation with its cause')
  } finally {
    await scene.close()
  }
})

test('without orchestrate the gateway guards and tracks, and sends nothing of its own', async () => {
  for (const flows of [
    '',
    'flows: {work-request: {orchestrate: false}, service-order: {orchestrate: true}}',
  ]) {
    const scene = await openScene(config(flows))
    try {
      behaveWell(scene)
      await played(scene, uuid(2))
      assert.equal([heardBy(scene, 'wms'), heardBy(scene, 'customer')], [[], []])
    } finally {
      await scene.close()
    }
  }
})

test.run()
