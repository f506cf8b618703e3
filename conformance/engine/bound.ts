// What of a message scripts look at. They name elements by their local names; what is called so in a namespace that nobody has
// a schema of, or in that of another edition than the tester speaks, is none of what they ask for. Pure.

import { find } from '../find.ts'
import { MESSAGE } from '../peers/write.ts'
import { objectsOf } from '../transport/typed.ts'
import type { Node } from '../xml.ts'
import type { Judged } from './judge.ts'

/** The namespaces of what is spoken of, by the names of payloads. */
export type Spoken = ReadonlyMap<string, ReadonlySet<string>>

/** That of these messages; a query speaks of its objects, too, in its own edition. */
export function spokenIn(messages: readonly (Node | undefined)[]): Spoken {
  const spoken = new Map<string, Set<string>>()
  const add = (name: string, ns: string) =>
    void spoken.set(name, (spoken.get(name) ?? new Set<string>()).add(ns))
  for (const message of messages) {
    for (const it of PLACES.flatMap((place) => find(message, place))) {
      if (it.ns !== MESSAGE) add(it.name, it.ns)
      const [objects, end] = [objectsOf(it.name), `${it.name}#`]
      if (objects !== it.name && it.ns.endsWith(end))
        add(objects, `${it.ns.slice(0, -end.length)}${objects}#`)
    }
  }
  return spoken
}

/** Where a payload stands. */
const PLACES = ['Payload/*', 'Payload/OperationSet/Operation/*', 'Request/*']

/** The root of a message without payloads that are none of this; undefined where it cannot be read. */
export function bound(heard: Judged | undefined, spoken: Spoken): Node | undefined {
  if (heard?.root === undefined) return undefined
  const isStrange = heard.observations.some((it) => it.requirement === 'PAY-03')
  return under(heard.root, ['Payload'], (payload) =>
    isStrange ? undefined : ofThese(payload, spoken),
  )
}

function ofThese(payload: Node, spoken: Spoken): Node {
  const isMeant = (it: Node) => spoken.get(it.name)?.has(it.ns) ?? true
  const own = kept(payload, isMeant)
  return under(own, ['OperationSet', 'Operation'], (operation) => kept(operation, isMeant))
}

/** The very same where nothing of it goes. */
function kept(node: Node, isKept: (child: Node) => boolean): Node {
  return node.children.every(isKept) ? node : { ...node, children: node.children.filter(isKept) }
}

/** With what stands at the end of a path put otherwise, or left out. */
function under(
  node: Node,
  [name, ...rest]: readonly string[],
  put: (it: Node) => Node | undefined,
): Node {
  const made = node.children.flatMap((it) => {
    if (it.name !== name) return [it]
    const other = rest.length === 0 ? put(it) : under(it, rest, put)
    return other === undefined ? [] : [other]
  })
  const isSame =
    made.length === node.children.length && made.every((it, at) => it === node.children[at])
  return isSame ? node : { ...node, children: made }
}
