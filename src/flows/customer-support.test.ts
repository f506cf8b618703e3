// The part of Customer Support, and of the DERMS's own, in the catalogue of flows (EPRI 3002014619 §3, §5, Figs. 3-1, 3-2, 5-1
// and 5-2), row by row: what an orchestrated flow sends of it, and why it sends nothing of the rest.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Flow } from './flow.ts'
import { FLOWS } from './index.ts'

const test = suite('flows: the part of Customer Support')

/** A message that a row of the catalogue has it send. */
type Message = readonly [row: string, when: RegExp, verb: string, noun: string, from: string]

/** In the order of the catalogue. */
const SENT: readonly Message[] = [
  ['SR-04', /customer has agreed/, 'create', 'InterconnectionReviews', 'dso-cs'],
  ['SR-07', /is approved/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['SR-07', /is rejected/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['SR-07', /is onHold/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['SR-08', /Engineering has approved/, 'create', 'ServiceOrders', 'dso-cs'],
  ['SR-08', /verified again/, 'create', 'ServiceOrders', 'dso-cs'],
  ['SR-09', /asks for communication/, 'get', 'EndDeviceStatuses', 'dso-cs'],
  ['SR-09', /asks for no communication/, 'change', 'ServiceRequests', 'dso-cs'],
  ['SR-10', /is connected$/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['SR-10', /connected, and its DERMS knows/, 'close', 'ServiceRequests', 'dso-cs'],
  ['SR-11', /is verified, and Engineering has approved/, 'created', 'DERRegistrations', 'dso-cs'],
  ['SO-03', /DERMS has detected an issue/, 'create', 'ServiceOrders', 'dso-cs'],
  ['WR-03', /Engineering has approved/, 'create', 'WorkRequests', 'dso-eng'],
  ['WR-05', /rejected a work/, 'created', 'CustomerNotifications', 'dso-cs'],
  // Of service orders and of work requests.
  ['WR-05', /work is scheduled/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['WR-05', /work is closed/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['WR-05', /work is scheduled/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['WR-05', /work is closed/, 'created', 'CustomerNotifications', 'dso-cs'],
  ['CA-03', /is signed/, 'change', 'ServiceRequests', 'dso-cs'],
  ['CA-05', /another provider/, 'execute', 'DERGroups', 'dso-cs'],
  ['GF-03', /approved.* does not name/, 'change', 'CustomerAgreements', 'derms-cs'],
  ['GF-03', /approved.* all members name/, 'change', 'DERGroupRequests', 'derms-cs'],
  ['GF-03', /refused it, and an agreement/, 'execute', 'CustomerAgreements', 'derms-cs'],
  ['GF-03', /refused it, and no agreement/, 'change', 'DERGroupRequests', 'derms-cs'],
  ['GF-04', /for a new group/, 'create', 'DERGroups', 'derms-cs'],
  ['GF-06', /for further members/, 'change', 'DERGroups', 'derms-cs'],
  ['GD-02', /another provider/, 'execute', 'DERGroups', 'dso-cs'],
  ['GD-02', /for single members/, 'execute', 'DERGroups', 'derms-cs'],
  ['GD-03', /dissolving, and an agreement/, 'execute', 'CustomerAgreements', 'derms-cs'],
  ['GD-03', /dissolving, and no agreement/, 'change', 'DERGroupRequests', 'derms-cs'],
  ['GD-03', /refused to dissolve.* does not name/, 'change', 'CustomerAgreements', 'derms-cs'],
  ['GD-03', /refused to dissolve.* all members name/, 'change', 'DERGroupRequests', 'derms-cs'],
  ['GD-04', /for a whole group/, 'delete', 'DERGroups', 'derms-cs'],
]

/** Every row that `dso-cs` or `derms-cs` begins or may begin, of the connection to the invoice. */
const PART = [
  ...['SR-02', 'SR-03', 'SR-04', 'SR-07', 'SR-08', 'SR-09', 'SR-10', 'SR-11', 'SR-12'],
  ...['SO-01', 'SO-03', 'WR-01', 'WR-03', 'WR-05'],
  ...['CA-01', 'CA-02', 'CA-03', 'CA-04', 'CA-05', 'CA-06'],
  ...['GF-02', 'GF-03', 'GF-04', 'GF-06', 'GD-02', 'GD-03', 'GD-04'],
  ...['F31-Aa', 'F31-B', 'F31-C', 'F31-H', 'F32-Aa', 'F32-B', 'F32-C', 'F32-Ca'],
]

/** The rows of figures are others over again, where they say nothing of their own. */
const SAME: Readonly<Record<string, string>> = {
  ...{ 'F31-Aa': 'SR-07', 'F31-B': 'SR-04', 'F31-C': 'SR-11' },
  ...{ 'F32-Aa': 'SR-07', 'F32-B': 'SR-04', 'F32-C': 'SR-11', 'F32-Ca': 'SR-11' },
}

const [DECIDED, TOLD, KNOWN] = [
  'it is decided by the customer or a person of Customer Support, and follows from nothing that cimgate knows',
  'it is the event of the change itself, which every accepted change has, by its route',
  'its content is known to Customer Support alone, and nothing in it is made up',
] as const

/** Rows of which the gateway has nothing to send, and why. */
const NOTHING: Readonly<Record<string, string>> = {
  'SR-02': KNOWN,
  'SR-03': DECIDED,
  'SR-12': DECIDED,
  'SO-01': KNOWN,
  'WR-01': DECIDED,
  'CA-01': TOLD,
  'CA-02': DECIDED,
  'CA-04': TOLD,
  'CA-06': DECIDED,
  'GF-02': DECIDED,
  'F31-H': KNOWN,
}

/** Who sends in this part; the programme system has a part of its own. */
const SENDERS: readonly string[] = ['dso-cs', 'derms-cs', 'dso-eng']

/** What the flows send, once for each row that it belongs to. */
const OURS = (FLOWS as readonly Flow[]).flatMap(({ next = [] }) =>
  next
    .filter(({ from }) => SENDERS.includes(from))
    .flatMap((it) => it.source.split(', ').map((row) => ({ ...it, row }))),
)

const textOf = ({ row, verb, noun, from }: (typeof OURS)[number]) =>
  `${row}: ${verb} ${noun} from ${from}`

test('SR-04 to GD-04: what orchestrated flows send is what the catalogue has Customer Support send', () => {
  const due = SENT.map(([row, , verb, noun, from]) => `${row}: ${verb} ${noun} from ${from}`)
  assert.equal(OURS.map(textOf).toSorted(), due.toSorted())
  for (const [row, when, verb, noun] of SENT) {
    const all = OURS.filter((it) => it.row === row && it.verb === verb && it.noun === noun)
    assert.ok(
      all.some((it) => when.test(it.when)),
      `${row} ${verb} ${noun}: ${when} is none of: ${all.map((it) => it.when).join(' | ')}`,
    )
  }
})

test('of each row of its part something is sent, or it is said why not, and never both', () => {
  const sent = new Set(SENT.map(([row]) => row))
  for (const row of PART) {
    const own = SAME[row] ?? row
    assert.is.not(sent.has(own), Object.hasOwn(NOTHING, own), row)
  }
  for (const row of [...sent, ...Object.keys(NOTHING), ...Object.values(SAME)])
    assert.ok(PART.includes(row), `${row} is no row of its part`)
})

test.run()
