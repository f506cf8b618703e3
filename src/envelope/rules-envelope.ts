// ENV: the root and the namespaces of the envelope, and what a fault is for.

import { isMessageRoot } from './envelope.ts'
import type { EnvelopeView } from './envelope.ts'
import type { Element } from './element.ts'
import { MESSAGE_KINDS } from './message-kind.ts'
import { MESSAGE_NS, nearMiss, withoutWww } from './namespaces.ts'
import type { NearMiss } from './namespaces.ts'
import { partOf, partsOf, partText } from './parts.ts'
import { categoryOf } from './reply-codes.ts'
import { rule } from './rule.ts'
import type { Breach, RuleContext } from './rule.ts'

/** The rules of the root. */
export const ENVELOPE_RULES = [
  rule({
    id: 'ENV-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.3',
    text: 'The root is one of the messages of the standard, in the message namespace or in that of a typed message.',
    replyCode: '1.8',
    check: (view, context) => [...dialects(view), ...www(view.root, context), ...foreignRoot(view)],
  }),
  rule({
    id: 'ENV-02',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.3.6',
    text: 'A FaultMessage says FAILED, and answers only what could not be read as a message.',
    replyCode: '5.3',
    check: faultWithoutFailure,
    pair: needlessFault,
  }),
]

/** One finding, at the first place: the XSD says only that an element is not expected, this says which dialect it is. */
function dialects({ root }: EnvelopeView): readonly Breach[] {
  const first = dialectAbove(root)
  const miss = nearMiss(first?.ns ?? '')
  return first === undefined || miss === undefined ? [] : [dialect(first, miss)]
}

/** Most elements are in the namespace of the one before them. */
function dialectAbove(root: Element): Element | undefined {
  if (nearMiss(root.ns) !== undefined) return root
  return (
    ofDialect(root.children, root.ns) ??
    root.children.map((it) => ofDialect(it.children, it.ns)).find((it) => it !== undefined)
  )
}

/** @param known a namespace that is none */
function ofDialect(elements: readonly Element[], known: string): Element | undefined {
  let before = known
  return elements.find((it) => {
    if (it.ns === before) return false
    before = it.ns
    return nearMiss(it.ns) !== undefined
  })
}

function dialect(it: Element, miss: NearMiss): Breach {
  return {
    at: it.index,
    expected: MESSAGE_NS,
    found: it.ns,
    message: `${it.name} is in the namespace ${it.ns}. ${miss.text}`,
    mend: miss.sameShape
      ? `Write ${MESSAGE_NS}, or configure an alias for the namespace.`
      : `Rewrite the message after edition 1, whose namespace is ${MESSAGE_NS}.`,
  }
}

function www(root: Element, { hasSchema }: RuleContext): readonly Breach[] {
  // The message namespace with a www. is one of the dialects.
  if (nearMiss(root.ns) !== undefined) return []
  const published = withoutWww(root.ns)
  if (published === undefined || hasSchema(root.ns, root.name)) return []
  if (!hasSchema(published, root.name)) return []
  return [
    {
      at: root.index,
      expected: published,
      found: root.ns,
      message: `The namespace of ${root.name} has a www. that the published one does not have.`,
      mend: `Write ${published}, or configure an alias for the namespace.`,
    },
  ]
}

function foreignRoot({ root, kind }: EnvelopeView): readonly Breach[] {
  if (isMessageRoot(root) || nearMiss(root.ns) !== undefined) return []
  if (kind === null && root.ns !== MESSAGE_NS) return []
  const known = `${MESSAGE_KINDS.join(', ')} in ${MESSAGE_NS}`
  return [
    {
      at: root.index,
      expected: known,
      found: root.ns === '' ? `${root.name} without namespace` : `${root.name} in ${root.ns}`,
      message: `${root.name} is not a message in this namespace.`,
      mend: `Write ${kind === null ? `one of ${known}` : `xmlns="${MESSAGE_NS}" on ${root.name}`}.`,
    },
  ]
}

function faultWithoutFailure({ role, reply }: EnvelopeView): readonly Breach[] {
  const result = partOf(reply, 'Result')
  if (role !== 'fault' || result === undefined || result.text === 'FAILED') return []
  return [
    {
      at: result.index,
      expected: 'FAILED',
      found: result.text,
      message: 'A FaultMessage cannot report success.',
      mend: 'Write FAILED, or send a ResponseMessage.',
    },
  ]
}

/** Too much (3.x), too busy (5.x) and security (7.x) may refuse a message before it is read. */
const REFUSED_UNREAD: readonly string[] = ['3', '5', '7']

function needlessFault(_: EnvelopeView, { role, root, reply }: EnvelopeView): readonly Breach[] {
  const codes = partsOf(reply, 'Error').map((it) => partText(it, 'code') ?? '')
  if (role !== 'fault' || codes.some((it) => REFUSED_UNREAD.includes(categoryOf(it)))) return []
  return [
    {
      at: root.index,
      expected: 'a ResponseMessage',
      found: root.name,
      message: 'The request can be read, so a fault is not its answer.',
      mend: 'Answer with a ResponseMessage whose Result is FAILED.',
    },
  ]
}
