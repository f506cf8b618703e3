// Figs. 5-1 and 5-2 with orchestration: the test decides; the gateway has contracts updated, the DERMS make the group, lose
// members and dissolve it, in this order.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { behaveWell, ok, settled } from './orchestration.fixture.ts'
import { answerOk, auth, legsOf, openScene } from './scene.fixture.ts'
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
const PRICE = { mRID: uuid(5) }
const ELIGIBILITY = { controlRequired: false, monitoringRequired: false }
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

/** The DER of a group, each under a contract at its own usage point; the contract of the last one is not signed. */
const DEVICES = [11, 12, 13].map((n) => ({ mRID: uuid(n) }))
const agreementOf = (n: number) => uuid(20 + n)

async function contracted(scene: Scene): Promise<void> {
  const quantity = (unit: string, value: string) => ({ multiplier: 'none', unit, value })
  for (const [n, EndDevice] of DEVICES.entries()) {
    const UsagePoint = { mRID: uuid(30 + n) }
    await ok(scene, 'cs', 'create', 'DERRegistrations', {
      mRID: uuid(40 + n),
      EndDevice,
      nameplate: {
        technology: 'photovoltaic',
        maxP: quantity('W', '5000'),
        ratedS: quantity('VA', '7600'),
        ratedU: quantity('V', '240'),
      },
      ServiceRequest: { mRID: uuid(50 + n) },
      UsagePoint: { ...UsagePoint, phaseCode: 's12N' },
    })
    await ok(scene, 'cs', 'create', 'CustomerAgreements', {
      mRID: agreementOf(n),
      revisionNumber: '1',
      Customer: { Names: [{ name: 'C-1002003' }] },
      PricingStructures: [PRICE],
      ServiceCategory: { kind: 'electricity' },
      UsagePoints: [UsagePoint],
      validityInterval: { start: '2026-07-01T00:00:00Z' },
    })
    await signed(scene, n, n < DEVICES.length - 1 ? ['offer', 'sign'] : ['offer'])
  }
}

async function signed({ ask }: Scene, n: number, steps: readonly string[]): Promise<void> {
  for (const it of steps) {
    const path = `/api/v1/customer-agreements/${agreementOf(n)}:${it}`
    assert.is((await ask('cs', 'POST', path)).status, 200, it)
  }
}

/** By agreement: whether it names the group. */
async function naming({ ask }: Scene): Promise<readonly boolean[]> {
  const all = DEVICES.map((_, n) =>
    ask('cs', 'GET', `/api/v1/customer-agreements/${agreementOf(n)}`),
  )
  return (await Promise.all(all)).map(({ text }) =>
    text.includes(`"EndDeviceGroups":[{"mRID":"${GROUP.mRID}"}]`),
  )
}

const asked = (scene: Scene, mRID: string, action: string, more: JsonObject = {}) =>
  ok(scene, 'cs', 'create', 'DERGroupRequests', {
    ...{ mRID, action, EndDeviceGroup: GROUP, requestor },
    ...more,
  })

/** The contracts and the DERMS, in the order in which they heard of it. */
const order = (scene: Scene) => scene.heard.map((it) => `${it.party} ${verbIn(it.body)}`)

const verbIn = (body: string) => /<Verb>(\w+)/.exec(body)?.[1] ?? ''

