// Every flow there is, one line each; the list gives the union FlowName.

import type { Verb } from '../envelope/verbs.ts'
import aggregator from './aggregator.ts'
import avoidedQuantity from './avoided-quantity.ts'
import customerAgreement from './customer-agreement.ts'
import customerNotification from './customer-notification.ts'
import customerSync from './customer-sync.ts'
import derGroupChange from './der-group-change.ts'
import derGroupDecomposition from './der-group-decomposition.ts'
import derGroupDispatch from './der-group-dispatch.ts'
import derGroupDissolve from './der-group-dissolve.ts'
import derGroupForecastQuery from './der-group-forecast-query.ts'
import derGroupForecastReport from './der-group-forecast-report.ts'
import derGroupForm from './der-group-form.ts'
import derGroupMembership from './der-group-membership.ts'
import derGroupNotice from './der-group-notice.ts'
import derGroupQuery from './der-group-query.ts'
import derGroupRemoveMembers from './der-group-remove-members.ts'
import derGroupRequest from './der-group-request.ts'
import derGroupStatusQuery from './der-group-status-query.ts'
import derGroupStatusReport from './der-group-status-report.ts'
import derParticipation from './der-participation.ts'
import fileTransfer from './file-transfer.ts'
import type { Flow } from './flow.ts'
import meterReading from './meter-reading.ts'
import loadReductionForecast from './load-reduction-forecast.ts'
import networkLocation from './network-location.ts'
import derRegistration from './der-registration.ts'
import deviceIssue from './device-issue.ts'
import deviceScore from './device-score.ts'
import deviceStatusCheck from './device-status-check.ts'
import deviceUnavailability from './device-unavailability.ts'
import eventParticipation from './event-participation.ts'
import interconnectionReview from './interconnection-review.ts'
import operationReport from './operation-report.ts'
import type { History } from './part.ts'
import programEvent from './program-event.ts'
import priceSeries from './price-series.ts'
import programSettlement from './program-settlement.ts'
import program from './program.ts'
import programEnrollment from './program-enrollment.ts'
import programSubscription from './program-subscription.ts'
import settlementCredit from './settlement-credit.ts'
import serviceRequest from './service-request.ts'
import serviceOrder from './service-order.ts'
import tariff from './tariff.ts'
import workRequest from './work-request.ts'

/** In the order in which they are documented. */
export const FLOWS = [
  derGroupRequest,
  derGroupForm,
  derGroupChange,
  derGroupRemoveMembers,
  derGroupDissolve,
  derGroupQuery,
  derGroupNotice,
  derGroupStatusQuery,
  derGroupStatusReport,
  derGroupForecastQuery,
  derGroupForecastReport,
  derGroupDispatch,
  derGroupMembership,
  derGroupDecomposition,
  derParticipation,
  meterReading,
  serviceRequest,
  derRegistration,
  interconnectionReview,
  deviceStatusCheck,
  serviceOrder,
  deviceIssue,
  workRequest,
  tariff,
  customerAgreement,
  customerNotification,
  customerSync,
  programEvent,
  eventParticipation,
  deviceUnavailability,
  program,
  aggregator,
  operationReport,
  programEnrollment,
  programSubscription,
  networkLocation,
  loadReductionForecast,
  avoidedQuantity,
  priceSeries,
  programSettlement,
  settlementCredit,
  deviceScore,
  fileTransfer,
] as const satisfies readonly Flow[]

/** The id of one of them. */
export type FlowName = (typeof FLOWS)[number]['id']

/** Looked up several times for every message. */
const BY_NOUN: ReadonlyMap<string, readonly Flow[]> = new Map(
  FLOWS.map(({ noun }) => [noun, FLOWS.filter((it) => it.noun === noun)]),
)

/** The flows of a noun; none for a noun that is only kept. */
export function flowsOf(noun: string): readonly Flow[] {
  return BY_NOUN.get(noun) ?? []
}

/** A list whose history objects of another noun tell. */
export interface Told {
  /** noun whose objects have the list */
  readonly noun: string
  readonly part: string
  readonly objectType: string
  readonly itemType: string
  readonly history: History
}

/** The lists whose history the objects of a noun tell. */
export function historiesIn(noun: string): readonly Told[] {
  const all = (FLOWS as readonly Flow[]).flatMap((flow) =>
    Object.entries(flow.parts ?? {}).flatMap(([part, { history, objectType: itemType }]) =>
      history?.noun === noun
        ? [{ noun: flow.noun, part, objectType: flow.objectType, itemType, history }]
        : [],
    ),
  )
  return [...new Map(all.map((it) => [`${it.noun} ${it.part}`, it])).values()]
}

/** The flow that a message belongs to; undefined when the noun has flows and none has the verb. */
export function flowFor(noun: string, verb: Verb): Flow | undefined {
  return flowsOf(noun).find((it) => it.verbs.includes(verb))
}
