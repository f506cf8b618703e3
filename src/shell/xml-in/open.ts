// Bytes -> an accepted document with its element tree, or the findings that keep it out.

import type { Element } from '../../envelope/element.ts'
import type { Finding, Verdict } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { parse } from './engine.ts'
import type { EngineError, ParsedDocument } from './engine.ts'
import { guard } from './guard.ts'
import type { Encoding } from './guard.ts'
import { walk } from './walk.ts'

export interface Opened {
  readonly parsed: ParsedDocument
  readonly root: Element
  /** node address of each element, by `Element.index` */
  readonly addresses: readonly number[]
  readonly encoding: Encoding
  /** aliases that were applied */
  readonly notes: readonly string[]
}

export interface NotOpened {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
}

/** The caller releases `parsed.document`. */
export function open(bytes: Uint8Array, limits: Limits): Opened | NotOpened {
  const guarded = guard(bytes, limits)
  if ('refusal' in guarded)
    return notOpened(
      'refused',
      limitFinding({
        ...guarded.refusal,
        message: `The document is refused: ${guarded.refusal.found}.`,
      }),
    )
  const parsed = parse(bytes, guarded.encoding)
  if ('failure' in parsed) return notOpened('engine-error', failureFinding(parsed.failure))
  if (!('document' in parsed)) return notWellFormed(parsed)
  const walked = walk(parsed.memory(), parsed.rootAddress, limits)
  if ('root' in walked) return { parsed, encoding: guarded.encoding, notes: [], ...walked }
  parsed.document.dispose()
  return notOpened(
    'refused',
    limitFinding({
      ...walked.excess,
      message: `The document exceeds a limit: ${walked.excess.found}.`,
      mend: 'Send the objects in several messages.',
    }),
  )
}

function notOpened(verdict: Verdict, ...findings: readonly Finding[]): NotOpened {
  return { verdict, findings }
}

function notWellFormed(errors: readonly EngineError[]): NotOpened {
  const deep = errors.find((it) => /Excessive depth|too deep|Maximum.*depth/i.test(it.message))
  if (deep !== undefined)
    return notOpened(
      'refused',
      limitFinding({
        rule: 'LIM-DEPTH',
        expected: 'at most 64 levels of elements',
        found: 'more than 256',
        message: 'The document exceeds a limit: too many levels of elements.',
        mend: 'Send a flatter document.',
      }),
    )
  return notOpened('not-well-formed', ...errors.map(wellformedFinding))
}

function wellformedFinding(error: EngineError): Finding {
  return {
    layer: 'wellformed',
    rule: 'WF-01',
    severity: 'error',
    clause: 'XML 1.0 §2.1',
    path: '',
    line: error.line,
    column: error.column,
    expected: 'well-formed XML',
    found: error.message,
    message: `Not well-formed: ${error.message}.`,
    mend: 'Mend the mark-up at this place; every start tag needs its end tag, and & and < in text are written &amp; and &lt;.',
  }
}

function limitFinding(words: {
  rule: string
  expected: string
  found: string
  message: string
  mend: string
}): Finding {
  return { layer: 'limits', severity: 'error', clause: '', path: '', line: 0, column: 0, ...words }
}

/** Our fault: the engine gave up, so there is neither valid nor invalid. */
export function failureFinding(failure: string): Finding {
  return {
    layer: 'limits',
    rule: 'ENGINE',
    severity: 'error',
    clause: '',
    path: '',
    line: 0,
    column: 0,
    expected: 'a decision of the XSD engine',
    found: failure,
    message: `The XSD engine could not decide: ${failure}.`,
    mend: 'This is no statement about the message; report it with the message and schema.',
  }
}
