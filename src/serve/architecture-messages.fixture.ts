// For tests only: what the messages of the reference architecture hold: one customer, one DER, one group.

import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'

const uuid = (n: number) => `0f0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`

/** What the messages are about. */
export const IDS = {
  ...{
    request: uuid(1),
    registration: uuid(2),
    agreement: uuid(3),
    review: uuid(4),
    group: uuid(5),
  },
  ...{ dispatch: uuid(6), device: uuid(7), point: uuid(8), customer: uuid(9), notice: uuid(10) },
  ...{ membership: uuid(11), decomposition: uuid(12), participation: uuid(13), tariff: uuid(14) },
} as const

/** The text by which a group is known to whoever formed it. */
export const GROUP_NAME = 'Feeder 7 solar'
/** Values keep every digit and zero. */
export const VALUE = '0012.3400'

const quantity = (unit: string, value: number, multiplier = 'none') => ({ multiplier, unit, value })
const INTERVAL = { start: '2026-07-14T14:00:00Z', end: '2026-07-14T16:00:00Z' }

/** The place in the network and the provider that a registration names decide whose it is. */
export const REGISTRATION = {
  mRID: IDS.registration,
  CustomerAgreement: { mRID: IDS.agreement },
  dsoRegistryId: { name: 'DSO-000042' },
  EndDevice: { mRID: IDS.device },
  nameplate: {
    technology: 'photovoltaic',
    maxP: quantity('W', 5, 'k'),
    ratedS: quantity('VA', 7.6, 'k'),
    ratedU: quantity('V', 240),
  },
  NetworkLocation: { substation: { Names: [{ name: 'north' }] } },
  PricingStructure: { mRID: IDS.tariff },
  ServiceRequest: { mRID: IDS.request },
  thirdPartyProvider: { Names: [{ name: 'ACME' }] },
  UsagePoint: { mRID: IDS.point, phaseCode: 's12N' },
}

export const AGREEMENT = {
  mRID: IDS.agreement,
  revisionNumber: '1',
  validityInterval: { start: '2026-01-01T00:00:00Z' },
  Customer: { mRID: IDS.customer },
  PricingStructures: [{ mRID: IDS.tariff }],
  ServiceCategory: { kind: 'electricity' },
  UsagePoints: [{ mRID: IDS.point }],
}

export const review = (more: JsonObject): JsonObject => ({
  InterconnectionReview: [
    {
      mRID: IDS.review,
      dueDate: '2026-08-01T00:00:00Z',
      requestedBy: 'dso-cs',
      DERRegistration: { mRID: IDS.registration },
      PricingStructure: { mRID: IDS.tariff },
      ServiceRequest: { mRID: IDS.request },
      ...more,
    },
  ],
})

export const group = (members: readonly JsonObject[]): JsonObject => ({
  EndDeviceGroup: [
    {
      mRID: IDS.group,
      DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
      ...(members.length === 0 ? {} : { EndDevices: members }),
      Names: [
        {
          name: GROUP_NAME,
          NameType: { name: 'groupName', NameTypeAuthority: { name: 'ACME' } },
        },
      ],
    },
  ],
})

/** A dispatch of a group to 4 kW, in two hours' steps. */
export const dispatchOf = (mRID: string, group: string, startTime: string) => ({
  DERGroupDispatch: [
    {
      mRID,
      EndDeviceGroup: {
        mRID: group,
        DERMonitorableParameter: {
          DERParameter: 'activePower',
          yMultiplier: 'k',
          yUnit: 'W',
          DispatchSchedule: [
            {
              curveStyleKind: 'constantYValue',
              startTime,
              timeIntervalDuration: 2,
              timeIntervalUnit: 'h',
              DERCurveData: [{ intervalNumber: 1, nominalYValue: 4 }],
            },
          ],
        },
      },
    },
  ],
})

export const DISPATCH = dispatchOf(IDS.dispatch, IDS.group, INTERVAL.start)

export const STATUS = {
  EndDeviceGroup: [
    {
      mRID: IDS.group,
      DERMonitorableParameter: [
        {
          DERParameter: 'activePower',
          yMultiplier: 'k',
          yUnit: 'W',
          DERCurveData: { nominalYValue: 4, timeStamp: INTERVAL.start },
        },
      ],
      status: { reason: `Member ${IDS.device} answers`, value: 'normal' },
    },
  ],
}

export const usage = (point: string): JsonObject => ({
  MeterReading: [
    {
      IntervalBlocks: [
        {
          IntervalReadings: [
            { timeStamp: INTERVAL.start, value: VALUE },
            { timeStamp: INTERVAL.end, value: '-0.10' },
          ],
          ReadingType: { '@ref': '0.0.2.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0' },
        },
      ],
      UsagePoint: { mRID: point },
    },
  ],
})

/** The same values for a group as a whole, before those of single points. */
export const usageOf = (group: string, rest: JsonObject = { MeterReading: [] }): JsonObject => {
  const [of] = usage(group)['MeterReading'] as readonly JsonObject[]
  const UsagePoint = { Names: [{ name: group, NameType: { name: 'EndDeviceGroup' } }] }
  return {
    MeterReading: [{ ...of, UsagePoint }, ...(rest['MeterReading'] as readonly JsonObject[])],
  }
}

export const PARTICIPATION = {
  DERParticipation: [
    {
      mRID: IDS.participation,
      CustomerAgreement: { mRID: IDS.agreement },
      delivered: quantity('Wh', 4.75, 'k'),
      DERGroupDispatch: { mRID: IDS.dispatch },
      EndDevice: { mRID: IDS.device },
      interval: INTERVAL,
      UsagePoint: { mRID: IDS.point },
    },
  ],
}

export const MEMBERSHIP = {
  DERGroupMembership: [
    {
      mRID: IDS.membership,
      EndDevice: { mRID: IDS.device },
      EndDeviceGroup: { mRID: IDS.group },
      interval: { start: '2026-07-01T00:00:00Z' },
    },
  ],
}

export const DECOMPOSITION = {
  DERGroupDecomposition: [
    {
      mRID: IDS.decomposition,
      effective: { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' },
      EndDeviceGroup: { mRID: IDS.group },
      members: [
        { share: 1, CustomerAgreement: { mRID: IDS.agreement }, EndDevice: { mRID: IDS.device } },
      ],
    },
  ],
}

export const REQUEST = {
  mRID: IDS.request,
  createdDateTime: '2026-06-01T08:00:00Z',
  kind: 'derInterconnection',
  Customer: { mRID: IDS.customer },
  UsagePoint: { mRID: IDS.point },
}

export const NOTICE = {
  mRID: IDS.notice,
  contactType: 'email',
  contactValue: 'someone@customer.example',
  text: 'Your generator may be connected.',
  trigger: 'applicationAccepted',
  about: { mRID: IDS.request, objectType: 'ServiceRequest' },
  Customer: { mRID: IDS.customer },
}
