// A customer's request: for a connection of a DER the long way through Engineering, for anything else the short one.

import { SERVICE_REQUEST } from '../lifecycles/service-request.ts'
import { isOver } from '../lifecycles/lifecycle.ts'
import { isObject, isTrue, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { isPointOf } from './agreement-terms.ts'
import { needsCommunication, tariffOf } from './communication.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Move, Placed, Reference } from './flow.ts'
import type { Saying } from './saying.ts'
import { backwardBreaches } from './interval.ts'
import { noticeClaim } from './notice-claim.ts'
import { keysOf, sameReference, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { SUPPORT } from './role.ts'
import type { ByRole } from './role.ts'
import { APPROVED_ON, REQUEST_NEXT } from './service-request-next.ts'
import { eligibilityBreaches, tariffBreaches } from './tariff-eligibility.ts'
import { ordersOf } from './verification.ts'

/** Triggers that a status asks for; what Engineering decides, and what is verified, comes from there alone. */
const TRIGGERS: Readonly<Record<string, string>> = {
  ...{ inProgress: 'begin', connected: 'connect', completed: 'complete' },
  ...{ verificationOrdered: 'verification', verified: 'verification' },
  ...{ verificationFailed: 'verification' },
  ...{ withdrawn: 'withdraw', cancelled: 'cancelRule' },
  ...{ tariffSelected: 'selectTariff', agreed: 'agree', rejected: 'reject' },
}

/** The states of a connection that the customer has agreed on, up to its end. */
const AGREED_ON = ['agreed', 'engineeringReview', 'modelling', 'onHold', ...APPROVED_ON].filter(
  (it) => it !== 'completed',
)

/** Customers ask, choose and withdraw; all else is Customer Support's. */
const BY: ByRole = {
  steps: {
    create: [...SUPPORT, 'customer', 'cpm'],
    change: [...SUPPORT, 'customer', 'cpm'],
    selectTariff: [...SUPPORT, 'customer'],
    agree: [...SUPPORT, 'customer'],
    withdraw: [...SUPPORT, 'customer', 'cpm'],
  },
  otherwise: SUPPORT,
  told: SUPPORT,
}

export default defineFlow({
  id: 'service-request',
  noun: 'ServiceRequests',
  objectType: 'ServiceRequest',
  verbs: [
    ...(['create', 'change', 'cancel', 'close', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'canceled', 'closed', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about: 'ask for a service; a DER is connected after review, approval and verification',
  source: 'SR-01, SR-03, SR-12, SR-13, EPRI 3002014619 §5.4',
  lifecycle: SERVICE_REQUEST,
  by: BY,
  trigger,
  status: STATUS,
  rules,
  refers: (it) => [
    ...namedIn(it),
    ...registrationOf(it),
    ...keysOf(it).flatMap(ordersOf),
    ...noticesOf(it),
  ],
  invariants: (after, around, before) => [
    ...backwardBreaches('SR-INTERVAL', ['requestedInterval'], after, before?.object),
    ...unfinished(after, around, before),
    ...unreached(after, around, before),
  ],
  claims: { inState: claims },
  frozen: {
    rule: 'SR-FROZEN',
    freezes: [
      { members: ['kind'] },
      {
        members: ['Customer', 'UsagePoint', 'PricingStructure', 'CustomerAgreement'],
        in: AGREED_ON,
      },
      { members: ['Customer', 'UsagePoint', 'DemandResponseProgram'], in: ['inProgress'] },
    ],
  },
  guards: {
    'SR-KIND': (it) =>
      isConnection(it)
        ? undefined
        : 'Only a request of kind derInterconnection has a DER registered.',
    'SR-SHORT': (it) =>
      isConnection(it) ? 'A derInterconnection goes by registration and review.' : undefined,
    'SR-AGREE': agreementMissing,
  },
  moves,
  next: REQUEST_NEXT,
  says: (it, state) => (isUnnotified(it) ? UNNOTIFIED : SAYINGS[state]),
  asks: { cancel: asking('withdrawn'), close: asking('completed') },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is] = [statusOf(before), statusOf(after)]
  if (before === undefined && member(after, 'dermsNotified') !== undefined) return 'acknowledgement'
  if (before === undefined)
    return is === undefined || is === 'submitted' ? 'create' : asked(is, after)
  if (was !== is && is !== undefined) return asked(is, after)
  const [told, tells] = [before, after].map((it) => member(it, 'dermsNotified'))
  if (tells !== undefined && String(told) !== String(tells)) return 'acknowledgement'
  const tariff = member(after, 'PricingStructure')
  const isSelected = was === 'registered' && tariff !== undefined
  const isOther =
    was === 'tariffSelected' && !sameReference(member(before, 'PricingStructure'), tariff)
  if (isSelected || isOther) return 'selectTariff'
  return was === 'tariffSelected' && member(after, 'CustomerAgreement') !== undefined
    ? 'agree'
    : 'change'
}

function asked(state: string, request: JsonObject): string {
  if (state === 'rejected' && isConnection(request)) return 'decide'
  return TRIGGERS[state] ?? 'decide'
}

function isConnection(request: JsonObject): boolean {
  return member(request, 'kind') === 'derInterconnection'
}

function rules(after: JsonObject, around: Around, before: Placed | undefined): readonly Breach[] {
  const isWithoutPoint = isConnection(after) && member(after, 'UsagePoint') === undefined
  const place: readonly Breach[] = isWithoutPoint
    ? [{ rule: 'SR-UP', code: '5.8', reason: 'A derInterconnection names the UsagePoint.' }]
    : []
  return [
    ...place,
    ...programMissing(after),
    ...unknownAmong(namedIn(after), around),
    ...tariffRules(after, around, before),
    ...agreementRules(after, around),
  ]
}

/** What is agreed is about the usage point of the request. */
function agreementRules(request: JsonObject, around: Around): readonly Breach[] {
  const object = member(request, 'CustomerAgreement')
  const agreement = around.find({ noun: 'CustomerAgreements', object })?.object
  const point = member(request, 'UsagePoint')
  if (agreement === undefined || point === undefined || isPointOf(agreement, point)) return []
  const reason = 'The customer agreement is not about the usage point of the request.'
  return [{ rule: 'CA-POINT', code: '2.26', reason }]
}

/** SR-13: whoever wants to take part in a programme, or to leave it, says which. */
function programMissing(request: JsonObject): readonly Breach[] {
  const kind = String(member(request, 'kind'))
  const isAboutProgram = kind === 'programEnroll' || kind === 'programDeenroll'
  if (!isAboutProgram || member(request, 'DemandResponseProgram') !== undefined) return []
  return [{ rule: 'SR-PROGRAM', code: '5.8', reason: `A ${kind} names the DemandResponseProgram.` }]
}

/** A tariff is judged when it is chosen; and when it is agreed on, by the nameplate as it is then. */
function tariffRules(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const chosen = member(after, 'PricingStructure')
  const isNew =
    before?.state === 'registered' ||
    !sameReference(member(before?.object, 'PricingStructure'), chosen)
  const isAgreeing =
    before?.state === 'tariffSelected' && member(after, 'CustomerAgreement') !== undefined
  if (!isConnection(after) || !(isNew || isAgreeing)) return []
  const tariff = around.find({ noun: 'Tariffs', object: chosen })?.object
  const [reference] = registrationOf(after)
  const device = reference === undefined ? undefined : around.find(reference)?.object
  return isNew ? tariffBreaches(tariff, device, around.now) : eligibilityBreaches(tariff, device)
}

function namedIn(request: JsonObject): readonly Named[] {
  const one = (noun: string, name: string, code: string, what: string): readonly Named[] =>
    isObject(member(request, name)) ? [{ noun, object: member(request, name), code, what }] : []
  return [
    ...one('Tariffs', 'PricingStructure', '2.33', 'pricing structure'),
    ...one('CustomerConfig', 'Customer', '2.22', 'customer'),
    ...one('UsagePointConfig', 'UsagePoint', '2.12', 'usage point'),
    ...one('CustomerAgreements', 'CustomerAgreement', '2.24', 'customer agreement'),
  ]
}

/** The registration that belongs to a request: it claims it. */
function registrationOf(request: JsonObject) {
  const [key] = keysOf(request)
  return key === undefined
    ? []
    : [{ noun: 'DERRegistrations', object: undefined, claim: { rule: 'SR-REG', key } }]
}

/** What is given up needs no work any more. */
function moves(before: JsonObject | undefined, after: JsonObject): readonly Move[] {
  const isGivenUp = GIVEN_UP.includes(statusOf(after) ?? '') && statusOf(before) !== statusOf(after)
  if (before === undefined || !isGivenUp) return []
  return keysOf(after)
    .flatMap(ordersOf)
    .map((it) => ({ ...it, trigger: 'cancel', optional: true }))
}

const SAYINGS: Readonly<Record<string, Saying>> = {
  onHold: { code: '6.2', reason: 'The request waits for an upgrade of the network.' },
  withdrawn: { code: '6.5', reason: 'The request has been withdrawn.' },
}

const UNNOTIFIED: Saying = {
  code: '4.1',
  reason: 'DERMS Customer Support has not acknowledged that the DER is approved.',
}

function isUnnotified(request: JsonObject): boolean {
  return String(member(request, 'dermsNotified')) === 'false'
}

/** The notices by which the customer is told that the connection is done. */
function noticesOf(request: JsonObject): readonly Reference[] {
  return keysOf(request).map((key) => ({
    noun: 'CustomerNotifications',
    object: undefined,
    claim: noticeClaim('connected', 'ServiceRequest', key),
  }))
}

/** SR-10, SR-11: a connection is completed when its customer has been told, and its DERMS has said that it knows. */
function unfinished(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (statusOf(after) !== 'completed' || before?.state !== 'connected') return []
  const isTold = noticesOf(after).some((it) => around.find(it) !== undefined)
  const isAcked = isTrue(member(before.object, 'dermsNotified'))
  const breach = (reason: string): Breach => ({ rule: 'SR-DONE', code: '6.1', reason })
  return [
    ...(isTold
      ? []
      : [breach('The customer has not been told (CustomerNotifications, connected).')]),
    ...(isAcked ? [] : [breach(UNNOTIFIED.reason)]),
  ]
}

/** SR-09: what its tariff wants to monitor or to control is connected by the answer of the device alone. */
function unreached(
  after: JsonObject,
  { find }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const isConnecting = statusOf(after) === 'connected' && before?.state === 'verified'
  return isConnecting && needsCommunication(find(tariffOf(after))?.object) ? [UNREACHED] : []
}

const UNREACHED: Breach = {
  rule: 'SR-COMM',
  code: '6.1',
  reason:
    'Its tariff asks for communication: it is connected when a check of the device (EndDeviceStatuses) finds it reachable.',
}

const GIVEN_UP: readonly string[] = ['withdrawn', 'cancelled']

function agreementMissing(request: JsonObject, around: Around): string | undefined {
  const object = member(request, 'CustomerAgreement')
  const state = around.find({ noun: 'CustomerAgreements', object })?.state
  if (state === undefined && !around.keeps('CustomerAgreements')) return undefined
  return state === 'active' ? undefined : 'The customer agreement is not signed (status active).'
}

/** One open request of a kind for a usage point. */
function claims(request: JsonObject, state: string): readonly Claim[] {
  if (isOver(SERVICE_REQUEST, state)) return []
  const kind = String(member(request, 'kind'))
  return keysOf(member(request, 'UsagePoint')).map((it) => ({
    key: `${kind} ${it}`,
    rule: 'SR-DUP',
    reason: `A request of kind ${kind} for usage point ${it} is open already.`,
  }))
}
