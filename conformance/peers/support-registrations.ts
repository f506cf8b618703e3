// DERMS Customer Support (DCS), what it is told of the DSO's customers: which DER are approved, and what has been agreed about
// them (EPRI 3002014619 §5.4, §5.7, Figs. 3-1 C and 3-2 C).

import { find } from '../find.ts'
import type { Node } from '../xml.ts'
import { draftOf, idOf } from './drafts.ts'
import type { Ask, Done, Party } from './party.ts'

/** What it was told last, by noun and mRID. */
type Known = ReadonlyMap<string, Node>

const NOUNS = ['DERRegistrations', 'CustomerAgreements']

/** What it takes, as a table. */
export const REGISTRATIONS: Party<Known> = {
  role: 'DCS',
  namespaces: NOUNS.map(draftOf),
  start: new Map(),
  takes: Object.fromEntries(
    NOUNS.flatMap((noun) => [
      [`created ${noun}`, put],
      [`changed ${noun}`, put],
      [`closed ${noun}`, take],
    ]),
  ),
}

function put(before: Known, { noun, content }: Ask): Done<Known> {
  const come = find(content, '*').map((it) => [`${noun} ${idOf(it)}`, it] as const)
  return { state: new Map([...before, ...come]) }
}

function take(before: Known, { noun, content }: Ask): Done<Known> {
  const gone = find(content, '*').map((it) => `${noun} ${idOf(it)}`)
  return { state: new Map([...before].filter(([key]) => !gone.includes(key))) }
}
