// Broken peers that speak of the right things in the namespace of another year: whatever it is called, nobody has asked for it.

import type { Node } from '../../xml.ts'
import type { BrokenRow } from './actors.ts'
import { changing } from '../sending.ts'
import { replying } from '../variants.ts'

/** What is of one year, of another. */
export function ofYear(node: Node, year: number): Node {
  const ns = node.ns.replace(/(?<=\/)\d{4}(?=\/\w+#$)/, String(year))
  return { ...node, ns, children: node.children.map((it) => ofYear(it, year)) }
}

/** All of them. */
export const EDITION_ACTORS: readonly BrokenRow[] = [
  [
    'S-5-1/formed',
    ...(['DOP', 'answers in the namespace of another year', 'PAY-03 GFO-06 GRP-04'] as const),
    replying((it) => ofYear(it, 2015)),
  ],
  [
    'S-5-1/tariff-violation',
    ...(['CIS', 'refuses in the namespace of another year', 'PAY-03'] as const),
    replying((it) => ofYear(it, 2015)),
  ],
  [
    'S-4-3/agreed',
    ...(['CIS', 'answers in the namespace of another year', 'PAY-03 CAG-02 CAG-07'] as const),
    replying((it) => ofYear(it, 2015)),
  ],
  [
    'S-4-3/agreed',
    ...(['CIS', 'tells in the namespace of another year', 'PAY-03 CAG-01 CAG-05 CAG-06'] as const),
    changing('created CustomerAgreements to DCS', (it) => ofYear(it, 2015)),
  ],
]
