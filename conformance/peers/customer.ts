// The customer (CUST): asks, chooses and signs as a script says, and takes note of what it is told.

import { textsAt } from '../find.ts'
import { draftOf } from './drafts.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Party } from './party.ts'

/** What it was told, in order: the noun, and the mRIDs of what it is about. */
type Notes = readonly string[]

const NOUNS = ['CustomerNotifications', 'ServiceRequests', 'CustomerAgreements', 'DERRegistrations']
const EVENTS = ['created', 'changed', 'closed', 'canceled']

/** What it takes, as a table. */
const CUSTOMER_TABLE: Party<Notes> = {
  role: 'CUST',
  namespaces: NOUNS.map(draftOf),
  start: [],
  takes: Object.fromEntries(
    NOUNS.flatMap((noun) => EVENTS.map((verb) => [`${verb} ${noun}`, note])),
  ),
}

/** The reference peer. */
export const CUSTOMER = peerOf(CUSTOMER_TABLE)

function note(notes: Notes, { noun, content }: Ask): Done<Notes> {
  return { state: [...notes, `${noun} ${textsAt(content, '*/mRID').join(' ')}`] }
}
