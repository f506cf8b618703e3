// Our own failures in the words of findings: the engine gave up, so there is neither valid nor invalid.

import type { Draft, Finding, Layer } from '../../envelope/finding.ts'

/** Rule id of every finding that says that there is no decision; it stands in the layer that stays undecided. */
export const ENGINE = 'ENGINE'

const UNDECIDED =
  'This is no statement about the message; report it with the message and its schema.'

/** A layer that could not be decided, at the element it was about. */
export function failureDraft(layer: Layer, at: number, failure: string, mend = UNDECIDED): Draft {
  return {
    layer,
    rule: ENGINE,
    severity: 'error',
    clause: '',
    at,
    expected: 'a decision of the XML engine',
    found: failure,
    message: `The XML engine could not decide: ${failure.replace(/\.$/, '')}.`,
    mend,
  }
}

/** The same where the schema cannot be used: the file that is named is at fault. */
export function schemaDraft(layer: Layer, at: number, failure: string): Draft {
  return failureDraft(
    layer,
    at,
    failure,
    'The schema is at fault, not the message: mend the schema that is named, or take it out of the folder.',
  )
}

/** The same about a whole document. */
export function failureFinding(layer: Layer, failure: string): Finding {
  const { at: _at, ...rest } = failureDraft(layer, 0, failure)
  return { ...rest, path: '', line: 0, column: 0 }
}
