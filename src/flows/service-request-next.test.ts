// What Customer Support has to send as a request for a connection goes on, as pure functions of its states.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statesOf } from '../lifecycles/lifecycle.ts'
import { SERVICE_REQUEST } from '../lifecycles/service-request.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Placed } from './flow.ts'
import type { Making } from './next.ts'
import { REQUEST_NEXT } from './service-request-next.ts'

const test = suite('flows: what follows of service requests')

const DEVICE = '52f55e6f-22fe-4adf-896e-42287047f0b4'
const CUSTOMER = { Names: [{ name: 'C-1' }] }
const REQUEST = {
  mRID: 'r',
  kind: 'derInterconnection',
  Customer: CUSTOMER,
  PricingStructure: { mRID: 't' },
  UsagePoint: { mRID: 'u' },
}

/** Knows the registration of the request, and its tariff. */
function making(eligibility: JsonObject = {}): Making {
  let count = 0
  const known: Readonly<Record<string, JsonObject>> = {
    DERRegistrations: {
      mRID: 'd',
      EndDevice: { mRID: DEVICE },
      ServiceRequest: { mRID: 'r' },
    },
    InterconnectionReviews: { mRID: 'i', decidedDateTime: '2026-07-10T10:00:00Z' },
    Tariffs: { mRID: 't', eligibility },
  }
  return {
    now: '2026-07-14T08:00:00Z',
    given: {},
    moved: [],
    newId: () => `n${(count += 1)}`,
    find: ({ noun }) => {
      const object = known[noun]
      return object && { state: 'present', object }
    },
  }
}

const placed = (state: string, more: JsonObject = {}): Placed => ({
  state,
  object: { ...REQUEST, status: { value: state }, ...more },
})

/** `verb noun trigger` of each message. */
function sent(from: string | undefined, to: string, how = making()) {
  const before = from === undefined ? undefined : placed(from)
  return REQUEST_NEXT.flatMap(({ verb, noun, dueIn, objects }) =>
    objects(before, placed(to), how).map((it) => {
      assert.ok(dueIn?.includes(to), `${verb} ${noun} is due when it comes up`)
      return [verb, noun, member(it, 'trigger')].filter((one) => one !== undefined).join(' ')
    }),
  )
}

const NOTICE = 'created CustomerNotifications'

const DUE: readonly (readonly [from: string, to: string, ...sent: readonly string[]])[] = [
  ['submitted', 'registered'],
  ['tariffSelected', 'agreed', 'create InterconnectionReviews'],
  ['engineeringReview', 'onHold', `${NOTICE} onHold`],
  ['onHold', 'engineeringReview'],
  ['engineeringReview', 'rejected', `${NOTICE} rejected`],
  [
    ...(['engineeringReview', 'approved', 'create ServiceOrders'] as const),
    `${NOTICE} applicationAccepted`,
  ],
  ['approved', 'verificationOrdered'],
  ['verificationOrdered', 'verificationFailed', 'create ServiceOrders'],
  ['verificationFailed', 'verificationOrdered'],
  [
    ...(['verificationOrdered', 'verified', 'created DERRegistrations'] as const),
    'change ServiceRequests',
  ],
  ['verified', 'connected', `${NOTICE} connected`],
]

test('SR-04, SR-07, SR-08, SR-10: each step has its messages, and no other step has any', () => {
  for (const [from, to, ...due] of DUE) assert.equal(sent(from, to), due, `${from} -> ${to}`)
  const told = new Set(DUE.filter(([, , ...due]) => due.length > 0).map(([, to]) => to))
  for (const state of statesOf(SERVICE_REQUEST)) {
    assert.equal(sent(state, state), [], `${state} again`)
    if (!told.has(state)) assert.equal(sent(undefined, state), [], state)
  }
})

test('SR-08: given up by WMS, it is approved still; nobody is told anew, and no other order is made', () => {
  assert.equal(sent('verificationOrdered', 'approved'), [])
})

test('SR-09: a tariff that asks for communication keeps the request verified until that is checked', () => {
  for (const name of ['monitoringRequired', 'controlRequired'])
    for (const it of [true, 'true', '1'])
      assert.equal(
        sent('verificationOrdered', 'verified', making({ [name]: it })),
        ['created DERRegistrations', 'get EndDeviceStatuses'],
        name,
      )
  const none = making({ monitoringRequired: false, controlRequired: 'false' })
  assert.equal(sent('verificationOrdered', 'verified', none), [
    'created DERRegistrations',
    'change ServiceRequests',
  ])
})

