// Turns what was found, or what was thrown, into the Errors of a reply.

import { errorRow, saidOf } from './errors.ts'
import type { CimError } from './errors.ts'
import type { Finding } from './finding.ts'
import type { ReplyError } from './reply.ts'
import { replyCodeOf } from './rules.ts'

/**
 * One Error for a finding: reason says what is wrong, details where it is and how to mend it.
 * @param otherwise reply code for findings that no envelope rule made; by default 1.8, schema-invalid
 */
export function errorOfFinding(finding: Finding, otherwise?: string): ReplyError {
  return {
    code: replyCodeOf(finding.rule, otherwise),
    reason: finding.message,
    rule: finding.rule,
    details: [placeOf(finding), finding.mend].filter((it) => it !== '').join('; '),
  }
}

/**
 * The Errors for something thrown: one for each finding of severity error, or the row of the error itself.
 * What went wrong inside cimgate is never told; the message's id leads its operator to it.
 */
export function errorsOfFailure(error: CimError): readonly ReplyError[] {
  const { whose, level, replyCode, remedy } = errorRow(error.code)
  const found = error.findings.filter((it) => it.severity === 'error')
  if (whose !== 'ours' && found.length > 0) {
    return found.map((it) => errorOfFinding(it, replyCode))
  }
  return [{ code: replyCode, level, reason: saidOf(error), details: remedy }]
}

function placeOf({ path, line, column }: Finding): string {
  const place = line === 0 ? '' : `line ${line}, column ${column}`
  return [path, place].filter((it) => it !== '').join(' ')
}
