// Bytes -> an accepted document with its element tree, or the findings that keep it out.

import type { Element } from '../../envelope/element.ts'
import type { Finding, Verdict } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { decode } from './encoding.ts'
import { parse, release } from './engine.ts'
import type { EngineError, ParsedDocument } from './engine.ts'
import { failureFinding } from './failure.ts'
import { DOCTYPE, guard } from './guard.ts'
import type { Refusal } from './guard.ts'
import { lazy } from './lazy.ts'
import { survey } from './survey.ts'
import { finderIn, treeOf } from './tree.ts'
import { wellformedFindings } from './wellformed.ts'

/** An accepted document. Whoever opened it releases it with `dispose`. */
export interface Opened {
  readonly parsed: ParsedDocument
  readonly root: Element
  /** the element of a node address */
  readonly elementAt: (address: number) => Element | undefined
  /** the decoded source text */
  readonly text: () => string
  /** aliases that were applied */
  readonly notes: readonly string[]
  /** the document as it was sent, where another was made of it: paths are those of this one */
  readonly sent?: Element
  readonly dispose: () => void
}

/** Why there is no document to judge. */
export interface NotOpened {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
}

/** Guards, parses and surveys; never throws for what is in the bytes. */
export function open(bytes: Uint8Array, limits: Limits): Opened | NotOpened {
  const guarded = guard(bytes, limits)
  if ('refusal' in guarded) return refused(guarded.refusal)
  const parsed = parse(bytes, guarded.encoding)
  if ('failure' in parsed)
    return notOpened('engine-error', failureFinding('wellformed', parsed.failure))
  if (!('documentAddress' in parsed)) return notWellFormed(parsed, limits)
  const excess = survey(parsed, limits)
  if (excess === undefined && !parsed.hasDoctype)
    return accepted(parsed, () => decode(bytes, guarded.encoding))
  release(parsed)
  return refused(excess === undefined ? DOCTYPE : { ...excess, mend: FEWER })
}

const FEWER = 'Send the objects in several messages.'

function accepted(parsed: ParsedDocument, text: () => string): Opened {
  const root = treeOf(parsed)
  const find = lazy(() => finderIn(root))
  return {
    parsed,
    root,
    elementAt: (address) => find()(address),
    text: lazy(text),
    notes: [],
    dispose: () => release(parsed),
  }
}

function notOpened(verdict: Verdict, ...findings: readonly Finding[]): NotOpened {
  return { verdict, findings }
}

function refused(refusal: Omit<Refusal, 'rule'> & { readonly rule: string }): NotOpened {
  const message = `The document is refused: ${refusal.found}.`
  return notOpened('refused', { ...WHOLE, layer: 'limits', message, ...refusal })
}

/** Bounds of the engine itself, all far above ours, as it words them: what exceeds one is not malformed. */
const BOUNDS: readonly (readonly [RegExp, string, keyof Limits, string])[] = [
  [/^Excessive depth in document/, 'LIM-DEPTH', 'depth', 'levels of elements'],
  [/^Name too long/, 'LIM-NAME', 'nameLength', 'characters in a name'],
]

function notWellFormed(errors: readonly EngineError[], limits: Limits): NotOpened {
  const bound = BOUNDS.find(([words]) => errors.some((it) => words.test(it.message)))
  if (bound === undefined) return notOpened('not-well-formed', ...wellformedFindings(errors))
  const [, rule, limit, what] = bound
  const [expected, found] = [
    `at most ${limits[limit]} ${what}`,
    `more than ${limits[limit]} ${what}`,
  ]
  return refused({ rule, expected, found, mend: FEWER })
}

/** About the whole document, whose places are not known. */
const WHOLE = { severity: 'error', clause: '', path: '', line: 0, column: 0 } as const
