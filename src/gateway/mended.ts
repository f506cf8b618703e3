// How a refusal is mended, and as what finding it is told: both from the row of its rule. What a party has said stays as it is.

import type { Finding } from '../envelope/finding.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { businessRule } from '../flows/rules/index.ts'

/** The Error with how to mend it, which stands in its details. @param mend of this case; by default that of the rule */
export function mended({ details, ...error }: ReplyError, mend?: string): ReplyError {
  const said = details ?? mend ?? businessRule(error.rule)?.mend
  return said === undefined ? error : { ...error, details: said }
}

/** The Errors that business rules have made, in the words of findings; all others have findings of their own. */
export function businessFindings(errors: readonly ReplyError[]): readonly Finding[] {
  return errors.flatMap((it) => findingOf(it) ?? [])
}

function findingOf(error: ReplyError): Finding | undefined {
  const { rule } = error
  const isOne = rule !== undefined && (businessRule(rule) !== undefined || STEP.test(rule))
  return isOne ? refusalFinding(error) : undefined
}

/** Any refusal as a finding. */
export function refusalFinding(error: ReplyError): Finding {
  const { code, rule = code, level, reason = '', details = '', id } = error
  const row = businessRule(error.rule)
  return {
    layer: 'business',
    rule,
    severity: level === 'WARNING' ? 'warning' : 'error',
    clause: row?.source ?? '',
    path: '',
    line: 0,
    column: 0,
    expected: row?.asks ?? '',
    found: id === undefined || id['@idType'] === 'position' ? '' : id.$,
    message: reason,
    mend: details,
  }
}

/** Rules of steps that a lifecycle does not have: `SM-GRP-dispatched-dissolve`. */
const STEP = /^SM-[A-Z]+-/
