// Work requests and service orders as the parties speak of them: the status of their works, and what has become of them.

import type { Node } from '../xml.ts'
import { element } from './write.ts'
import type { Tools } from './peer.ts'

/** In the order of the schemas, as far as it matters; what is not named stands behind. */
const ORDER = [
  ...['mRID', 'kind', 'lastModifiedDateTime', 'requestDateTime', 'statusKind', 'type'],
  ...['ActivityRecords', 'Appointments', 'Customers', 'Names', 'priority'],
]

/** The children of a work, or of what holds works, as their schema wants them. */
export function inOrder(children: readonly Node[]): readonly Node[] {
  const place = ({ name }: Node) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  return [...children].sort((a, b) => place(a) - place(b))
}

/** Every work of it with this status. @param outcome what is put down with it: `verified` */
export function withStatus(object: Node, status: string, { now }: Tools, outcome?: string): Node {
  return {
    ...object,
    children: object.children.map((it) =>
      it.name === 'Work' ? workWith(it, status, now, outcome) : it,
    ),
  }
}

function workWith(work: Node, status: string, now: string, outcome: string | undefined): Node {
  const { ns } = work
  const kept = work.children.filter(
    (it) => !['statusKind', 'lastModifiedDateTime'].includes(it.name),
  )
  const record = [element(ns, 'createdDateTime', now), element(ns, 'type', outcome ?? '')]
  return {
    ...work,
    children: inOrder([
      ...kept,
      element(ns, 'lastModifiedDateTime', now),
      element(ns, 'statusKind', status),
      ...(outcome === undefined ? [] : [element(ns, 'ActivityRecords', record)]),
    ]),
  }
}
