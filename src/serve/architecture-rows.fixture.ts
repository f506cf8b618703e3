// For tests only: the messages of figures 3-1 and 3-2 of the reference architecture, one after the other: who sends what,
// who receives it, and what is to be seen of it.

import type { JsonObject } from '../schema/json-text.ts'
import {
  AGREEMENT,
  DECOMPOSITION,
  DISPATCH,
  GROUP_NAME,
  IDS,
  MEMBERSHIP,
  NOTICE,
  PARTICIPATION,
  REGISTRATION,
  REQUEST,
  STATUS,
  VALUE,
  group,
  review,
  usage,
  usageOf,
} from './architecture-messages.fixture.ts'
import { PRESETS } from './flows.fixture.ts'
import type { Preset } from './flows.fixture.ts'

/** One message of one row. */
export interface RowMessage {
  /** rows of the catalogue that it belongs to, by figure: 3-1 for what the DSO owns, 3-2 for third parties */
  readonly row: readonly [owned: string, third: string]
  readonly from: string
  readonly verb: string
  readonly noun: string
  readonly root: JsonObject
  /** roles that receive it, by deployment where these differ */
  readonly to: readonly string[]
  readonly presets?: readonly Preset[]
  /** what each receiver sees, and what none does */
  readonly sees: readonly string[]
  readonly hides?: readonly string[]
}

/** As DERMS are told, when Engineering has approved. */
const APPROVED = { approvedDateTime: '2026-07-01T08:00:00Z' }

const OWNED: readonly Preset[] = ['centralized', 'distributed']
const THIRD: readonly Preset[] = ['third-party']

type Short = Omit<RowMessage, 'row'>

const row = (owned: string, third: string, it: Short): RowMessage => ({
  row: [owned, third],
  ...it,
})

