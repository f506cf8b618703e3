// The service requests of the example vendor ⇄ ServiceRequests: one flat object with codes of its own.

import type { VendorRoute } from '../dialect.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const NOUN = 'ServiceRequests'

/** EPRI 3002014619 §5.4.1, the kinds of request. */
const TYPES = {
  SERVICE_ON: 'serviceOn',
  SERVICE_OFF: 'serviceOff',
  NEW_SERVICE: 'newService',
  POWER_QUALITY: 'powerQualityInvestigation',
  PROGRAM_JOIN: 'programEnroll',
  PROGRAM_LEAVE: 'programDeenroll',
  ACCOUNT: 'accountIssue',
  DER_CONNECT: 'derInterconnection',
} as const

/** States of SM-SR; a code means nothing outside of its field. */
const STATES = {
  NEW: 'submitted',
  IN_WORK: 'inProgress',
  DER_REGISTERED: 'registered',
  TARIFF_CHOSEN: 'tariffSelected',
  CONTRACT_SIGNED: 'agreed',
  ENGINEERING: 'engineeringReview',
  NETWORK_STUDY: 'modelling',
  WAITS_FOR_UPGRADE: 'onHold',
  APPROVED: 'approved',
  INSPECTION_ORDERED: 'verificationOrdered',
  INSPECTED: 'verified',
  INSPECTION_FAILED: 'verificationFailed',
  CONNECTED: 'connected',
  DONE: 'completed',
  REFUSED: 'rejected',
  WITHDRAWN: 'withdrawn',
  CANCELLED: 'cancelled',
} as const

const CUSTOMER: readonly Row[] = [
  { kind: 'value', vendor: 'customerId', cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor: 'customerNumber' }] },
  {
    kind: 'inline',
    cim: 'CustomerAccount',
    rows: [{ kind: 'names', cim: 'Names', names: [{ vendor: 'accountNumber' }] }],
  },
]

const STATUS: readonly Row[] = [
  { kind: 'code', vendor: 'state', cim: 'value', codes: STATES },
  { kind: 'value', vendor: 'stateSince', cim: 'dateTime' },
  { kind: 'value', vendor: 'stateReason', cim: 'reason' },
]

const WANTED: readonly Row[] = [
  { kind: 'value', vendor: 'from', cim: 'start' },
  { kind: 'value', vendor: 'to', cim: 'end' },
]

const idOf = (vendor: string): readonly Row[] => [{ kind: 'value', vendor, cim: 'mRID' }]

const REQUEST: readonly Row[] = [
  { kind: 'value', vendor: 'requestId', cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor: 'reference' }] },
  { kind: 'code', vendor: 'type', cim: 'kind', codes: TYPES },
  { kind: 'value', vendor: 'requestedAt', cim: 'createdDateTime' },
  { kind: 'value', vendor: 'changedAt', cim: 'lastModifiedDateTime' },
  { kind: 'value', vendor: 'revision', cim: 'revisionNumber' },
  { kind: 'value', vendor: 'title', cim: 'subject' },
  { kind: 'value', vendor: 'note', cim: 'comment' },
  { kind: 'value', vendor: 'enteredBy', cim: 'authorName' },
  { kind: 'value', vendor: 'dermsTold', cim: 'dermsNotified' },
  { kind: 'inline', cim: 'Customer', rows: CUSTOMER },
  { kind: 'inline', cim: 'UsagePoint', rows: idOf('meterPointId') },
  { kind: 'inline', cim: 'PricingStructure', rows: idOf('tariffId') },
  { kind: 'inline', cim: 'CustomerAgreement', rows: idOf('agreementId') },
  {
    kind: 'inline',
    cim: 'thirdPartyProvider',
    rows: [
      { kind: 'value', vendor: 'operatorId', cim: 'mRID' },
      { kind: 'names', cim: 'Names', names: [{ vendor: 'operator' }] },
    ],
  },
  { kind: 'part', vendor: 'wanted', cim: 'requestedInterval', rows: WANTED },
  { kind: 'inline', cim: 'status', rows: STATUS },
]

/** Both directions; values are carried over verbatim, and what has no counterpart is listed. */
export const { toCim, toVendor } = mapping('ServiceRequest', REQUEST)

/** The vendor's own paths, below `/vendor/example`. */
export const routes: readonly VendorRoute[] = [
  { method: 'POST', path: '/service-requests', noun: NOUN, action: 'create', shape: 'one-or-many' },
  { method: 'GET', path: '/service-requests', noun: NOUN, action: 'list', shape: 'many' },
  {
    method: 'GET',
    path: '/service-requests/{requestId}',
    noun: NOUN,
    action: 'read',
    shape: 'one',
  },
  {
    ...{ method: 'PATCH', path: '/service-requests/{requestId}' },
    ...{ noun: NOUN, action: 'change', shape: 'one' },
  },
]