test('SR-10: it is closed when it is connected and its DERMS knows, whichever comes last', () => {
  const close = REQUEST_NEXT.filter(({ verb }) => verb === 'close')
  const closed = (before: Placed, after: Placed) =>
    close.flatMap(({ objects }) => objects(before, after, making()))
  const [told, untold] = [{ dermsNotified: true }, { dermsNotified: false }]
  const [verified, connected] = ['verified', 'connected'] as const
  assert.equal(closed(placed(verified, told), placed(connected, told)), [{ mRID: 'r' }])
  assert.equal(closed(placed(connected, untold), placed(connected, told)), [{ mRID: 'r' }])
  assert.equal(closed(placed(connected, told), placed(connected, told)), [])
  assert.equal(closed(placed(verified), placed(connected)), [])
  assert.equal(closed(placed(verified), placed(verified, told)), [])
})

test('SR-11: a DERMS learns registry id, tariff, agreement and when it was approved', () => {
  const told = made('DERRegistrations', 'verified', { CustomerAgreement: { mRID: 'a' } })
  const { dsoRegistryId, approvedDateTime, CustomerAgreement, PricingStructure } = told
  assert.equal(dsoRegistryId, { name: 'd', NameType: { name: 'dsoRegistryId' } })
  assert.equal([CustomerAgreement, PricingStructure], [{ mRID: 'a' }, { mRID: 't' }])
  assert.is(approvedDateTime, '2026-07-10T10:00:00Z', 'when Engineering decided')
})

function made(noun: string, to: string, request: JsonObject = {}): JsonObject {
  const [object] = REQUEST_NEXT.filter((it) => it.noun === noun).flatMap(({ objects }) =>
    objects(undefined, placed(to, request), making()),
  )
  assert.ok(object, noun)
  return object
}

test('SR-04: a review names the request, its registration and its tariff', () => {
  const { mRID, ...review } = made('InterconnectionReviews', 'agreed')
  assert.is(mRID, 'n1')
  assert.equal(review, {
    createdDateTime: '2026-07-14T08:00:00Z',
    DERRegistration: { mRID: 'd' },
    PricingStructure: { mRID: 't' },
    ServiceRequest: { mRID: 'r' },
  })
})

test('SR-08: the order is an inspection of the device, and its Names lead to the request and its tariff', () => {
  const interval = { start: '2026-08-01T00:00:00Z', end: '2026-08-02T00:00:00Z' }
  const order = made('ServiceOrders', 'approved', { requestedInterval: interval })
  assert.equal(order['Names'], [
    { name: 'r', NameType: { name: 'ServiceRequest' } },
    { name: 't', NameType: { name: 'PricingStructure' } },
  ])
  const [work] = order['Work'] as readonly JsonObject[]
  const { kind, type, statusKind, Customers, TimeSchedules, WorkTasks } = work ?? {}
  assert.equal([kind, type, statusKind], ['inspection', 'derVerification', 'waitingToBeScheduled'])
  assert.equal(Customers, [CUSTOMER])
  assert.equal(TimeSchedules, [{ kind: 'request', scheduleInterval: interval }])
  const [task] = WorkTasks as readonly JsonObject[]
  assert.is(task?.['taskKind'], 'investigate')
  assert.equal(task?.['Assets'], [{ mRID: DEVICE }])
  assert.match(String(task?.['instruction']), /usage point u /)
  const [own] = made('ServiceOrders', 'approved')['Work'] as readonly JsonObject[]
  assert.is(own?.['TimeSchedules'], undefined)
})

test('SR-08: the crew is expected when the request asks for it, else as the configuration says; nothing is made up', () => {
  const order = REQUEST_NEXT.find((it) => it.noun === 'ServiceOrders')
  const expected = (request: JsonObject, given: Making['given'] = {}) => {
    const how = { ...making(), given }
    const made = order?.finished?.(drafted('ServiceOrders', request), request, how) ?? []
    if ('missing' in made) return made.missing
    const [work] = (made[0]?.['Work'] ?? []) as readonly JsonObject[]
    return (work?.['WorkTasks'] as readonly JsonObject[])[0]?.['crewETA']
  }
  const asked = { requestedInterval: { start: '2026-08-01T00:00:00Z' } }
  const day = { crewAfterMs: 24 * 3_600_000 }
  assert.is(expected(asked, day), asked.requestedInterval.start)
  assert.is(expected({}, day), '2026-07-15T08:00:00.000Z')
  assert.match(
    String(expected({})),
    /crewETA.*give the request a requestedInterval.*flows\.service/,
  )
})

const drafted = (noun: string, request: JsonObject) => made(noun, 'approved', request)

test('a notice names the request and its customer, and says what has happened in a sentence', () => {
  const notice = made('CustomerNotifications', 'onHold')
  assert.equal(notice['about'], { mRID: 'r', objectType: 'ServiceRequest' })
  assert.equal(notice['Customer'], CUSTOMER)
  assert.is(notice['text'], 'Your request r waits for an upgrade of the network.')
})

test.run()
