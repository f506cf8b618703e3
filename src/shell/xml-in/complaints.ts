// The engine's complaints -> findings. Where our own diagnosis covers a place, its words are better;
// what it does not cover is passed on in the engine's words, so that no complaint is ever lost.

import type { Element } from '../../envelope/element.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { clauseOf } from '../../schema/xsd-rules.ts'
import type { EngineError } from './engine.ts'

/** @param ours the diagnosis of the same element tree; may be empty */
export function complaintsToDrafts(
  errors: readonly EngineError[],
  ours: readonly Draft[],
  root: Element,
  layer: Layer,
): readonly Draft[] {
  const covered = new Set(ours.map((it) => it.at))
  const families = familiesOf(root, covered)
  const missed = errors.filter((it) => it.level > 1 && !isCovered(it, root, families))
  return [...ours, ...missed.map((it) => draftOf(it, root, layer))]
}

/** Elements that a diagnosis speaks of, together with their parents and siblings: the engine may name any of the family for one mistake. */
function familiesOf(root: Element, at: ReadonlySet<number>): ReadonlySet<number> {
  const near = new Set<number>()
  const visit = (it: Element): void => {
    const here = at.has(it.index) || it.children.some((child) => at.has(child.index))
    if (here) {
      near.add(it.index)
      for (const child of it.children) near.add(child.index)
    }
    it.children.forEach(visit)
  }
  if (at.size > 0) visit(root)
  return near
}

function isCovered(error: EngineError, root: Element, families: ReadonlySet<number>): boolean {
  const element = elementOf(error.path, root)
  return element !== undefined && families.has(element.index)
}

/** The element that a libxml2 node path names: `/*` + `/*[2]/p:name[1]`; a star counts all element siblings. */
export function elementOf(path: string, root: Element): Element | undefined {
  const steps = path
    .split('/')
    .filter((it) => it !== '' && !it.startsWith('@') && !it.startsWith('text()'))
  let at: Element | undefined = steps.length === 0 ? undefined : root
  for (const step of steps.slice(1)) at = at === undefined ? undefined : childFor(step, at)
  return at
}

function childFor(step: string, parent: Element): Element | undefined {
  const [, name = '', place = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
  const named =
    name === '*'
      ? parent.children
      : parent.children.filter(
          (it) => (it.prefix === '' ? it.name : `${it.prefix}:${it.name}`) === name,
        )
  return named[Number(place) - 1]
}

function draftOf(error: EngineError, root: Element, layer: Layer): Draft {
  const element = elementOf(error.path, root) ?? root
  const text = error.message.replace(/\{[^}]*\}/g, '').replace(/^Element '([^']*)': /, '')
  const [, expected = 'what the schema asks for'] = /Expected is (.*)\.$/.exec(text) ?? []
  const rule = ruleFor(text)
  return {
    layer,
    rule,
    severity: 'error',
    clause: clauseOf(rule),
    at: element.index,
    expected,
    found: element.children.length > 0 ? `<${element.name}>` : element.text.slice(0, 80),
    message: text,
    mend: 'Change it to what the schema asks for here.',
  }
}

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

function ruleFor(text: string): string {
  return WORDINGS.find(([pattern]) => pattern.test(text))?.[1] ?? 'cvc-assess-elt'
}
