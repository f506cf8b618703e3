// Customer Support of the DSO (CIS) as those see it who tell it of work: it keeps what it is told of requests and orders, as it
// was told last. What it asks for itself is not played here.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { unknown } from './group-duty.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'

/** A piece of work as it was told last, and whether it is over. */
interface Notice {
  readonly object: Node
  readonly isOver: boolean
}

/** By noun and mRID: `WorkRequests 4f8f…`. */
type Notices = ReadonlyMap<string, Notice>

const NOUNS = ['WorkRequests', 'ServiceOrders', 'MaintenanceOrders'] as const

/** What it takes, as a table. */
const NOTICES: Party<Notices> = {
  role: 'CIS',
  namespaces: NOUNS.map((it) => `http://iec.ch/TC57/2015/${it}#`),
  start: new Map(),
  takes: Object.fromEntries(
    NOUNS.flatMap((it) => [
      [`created ${it}`, each(begun)],
      [`changed ${it}`, each(going(false))],
      [`closed ${it}`, each(going(true))],
      [`canceled ${it}`, each(going(true))],
    ]),
  ),
}

/** The peer of those who send work events. */
export const ORDER_NOTICES = peerOf(NOTICES)

type One = (before: Notice | undefined, object: Node, mRID: string) => Notice | Failure

function each(one: One) {
  return (before: Notices, { noun, content }: Ask): Done<Notices> => {
    const notices = new Map(before)
    const objects = find(content, '*')
    const failures: Failure[] = []
    for (const it of objects) {
      const mRID = textAt(it, 'mRID') ?? ''
      const done = one(notices.get(`${noun} ${mRID}`), it, mRID)
      if ('code' in done) failures.push(done)
      else notices.set(`${noun} ${mRID}`, done)
    }
    return { state: notices, failures, isPartly: failures.length < objects.length }
  }
}

function begun(before: Notice | undefined, object: Node, id: string): ReturnType<One> {
  if (before === undefined) return { object, isOver: false }
  return { code: '6.1', reason: 'There is work with this mRID.', id }
}

function going(isOver: boolean): One {
  return (before, object, id) => {
    if (before === undefined) return unknown(id)
    if (before.isOver) return { code: '6.1', reason: 'The work is over.', id }
    return { object, isOver }
  }
}
