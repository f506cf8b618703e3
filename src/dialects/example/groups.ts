// The groups of the example vendor ⇄ DERGroups: a pattern for dialects, and what an interoperability test can count on.
// Flat, camel case, with a code list of its own; no existing product speaks it.

import type { VendorRoute } from '../dialect.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const NOUN = 'DERGroups'

/** The vendor's codes for the functions of a group; IEC 61968-5 (draft 2017), DERFunction. */
const CAPABILITIES = {
  CONNECT: 'connectDisconnect',
  FREQ_WATT: 'frequencyWattCurveFunction',
  MAX_P: 'maxRealPowerLimiting',
  RAMP: 'rampRateControl',
  Q_DISPATCH: 'reactivePowerDispatch',
  P_DISPATCH: 'realPowerDispatch',
  VOLT_REG: 'voltageRegulation',
  VOLT_VAR: 'voltVarCurveFunction',
  VOLT_WATT: 'voltWattCurveFunction',
} as const

/** A member by its id, its badge, or both. */
const MEMBER: readonly Row[] = [
  { kind: 'value', vendor: 'deviceId', cim: 'mRID' },
  {
    kind: 'names',
    cim: 'Names',
    names: [{ vendor: 'badge', type: 'badgeNumber', issuer: 'badgeIssuer' }],
  },
]

const REVISION: readonly Row[] = [
  { kind: 'value', vendor: 'at', cim: 'date' },
  { kind: 'value', vendor: 'major', cim: 'major' },
  { kind: 'value', vendor: 'minor', cim: 'minor' },
  { kind: 'value', vendor: 'patch', cim: 'revision' },
]

const GROUP: readonly Row[] = [
  { kind: 'value', vendor: 'groupId', cim: 'mRID' },
  {
    kind: 'names',
    cim: 'Names',
    names: [{ vendor: 'groupName' }, { vendor: 'label', type: 'groupName', issuer: 'labelIssuer' }],
  },
  { kind: 'value', vendor: 'note', cim: 'description' },
  { kind: 'flags', vendor: 'capabilities', cim: 'DERFunction', codes: CAPABILITIES },
  { kind: 'list', vendor: 'members', cim: 'EndDevices', rows: MEMBER },
  { kind: 'part', vendor: 'revision', cim: 'version', rows: REVISION },
]

/** Both directions; values are carried over verbatim, and what has no counterpart is listed. */
export const { toCim, toVendor } = mapping('EndDeviceGroup', GROUP)

/** The vendor's own paths, below `/vendor/example`. */
export const routes: readonly VendorRoute[] = [
  { method: 'POST', path: '/groups', noun: NOUN, action: 'create', shape: 'one-or-many' },
  { method: 'GET', path: '/groups', noun: NOUN, action: 'list', shape: 'many' },
  { method: 'GET', path: '/groups/{groupId}', noun: NOUN, action: 'read', shape: 'one' },
  { method: 'PATCH', path: '/groups/{groupId}', noun: NOUN, action: 'change', shape: 'one' },
  { method: 'DELETE', path: '/groups/{groupId}', noun: NOUN, action: 'remove', shape: 'one' },
]
