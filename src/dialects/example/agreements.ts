// The agreements of the example vendor ⇄ CustomerAgreements: ids in plain arrays, codes for service and state.

import type { VendorRoute } from '../dialect.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const NOUN = 'CustomerAgreements'

/** CIM ServiceKind. */
const SERVICES = {
  POWER: 'electricity',
  GAS: 'gas',
  HEAT: 'heat',
  INTERNET: 'internet',
  RATES: 'rates',
  WASTE: 'refuse',
  SEWAGE: 'sewerage',
  TIME: 'time',
  TV: 'tvLicence',
  WATER: 'water',
  OTHER: 'other',
} as const

/** States of SM-AG. */
const STATES = {
  DRAFT: 'proposed',
  OFFERED: 'offered',
  SIGNED: 'active',
  PAUSED: 'suspended',
  LAPSED: 'void',
  ENDED: 'terminated',
  REPLACED: 'superseded',
} as const

const CUSTOMER: readonly Row[] = [
  { kind: 'value', vendor: 'customerId', cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor: 'customerNumber' }] },
]

const organisation = (id: string, vendor: string): readonly Row[] => [
  { kind: 'value', vendor: id, cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor }] },
]

const STATUS: readonly Row[] = [
  { kind: 'code', vendor: 'state', cim: 'value', codes: STATES },
  { kind: 'value', vendor: 'stateSince', cim: 'dateTime' },
  { kind: 'value', vendor: 'stateReason', cim: 'reason' },
]

const interval = (from: string, to: string): readonly Row[] => [
  { kind: 'value', vendor: from, cim: 'start' },
  { kind: 'value', vendor: to, cim: 'end' },
]

const OPERATION: readonly Row[] = [
  { kind: 'inline', cim: 'provider', rows: organisation('operatorId', 'operator') },
  { kind: 'inline', cim: 'validityInterval', rows: interval('from', 'to') },
]

const AGREEMENT: readonly Row[] = [
  { kind: 'value', vendor: 'agreementId', cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor: 'contractNumber' }] },
  { kind: 'value', vendor: 'revision', cim: 'revisionNumber' },
  { kind: 'value', vendor: 'createdAt', cim: 'createdDateTime' },
  { kind: 'value', vendor: 'changedAt', cim: 'lastModifiedDateTime' },
  { kind: 'value', vendor: 'signedAt', cim: 'signDate' },
  { kind: 'value', vendor: 'loadControl', cim: 'loadMgmt' },
  { kind: 'inline', cim: 'Customer', rows: CUSTOMER },
  { kind: 'inline', cim: 'CustomerAccount', rows: organisation('accountId', 'accountNumber') },
  { kind: 'inline', cim: 'ServiceSupplier', rows: organisation('supplierId', 'supplier') },
  {
    kind: 'inline',
    cim: 'ServiceCategory',
    rows: [{ kind: 'code', vendor: 'service', cim: 'kind', codes: SERVICES }],
  },
  { kind: 'inline', cim: 'validityInterval', rows: interval('validFrom', 'validTo') },
  { kind: 'ids', vendor: 'tariffIds', cim: 'PricingStructures' },
  { kind: 'ids', vendor: 'meterPointIds', cim: 'UsagePoints' },
  { kind: 'ids', vendor: 'derIds', cim: 'DERRegistrations' },
  { kind: 'ids', vendor: 'groupIds', cim: 'EndDeviceGroups' },
  { kind: 'list', vendor: 'operators', cim: 'thirdParty', rows: OPERATION },
  { kind: 'inline', cim: 'status', rows: STATUS },
]

/** Both directions; values are carried over verbatim, and what has no counterpart is listed. */
export const { toCim, toVendor } = mapping('CustomerAgreement', AGREEMENT)

/** The vendor's own paths, below `/vendor/example`. */
export const routes: readonly VendorRoute[] = [
  { method: 'POST', path: '/agreements', noun: NOUN, action: 'create', shape: 'one-or-many' },
  { method: 'GET', path: '/agreements', noun: NOUN, action: 'list', shape: 'many' },
  { method: 'GET', path: '/agreements/{agreementId}', noun: NOUN, action: 'read', shape: 'one' },
  {
    method: 'PATCH',
    path: '/agreements/{agreementId}',
    noun: NOUN,
    action: 'change',
    shape: 'one',
  },
]
