// The engine's complaints -> findings. Where our own diagnosis covers a place, its words are better;
// what it does not cover is passed on in the engine's words, so that no complaint is ever lost.

import type { Element } from '../../envelope/element.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { clauseOf } from '../../schema/xsd-rules.ts'
import type { EngineError } from './engine.ts'
import type { Opened } from './open.ts'

/**
 * Our diagnosis, and behind it what only the engine has found.
 * @param ours the diagnosis of the same element; may be empty
 */
export function complaintsToDrafts(
  errors: readonly EngineError[],
  ours: readonly Draft[],
  subject: Element,
  opened: Pick<Opened, 'elementAt'>,
  layer: Layer,
): readonly Draft[] {
  const places = new Set([...ours.map((it) => it.at), ...parentsOf(subject, inValue(ours))])
  const families = familiesOf(subject, places)
  const missed = errors.flatMap((it) => {
    const element = opened.elementAt(it.node) ?? subject
    const near = isAboutContent(it) ? families : places
    return near.has(element.index) ? [] : [draftOf(it, element, layer)]
  })
  return [...ours, ...missed]
}

/** Places of elements inside a value: the engine also says of the parent that it has no value, which is the same mistake. */
function inValue(ours: readonly Draft[]): ReadonlySet<number> {
  const rules: readonly string[] = ['cvc-type.3.1.2', 'cvc-complex-type.2.2']
  return new Set(ours.filter((it) => rules.includes(it.rule)).map((it) => it.at))
}

/** Places of the elements that have a child at one of these places. */
function parentsOf(subject: Element, at: ReadonlySet<number>): readonly number[] {
  if (at.size === 0) return []
  const own = subject.children.some((it) => at.has(it.index)) ? [subject.index] : []
  return [...own, ...subject.children.flatMap((it) => parentsOf(it, at))]
}

/** Wrong content is one mistake of a family: the engine may name the parent, the child or the next sibling. */
function isAboutContent({ message }: EngineError): boolean {
  return /not expected|Missing child|content is not allowed|content other than/i.test(message)
}

/** Elements that a diagnosis speaks of, together with their parents and siblings. */
function familiesOf(subject: Element, at: ReadonlySet<number>): ReadonlySet<number> {
  const near = new Set<number>()
  const visit = (it: Element): void => {
    if (at.has(it.index) || it.children.some((child) => at.has(child.index)))
      for (const one of [it, ...it.children]) near.add(one.index)
    it.children.forEach(visit)
  }
  if (at.size > 0) visit(subject)
  return near
}

/** `Element '{urn:x}a', attribute 'b': ` before the words themselves */
const SUBJECT = /^Element '[^']*'(?:, attribute '(?:\{[^}]*\})?([^']*)')?: /

function draftOf(error: EngineError, element: Element, layer: Layer): Draft {
  const text = error.message.replace(SUBJECT, '').replace(/\{[^{}]*\}/g, '')
  const attribute = SUBJECT.exec(error.message)?.[1]
  const rule = WORDINGS.find(([pattern]) => pattern.test(text))?.[1] ?? 'cvc-assess-elt'
  return {
    layer,
    rule,
    severity: 'error',
    clause: clauseOf(rule),
    at: element.index,
    ...(attribute === undefined ? {} : { attribute }),
    expected: /Expected is (.*)\.$/.exec(text)?.[1] ?? 'what the schema asks for',
    found: element.children.length > 0 ? `<${element.name}>` : element.text.slice(0, FOUND_LENGTH),
    message: text,
    mend: 'Change it to what the schema asks for here.',
  }
}

/** characters of a value that are quoted */
const FOUND_LENGTH = 80

/** the engine's wordings that stand for a rule which no diagnosis of ours covers (identity constraints, date bounds …) */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/key-sequence|unique identity-constraint|Duplicate key/i, 'cvc-identity-constraint.4'],
  [/facet 'minInclusive'/, 'cvc-minInclusive-valid'],
  [/facet 'maxInclusive'/, 'cvc-maxInclusive-valid'],
  [/facet 'pattern'/, 'cvc-pattern-valid'],
  [/not a valid value/, 'cvc-datatype-valid.1.2.1'],
  [/not expected/, 'cvc-complex-type.2.4.a'],
  [/Missing child/, 'cvc-complex-type.2.4.b'],
  [/No matching global declaration/, 'cvc-elt.1'],
]
