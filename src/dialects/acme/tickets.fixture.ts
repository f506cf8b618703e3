// For tests only: the worked example of the page about dialects, as it stands there.

import type { VendorRoute } from '../dialect.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const STATES = { OPEN: 'submitted', WORKING: 'inProgress', CLOSED: 'completed' } as const

const TICKET: readonly Row[] = [
  { kind: 'value', vendor: 'ticket', cim: 'mRID' },
  { kind: 'value', vendor: 'opened', cim: 'createdDateTime' },
  { kind: 'value', vendor: 'text', cim: 'comment' },
  { kind: 'code', vendor: 'about', cim: 'kind', codes: { POWER: 'powerQualityInvestigation' } },
  {
    kind: 'inline',
    cim: 'Customer',
    rows: [{ kind: 'names', cim: 'Names', names: [{ vendor: 'client' }] }],
  },
  {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'code', vendor: 'state', cim: 'value', codes: STATES }],
  },
]

export const { toCim, toVendor } = mapping('ServiceRequest', TICKET)

const NOUN = 'ServiceRequests'

export const routes: readonly VendorRoute[] = [
  { method: 'POST', path: '/tickets', noun: NOUN, action: 'create', shape: 'one' },
  { method: 'GET', path: '/tickets/{ticket}', noun: NOUN, action: 'read', shape: 'one' },
]
