// The rules of the envelope that the XSD cannot say, all of them, and how a message is judged by them.

import { isMessageRoot } from './envelope.ts'
import type { EnvelopeView } from './envelope.ts'
import type { Draft } from './finding.ts'
import type { Check, Rule, RuleContext } from './rule.ts'
import { CORRELATION_RULES } from './rules-correlation.ts'
import { ENVELOPE_RULES } from './rules-envelope.ts'
import { ERROR_RULES } from './rules-error.ts'
import { HEADER_RULES } from './rules-header.ts'
import { NOUN_RULES } from './rules-noun.ts'
import { OFFICIAL_RULES } from './rules-official.ts'
import { OPERATION_RULES } from './rules-operation.ts'
import { PAYLOAD_RULES } from './rules-payload.ts'
import { REPLY_RULES } from './rules-reply.ts'
import { VERB_RULES } from './rules-verb.ts'

/** Every rule, in the order in which they are listed and applied. */
export const RULES: readonly Rule[] = [
  ...ENVELOPE_RULES,
  ...HEADER_RULES,
  ...VERB_RULES,
  ...NOUN_RULES,
  ...CORRELATION_RULES,
  ...PAYLOAD_RULES,
  ...REPLY_RULES,
  ...ERROR_RULES,
  ...OPERATION_RULES,
  ...OFFICIAL_RULES,
]

/** Rules of documents that are no messages. */
const OF_ANY_ROOT: readonly string[] = ['ENV-01', 'OFF-01']

/** The code that answers what the schema finds. */
const SCHEMA_INVALID = '1.8'

/**
 * Judges one message by every rule that one message can show. What the XSD says itself is not said again.
 * Of a root that is no message only the namespaces are judged: what stands below it may mean anything.
 */
export function judge(view: EnvelopeView, context: RuleContext): readonly Draft[] {
  const drafts: Draft[] = []
  for (const check of isMessageRoot(view.root) ? CHECKS : ROOT_CHECKS) {
    const found = check(view, context)
    // Most rules find nothing in most messages, and to walk over nothing takes as long as to find it.
    if (found.length > 0) for (const it of found) drafts.push(tolerated(it, context))
  }
  return drafts
}

const CHECKS = checksOf(RULES)
const ROOT_CHECKS = checksOf(RULES.filter((it) => OF_ANY_ROOT.includes(it.id)))

function checksOf(rules: readonly Rule[]): readonly Check[] {
  return rules.map((it) => it.check).filter((it) => it !== null)
}

/**
 * Judges a reply against the request it answers; places are those of the reply.
 * A reply without CorrelationID is found here and by `judge`, with the same rule and place.
 */
export function correlates(
  request: EnvelopeView,
  reply: EnvelopeView,
  context: RuleContext,
): readonly Draft[] {
  const drafts = RULES.flatMap((it) => it.pair?.(request, reply, context) ?? [])
  return drafts.map((it) => tolerated(it, context))
}

/** The reply code for a finding of this rule; `otherwise` for a finding of another layer. */
export function replyCodeOf(ruleId: string, otherwise = SCHEMA_INVALID): string {
  return RULES.find((it) => it.id === ruleId)?.replyCode ?? otherwise
}

function tolerated(draft: Draft, { tolerate }: RuleContext): Draft {
  return tolerate?.includes(draft.rule) ? { ...draft, severity: 'warning' } : draft
}
