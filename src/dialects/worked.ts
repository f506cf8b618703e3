// The worked example of the page about dialects. The resource is the text of a file that the tests compile and run.

/** Not written out, as this file imports nothing. */
const IMPORTS = [
  ['type { VendorRoute }', '../dialect.ts'],
  ['type { Row }', '../row.ts'],
  ['{ mapping }', '../translate.ts'],
]
  .map(([what, file]) => ['import', what, 'from', `'${file}'`].join(' '))
  .join('\n')

/** `src/dialects/acme/tickets.ts`, were there such a vendor. */
export const WORKED_RESOURCE = `${IMPORTS}

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
`

/** What the vendor sends. */
export const WORKED_VENDOR = `{
  "ticket": "00012345678901234567",
  "opened": "2026-07-14T16:30:00-05:00",
  "text": "The lights flicker.",
  "about": "POWER",
  "client": "C-1002003"
}
`

/** What becomes of it. */
export const WORKED_CIM = `{
  "ServiceRequest": [
    {
      "mRID": "00012345678901234567",
      "createdDateTime": "2026-07-14T16:30:00-05:00",
      "comment": "The lights flicker.",
      "kind": "powerQualityInvestigation",
      "Customer": {
        "Names": [
          {
            "name": "C-1002003"
          }
        ]
      }
    }
  ]
}
`
