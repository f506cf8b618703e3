import fc from 'fast-check'
import { suite } from 'uvu'
import {
  byId,
  codePairs,
  eachRow,
  keepsLaws,
  literal,
  named,
  organisation,
  part,
  refuses,
  some,
  text,
  translatesSamples,
} from './example.fixture.ts'
import type { Pair } from './example.fixture.ts'
import * as requests from './service-requests.ts'

const test = suite('dialects/example/service-requests')

/** The code lists, written down a second time on purpose: a slip in the table shows here. */
const TYPES = [
  ['SERVICE_ON', 'serviceOn'],
  ['SERVICE_OFF', 'serviceOff'],
  ['NEW_SERVICE', 'newService'],
  ['POWER_QUALITY', 'powerQualityInvestigation'],
  ['PROGRAM_JOIN', 'programEnroll'],
  ['PROGRAM_LEAVE', 'programDeenroll'],
  ['ACCOUNT', 'accountIssue'],
  ['DER_CONNECT', 'derInterconnection'],
] as const
const STATES = [
  ['NEW', 'submitted'],
  ['IN_WORK', 'inProgress'],
  ['DER_REGISTERED', 'registered'],
  ['TARIFF_CHOSEN', 'tariffSelected'],
  ['CONTRACT_SIGNED', 'agreed'],
  ['ENGINEERING', 'engineeringReview'],
  ['NETWORK_STUDY', 'modelling'],
  ['WAITS_FOR_UPGRADE', 'onHold'],
  ['APPROVED', 'approved'],
  ['INSPECTION_ORDERED', 'verificationOrdered'],
  ['INSPECTED', 'verified'],
  ['INSPECTION_FAILED', 'verificationFailed'],
  ['CONNECTED', 'connected'],
  ['DONE', 'completed'],
  ['REFUSED', 'rejected'],
  ['WITHDRAWN', 'withdrawn'],
  ['CANCELLED', 'cancelled'],
] as const

const AT = '2026-07-14T16:30:00.10-05:00'
const ROWS: readonly Pair[] = [
  ['requestId', { requestId: '12345678901234567890' }, { mRID: '12345678901234567890' }],
  ['reference', { reference: ' R & D ' }, { Names: [{ name: ' R & D ' }] }],
  ['requestedAt', { requestedAt: AT }, { createdDateTime: AT }],
  ['changedAt', { changedAt: AT }, { lastModifiedDateTime: AT }],
  ['revision', { revision: '3' }, { revisionNumber: '3' }],
  ['title', { title: '' }, { subject: '' }],
  ['note', { note: 'n' }, { comment: 'n' }],
  ['enteredBy', { enteredBy: 'u' }, { authorName: 'u' }],
  ['dermsTold', { dermsTold: false }, { dermsNotified: false }],
  ['customerId', { customerId: 'c' }, { Customer: { mRID: 'c' } }],
  ['customerNumber', { customerNumber: '7' }, { Customer: { Names: [{ name: '7' }] } }],
  [
    'accountNumber',
    { accountNumber: '007' },
    { Customer: { CustomerAccount: { Names: [{ name: '007' }] } } },
  ],
  ['meterPointId', { meterPointId: 'm' }, { UsagePoint: { mRID: 'm' } }],
  ['tariffId', { tariffId: 't' }, { PricingStructure: { mRID: 't' } }],
  ['agreementId', { agreementId: 'a' }, { CustomerAgreement: { mRID: 'a' } }],
  ['operator', { operator: 'ACME' }, { thirdPartyProvider: { Names: [{ name: 'ACME' }] } }],
  ['operatorId', { operatorId: 'o' }, { thirdPartyProvider: { mRID: 'o' } }],
  ['wanted', { wanted: { from: AT, to: AT } }, { requestedInterval: { start: AT, end: AT } }],
  ['stateSince', { stateSince: AT }, { status: { dateTime: AT } }],
  ['stateReason', { stateReason: 'r' }, { status: { reason: 'r' } }],
  ...codePairs('type', TYPES, (kind) => ({ kind })),
  ...codePairs('state', STATES, (value) => ({ status: { value } })),
]

eachRow(test, 'ServiceRequest', ROWS, requests)

const request = some({
  mRID: text,
  authorName: text,
  comment: text,
  createdDateTime: text,
  dermsNotified: fc.boolean(),
  kind: literal(TYPES),
  lastModifiedDateTime: text,
  revisionNumber: text,
  subject: text,
  Customer: part({ mRID: text, Names: named, CustomerAccount: named.map((Names) => ({ Names })) }),
  CustomerAgreement: byId,
  Names: named,
  PricingStructure: byId,
  requestedInterval: some({ start: text, end: text }),
  status: part({ dateTime: text, reason: text, value: literal(STATES) }),
  thirdPartyProvider: organisation,
  UsagePoint: byId,
})

keepsLaws(test, 'ServiceRequest', request, requests)

refuses(test, requests, [
  [
    { type: 'DER_CONECT' },
    '/type',
    /Did you mean DER_CONNECT\? Allowed are SERVICE_ON, SERVICE_OFF/,
  ],
  [{ type: 'constructor' }, '/type', /is no code of \w+/],
  [{ state: 'SIGNED' }, '/state', /Allowed are NEW, IN_WORK/],
  [[{ wanted: 'now' }], '/0/wanted', /Write an object here/],
  [{ customerNumber: ['7'] }, '/customerNumber', /Write a name here/],
])

translatesSamples(test, 'service-request', 'ServiceRequests', requests)

test.run()
