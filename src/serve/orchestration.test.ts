// Orchestration: the gateway sends what Customer Support has to send next, once, and only where it is told to.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { behaveWell, heardBy, ok, settled } from './orchestration.fixture.ts'
import { answerOk, auth, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: orchestration')

const NOTICES =
  '  - {when: {noun: CustomerNotifications, verb: created, from: dso-cs}, to: customer}'

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
${NOTICES}
  - {when: {noun: CustomerConfig}, to: local}
${flows}
`

const ON = 'flows: {work-request: {orchestrate: true, contactType: portal}}'

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

const redriven = (scene: Scene, id: string) =>
  scene.ask('cs', 'POST', `/api/v1/messages/${id}:redrive`)

const parked = (scene: Scene) => legsOf(scene, 'state=PARKED')

test('what no route takes is parked once, with the reason and an alarm; with a route it goes on', async () => {
  let routes = ''
  const scene = await openScene((outside) => config(ON)(outside).replace(NOTICES, routes))
  try {
    behaveWell(scene)
    await played(scene, uuid(3))
    assert.equal(heardBy(scene, 'customer'), [])
    const waiting = await parked(scene)
    assert.equal(
      waiting.map(({ party, verb, reason }) => `${party} ${verb} ${reason}`),
      Array<string>(2).fill(
        'cimgate created No route takes created CustomerNotifications from dso-cs.',
      ),
    )
    const { text } = await scene.ask('cs', 'GET', '/api/v1/alarms')
    for (const { id } of waiting) assert.match(text, new RegExp(`/api/v1/messages/${id}:redrive`))
    routes = NOTICES
    await scene.restart()
    for (const { id } of waiting) assert.is((await redriven(scene, id)).status, 200)
    await settled(scene, 'cs')
    assert.equal([...heardBy(scene, 'customer')].sort(), [
      'created CustomerNotifications workCompleted',
      'created CustomerNotifications workScheduled',
    ])
    assert.equal(await parked(scene), [])
  } finally {
    await scene.close()
  }
})

test('what the party of its route refuses is parked there, and its conversation says why', async () => {
  const scene = await openScene(config(ON))
  try {
    scene.behave(({ party, body }, response) => {
      if (party === 'wms') response.writeHead(422).end()
      else answerOk(response, body)
    })
    await ok(scene, 'dso-cs', 'create', 'WorkRequests', work(uuid(4), 'waitingOnApproval'))
    await ok(scene, 'dso-eng', 'changed', 'WorkRequests', work(uuid(4), 'approved'))
    await settled(scene, 'cs')
    const [it, ...others] = await parked(scene)
    assert.equal([it?.party, it?.reason, others], ['wms', 'HTTP 422.', []])
    const refused = await legsOf(scene, `exchangeId=${it?.exchangeId}&state=REJECTED`)
    assert.equal(
      refused.map(({ party, verb }) => `${party} ${verb}`),
      ['dso-eng create'],
    )
    assert.match((await scene.ask('cs', 'GET', '/api/v1/alarms')).text, /HTTP 422/)
  } finally {
    await scene.close()
  }
})

test('what a party has sent itself is not done a second time', async () => {
  const scene = await openScene(config(ON))
  try {
    behaveWell(scene)
    await ok(scene, 'dso-cs', 'created', 'CustomerNotifications', {
      contactType: 'phone',
      contactValue: '1 555 0100',
      text: 'All is done.',
      trigger: 'workCompleted',
      about: { mRID: uuid(5).replace(/^0/, '1'), objectType: 'Work' },
      Customer: { Names: [{ name: 'C-1002003' }] },
    })
    await played(scene, uuid(5))
    assert.equal(heardBy(scene, 'customer'), [
      'created CustomerNotifications workCompleted',
      'created CustomerNotifications workScheduled',
    ])
    const own = await legsOf(scene, 'noun=CustomerNotifications&party=cimgate&state=ACKED')
    assert.match(own[0]?.reason ?? '', /^It has been done already: 6\.1 /)
    assert.equal(await parked(scene), [])
  } finally {
    await scene.close()
  }
})

test('a change of the configuration counts at once', async () => {
  const scene = await openScene(config(''))
  try {
    behaveWell(scene)
    writeFileSync(join(scene.data, '..', 'cimgate.yaml'), config(ON)(scene.outside))
    await until(async () => {
      await played(scene, crypto.randomUUID())
      return heardBy(scene, 'customer').length > 0
    })
  } finally {
    await scene.close()
  }
})

test.run()
