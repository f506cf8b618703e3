// Customer Support of the DSO (CIS), its services to customers: requests, tariffs and agreements, work. The hub of
// EPRI 3002014619 §5.4, §5.6 and §5.7; each business stands in a file of its own.

import { draftOf } from './drafts.ts'
import type { Party } from './party.ts'
import { isOk } from './said.ts'
import { CONNECTIONS, lookUp, reviewed } from './service-connections.ts'
import { connected } from './service-verification.ts'
import { CUSTOMERS } from './service-customers.ts'
import { EMPTY } from './service-desk.ts'
import type { Desk } from './service-desk.ts'
import { agreements } from './service-tariffs.ts'
import { refusedWork, works } from './service-works.ts'

const NAMESPACES = [
  ...['ServiceRequests', 'DERRegistrations', 'InterconnectionReviews', 'Tariffs'].map(draftOf),
  ...['CustomerAgreements', 'CustomerNotifications', 'CustomerConfig'].map(draftOf),
  'http://iec.ch/TC57/2011/MeterReadings#',
  ...['WorkRequests', 'ServiceOrders'].map((it) => `http://iec.ch/TC57/2015/${it}#`),
]

/** What it takes, as a table. @param designer whom it sends work to first (the figure of §5.6 cannot be read) */
export function services(designer: 'ENG' | 'WMS' = 'ENG'): Party<Desk> {
  return {
    role: 'CIS',
    namespaces: NAMESPACES,
    start: EMPTY,
    takes: {
      ...CONNECTIONS,
      ...CUSTOMERS,
      ...agreements(reviewed),
      'get CustomerAgreements': lookUp('agreements'),
      'get DERRegistrations': lookUp('registrations'),
      ...works(designer),
    },
    follows: {
      'created DERRegistrations': (desk, sent, reply, tools) =>
        connected(desk, sent, isOk(reply), tools),
      'create WorkRequests': refusedWork,
    },
  }
}
