// What keeps a message from being decided, in the words of findings: the engine gave up, or a schema cannot be used, so
// that there is neither valid nor invalid. Such a finding stands in the layer that stays undecided.

import { ENGINE, SCHEMA } from '../../envelope/finding.ts'
import type { Draft, Finding, Layer } from '../../envelope/finding.ts'

const UNDECIDED =
  'This is no statement about the message; report it with the message and its schema.'

/** A layer that could not be decided, at the element it was about. */
export function failureDraft(layer: Layer, at: number, failure: string): Draft {
  return {
    layer,
    rule: ENGINE,
    severity: 'error',
    clause: '',
    at,
    expected: 'a decision of the XML engine',
    found: failure,
    message: `The XML engine could not decide: ${failure.replace(/\.$/, '')}.`,
    mend: UNDECIDED,
  }
}

/** The same where the schema cannot be used: the file that is named is at fault. */
export function schemaDraft(layer: Layer, at: number, failure: string): Draft {
  return {
    ...failureDraft(layer, at, failure),
    rule: SCHEMA,
    expected: 'a schema that can be used',
    message: `There is no decision: ${failure.replace(/\.$/, '')}.`,
    mend: 'The schema is at fault, not the message: mend the schema that is named, or take it out of the folder.',
  }
}

/** Something about a schema that keeps no message from being judged. */
export function warningFinding(what: string): Finding {
  return { ...aboutAll(schemaDraft('payload-xsd', 0, what)), severity: 'warning' }
}

/** A layer of a whole document that could not be decided. */
export function failureFinding(layer: Layer, failure: string): Finding {
  return aboutAll(failureDraft(layer, 0, failure))
}

/** The same as a finding about the whole document. */
export function aboutAll({ at: _at, ...rest }: Draft): Finding {
  return { ...rest, path: '', line: 0, column: 0 }
}