test('GF-03, GF-04, GD-02, GD-03, GD-04: contracts name the group before the DERMS has it, and do not before it is gone', async () => {
  const scene = await openScene(config)
  try {
    behaveWell(scene)
    const [forming, leaving, dissolving] = [uuid(2), uuid(3), uuid(4)]
    await ok(scene, 'cs', 'create', 'Tariffs', { ...PRICE, eligibility: ELIGIBILITY })
    await contracted(scene)
    await asked(scene, forming, 'form', {
      DERFunction,
      EndDevices: DEVICES,
      PricingStructure: PRICE,
    })
    await step(scene, forming, 'check-compliance', 'approve')

    // What is missing is told, nothing is changed in part, and the DERMS hears of nothing.
    const [parked, ...others] = await legsOf(scene, 'state=PARKED')
    assert.equal(others, [])
    assert.match(parked?.reason ?? '', new RegExp(`agreement.* ${DEVICES[2]?.mRID}: register each`))
    assert.match((await scene.ask('cs', 'GET', '/api/v1/alarms')).text, /No agreement in force/)
    assert.equal([await naming(scene), order(scene)], [[false, false, false], []])
    const redrive = () => scene.ask('cs', 'POST', `/api/v1/messages/${parked?.id}:redrive`)
    assert.match((await redrive()).text, /There is nothing to send: No agreement in force/)
    await signed(scene, 2, ['sign'])
    const again = await redrive()
    assert.is(again.status, 200, again.text)
    await settled(scene, 'cs')

    assert.equal(await legsOf(scene, 'state=PARKED'), [])
    assert.equal(await naming(scene), [true, true, true])
    assert.equal([await stateOf(scene, forming), order(scene)], ['available', ['derms create']])

    await asked(scene, leaving, 'removeMembers', { EndDevices: DEVICES.slice(0, 1) })
    await settled(scene, 'cs')
    assert.equal(await naming(scene), [false, true, true])
    assert.is(await stateOf(scene, leaving), 'dissolved')
    assert.match(scene.heard.at(-1)?.body ?? '', /<elementOperation>true/)
    const { text } = await scene.ask('cs', 'GET', `/api/v1/der-groups/${GROUP.mRID}`)
    assert.not.match(text, DEVICES[0]?.mRID ?? '')

    await asked(scene, dissolving, 'dissolve')
    await settled(scene, 'cs')
    assert.equal(await naming(scene), [false, false, false])
    assert.is(await stateOf(scene, dissolving), 'dissolved')
    assert.equal(order(scene), ['derms create', 'derms execute', 'derms delete'])
    assert.equal(await legsOf(scene, 'state=PARKED'), [])
  } finally {
    await scene.close()
  }
})

test('GF-03: where a party keeps the contracts, the DERMS is asked when that has changed all of them, and not before', async () => {
  let isOpen = false
  const cis = (outside: string) =>
    `{${auth('cis')}, binding: {type: cim-xml, url: "${outside}/cis"}}`
  const route = '{when: {noun: CustomerAgreements, verb: [change, delete], from: cimgate}, to: cis}'
  const scene = await openScene((outside) =>
    config(outside)
      .replace('parties:', `parties:\n  cis: ${cis(outside)}`)
      .replace('routes:', `routes:\n  - ${route}`),
  )
  try {
    scene.behave(({ party, body }, response) => {
      if (party === 'cis' && !isOpen) response.writeHead(422).end()
      else answerOk(response, body)
    })
    await ok(scene, 'cs', 'create', 'Tariffs', { ...PRICE, eligibility: ELIGIBILITY })
    await contracted(scene)
    const EndDevices = DEVICES.slice(0, 2)
    await asked(scene, uuid(2), 'form', { DERFunction, EndDevices, PricingStructure: PRICE })
    await step(scene, uuid(2), 'check-compliance', 'approve')
    assert.equal([await stateOf(scene, uuid(2)), order(scene)], ['approved', ['cis change']])
    const [refused] = await legsOf(scene, 'state=PARKED')
    assert.equal([refused?.party, refused?.reason], ['cis', 'HTTP 422.'])
    isOpen = true
    await scene.ask('cs', 'POST', `/api/v1/messages/${refused?.id}:redrive`)
    await settled(scene, 'cs')
    assert.is(await stateOf(scene, uuid(2)), 'available')
    await asked(scene, uuid(3), 'dissolve')
    await settled(scene, 'cs')
    const last = ['cis execute', 'derms delete']
    assert.equal(order(scene), ['cis change', 'cis change', 'derms create', ...last])
    assert.equal(await naming(scene), [false, false, false])
  } finally {
    await scene.close()
  }
})

test('GF-03: a request that withholds its members says so, and leaves contracts to whoever knows them', async () => {
  const scene = await openScene(config)
  try {
    behaveWell(scene)
    await ok(scene, 'cs', 'create', 'Tariffs', { ...PRICE, eligibility: ELIGIBILITY })
    const criteria = { minSize: { multiplier: 'k', unit: 'W', value: 5 } }
    await asked(scene, uuid(2), 'form', { DERFunction, PricingStructure: PRICE, criteria })
    await step(scene, uuid(2), 'check-compliance', 'approve')
    const [withheld] = await legsOf(scene, 'state=PARKED')
    assert.match(withheld?.reason ?? '', /names no EndDevices.*:update-contracts/)
    assert.equal(order(scene), [])
    await step(scene, uuid(2), 'update-contracts')
    assert.equal(order(scene), ['derms create'])
  } finally {
    await scene.close()
  }
})

test.run()
