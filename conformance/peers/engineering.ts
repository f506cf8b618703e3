// Engineering (ENG): judges whether DER can be connected, with what Operations models for it, and designs work before it is
// done (EPRI 3002014619 §5.4, §5.6, Fig. 3-1 B and B.a).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf } from './drafts.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'
import type { Peer, Sent, Tools } from './peer.ts'
import { eventOf, requestOf } from './said.ts'
import { withStatus } from './work.ts'
import { element } from './write.ts'

/** What lies before it, by mRID. */
interface Table {
  readonly reviews: ReadonlyMap<string, Node>
  readonly works: ReadonlyMap<string, Node>
}

/** How it decides. */
interface Manner {
  /** what it says of a connection that the network can take, one after the other */
  readonly decides: readonly ('approved' | 'rejected' | 'hold')[]
  /** what it says of work */
  readonly designs: 'approved' | 'cancelled'
  /** who asks for designs */
  readonly asker: 'CIS' | 'WMS'
}

const NS = draftOf('InterconnectionReviews')
const WORK = 'http://iec.ch/TC57/2015/WorkRequests#'
const DAY = 86_400_000
/** A decision is due then, whether Operations has said something or not. */
const DUE = 21 * DAY
const UNKNOWN: Failure = { code: '99.1', reason: 'There is no such object.' }

function engineering({ decides, designs, asker }: Manner): Party<Table> {
  return {
    role: 'ENG',
    namespaces: [NS, WORK],
    start: { reviews: new Map(), works: new Map() },
    takes: {
      'create InterconnectionReviews': review,
      'changed InterconnectionReviews': modelled,
      'create WorkRequests': design,
      'change WorkRequests': design,
      'cancel WorkRequests': (table) => ({ state: table }),
    },
    wakes: {
      due: (table, id, tools) => overdue(table, id, tools),
      release: (table, id, tools) => released(table, id, tools),
      designed: (table, id, tools) => designed(table, id, tools),
    },
  }

  /** Operations models it first. */
  function review(before: Table, { content }: Ask, tools: Tools): Done<Table> {
    const asked = find(content, 'InterconnectionReview')
    const failures = asked.filter((it) => before.reviews.has(idOf(it))).map(takenAlready)
    if (failures.length > 0) return { state: before, failures }
    const reviews = new Map([...before.reviews, ...asked.map((it) => [idOf(it), it] as const)])
    return {
      state: { ...before, reviews },
      sends: asked.map((it) => studyOf(it, tools)),
      wakes: asked.map((it) => ({ afterMs: DUE, word: `due ${idOf(it)}` })),
    }
  }

  function modelled(before: Table, { content }: Ask, tools: Tools): Done<Table> {
    const [result] = find(content, 'InterconnectionReview')
    const known = before.reviews.get(idOf(result))
    if (result === undefined || known === undefined)
      return { state: before, failures: [{ ...UNKNOWN, id: idOf(result) }] }
    const object = changed(known, find(result, 'modellingResult'))
    const table = { ...before, reviews: new Map([...before.reviews, [idOf(known), object]]) }
    const canBe = textAt(object, 'modellingResult/canAccommodate') === 'true'
    const [first = 'approved'] = decides
    return decided(table, idOf(known), canBe ? first : 'rejected', tools)
  }

  /** What is held is not waited for. */
  function overdue(before: Table, id: string, tools: Tools): Done<Table> {
    const isHeld = textAt(before.reviews.get(id), 'decision') === 'hold'
    return isHeld ? { state: before } : decided(before, id, 'rejected', tools)
  }

  function released(before: Table, id: string, tools: Tools): Done<Table> {
    const known = before.reviews.get(id)
    if (known === undefined) return { state: before }
    const status = element(NS, 'status', [element(NS, 'value', 'engineeringReview')])
    const release = told(changed(known, [status]), tools, 'released')
    const [, then = 'approved'] = decides
    const done = decided(before, id, then, tools)
    return { ...done, sends: [release, ...(done.sends ?? [])] }
  }

  /** What has been decided for good is not decided once more. */
  function decided(before: Table, id: string, decision: string, tools: Tools): Done<Table> {
    const known = before.reviews.get(id)
    const isOver = ['approved', 'rejected'].includes(textAt(known, 'decision') ?? '')
    if (known === undefined || isOver) return { state: before }
    const isModelled = find(known, 'modellingResult').length > 0
    const object = changed(known, [
      element(NS, 'approver', 'engineer of the reference peer'),
      element(NS, 'decidedDateTime', tools.now),
      element(NS, 'decision', decision),
      ...(decision === 'rejected'
        ? [element(NS, 'reason', isModelled ? 'The network cannot take it.' : 'No study came.')]
        : []),
    ])
    const reviews = new Map([...before.reviews, [id, object]])
    const wakes = decision === 'hold' ? [{ afterMs: 30 * DAY, word: `release ${id}` }] : []
    return { state: { ...before, reviews }, sends: [told(object, tools, decision)], wakes }
  }

  /** Work whose scope has changed is looked at again. */
  function design(before: Table, { content }: Ask): Done<Table> {
    const asked = find(content, 'WorkRequest')
    return {
      state: {
        ...before,
        works: new Map([...before.works, ...asked.map((it) => [idOf(it), it] as const)]),
      },
      wakes: asked.map((it) => ({ afterMs: 3 * DAY, word: `designed ${idOf(it)}` })),
    }
  }

  function designed(before: Table, id: string, tools: Tools): Done<Table> {
    const work = before.works.get(id)
    if (work === undefined) return { state: before }
    const content = element(WORK, 'WorkRequests', [withStatus(work, designs, tools)])
    const message = eventOf('ENG', 'changed', content, tools, id, designs, tools.now)
    return { state: before, sends: [{ to: asker, message }] }
  }
}

function takenAlready(it: Node): Failure {
  return { code: '6.1', reason: 'There is a review with this mRID.', id: idOf(it) }
}

/** The same review, as the question to Operations whether the network can take it. */
function studyOf(review: Node, tools: Tools): Sent {
  const status = element(NS, 'status', [element(NS, 'value', 'modelling')])
  const content = element(NS, 'InterconnectionReviews', [changed(review, [status])])
  return { to: 'OPS', message: requestOf('ENG', 'create', content, tools, idOf(review)) }
}

function told(review: Node, tools: Tools, ...words: readonly string[]): Sent {
  const content = element(NS, 'InterconnectionReviews', [review])
  const of = textsAt(content, 'InterconnectionReview/mRID')
  return { to: 'CIS', message: eventOf('ENG', 'changed', content, tools, ...of, ...words) }
}

const APPROVES: Manner = { decides: ['approved'], designs: 'approved', asker: 'CIS' }

/** What it takes, as a table. */
const ENGINEERING_TABLE: Party<Table> = engineering(APPROVES)

/** The reference peer. */
export const ENGINEERING = peerOf(ENGINEERING_TABLE)

/** The reference peer as it can be, too. */
export const ENGINEERING_MANNERS: Readonly<Record<string, Peer>> = {
  rejects: peerOf(engineering({ ...APPROVES, decides: ['rejected'] })) as Peer,
  'holds, then approves': peerOf(
    engineering({ ...APPROVES, decides: ['hold', 'approved'] }),
  ) as Peer,
  'finds the work infeasible': peerOf(engineering({ ...APPROVES, designs: 'cancelled' })) as Peer,
  'designs for WMS': peerOf(engineering({ ...APPROVES, asker: 'WMS' })) as Peer,
}
