// What is decided stays as it is: refused alike over POST /cim, SOAP and the façade, and for events too.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { agreementsOn } from './agreement.fixture.ts'
import { connection, fresh, progressed, request, tariff } from './connection.fixture.ts'
import { REQUESTS, fleet, formRequest, formed, groupRequest, steps } from './groups.fixture.ts'
import { frozenOn } from './frozen.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('decided')

const ways = await openWays()
test.after(() => ways.gateway.close())

const { active, step } = agreementsOn(ways)

const SR = ['ServiceRequests', 'SR-FROZEN'] as const

test('SR-FROZEN: an approved request keeps kind, customer, usage point, tariff and agreement', async () => {
  const { request: own } = await connection(ways, 'approved')
  await frozenOn(
    ways,
    SR,
    own.mRID,
    { kind: 'serviceOff' },
    { Customer: { Names: [{ name: 'C-2' }] } },
    { UsagePoint: { mRID: fresh() } },
    { PricingStructure: { mRID: fresh() } },
    { CustomerAgreement: { mRID: fresh() } },
  )
  await ways.ok({
    verb: 'change',
    noun: SR[0],
    object: { mRID: own.mRID, comment: 'Call before.' },
  })
  await ways.ok({ verb: 'create', noun: 'ServiceOrders', object: progressedOrder(own) })
})

const progressedOrder = (own: JsonObject) => ({
  mRID: fresh(),
  Work: [
    {
      mRID: fresh(),
      kind: 'inspection',
      statusKind: 'waitingToBeScheduled',
      type: 'derVerification',
      Names: [{ name: String(own['mRID']), NameType: { name: 'ServiceRequest' } }],
      WorkTasks: [
        {
          crewETA: '2026-07-20T08:00:00-05:00',
          statusKind: 'waitingToBeScheduled',
          subject: 'Nameplate',
          taskKind: 'investigate',
        },
      ],
    },
  ],
})

test('SR-FROZEN, SR-COMM: nor does a request lose its tariff, by null or by an operation', async () => {
  const rules = { monitoringRequired: true }
  const { request: own, tariff } = await connection(ways, 'verified', rules)
  const path = `service-requests/${own.mRID}`
  const { status, json } = await ways.json('PATCH', path, { PricingStructure: null })
  assert.is(status, 409)
  assert.equal(saidIn(json).rule, 'SR-FROZEN')
  const { mRID } = own
  const named = { mRID, PricingStructure: { mRID: tariff.mRID } }
  const operation = { operationId: 1, noun: SR[0], verb: 'delete', elementOperation: true }
  const Operation = [{ ...operation, ServiceRequests: { ServiceRequest: [named] } }]
  const object = { enforceMsgSequence: false, enforceTransactionalIntegrity: false, Operation }
  const said = await ways.refused({ verb: 'execute', noun: 'OperationSet', object })
  assert.equal(said, { code: '6.1', rule: 'SR-FROZEN', ids: [mRID] })
  await frozenOn(ways, ['ServiceRequests', 'SR-COMM'], mRID, { status: { value: 'connected' } })
})

test('SR-FROZEN: a request of another kind does not become a connection, and is not closed as one', async () => {
  const own = request('serviceOff')
  await ways.ok({ verb: 'create', noun: SR[0], object: own })
  await frozenOn(ways, SR, own.mRID, { kind: 'derInterconnection' })
  const status = { value: 'inProgress' }
  await ways.ok({ verb: 'change', noun: SR[0], object: { mRID: own.mRID, status } })
  await frozenOn(
    ways,
    SR,
    own.mRID,
    { kind: 'derInterconnection', status: { value: 'completed' } },
    { UsagePoint: { mRID: fresh() } },
  )
  await ways.ok({ verb: 'close', noun: SR[0], object: own })
})

test('SR-FROZEN: what Engineering sends back can be mended again', async () => {
  const { request: own, review } = await connection(ways, 'engineeringReview')
  const tariff = { PricingStructure: { mRID: fresh() } }
  await frozenOn(ways, SR, own.mRID, tariff)
  const object = { mRID: review.mRID, decision: 'needsInfo' }
  await ways.ok({ verb: 'change', noun: 'InterconnectionReviews', object })
  const Customer = { Names: [{ name: 'C-1002004' }] }
  await ways.ok({ verb: 'change', noun: SR[0], object: { mRID: own.mRID, Customer } })
})

