// What the example vendor asks of groups ⇄ DERGroupRequests: form one, dissolve one. Who decides, and when the group is
// there, is read at the request; the group itself stands under /groups.

import type { VendorRoute } from '../dialect.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const NOUN = 'DERGroupRequests'

const ACTIONS = {
  FORM: 'form',
  DISSOLVE: 'dissolve',
  ADD: 'addMembers',
  REMOVE: 'removeMembers',
} as const

const DECISIONS = {
  YES: 'approved',
  NO: 'rejected',
  LATER: 'hold',
  TELL_MORE: 'needsInfo',
} as const

/** States of SM-GRP, as far as a request can be in them. */
const STATES = {
  ASKED: 'requested',
  CHECKED: 'complianceCheck',
  ALLOWED: 'approved',
  REFUSED: 'rejected',
  CONTRACTED: 'contracted',
  NOT_ADDED: 'addRefused',
  UNDONE: 'compensated',
  FORMED: 'available',
  DISPATCHED: 'dispatched',
  EMPTY: 'empty',
  DISSOLVE_PLANNED: 'dissolveScheduled',
  DISSOLVING: 'dissolving',
  CONTRACTS_ENDED: 'contractsReleased',
  NOT_DISSOLVED: 'dissolveRefused',
  DISSOLVED: 'dissolved',
  WITHDRAWN: 'withdrawn',
} as const

const DEVICE: readonly Row[] = [
  { kind: 'value', vendor: 'deviceId', cim: 'mRID' },
  { kind: 'value', vendor: 'serial', cim: 'serialNumber' },
  {
    kind: 'names',
    cim: 'Names',
    names: [{ vendor: 'badge', type: 'badgeNumber', issuer: 'badgeIssuer' }],
  },
]

const REQUEST: readonly Row[] = [
  { kind: 'value', vendor: 'requestId', cim: 'mRID' },
  { kind: 'names', cim: 'Names', names: [{ vendor: 'reference' }] },
  { kind: 'code', vendor: 'action', cim: 'action', codes: ACTIONS },
  { kind: 'value', vendor: 'askedAt', cim: 'createdDateTime' },
  { kind: 'value', vendor: 'from', cim: 'effectiveDateTime' },
  { kind: 'value', vendor: 'partial', cim: 'allowPartial' },
  { kind: 'value', vendor: 'force', cim: 'force' },
  { kind: 'value', vendor: 'purpose', cim: 'purpose' },
  { kind: 'code', vendor: 'decision', cim: 'decision', codes: DECISIONS },
  { kind: 'value', vendor: 'decidedAt', cim: 'decidedDateTime' },
  { kind: 'value', vendor: 'decidedBy', cim: 'approver' },
  { kind: 'value', vendor: 'why', cim: 'reason' },
  {
    kind: 'inline',
    cim: 'requestor',
    rows: [
      { kind: 'value', vendor: 'operatorId', cim: 'mRID' },
      { kind: 'names', cim: 'Names', names: [{ vendor: 'operator' }] },
    ],
  },
  {
    kind: 'inline',
    cim: 'EndDeviceGroup',
    rows: [
      { kind: 'value', vendor: 'groupId', cim: 'mRID' },
      { kind: 'names', cim: 'Names', names: [{ vendor: 'groupName' }] },
    ],
  },
  {
    kind: 'inline',
    cim: 'PricingStructure',
    rows: [{ kind: 'value', vendor: 'tariffId', cim: 'mRID' }],
  },
  { kind: 'list', vendor: 'members', cim: 'EndDevices', rows: DEVICE },
  {
    kind: 'inline',
    cim: 'status',
    rows: [
      { kind: 'code', vendor: 'state', cim: 'value', codes: STATES },
      { kind: 'value', vendor: 'stateSince', cim: 'dateTime' },
      { kind: 'value', vendor: 'stateReason', cim: 'reason' },
    ],
  },
]

/** Both directions; values are carried over verbatim, and what has no counterpart is listed. */
export const { toCim, toVendor } = mapping('DERGroupRequest', REQUEST)

/** The vendor's own paths, below `/vendor/example`. What a path says need not stand in the body. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/groups/form', noun: NOUN, action: 'create', shape: 'one' },
    given: { action: 'FORM' },
  },
  {
    ...{ method: 'POST', path: '/groups/dissolve', noun: NOUN, action: 'create', shape: 'one' },
    given: { action: 'DISSOLVE' },
  },
  { method: 'GET', path: '/group-requests', noun: NOUN, action: 'list', shape: 'many' },
  { method: 'GET', path: '/group-requests/{requestId}', noun: NOUN, action: 'read', shape: 'one' },
]
