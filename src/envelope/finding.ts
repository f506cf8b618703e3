// What a judge says about a message: findings, their layers, and the verdict that follows from them.
// It does not judge; it gives every judge the same words.

import { pathsIn } from './element.ts'
import type { Element } from './element.ts'

/** In the order in which they are judged; a failed lower layer leaves nothing to say for some higher ones. */
export const LAYERS = [
  'limits',
  'wellformed',
  'envelope-xsd',
  'envelope-rule',
  'payload-xsd',
  'payload-rule',
  'business',
] as const
export type Layer = (typeof LAYERS)[number]

export type Severity = 'error' | 'warning' | 'info'

/** Rule ids of findings that say that there is no decision: a failure of our own, and a schema that cannot be used. */
export const ENGINE = 'ENGINE'
export const SCHEMA = 'SCHEMA'

/** True for a finding that stands for a decision that was not made. */
export function isUndecided({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule === ENGINE || rule === SCHEMA
}

/** One finding as it is printed, sent and compared: stable, documented in README. */
export interface Finding {
  readonly layer: Layer
  /** stable id: `XSD-…`, `ENV-01`, `PAY-02`, `LIM-…`; never renumbered */
  readonly rule: string
  readonly severity: Severity
  /** clause or source that the rule follows, empty where it is our own */
  readonly clause: string
  /** `/RequestMessage/Header/Verb`; an attribute as `…/Names/@kind`; empty for the whole document */
  readonly path: string
  /** from 1; 0 when the place is unknown */
  readonly line: number
  /** from 1, in characters of the decoded text; 0 when unknown */
  readonly column: number
  readonly expected: string
  readonly found: string
  /** one sentence: what is wrong */
  readonly message: string
  /** one sentence: how to mend it */
  readonly mend: string
}

/** A finding whose place is still an element: path, line and column are worked out only when there is one to report. */
export interface Draft extends Omit<Finding, 'path' | 'line' | 'column'> {
  /** place of the element in document order (`Element.index`) */
  readonly at: number
  /** local name of the attribute that is meant, when it is one */
  readonly attribute?: string
  /** path of what is packed in the element, where it is that which is meant */
  readonly inside?: string
}

/** Line and column of an element in the source text. */
export type Locate = (index: number) => { readonly line: number; readonly column: number }

/** Gives drafts their path, line and column. */
export function place(drafts: readonly Draft[], root: Element, locate: Locate): readonly Finding[] {
  const pathOf = pathsIn(root)
  return drafts.map(({ at, attribute, inside, ...rest }) => {
    const path = `${pathOf(at)}${inside ?? ''}`
    return {
      ...rest,
      path: attribute === undefined ? path : `${path}/@${attribute}`,
      ...locate(at),
    }
  })
}

/** Every verdict, in the order in which a summary counts them. */
export const VERDICTS = [
  'valid',
  'invalid',
  'not-well-formed',
  'no-schema',
  'refused',
  'engine-error',
] as const

/** Valid, or why not. `refused` = limits, DOCTYPE, encoding; `no-schema` = nothing is known about the root. */
export type Verdict = (typeof VERDICTS)[number]

/** `valid` has no finding of severity error; warnings never change a verdict (see `strict`). */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((it) => it.severity === 'error')
}

/** Raises warnings to errors, for `--strict`. */
export function strict(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((it) => (it.severity === 'warning' ? { ...it, severity: 'error' } : it))
}