/** In the order in which a deployment lives through them. */
export const ROWS: readonly RowMessage[] = [
  row('F31-A', 'F32-A', {
    ...{ from: 'customer', verb: 'create', noun: 'ServiceRequests', to: ['dso-cs'] },
    root: {
      ServiceRequest: [REQUEST],
    },
    sees: [IDS.request, IDS.customer],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'dso-cs', verb: 'create', noun: 'DERRegistrations', to: ['dso-eng', 'dso-dms'] },
    root: { DERRegistration: [REGISTRATION] },
    sees: [IDS.registration, IDS.device],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'customer', verb: 'create', noun: 'CustomerAgreements', to: ['dso-cs'] },
    root: { CustomerAgreement: [AGREEMENT] },
    sees: [IDS.agreement, IDS.tariff],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'customer', verb: 'change', noun: 'ServiceRequests', to: ['dso-cs'] },
    root: { ServiceRequest: [{ ...REQUEST, PricingStructure: { mRID: IDS.tariff } }] },
    sees: [IDS.request, IDS.tariff],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'dso-cs', verb: 'changed', noun: 'CustomerAgreements', to: ['derms'] },
    presets: OWNED,
    root: { CustomerAgreement: [{ ...AGREEMENT, status: { value: 'offered' } }] },
    sees: [IDS.agreement, 'offered'],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'dso-cs', verb: 'changed', noun: 'CustomerAgreements', to: ['derms-cs'] },
    presets: THIRD,
    root: { CustomerAgreement: [{ ...AGREEMENT, status: { value: 'offered' } }] },
    sees: [IDS.agreement, 'offered'],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'customer', verb: 'change', noun: 'CustomerAgreements', to: ['dso-cs'] },
    root: { CustomerAgreement: [{ ...AGREEMENT, status: { value: 'active' } }] },
    sees: [IDS.agreement, 'active'],
  }),
  row('F31-A', 'F32-A', {
    ...{ from: 'customer', verb: 'change', noun: 'ServiceRequests', to: ['dso-cs'] },
    root: {
      ServiceRequest: [
        {
          ...REQUEST,
          CustomerAgreement: { mRID: IDS.agreement },
          PricingStructure: { mRID: IDS.tariff },
        },
      ],
    },
    sees: [IDS.request, IDS.agreement],
  }),
  row('F31-B', 'F32-B', {
    ...{ from: 'dso-cs', verb: 'create', noun: 'InterconnectionReviews', to: ['dso-eng'] },
    root: review({}),
    sees: [IDS.review, IDS.registration],
  }),
  row('F31-Ba', 'F32-Ba', {
    ...{ from: 'dso-eng', verb: 'execute', noun: 'InterconnectionReviews' },
    to: ['dso-ops', 'dso-dms'],
    root: review({}),
    sees: [IDS.review],
  }),
  row('F31-Ba', 'F32-Ba', {
    ...{ from: 'dso-eng', verb: 'changed', noun: 'InterconnectionReviews', to: ['dso-cs'] },
    root: review({ status: { value: 'onHold' } }),
    sees: [IDS.review, 'onHold'],
  }),
  ...[
    { status: { value: 'engineeringReview' } },
    { modellingResult: { canAccommodate: true } },
    { decision: 'approved', approver: 'A. Engineer', decidedDateTime: '2026-07-01T08:00:00Z' },
  ].map((more) =>
    row('F31-Ba', 'F32-Ba', {
      ...{ from: 'dso-eng', verb: 'changed', noun: 'InterconnectionReviews', to: ['dso-cs'] },
      root: review(more),
      sees: [IDS.review, ...Object.keys(more)],
    }),
  ),
  row('F31-C', 'F32-C', {
    ...{ from: 'dso-cs', verb: 'created', noun: 'DERRegistrations', to: ['derms'] },
    presets: OWNED,
    root: { DERRegistration: [{ ...REGISTRATION, ...APPROVED }] },
    sees: [IDS.registration, IDS.device, 'DSO-000042'],
  }),
  row('F31-C', 'F32-C', {
    ...{ from: 'dso-cs', verb: 'created', noun: 'DERRegistrations', to: ['derms-cs'] },
    presets: THIRD,
    root: { DERRegistration: [{ ...REGISTRATION, ...APPROVED }] },
    sees: [IDS.registration, IDS.agreement, 'DSO-000042'],
  }),
  row('F31-C', 'F32-Ca', {
    ...{ from: 'dso-eng', verb: 'created', noun: 'DERRegistrations', to: ['dso-dms'] },
    presets: THIRD,
    root: { DERRegistration: [{ ...REGISTRATION, approvedDateTime: '2026-07-01T09:00:00Z' }] },
    sees: [IDS.registration, 'photovoltaic', IDS.point],
    hides: [IDS.agreement, IDS.tariff, IDS.customer],
  }),
  row('F31-Aa', 'F32-Aa', {
    ...{ from: 'dso-cs', verb: 'created', noun: 'CustomerNotifications', to: ['customer'] },
    root: {
      CustomerNotification: [NOTICE],
    },
    sees: [IDS.notice, 'may be connected'],
    hides: [GROUP_NAME, IDS.group],
  }),
  row('F31-D', 'F32-D', {
    ...{ from: 'dso-dms', verb: 'create', noun: 'DERGroups', to: ['derms'] },
    presets: OWNED,
    root: group([{ mRID: IDS.device }]),
    sees: [IDS.group, IDS.device],
  }),
  row('F31-D', 'F32-D', {
    ...{ from: 'dso-dms', verb: 'create', noun: 'DERGroups', to: ['derms'] },
    presets: THIRD,
    root: group([]),
    sees: [IDS.group, 'realPowerDispatch'],
  }),
  row('F31-E', 'F32-D', {
    ...{ from: 'dso-dms', verb: 'create', noun: 'DERGroupDispatches', to: ['derms'] },
    root: DISPATCH,
    sees: [IDS.dispatch, IDS.group],
  }),
  row('F31-F', 'F31-F', {
    ...{ from: 'derms', verb: 'changed', noun: 'DERGroupStatuses', to: ['dso-dms'] },
    root: STATUS,
    sees: [IDS.group, 'nominalYValue'],
    hides: [IDS.device],
  }),
  row('F31-G', 'F32-I', {
    ...{ from: 'derms', verb: 'created', noun: 'MeterReadings', to: ['dso-cs'] },
    presets: OWNED,
    root: usage(IDS.point),
    sees: [IDS.point, VALUE, '-0.10'],
  }),
  row('F31-F', '', {
    ...{ from: 'derms', verb: 'created', noun: 'MeterReadings', to: ['dso-dms'] },
    presets: OWNED,
    root: usageOf(IDS.group, usage(IDS.point)),
    sees: [IDS.group, VALUE],
    hides: [IDS.device, IDS.point],
  }),
  row('F31-H', 'F31-H', {
    ...{ from: 'dso-cs', verb: 'created', noun: 'DERParticipations', to: ['customer'] },
    presets: OWNED,
    root: PARTICIPATION,
    sees: [IDS.participation, IDS.device, '4.75'],
    hides: [IDS.group, GROUP_NAME],
  }),
  row('', 'F32-E', {
    ...{ from: 'derms', verb: 'created', noun: 'DERGroupMemberships' },
    to: ['tp:acme:dso-inv', 'tp:acme:cs'],
    presets: THIRD,
    root: MEMBERSHIP,
    sees: [IDS.group, IDS.device],
  }),
  row('', 'F32-F', {
    ...{ from: 'tp:acme:dso-inv', verb: 'created', noun: 'DERGroupDecompositions' },
    to: ['tp:acme:cust-inv'],
    presets: THIRD,
    root: DECOMPOSITION,
    sees: [IDS.group, IDS.device, IDS.agreement],
  }),
  row('', 'F32-G', {
    ...{ from: 'derms', verb: 'created', noun: 'DERParticipations', to: ['tp:acme:cust-inv'] },
    presets: THIRD,
    root: PARTICIPATION,
    sees: [IDS.device, IDS.dispatch, '4.75'],
    hides: [IDS.group, GROUP_NAME],
  }),
  row('', 'F32-H', {
    ...{ from: 'ami', verb: 'created', noun: 'MeterReadings', to: ['derms'] },
    presets: THIRD,
    root: usage(IDS.point),
    sees: [IDS.point, VALUE, '-0.10'],
  }),
  row('', 'F32-I', {
    ...{ from: 'derms', verb: 'created', noun: 'MeterReadings', to: ['tp:acme:dso-inv'] },
    presets: THIRD,
    root: usage(IDS.point),
    sees: [IDS.point, VALUE],
  }),
  row('', 'F32-I', {
    ...{ from: 'tp:acme:dso-inv', verb: 'created', noun: 'MeterReadings', to: ['dso-cs'] },
    presets: THIRD,
    root: usageOf(IDS.group),
    sees: [IDS.group, VALUE],
    hides: [IDS.device, IDS.point],
  }),
  row('F31-D', 'F32-D', {
    ...{ from: 'dso-dms', verb: 'delete', noun: 'DERGroups', to: ['derms'] },
    root: group([]),
    sees: [IDS.group],
  }),
]

/** Those of one deployment. */
export function rowsOf(preset: Preset): readonly RowMessage[] {
  return ROWS.filter(({ presets = PRESETS }) => presets.includes(preset))
}
