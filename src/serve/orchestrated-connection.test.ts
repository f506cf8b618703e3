// Fig. 4-1 with orchestration: the test is the customer, Engineering and WMS; the gateway does Customer Support's part.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { behaveWell, heardBy, mRIDIn, ok, settled } from './orchestration.fixture.ts'
import { answerOk, answerXml, auth, legsOf, openScene, replyXml } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: orchestrated connection')

const config = (flows: string) => (outside: string) => `
parties:
  cs: {${auth('cs')}, operator: true}
  customer: {${auth('customer')}, binding: {type: cim-xml, url: "${outside}/customer"}}
  dso-eng: {${auth('dso-eng')}, binding: {type: cim-xml, url: "${outside}/dso-eng"}}
  wms: {${auth('wms')}, binding: {type: json, url: "${outside}/wms"}}
  derms-cs: {${auth('derms-cs')}, binding: {type: json, url: "${outside}/derms-cs"}}
  derms: {${auth('derms')}, binding: {type: cim-xml, url: "${outside}/derms"}}
routes:
  - {when: {noun: InterconnectionReviews, verb: create}, to: dso-eng}
  - {when: {noun: ServiceOrders, verb: create}, to: wms}
  - {when: {noun: CustomerNotifications, verb: created, from: cimgate}, to: customer}
  - {when: {noun: DERRegistrations, verb: created, from: cimgate}, to: derms-cs}
  - {when: {noun: EndDeviceStatuses, verb: get}, to: derms}
  - {to: local}
${flows}
`

const ON = 'flows: {service-request: {orchestrate: true, contactType: portal}}'

/** An mRID for a place in a case. */
const uuid = (of: number, n: number) => `0${of}0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`

const watts = (value: string) => ({ multiplier: 'k', unit: 'W', value })

/** The objects of one connection. @param n of the case */
function connection(
  n: number,
  eligibility: JsonObject = { controlRequired: false, monitoringRequired: false },
) {
  const [request, tariff] = [uuid(1, n), uuid(2, n)]
  const Customer = { Names: [{ name: 'C-1002003' }] }
  const UsagePoint = { mRID: uuid(3, n) }
  return {
    request: {
      mRID: request,
      createdDateTime: '2026-07-14T07:00:00Z',
      kind: 'derInterconnection',
      requestedInterval: { start: '2026-08-01T00:00:00Z' },
      Customer,
      UsagePoint,
    },
    registration: {
      mRID: uuid(4, n),
      EndDevice: { mRID: uuid(5, n) },
      nameplate: {
        technology: 'photovoltaic',
        maxP: watts('5.0'),
        ratedS: { multiplier: 'k', unit: 'VA', value: '7.6' },
        ratedU: { multiplier: 'none', unit: 'V', value: '240' },
      },
      ServiceRequest: { mRID: request },
      UsagePoint: { ...UsagePoint, phaseCode: 's12N' },
    },
    tariff: {
      mRID: tariff,
      eligibility,
    },
    agreement: {
      mRID: uuid(6, n),
      revisionNumber: '1',
      Customer,
      PricingStructures: [{ mRID: tariff }],
      ServiceCategory: { kind: 'electricity' },
      UsagePoints: [UsagePoint],
      validityInterval: { start: '2026-08-01T00:00:00Z' },
    },
  }
}

type Connection = ReturnType<typeof connection>

async function stateOf({ ask }: Scene, { request }: Connection): Promise<unknown> {
  const { json } = await ask('cs', 'GET', `/api/v1/service-requests/${request.mRID}`)
  const [it] = json['ServiceRequest'] as readonly { readonly status: { readonly value: string } }[]
  return it?.status.value
}

/** The customer asks, chooses a tariff, and signs. */
async function asked(scene: Scene, it: Connection, agreed = {}): Promise<void> {
  const change = (more: JsonObject) =>
    ok(scene, 'customer', 'change', 'ServiceRequests', { mRID: it.request.mRID, ...more })
  await ok(scene, 'customer', 'create', 'ServiceRequests', it.request)
  await ok(scene, 'cs', 'create', 'DERRegistrations', it.registration)
  await ok(scene, 'cs', 'create', 'Tariffs', it.tariff)
  await change({ PricingStructure: { mRID: it.tariff.mRID } })
  await ok(scene, 'cs', 'create', 'CustomerAgreements', { ...it.agreement, ...agreed })
  const agreement = `/api/v1/customer-agreements/${it.agreement.mRID}`
  for (const step of ['offer', 'sign']) {
    const { status, text } = await scene.ask('cs', 'POST', `${agreement}:${step}`)
    assert.is(status, 200, text)
  }
  if (!('DERRegistrations' in agreed))
    await change({ CustomerAgreement: { mRID: it.agreement.mRID } })
  await settled(scene, 'cs')
}

/** Engineering has the connection modelled, and decides. */
async function decided(scene: Scene, decision: string): Promise<void> {
  const mRID = mRIDIn(scene, 'dso-eng', 'InterconnectionReview')
  const change = (more: JsonObject) =>
    ok(scene, 'dso-eng', 'change', 'InterconnectionReviews', { mRID, ...more })
  await change({ status: { value: 'modelling' } })
  await change({ modellingResult: { canAccommodate: true } })
  const decidedDateTime = '2026-07-20T10:00:00Z'
  await change({ decision, approver: 'e.example', decidedDateTime })
  await settled(scene, 'cs')
}

