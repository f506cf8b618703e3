// How the diagnosis writes its findings down: rule, place and words, long texts cut.

import type { Element } from '../envelope/element.ts'
import type { Draft, Layer } from '../envelope/finding.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'
import { clauseOf } from './xsd-rules.ts'
import type { XsdRule } from './xsd-rules.ts'

/** One run of the diagnosis. */
export interface Diagnosis {
  readonly model: Model
  readonly layer: Layer
  /** grows as the run goes on */
  readonly drafts: Draft[]
  /** namespace declarations around the element that is looked at */
  readonly scope: Scope
  /** the namespace in which a schema declares a root of this name, where somebody knows */
  readonly namespaceOf: ((name: string) => string | undefined) | undefined
}

/** What a report needs beside rule and place. */
export interface Words {
  readonly expected: string
  readonly found: string
  readonly message: string
  readonly mend: string
  readonly attribute?: string
}

/** Findings of one element tree; nobody reads more. */
export const MOST_DRAFTS = 1000

/** True when nothing more is looked for. */
export function isFull({ drafts }: Diagnosis): boolean {
  return drafts.length > MOST_DRAFTS
}

/** Longest piece of a message that is repeated in a finding, in characters. */
const MOST_SHOWN = 80

/** Notes one finding. */
export function report(run: Diagnosis, rule: XsdRule, element: Element, words: Words): void {
  if (isFull(run)) return
  const short = (text: string) =>
    text.length > MOST_SHOWN * 4 ? `${text.slice(0, MOST_SHOWN * 4)}…` : text
  const found =
    words.found.length > MOST_SHOWN ? `${words.found.slice(0, MOST_SHOWN)}…` : words.found
  run.drafts.push({
    layer: run.layer,
    rule,
    severity: 'error',
    clause: clauseOf(rule),
    at: element.index,
    ...words,
    found,
    expected: short(words.expected),
    message: short(words.message),
    mend: short(words.mend),
  })
}
