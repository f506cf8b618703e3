// OFF: where only what is published is admitted, a draft of ours is no part of a message.

import type { Element } from './element.ts'
import type { EnvelopeView } from './envelope.ts'
import { DRAFT_NS } from './namespaces.ts'
import { rule } from './rule.ts'
import type { Breach, RuleContext } from './rule.ts'

/** The rule of official namespaces; it holds for bare payloads too. */
export const OFFICIAL_RULES = [
  rule({
    id: 'OFF-01',
    level: 'MUST',
    clause: '',
    text: 'With `officialOnly`, no element is in a namespace that is a draft of cimgate.',
    replyCode: '2.5',
    check: ({ root }: EnvelopeView, { officialOnly }: RuleContext) =>
      officialOnly === true ? drafts(root).map(breach) : [],
  }),
]

/** The outermost elements in a draft namespace, each once. */
function drafts(it: Element): readonly Element[] {
  return it.ns.startsWith(DRAFT_NS) ? [it] : it.children.flatMap(drafts)
}

function breach({ index, name, ns }: Element): Breach {
  return {
    at: index,
    expected: 'a published namespace',
    found: ns,
    message: `${name} is in ${ns}, a draft of cimgate that no standards body has published, and officialOnly admits none.`,
    mend: 'Import the official schema of the noun and write its namespace, or switch officialOnly off.',
  }
}