test('REG-FROZEN: device, nameplate and usage point stay as they were agreed', async () => {
  const REG = ['DERRegistrations', 'REG-FROZEN'] as const
  const before = await connection(ways, 'registered')
  const nameplate = { maxP: { multiplier: 'k', unit: 'W', value: '5.5' } }
  const change = (mRID: string, more: JsonObject) =>
    ways.ok({ verb: 'change', noun: REG[0], object: { mRID, ...more } })
  await change(before.registration.mRID, { nameplate })
  const { registration, request: own } = await connection(ways, 'approved')
  await frozenOn(
    ways,
    REG,
    registration.mRID,
    { nameplate },
    { EndDevice: { mRID: fresh() } },
    { UsagePoint: { phaseCode: 'ABC', mRID: fresh() } },
    { ServiceRequest: { mRID: fresh() } },
  )
  await change(registration.mRID, {
    approvedDateTime: '2026-07-14T08:00:00Z',
    ServiceRequest: { mRID: own.mRID.toUpperCase() },
  })
})

test('REG-FROZEN: as long as the connection is under way its DER is registered', async () => {
  const { registration, request: own } = await connection(ways, 'approved')
  for (const verb of ['delete', 'cancel', 'close']) {
    const object = { mRID: registration.mRID }
    const said = await ways.refused({ verb, noun: 'DERRegistrations', object })
    assert.equal(said, { code: '6.1', rule: 'REG-FROZEN', ids: [registration.mRID] }, verb)
  }
  await ways.ok({ verb: 'cancel', noun: SR[0], object: own })
  await ways.ok({ verb: 'delete', noun: 'DERRegistrations', object: registration })
})

test('TAR-ELIG: a nameplate that is altered after the tariff was chosen is judged when it is agreed on', async () => {
  const { registration, request: own, tariff: chosen } = await connection(ways, 'tariffSelected')
  const nameplate = { maxP: { multiplier: 'k', unit: 'W', value: '50' } }
  const object = { mRID: registration.mRID, nameplate }
  await ways.ok({ verb: 'change', noun: 'DERRegistrations', object })
  const agreed = await active({
    PricingStructures: [{ mRID: chosen.mRID }],
    UsagePoints: [own['UsagePoint'] as JsonObject],
  })
  const CustomerAgreement = { mRID: agreed.mRID }
  await frozenOn(ways, ['ServiceRequests', 'TAR-ELIG'], own.mRID, { CustomerAgreement })
})

test('IR-FROZEN: a review is of one request, and once decided of one decision', async () => {
  const IR = ['InterconnectionReviews', 'IR-FROZEN'] as const
  const { review } = await connection(ways, 'engineeringReview')
  const other = { mRID: fresh() }
  await frozenOn(ways, IR, review.mRID, { ServiceRequest: other }, { DERRegistration: other })
  const decided = await connection(ways, 'approved')
  const object = { mRID: decided.review.mRID, decision: 'rejected' }
  const said = await ways.refused({ verb: 'change', noun: IR[0], object })
  assert.is(said.rule, 'SM-IR-approved-reject')
})

test('CA-FROZEN: a signed agreement keeps who has signed it, when, and about what', async () => {
  const CA = ['CustomerAgreements', 'CA-FROZEN'] as const
  const PricingStructures = [tariff(), tariff()]
  for (const object of PricingStructures) await ways.ok({ verb: 'create', noun: 'Tariffs', object })
  const [first, second] = PricingStructures.map(({ mRID }) => [{ mRID }])
  const own = await active({ PricingStructures: first ?? [] })
  const changes = [
    { Customer: { Names: [{ name: 'C-2' }] } },
    { UsagePoints: [{ mRID: fresh() }] },
    { ServiceCategory: { kind: 'gas' } },
    { ServiceSupplier: { Names: [{ name: 'Other Power' }] } },
    { signDate: '2020-01-01T00:00:00Z' },
  ]
  await frozenOn(ways, CA, own.mRID, ...changes)
  await step(own.mRID, 'suspend')
  await frozenOn(ways, CA, own.mRID, ...changes)
  await step(own.mRID, 'resume')
  const amended = { mRID: own.mRID, PricingStructures: second ?? [] }
  await ways.ok({ verb: 'change', noun: CA[0], object: amended })
  assert.is((await ways.stored(CA[0], own.mRID)).object['revisionNumber'], '2')
})

