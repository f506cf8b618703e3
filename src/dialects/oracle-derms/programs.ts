// Programmes and the rules that are linked to them, as they are told to the DERMS (integration name Program Rule Sync). The lookups
// AllowEventDays and CycleFrequency are published by name; path and field names are not: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { DAYS, RULES } from '../oracle-codes.ts'
import { external } from '../oracle-names.ts'
import { interval, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const WINDOW: readonly Row[] = [
  { kind: 'codes', vendor: 'allowEventDays', cim: 'dayOfWeek', codes: DAYS },
  { kind: 'value', vendor: 'startTime', cim: 'startTime' },
  { kind: 'value', vendor: 'endTime', cim: 'endTime' },
  { kind: 'value', vendor: 'timeZone', cim: 'timeZone', isZone: true },
]

const RULE: readonly Row[] = [
  { kind: 'value', vendor: 'ruleCode', cim: 'ruleCode' },
  { kind: 'code', vendor: 'ruleType', cim: 'kind', codes: RULES },
  { kind: 'value', vendor: 'overridable', cim: 'overridable' },
  { kind: 'value', vendor: 'count', cim: 'count' },
  {
    kind: 'part',
    vendor: 'quantity',
    cim: 'value',
    rows: [
      { kind: 'value', vendor: 'value', cim: 'value' },
      { kind: 'value', vendor: 'multiplier', cim: 'multiplier' },
      { kind: 'value', vendor: 'unit', cim: 'unit' },
    ],
  },
  { kind: 'list', vendor: 'windows', cim: 'window', rows: WINDOW },
]

const PROGRAM: readonly Row[] = [
  { kind: 'value', vendor: 'programId', cim: 'mRID' },
  named(external('programExternalIdentifier')),
  { kind: 'value', vendor: 'programCode', cim: 'code' },
  { kind: 'value', vendor: 'programType', cim: 'type' },
  { kind: 'value', vendor: 'allowCustomerUnavailability', cim: 'allowCustomerUnavailability' },
  { kind: 'value', vendor: 'allowOptOut', cim: 'allowOptOut' },
  { kind: 'value', vendor: 'optOutCutoff', cim: 'optOutCutoff' },
  interval('validityInterval', 'startDateTime', 'endDateTime', 'as-is'),
  { kind: 'list', vendor: 'rules', cim: 'rules', rows: RULE },
]

/** Both directions; a code that is not in its list is refused, never left blank. */
export const { toCim, toVendor, mapped } = mapping('Program', PROGRAM, {
  keeps: 'oracle-derms/programs',
  ours: 'The lookups AllowEventDays and CycleFrequency are published by name; everything else is ours.',
})

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/program-rule-sync', noun: 'Programs', action: 'message' },
    ...{ verbs: ['create', 'change', 'created', 'changed'], isEither: true, shape: 'one' },
    ...{ acknowledged: 'msg-ack', namedBy: 'programId', ours: true },
  },
]