/** WMS does what it was ordered, and closes it. */
async function verified(scene: Scene, outcome: string): Promise<void> {
  const { body } = scene.heard.find((it) => it.party === 'wms') ?? { body: '{}' }
  const { payload } = JSON.parse(body) as {
    payload: { ServiceOrders: { ServiceOrder: readonly JsonObject[] } }
  }
  const [order] = payload.ServiceOrders.ServiceOrder
  assert.ok(order)
  const [work] = order['Work'] as readonly JsonObject[]
  const report = (verb: string, statusKind: string, more: JsonObject = {}) =>
    ok(scene, 'wms', verb, 'ServiceOrders', { ...order, Work: [{ ...work, statusKind, ...more }] })
  for (const status of ['scheduled', 'onSite', 'completed']) await report('changed', status)
  const ActivityRecords = [{ createdDateTime: '2026-08-02T10:00:00Z', type: outcome }]
  await report('closed', 'closed', { ActivityRecords })
  await settled(scene, 'cs')
}

const NOTICE = 'created CustomerNotifications'

const ACK_REQUIRED = /"AckRequired": ?true/

test('SR-04, SR-07, SR-08, SR-10, SR-11: a connection from the request to the customer who hears that it is done', async () => {
  const scene = await openScene(config(ON))
  try {
    behaveWell(scene)
    const it = connection(1)
    await asked(scene, it)
    assert.equal(heardBy(scene, 'dso-eng'), ['create InterconnectionReviews'])
    assert.is(await stateOf(scene, it), 'engineeringReview')
    await decided(scene, 'approved')
    assert.equal(heardBy(scene, 'wms'), ['create ServiceOrders'])
    assert.equal(heardBy(scene, 'customer'), [`${NOTICE} applicationAccepted`])
    assert.equal(heardBy(scene, 'derms-cs'), [], 'what is there may be another installation')
    assert.is(await stateOf(scene, it), 'verificationOrdered')
    await verified(scene, 'verified')
    assert.equal(heardBy(scene, 'derms-cs'), ['created DERRegistrations'])
    assert.match(scene.heard.find((one) => one.party === 'derms-cs')?.body ?? '', ACK_REQUIRED)
    assert.is(await stateOf(scene, it), 'completed')
    assert.equal(heardBy(scene, 'customer'), [
      `${NOTICE} applicationAccepted`,
      `${NOTICE} connected`,
    ])
    assert.equal(await legsOf(scene, 'state=PARKED'), [])
  } finally {
    await scene.close()
  }
})

test('SR-09: where the tariff asks for communication, the device is asked first; connected is what answers', async () => {
  const scene = await openScene(config(ON))
  try {
    let commState = 'unreachable'
    scene.behave(({ party, body, messageID }, response) => {
      if (party === 'derms') answerXml(response, statusOf(messageID, it.registration, commState))
      else if (body.startsWith('{')) response.writeHead(204).end()
      else answerOk(response, body)
    })
    const it = connection(3, { monitoringRequired: true, controlRequired: false })
    await asked(scene, it)
    await decided(scene, 'approved')
    await verified(scene, 'verified')
    assert.equal(heardBy(scene, 'derms'), ['get EndDeviceStatuses'])
    assert.is(await stateOf(scene, it), 'verified', 'it does not answer')
    commState = 'reachable'
    await ok(scene, 'cs', 'created', 'EndDeviceStatuses', {
      mRID: uuid(7, 3),
      commState,
      EndDevice: it.registration.EndDevice,
    })
    await settled(scene, 'cs')
    assert.is(await stateOf(scene, it), 'completed')
    assert.equal(heardBy(scene, 'customer').at(-1), `${NOTICE} connected`)
  } finally {
    await scene.close()
  }
})

/** What the DERMS answers to a check of the device. */
function statusOf(messageID: string, { EndDevice }: Connection['registration'], commState: string) {
  const payload =
    `<Payload><EndDeviceStatuses xmlns="http://cimgate.example/draft/2026/EndDeviceStatuses#"><EndDeviceStatus>` +
    `<commState>${commState}</commState><EndDevice><mRID>${EndDevice.mRID}</mRID></EndDevice>` +
    `</EndDeviceStatus></EndDeviceStatuses></Payload>`
  return replyXml(messageID, 'OK', '', { noun: 'EndDeviceStatuses', payload })
}

test('CA-03, SR-04: a signed agreement that names the registration leads on to Engineering', async () => {
  const both =
    '{service-request: {orchestrate: true, contactType: portal}, customer-agreement: {orchestrate: true}}'
  const scene = await openScene(config(`flows: ${both}`))
  try {
    behaveWell(scene)
    const it = connection(4)
    await asked(scene, it, { DERRegistrations: [{ mRID: it.registration.mRID }] })
    assert.equal(heardBy(scene, 'dso-eng'), ['create InterconnectionReviews'])
    assert.is(await stateOf(scene, it), 'engineeringReview')
  } finally {
    await scene.close()
  }
})

test('what is not orchestrated waits for the parties', async () => {
  const scene = await openScene(config(''))
  try {
    behaveWell(scene)
    const it = connection(2)
    await asked(scene, it)
    assert.is(await stateOf(scene, it), 'agreed')
    assert.equal(scene.heard, [])
  } finally {
    await scene.close()
  }
})

test.run()
