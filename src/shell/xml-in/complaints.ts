// The engine's complaints -> findings. Where our own diagnosis covers a place, its words are better;
// what it does not cover is said by engine-words.ts, so that no complaint is ever lost.

import { lineage } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { clauseOf } from '../../schema/xsd-rules.ts'
import { locator } from '../../envelope/scan.ts'
import type { EngineError } from './engine.ts'
import { sayingOf } from './engine-words.ts'
import type { Opened } from './open.ts'

/**
 * Our diagnosis, and behind it what only the engine has found.
 * @param ours the diagnosis of the same element; may be empty
 */
export function complaintsToDrafts(
  errors: readonly EngineError[],
  ours: readonly Draft[],
  subject: Element,
  opened: Pick<Opened, 'elementAt' | 'text'>,
  layer: Layer,
): readonly Draft[] {
  const places = new Set([...ours.map((it) => it.at), ...parentsOf(subject, inValue(ours))])
  const families = familiesOf(subject, places)
  const missed = errors.flatMap((it) => {
    const element = opened.elementAt(it.node) ?? elementOn(it, subject, opened)
    const near = isAboutContent(it) ? families : places
    return near.has(element.index) ? [] : [draftOf(it, element, layer)]
  })
  return [...ours, ...missed.filter((it) => !isSaidBetter(it, missed))]
}

/** Of a value that is wrong for a reason, the engine says once more that it is wrong. */
function isSaidBetter(it: Draft, all: readonly Draft[]): boolean {
  if (it.rule !== 'cvc-datatype-valid.1.2.1' || !it.message.includes(' may not be ')) return false
  return all.some(
    (one) =>
      one !== it && one.at === it.at && one.attribute === it.attribute && one.found === it.found,
  )
}

/**
 * Of a reference without its key the engine tells the line and no node: the element of that name there, which holds
 * the value; else the subject as a whole.
 */
function elementOn(
  { message, line }: EngineError,
  subject: Element,
  { text }: Pick<Opened, 'text'>,
): Element {
  const name = /^Element '(?:\{[^}]*\})?([^']*)': No match/.exec(message)?.[1]
  const value = /key-sequence \['([^']*)'/.exec(message)?.[1] ?? ''
  if (name === undefined) return subject
  const holders = below(subject).filter((it) => it.name === name && holds(it, value))
  const locate = locator(text())
  // The line is where the start tag ends.
  return holders.findLast((it) => locate(it.index).line <= line) ?? subject
}

function below(element: Element): readonly Element[] {
  return element.children.flatMap((it) => [it, ...below(it)])
}

function holds(element: Element, value: string): boolean {
  const texts = [element.text, ...element.attributes.map((it) => it.value)]
  return texts.some((it) => it.trim() === value) || element.children.some((it) => holds(it, value))
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

/** Elements that a diagnosis speaks of, together with their parents, siblings and children. */
function familiesOf(subject: Element, at: ReadonlySet<number>): ReadonlySet<number> {
  const near = new Set<number>()
  const told = new Set<Element>()
  const add = (parent: Element | undefined) => {
    if (parent === undefined || told.has(parent)) return
    told.add(parent)
    for (const one of [parent, ...parent.children]) near.add(one.index)
  }
  for (const index of at) {
    const way = lineage(subject, index)
    add(way.at(-1))
    add(way.at(-2))
  }
  return near
}

/** `Element '{urn:x}a', attribute 'b': ` before the words themselves */
const SUBJECT = /^Element '[^']*'(?:, attribute '(?:\{[^}]*\})?([^']*)')?: /

function draftOf(error: EngineError, element: Element, layer: Layer): Draft {
  const text = error.message.replace(SUBJECT, '').replace(/\{[^{}\s]*\}(?=[\w*])/g, '')
  const attribute = SUBJECT.exec(error.message)?.[1] ?? ATTRIBUTE.exec(text)?.[1]
  const isValue = attribute !== undefined && !ATTRIBUTE.test(text)
  const { rule, ...words } = sayingOf(text, isValue ? `The attribute ${attribute}` : element.name)
  return {
    layer,
    rule,
    severity: 'error',
    clause: clauseOf(rule),
    at: element.index,
    ...(attribute === undefined ? {} : { attribute }),
    ...words,
  }
}

/** where the complaint is about the attribute as such, and not about its value */
const ATTRIBUTE = /^The attribute '([^']*)' is (?:not allowed|required)/
