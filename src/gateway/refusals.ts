// The refusals that no rule and no flow makes: what is no message, what nobody waits for, what came before.

import { errorRow } from '../envelope/errors.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import type { Finding } from '../envelope/finding.ts'
import { errorOfFinding } from '../envelope/reply-errors.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { isVerb } from '../envelope/verbs.ts'
import type { Validated } from './ports.ts'

/** A row of the error table as an Error of a reply, with the rule that decided. */
export function errorOf(code: ErrorCode, rule: string): ReplyError {
  const { replyCode, level, text, remedy } = errorRow(code)
  return { code: replyCode, level, rule, reason: text, details: remedy }
}

/** A document that is no message, or one without what a reply needs. */
export const BARE: ReplyError = {
  code: '1.8',
  level: 'FATAL',
  reason: 'A message is due here: a root of IEC 61968-100 with Header, Verb and Noun.',
  details: 'Send the payload inside a RequestMessage or EventMessage.',
}

/** A reply or fault that answers nothing of ours. */
export const NOT_AWAITED: ReplyError = {
  code: '2.15',
  level: 'FATAL',
  reason: 'No request waits for this reply.',
  details: 'Check its CorrelationID.',
}

/** What is known of a document that was refused before anybody read it. */
export const UNREAD: Validated = {
  verdict: 'refused',
  findings: [],
  noun: null,
  verb: null,
  root: null,
  messageID: null,
  correlationID: null,
  soap: null,
}

/** reply codes for what no rule has a code for, by verdict */
const CODES: Readonly<Partial<Record<Validated['verdict'], string>>> = {
  refused: '7.7',
  'engine-error': '5.3',
}

/** Why a document is not accepted: one Error for each finding that counts, at least one. */
export function errorsOf(validated: Validated): readonly ReplyError[] {
  const errors = validated.findings
    .filter((it) => it.severity === 'error')
    .map((it) => errorOfFinding(it, codeOf(it, validated)))
  return errors.length > 0 ? errors : [BARE]
}

/** The schema of the envelope lists the verbs, so it is the schema that finds an unknown one; its code is 2.9 all the same. */
function codeOf({ path }: Finding, { verb, verdict }: Validated): string {
  const isVerbUnknown = verb !== null && !isVerb(verb) && path.endsWith('/Header/Verb')
  return isVerbUnknown ? errorRow('unsupported-verb').replyCode : (CODES[verdict] ?? '1.8')
}
