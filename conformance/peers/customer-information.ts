// Customer Support of the DSO (CIS), whole: the hub of the scenarios of EPRI 3002014619 §5.4 to §5.7, and of §5, groups.

import { GROUPS_NAMESPACES, groupRows, judged } from './customer-information-groups.ts'
import type { GroupsKnown, Judge } from './customer-information-groups.ts'
import { services } from './customer-information-services.ts'
import { peerOf } from './party.ts'
import type { Party } from './party.ts'
import type { Peer } from './peer.ts'
import { rowsOf } from './joined.ts'

/** What it takes, as a table. @param judge whether a group may be formed, changed or dissolved */
export function informationOf(designer: 'ENG' | 'WMS', judge: Judge = judged): Party<GroupsKnown> {
  const desk = services(designer)
  const { takes, follows, wakes } = rowsOf<GroupsKnown, 'services'>('services', desk)
  return {
    role: 'CIS',
    namespaces: [...desk.namespaces, ...GROUPS_NAMESPACES],
    start: { services: desk.start, groups: new Map(), asked: new Map() },
    takes: { ...takes, ...groupRows(judge) },
    follows,
    wakes,
  }
}

/** The reference peer. */
export const CUSTOMER_INFORMATION = peerOf(informationOf('ENG'))

/** The reference peer as it can be, too. */
export const INFORMATION_MANNERS: Readonly<Record<string, Peer>> = {
  'sends work to WMS first': peerOf(informationOf('WMS')) as Peer,
}
