// Negative cases: messages with one mistake each, made from valid ones, with the exact findings that a judge has to report.
// What is expected follows from the mistake that is made, not from running the diagnosis; the two check each other.

import { readEnvelope } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import { pathOf } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { judge } from '../../envelope/rules.ts'
import { writeElement } from '../../envelope/write.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { messageFromJson } from '../message-xml.ts'
import { CONTENT_OPERATORS } from './content.ts'
import type { Broken, Due } from './content.ts'
import { ENVELOPE_MUTATIONS } from './envelope.ts'
import { jsonMutations } from './json.ts'
import { sitesOf } from './sites.ts'
import { at, numbered, placeOf, readOwn } from './tree.ts'
import { VALUE_OPERATORS } from './value.ts'
import { randomOf } from '../random.ts'
import { sampleMessage, usualVerb } from '../sample/sample.ts'
import type { SampleOptions } from '../sample/sample.ts'
import type { SchemaSet } from '../schemas.ts'

/** A finding as it is expected. */
export interface Expectation {
  readonly rule: string
  readonly path: string
}

/** One negative case. */
export interface Mutant {
  /** unique among the mutants of one message, fit for a file name */
  readonly name: string
  /** the broken message; of XML and JSON one is there */
  readonly xml?: string
  readonly json?: Json
  /** every finding that is due, in no order */
  readonly expect: readonly Expectation[]
}

/** Which mutants are wanted. */
export interface MutantOptions extends SampleOptions {
  /** at most so many, chosen by the seed; by default all */
  readonly count?: number
  /** mistakes in CIM-JSON instead of XML */
  readonly json?: boolean
}

/**
 * Mutants of one valid message. The same schemas, options and seed give the same mutants.
 * @returns none when there is no such message, see `sampleMessage`
 */
export function mutants(
  schemas: SchemaSet,
  noun: string,
  options: MutantOptions = {},
): readonly Mutant[] {
  // Where every element of the schema is to be broken, every element has to be there.
  const sample = sampleMessage(schemas, noun, { ...options, full: options.count === undefined })
  if (sample === undefined) return []
  const verb = options.verb ?? usualVerb(schemas, noun)
  const planned =
    options.json === true
      ? jsonMutations(sample, schemas, verb).map(({ name, ...it }) => ({ name, make: () => it }))
      : xmlMutants(sample, schemas, verb)
  const all = uniquelyNamed(planned)
  const { seed = 0, count = all.length } = options
  const chosen = new Set(
    count < all.length ? randomOf(seed, 'mutants').shuffled(all).slice(0, count) : all,
  )
  return all.filter((it) => chosen.has(it)).map(({ name, make }) => ({ name, ...make() }))
}

/** One that is not written yet: of thousands, few may be wanted. */
interface Planned {
  readonly name: string
  readonly make: () => Omit<Mutant, 'name'>
}

function xmlMutants(sample: JsonObject, schemas: SchemaSet, verb: string): readonly Planned[] {
  const { xml } = messageFromJson(sample, schemas)
  const root = readOwn(xml)
  return [
    ...textMutants(xml),
    ...envelopeMutants(root, schemas),
    ...schemaMutants(root, schemas, verb),
  ]
}

/** What is refused before anybody looks at elements. */
function textMutants(xml: string): readonly Planned[] {
  const planned = (name: string, rule: string, text: string): Planned => ({
    name,
    make: () => ({ xml: text, expect: [{ rule, path: '' }] }),
  })
  return [
    planned('truncated', 'WF-01', xml.slice(0, -1)),
    planned('doctype', 'SEC-DOCTYPE', `<!DOCTYPE x>${xml}`),
    planned('encoding', 'SEC-ENCODING', `<?xml version="1.0" encoding="EBCDIC"?>${xml}`),
  ]
}

function envelopeMutants(root: Element, schemas: SchemaSet): readonly Planned[] {
  const view = readEnvelope(root)
  return ENVELOPE_MUTATIONS.flatMap(({ name, apply }) => {
    const broken = apply({ root, view, schemas })
    if (broken === undefined || !sameVariants(view, readEnvelope(broken.root), schemas)) return []
    const due = broken.due.map(([rule, ...names]) => ({
      rule,
      place: placeOf(broken.root, names) ?? [],
    }))
    return [plannedOf(name, { ...broken, subject: '', due })]
  })
}

function schemaMutants(root: Element, schemas: SchemaSet, verb: string): readonly Planned[] {
  const view = readEnvelope(root)
  const sites = sitesOf(root, schemas, verb)
  const operators = [...CONTENT_OPERATORS, ...VALUE_OPERATORS]
  return sites.flatMap((site) =>
    operators.flatMap(({ name, apply }) =>
      apply(root, site)
        .filter((it) => breaksNoRule(it, view, schemas))
        .map((it) => plannedOf(name, it)),
    ),
  )
}

/** One mistake a mutant: what also breaks a rule of the envelope is left out. */
function breaksNoRule({ root }: Broken, before: EnvelopeView, schemas: SchemaSet): boolean {
  const { catalogue } = schemas
  const view = readEnvelope(root)
  const context = {
    isNoun: catalogue.isNoun,
    suggestNoun: catalogue.suggestNoun,
    queries: catalogue.queried,
    hasSchema: (ns: string, name: string) => catalogue.select(ns, name) !== undefined,
  }
  return sameVariants(before, view, schemas) && judge(view, context).length === 0
}

/** A mistake in a verb must not let another schema judge the payload, or there would be two mistakes. */
function sameVariants(before: EnvelopeView, after: EnvelopeView, schemas: SchemaSet): boolean {
  const [a, b] = [variants(before, schemas), variants(after, schemas)]
  return a.every((it, position) => b[position] === undefined || b[position] === it)
}

function variants(view: EnvelopeView, schemas: SchemaSet): readonly unknown[] {
  const roots = [...view.payloadRoots, ...view.requestRoots]
  const own = roots.map(
    (it) => schemas.payload(it.ns, it.name, view.typed?.verb ?? view.verb)?.model,
  )
  const inside = view.operations.map(({ payloadRoot, elementOperation, verb }) =>
    payloadRoot === undefined
      ? undefined
      : schemas.payload(payloadRoot.ns, payloadRoot.name, elementOperation ? 'change' : verb)
          ?.model,
  )
  return [...own, ...inside]
}

function plannedOf(operator: string, { root, subject, due }: Broken): Planned {
  return {
    name: subject === '' ? operator : `${operator}-${subject}`,
    make: () => {
      const tree = numbered(root)
      return { xml: writeElement(tree), expect: due.map((it) => expectation(tree, it)) }
    },
  }
}

function expectation(root: Element, { rule, place, attribute }: Due): Expectation {
  const path = pathOf(root, at(root, place)?.index ?? 0)
  return { rule, path: attribute === undefined ? path : `${path}/@${attribute}` }
}

/** The second of a name is `…-2`. */
function uniquelyNamed(list: readonly Planned[]): readonly Planned[] {
  const count = new Map<string, number>()
  return list.map((it) => {
    const nth = (count.get(it.name) ?? 0) + 1
    count.set(it.name, nth)
    return nth === 1 ? it : { ...it, name: `${it.name}-${nth}` }
  })
}
