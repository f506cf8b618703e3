// The refusals that no rule and no flow makes: what is no message, what nobody waits for, what came before.

import { CimError, errorRow } from '../envelope/errors.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import { ENGINE, SCHEMA } from '../envelope/finding.ts'
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
const BARE: ReplyError = {
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

/** The row of the error table for a document that is refused as a whole; undefined when its content is to blame. */
export function refusalOf({ verdict, findings }: Validated): ErrorCode | undefined {
  if (verdict !== 'refused') return undefined
  const isHostile = findings.some((it) => it.severity === 'error' && isSecurity(it))
  return isHostile ? 'hostile-xml' : 'too-large'
}

function isSecurity({ rule }: Finding): boolean {
  return rule.startsWith('SEC-')
}

/** The judge has come to no decision: for a schema that cannot be used, or by a failure of ours, and then why is for the log. */
export function undecided({ findings }: Validated): CimError {
  const fault = findings.find((it) => it.rule === SCHEMA)
  if (fault !== undefined) return new CimError('unusable-schema', fault.found, { findings })
  return new CimError('internal', 'The judge has come to no decision.', { findings })
}

/** The same without what only says how our own judge has failed. */
export function discreet<T extends Pick<Validated, 'verdict' | 'findings'>>(validated: T): T {
  if (validated.verdict !== 'engine-error') return validated
  const { text, remedy } = errorRow('internal')
  const findings = validated.findings.map((it) =>
    it.rule === ENGINE ? { ...it, found: '', message: text, mend: remedy } : it,
  )
  return { ...validated, findings }
}

/** Why a document is not accepted: one Error for each finding that counts, at least one. */
export function errorsOf(validated: Validated): readonly ReplyError[] {
  const errors = validated.findings
    .filter((it) => it.severity === 'error')
    .map((it) => errorOfFinding(it, codeOf(it, validated)))
  return errors.length > 0 ? errors : [BARE]
}

/** The schema of the envelope lists the verbs, so it is the schema that finds an unknown one; its code is 2.9 all the same. */
function codeOf(finding: Finding, { verb }: Validated): string {
  const isVerbUnknown = verb !== null && !isVerb(verb) && /\/header\/verb$/i.test(finding.path)
  if (isVerbUnknown) return errorRow('unsupported-verb').replyCode
  if (finding.layer !== 'limits') return errorRow('schema-invalid').replyCode
  return errorRow(isSecurity(finding) ? 'hostile-xml' : 'too-large').replyCode
}
