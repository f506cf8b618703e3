// What is said where nothing is known about a root.

import type { Element } from '../../envelope/element.ts'
import { isMessageRoot } from '../../envelope/envelope.ts'
import type { Draft } from '../../envelope/finding.ts'
import type { RuleContext } from '../../envelope/rule.ts'
import { namespaceAdvice } from '../../envelope/rules-payload.ts'
import { clauseOf } from '../../schema/xsd-rules.ts'

const RULE = { rule: 'cvc-elt.1', severity: 'error', clause: clauseOf('cvc-elt.1') } as const

/**
 * No schema declares the root of a message or of a bare payload.
 * @param namespaceOf where the selected schema has a root of a name
 */
export function noSchemaDraft(root: Element, namespaceOf: RuleContext['namespaceOf']): Draft {
  const ns = root.ns || 'no namespace'
  return {
    ...RULE,
    layer: isMessageRoot(root) ? 'envelope-xsd' : 'payload-xsd',
    at: root.index,
    expected: 'a root that a schema declares',
    found: `${root.name} in ${ns}`,
    message: `No schema declares the root ${root.name} in ${ns}.`,
    mend:
      namespaceAdvice(root, namespaceOf) ??
      'Check the namespace letter by letter, or give the schema with --xsd DIR.',
  }
}

/** What would be passed over without a word: a SOAP Envelope carries one message. */
export function misplacedDraft(element: Element): Draft {
  return {
    ...RULE,
    layer: 'envelope-xsd',
    at: element.index,
    expected: 'one Header, one Body, and in it one message',
    found: element.name,
    message: `${element.name} has no place in a SOAP Envelope, which carries one message.`,
    mend: 'Send every message in an Envelope of its own, with its content where it belongs (no multi-reference values).',
  }
}

/** A SOAP Envelope without a message. */
export function emptyBodyDraft(envelope: Element): Draft {
  return {
    ...RULE,
    layer: 'envelope-xsd',
    at: envelope.index,
    expected: 'a message in the SOAP Body',
    found: 'no element',
    message: 'The SOAP Envelope holds no message.',
    mend: 'Put the message into the SOAP Body.',
  }
}
