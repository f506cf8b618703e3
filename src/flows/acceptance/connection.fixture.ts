// For tests only: a customer, a tariff and an agreement, and the way of a request to connect a DER up to some step.

import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Ways } from './ways.fixture.ts'

/** An object with its mRID. */
export type Identified = JsonObject & { readonly mRID: string }

let count = 0

/** An mRID that nobody has had. */
export function fresh(): string {
  count += 1
  return `8a6b7c8d-0000-4000-8000-00000000${1000 + count}`
}

/** A request of a kind, for a usage point of its own. */
export function request(kind: string, more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    createdDateTime: '2026-07-14T07:00:00Z',
    kind,
    Customer: { Names: [{ name: 'C-1002003' }] },
    UsagePoint: { mRID: fresh() },
    ...(/^program/.test(kind) ? { DemandResponseProgram: { Names: [{ name: 'P-1' }] } } : {}),
    ...more,
  }
}

export const WATTS = (value: number | string, multiplier = 'k') => ({
  multiplier,
  unit: 'W',
  value,
})

/** A photovoltaic unit of 5 kW, registered for a request. */
export function registration(of: Identified, nameplate: JsonObject = {}, more: JsonObject = {}) {
  return {
    mRID: fresh(),
    EndDevice: { mRID: fresh() },
    nameplate: {
      technology: 'photovoltaic',
      maxP: WATTS('5.0'),
      ratedS: { multiplier: 'k', unit: 'VA', value: '7.6' },
      ratedU: { multiplier: 'none', unit: 'V', value: '240' },
      ...nameplate,
    },
    ServiceRequest: { mRID: of.mRID },
    UsagePoint: { phaseCode: 's12N', ...(of['UsagePoint'] as JsonObject) },
    ...more,
  }
}

/** A tariff for photovoltaic units from 1 to 10 kW. */
export function tariff(more: JsonObject = {}): Identified {
  const eligibility = {
    controlRequired: false,
    derTechnology: ['photovoltaic'],
    monitoringRequired: false,
    maxP: WATTS('10000', 'none'),
    minP: WATTS('1'),
  }
  return { mRID: fresh(), eligibility, ...more }
}

/** The NameType of a name that links an object to another one. */
export const link = (type: string, name: string) => ({ name, NameType: { name: type } })

/** The order by which a request's connection is verified. */
export function verification(of: Identified, more: JsonObject = {}): Identified {
  const task = {
    crewETA: '2026-07-20T08:00:00-05:00',
    statusKind: 'waitingToBeScheduled',
    subject: 'Nameplate and anti-islanding',
    taskKind: 'investigate',
  }
  const work = {
    mRID: fresh(),
    kind: 'inspection',
    statusKind: 'waitingToBeScheduled',
    type: 'derVerification',
    Names: [link('ServiceRequest', of.mRID)],
    WorkTasks: [task],
    ...more,
  }
  return { mRID: fresh(), Work: [work] }
}

/** The same order with another status, and what its crew has found. */
export function progressed(order: Identified, statusKind: string, ...found: readonly string[]) {
  const records = found.map((type, at) => ({
    createdDateTime: `2026-07-20T09:4${at}:00-05:00`,
    type,
  }))
  const ActivityRecords = records.length === 0 ? {} : { ActivityRecords: records }
  const [work] = order['Work'] as readonly JsonObject[]
  return { ...order, Work: [{ ...work, statusKind, ...ActivityRecords }] }
}

/** The states on the way to a connection, in order. */
export const WAY = [
  'submitted',
  'registered',
  'tariffSelected',
  'agreed',
  'engineeringReview',
  'approved',
  'verificationOrdered',
  'verified',
] as const

/** What belongs to one connection. */
export interface Connection {
  readonly request: Identified
  readonly registration: Identified
  readonly tariff: Identified
  readonly agreement: Identified
  readonly review: Identified
  readonly order: Identified
}

/** Leads a request to a state of the way. @param rules of the tariff, besides those that it has */
export async function connection(
  ways: Ways,
  to: (typeof WAY)[number],
  rules: JsonObject = {},
): Promise<Connection> {
  const own = request('derInterconnection')
  const eligibility = { ...(tariff()['eligibility'] as JsonObject), ...rules }
  const chosen = tariff({ eligibility })
  const its = registration(own)
  const agreement: Identified = {
    mRID: fresh(),
    revisionNumber: '1',
    Customer: { Names: [{ name: 'C-1002003' }] },
    PricingStructures: [{ mRID: chosen.mRID }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [own['UsagePoint'] as JsonObject],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
  }
  const review: Identified = {
    mRID: fresh(),
    DERRegistration: { mRID: its.mRID },
    PricingStructure: { mRID: chosen.mRID },
    ServiceRequest: { mRID: own.mRID },
  }
  const order = verification(own)
  const create = (noun: string, object: JsonObject) => ways.ok({ verb: 'create', noun, object })
  const change = (more: JsonObject) =>
    ways.ok({ verb: 'change', noun: 'ServiceRequests', object: { mRID: own.mRID, ...more } })
  const steps: Readonly<Record<(typeof WAY)[number], () => Promise<unknown>>> = {
    submitted: () => create('ServiceRequests', own),
    registered: () => create('DERRegistrations', its),
    tariffSelected: async () => {
      await create('Tariffs', chosen)
      return change({ PricingStructure: { mRID: chosen.mRID } })
    },
    agreed: async () => {
      await create('CustomerAgreements', agreement)
      for (const it of ['offer', 'sign'])
        await ways.json('POST', `customer-agreements/${agreement.mRID}:${it}`)
      return change({ CustomerAgreement: { mRID: agreement.mRID } })
    },
    engineeringReview: () => create('InterconnectionReviews', review),
    approved: () => {
      const found = { modellingResult: { canAccommodate: true }, decision: 'approved' }
      const object = { mRID: review.mRID, ...found }
      return ways.ok({ verb: 'change', noun: 'InterconnectionReviews', object })
    },
    verificationOrdered: () => create('ServiceOrders', order),
    verified: async () => {
      const tell = (verb: string, object: JsonObject) =>
        ways.told({ verb, noun: 'ServiceOrders', object })
      await tell('changed', progressed(order, 'scheduled'))
      await tell('changed', progressed(order, 'completed', 'verified'))
      return tell('closed', progressed(order, 'closed', 'verified'))
    },
  }
  for (const it of WAY.slice(0, WAY.indexOf(to) + 1)) await steps[it]()
  assert.is((await ways.stored('ServiceRequests', own.mRID)).state, to)
  return { request: own, registration: its, tariff: chosen, agreement, review, order }
}
