// How a refusal is mended, and as what finding it is told: both from the row of its rule. What a party has said stays as it is.

import type { Finding } from '../envelope/finding.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { businessRule } from '../flows/rules.ts'

/** The Error with how to mend it, which stands in its details. @param mend of this case; by default that of the rule */
export function mended({ details, ...error }: ReplyError, mend?: string): ReplyError {
  const said = details ?? mend ?? businessRule(error.rule)?.mend
  return said === undefined ? error : { ...error, details: said }
}

/** The Errors that business rules have made, in the words of findings; all others have findings of their own. */
export function businessFindings(errors: readonly ReplyError[]): readonly Finding[] {
  return errors.flatMap((it) => findingOf(it) ?? [])
}

function findingOf({ rule, level, reason = '', details = '', id }: ReplyError) {
  const row = businessRule(rule)
  if (rule === undefined || (row === undefined && !STEP.test(rule))) return undefined
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
  } as const satisfies Finding
}

/** Rules of steps that a lifecycle does not have: `SM-GRP-dispatched-dissolve`. */
const STEP = /^SM-[A-Z]+-/
