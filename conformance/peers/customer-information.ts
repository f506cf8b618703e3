// Customer Support of the DSO (CIS), whole: the hub of the scenarios of EPRI 3002014619 §5.4 to §5.7.

import { services } from './customer-information-services.ts'
import { joined } from './joined.ts'
import { peerOf } from './party.ts'
import type { Peer } from './peer.ts'

function information(designer: 'ENG' | 'WMS') {
  return peerOf(joined(['services', services(designer)]))
}

/** The reference peer. */
export const CUSTOMER_INFORMATION = information('ENG')

/** The reference peer as it can be, too. */
export const INFORMATION_MANNERS: Readonly<Record<string, Peer>> = {
  'sends work to WMS first': information('WMS') as Peer,
}