test('GRP-FROZEN: a request under contract takes no other members, and no other action', async () => {
  const GRP = [REQUESTS, 'GRP-FROZEN'] as const
  const { tariff, devices } = await fleet(ways, 2)
  const own = formRequest(devices.slice(0, 1), tariff)
  await ways.ok({ verb: 'create', noun: REQUESTS, object: own })
  await frozenOn(
    ways,
    GRP,
    own.mRID,
    { action: 'dissolve' },
    { requestor: { Names: [{ name: 'B' }] } },
  )
  await steps(ways, own.mRID, ['check-compliance', 'approve'])
  const changes = [
    { EndDevices: devices.slice(1) },
    { EndDeviceGroup: { mRID: fresh() } },
    { PricingStructure: { mRID: fresh() } },
    { purpose: 'x', EndDevices: [{ mRID: fresh() }] },
  ]
  await frozenOn(ways, GRP, own.mRID, ...changes)
  await steps(ways, own.mRID, ['update-contracts'])
  await frozenOn(ways, GRP, own.mRID, ...changes)
  await ways.ok({ verb: 'change', noun: REQUESTS, object: { mRID: own.mRID, purpose: 'peak' } })
})

test('GRP-FROZEN: members that leave are those that were asked for', async () => {
  const all = await fleet(ways, 3)
  const { group } = await formed(ways, all)
  const own = groupRequest('removeMembers', group.mRID, { EndDevices: all.devices.slice(0, 1) })
  await ways.ok({ verb: 'create', noun: REQUESTS, object: own })
  await frozenOn(ways, [REQUESTS, 'GRP-FROZEN'], own.mRID, { EndDevices: all.devices.slice(1) })
})

test('WRK-FROZEN: an order keeps its link to the request; what is closed stays as it is', async () => {
  const WRK = ['ServiceOrders', 'WRK-FROZEN'] as const
  const { order, request: own } = await connection(ways, 'verificationOrdered')
  const [work = {}] = order['Work'] as readonly JsonObject[]
  const elsewhere = { Names: [{ name: fresh(), NameType: { name: 'ServiceRequest' } }] }
  await frozenOn(
    ways,
    WRK,
    order.mRID,
    { Work: [{ ...work, ...elsewhere }] },
    { Work: [{ ...work, type: 'other' }] },
  )
  const second = { mRID: fresh(), kind: 'repair', statusKind: 'waitingToBeScheduled' }
  for (const it of ['scheduled', 'completed', 'closed']) {
    const { Work } = progressed(order, it, 'verified') as { Work: readonly JsonObject[] }
    await ways.ok({
      verb: 'change',
      noun: WRK[0],
      object: { mRID: order.mRID, Work: [...Work, second] },
    })
  }
  assert.is((await ways.stored('ServiceRequests', own.mRID)).state, 'verified')
  const closed = { mRID: work['mRID'] ?? null, kind: 'inspection', statusKind: 'closed' }
  await frozenOn(
    ways,
    WRK,
    order.mRID,
    { Work: [{ ...closed, ...elsewhere }] },
    {
      Work: [
        {
          ...closed,
          ActivityRecords: [{ createdDateTime: '2026-07-21T09:00:00Z', type: 'failed' }],
        },
      ],
    },
  )
  await ways.ok({
    verb: 'change',
    noun: WRK[0],
    object: { mRID: order.mRID, Work: [{ ...second, statusKind: 'scheduled' }] },
  })
})

test('NTC-FROZEN: what a customer has been told is not told otherwise afterwards', async () => {
  const NTC = ['CustomerNotifications', 'NTC-FROZEN'] as const
  const object = {
    mRID: fresh(),
    about: { mRID: fresh(), objectType: 'ServiceRequest' },
    contactType: 'email',
    contactValue: 'a.customer@example.org',
    createdDateTime: '2026-07-14T08:00:00Z',
    Customer: { Names: [{ name: 'C-1002003' }] },
    text: 'Your request has been accepted.',
    trigger: 'applicationAccepted',
  }
  await ways.told({ verb: 'created', noun: NTC[0], object })
  await frozenOn(
    ways,
    NTC,
    object.mRID,
    { text: 'Your request has been rejected.' },
    { trigger: 'rejected' },
  )
  const told = { mRID: object.mRID, text: 'Another text.' }
  const reply = await ways.sent({ verb: 'changed', noun: NTC[0], object: { ...object, ...told } })
  assert.is(saidIn(reply['reply']).rule, 'NTC-FROZEN', 'an event tells it otherwise neither')
})

test.run()
