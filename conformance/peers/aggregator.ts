// A third party that forms groups (AGG): it asks by the words of a script, and hears what has become of it.

import type { Node } from '../xml.ts'
import { GROUPS, REQUESTS } from './group-content.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Party } from './party.ts'

/** What it was told, in order. */
type Told = readonly Node[]

const hear = (told: Told, { content }: Ask): Done<Told> => ({
  state: content === undefined ? told : [...told, content],
})

/** What it takes, as a table. */
const THIRD_PARTY: Party<Told> = {
  role: 'AGG',
  namespaces: [REQUESTS, GROUPS],
  start: [],
  takes: {
    'changed DERGroupRequests': hear,
    'created DERGroups': hear,
    'changed DERGroups': hear,
    'deleted DERGroups': hear,
  },
}

/** The reference peer. */
export const AGGREGATOR = peerOf(THIRD_PARTY)
