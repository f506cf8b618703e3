// Mistakes in the structure of a message, each with the rule that names it: what is missing, unknown, too many, out of
// order, in the wrong namespace. XML Schema Part 1 §3.4.4 and §3.3.4.

import type { Attribute, Element } from '../../envelope/element.ts'
import { XSI_NS } from '../builtins.ts'
import { admits } from '../model.ts'
import type { Particle } from '../model.ts'
import { slotsOf } from './sites.ts'
import type { Site, Slot } from './sites.ts'
import { beside, edited, withChildren } from './tree.ts'
import type { Place } from './tree.ts'
import type { XsdRule } from '../xsd-rules.ts'

/** A finding that is expected, its place being one of the mutated tree. */
export interface Due {
  readonly rule: string
  readonly place: Place
  readonly attribute?: string
}

/** A broken message. */
export interface Broken {
  /** of the element or attribute that the mistake is about */
  readonly subject: string
  readonly root: Element
  readonly due: readonly Due[]
}

/** One kind of mistake: all ways to make it at a site. */
export interface Operator {
  readonly name: string
  readonly apply: (root: Element, site: Site) => readonly Broken[]
}

/** Mistakes of structure. */
export const CONTENT_OPERATORS: readonly Operator[] = [
  { name: 'missing', apply: (root, site) => each(site, (slot) => missing(root, site, slot)) },
  { name: 'too-many', apply: (root, site) => each(site, (slot) => tooMany(root, site, slot)) },
  { name: 'wrong-namespace', apply: (root, site) => each(site, (it) => strange(root, site, it)) },
  { name: 'out-of-order', apply: outOfOrder },
  { name: 'unknown', apply: unknown },
  { name: 'text-between', apply: textBetween },
  { name: 'unknown-attribute', apply: unknownAttribute },
  { name: 'missing-attribute', apply: missingAttribute },
  { name: 'nil', apply: nil },
  { name: 'unknown-type', apply: unknownType },
]

function each(site: Site, make: (slot: Slot) => Broken | undefined): readonly Broken[] {
  return (slotsOf(site) ?? []).map(make).filter((it) => it !== undefined)
}

function missing(root: Element, { place, element }: Site, slot: Slot): Broken | undefined {
  const last = slot.positions.at(-1)
  if (last === undefined || slot.positions.length > slot.min) return undefined
  const children = element.children.toSpliced(last, 1)
  const broken = edited(root, place, (it) => withChildren(it, children))
  return { subject: slot.decl.name, root: broken, due: [{ rule: LACKS, place }] }
}

const LACKS: XsdRule = 'cvc-complex-type.2.4.b'
const UNEXPECTED: XsdRule = 'cvc-complex-type.2.4.a'
const TOO_MANY: XsdRule = 'cvc-complex-type.2.4.d'

/** Not where a wildcard would take the extra one. */
function tooMany(root: Element, site: Site, slot: Slot): Broken | undefined {
  const { place, element } = site
  const last = slot.positions.at(-1)
  const copy = last === undefined ? undefined : element.children[last]
  if (last === undefined || copy === undefined || isAdmitted(site, copy.ns)) return undefined
  if (slot.positions.length < slot.max) return undefined
  const children = element.children.toSpliced(last + 1, 0, copy)
  const broken = edited(root, place, (it) => withChildren(it, children))
  const due = [{ rule: TOO_MANY, place: [...place, last + 1] }]
  return { subject: slot.decl.name, root: broken, due }
}

/** A namespace that nobody has. */
const STRANGE_NS = 'urn:example:strange'

function strange(root: Element, site: Site, slot: Slot): Broken | undefined {
  const { place } = site
  const last = slot.positions.at(-1)
  if (last === undefined || isAdmitted(site, STRANGE_NS)) return undefined
  const child = [...place, last]
  const broken = edited(root, child, (it) => ({ ...inNamespace(it, STRANGE_NS) }))
  return { subject: slot.decl.name, root: broken, due: [{ rule: UNEXPECTED, place: child }] }
}

/** The element alone: its children stay where they are. */
function inNamespace(it: Element, ns: string): Element {
  const declared = it.declared?.filter(([prefix]) => prefix !== 'strange') ?? []
  return { ...it, ns, prefix: 'strange', declared: [...declared, ['strange', ns]] }
}

function isAdmitted({ shape }: Site, ns: string): boolean {
  const within = (it: Particle): boolean => {
    if (it.kind === 'any') return admits(it, ns)
    return it.kind !== 'element' && it.items.some(within)
  }
  const content = shape?.type.content
  return content?.kind === 'particle' && within(content.particle)
}

/**
 * Two neighbours change places; the one that belongs behind is the one that is reported. Not where a wildcard may take
 * one of them, which would be no mistake.
 */
function outOfOrder(root: Element, site: Site): readonly Broken[] {
  const { place, element } = site
  const single = (slotsOf(site) ?? []).filter((it) => it.positions.length === 1)
  return single.flatMap((slot, at) => {
    const first = slot.positions[0] ?? 0
    if (single[at + 1]?.positions[0] !== first + 1) return []
    const [a, b] = [element.children[first], element.children[first + 1]]
    if (a === undefined || b === undefined) return []
    if (isAdmitted(site, a.ns) || isAdmitted(site, b.ns)) return []
    const children = element.children.with(first, b).with(first + 1, a)
    const broken = edited(root, place, (it) => withChildren(it, children))
    return [
      { subject: b.name, root: broken, due: [{ rule: UNEXPECTED, place: [...place, first] }] },
    ]
  })
}

/** A name that no schema has. */
const NO_NAME = 'notInTheSchema'

function unknown(root: Element, site: Site): readonly Broken[] {
  const { place, element, shape } = site
  const sibling = element.children[0]
  const ns = sibling?.ns ?? element.ns
  if (shape === undefined || shape.text !== undefined || isAdmitted(site, ns)) return []
  const stranger = beside(sibling ?? element, NO_NAME, 'x')
  const broken = edited(root, place, (it) => withChildren(it, [...it.children, stranger]))
  const empty: XsdRule = 'cvc-complex-type.2.1'
  const rule = shape.type.content.kind === 'empty' ? empty : UNEXPECTED
  const due = [{ rule, place: [...place, element.children.length] }]
  return [{ subject: element.name, root: broken, due }]
}

function textBetween(root: Element, { place, element, shape }: Site): readonly Broken[] {
  if (shape === undefined || shape.type.mixed || element.children.length === 0) return []
  const text = 'text between elements'
  const broken = edited(root, place, (it) => ({ ...it, text, mixed: [text, ...it.children] }))
  const rule: XsdRule = 'cvc-complex-type.2.3'
  return [{ subject: element.name, root: broken, due: [{ rule, place }] }]
}

function unknownAttribute(root: Element, site: Site): readonly Broken[] {
  const { shape } = site
  if (shape?.type.anyAttribute !== undefined && admits(shape.type.anyAttribute, '')) return []
  const rule: XsdRule = shape === undefined ? 'cvc-type.3.1.1' : 'cvc-complex-type.3.2.2'
  return [withAttribute(root, site, plain(NO_NAME, 'x'), rule)]
}

function missingAttribute(root: Element, { place, element, shape }: Site): readonly Broken[] {
  const required = [...(shape?.attributes.values() ?? [])].filter((it) => it.required)
  const rule: XsdRule = 'cvc-complex-type.4'
  return required.map(({ name, ns }) => {
    const attributes = element.attributes.filter((it) => it.name !== name || it.ns !== ns)
    const broken = edited(root, place, (it) => ({ ...it, attributes }))
    return { subject: name, root: broken, due: [{ rule, place, attribute: name }] }
  })
}

function nil(root: Element, site: Site): readonly Broken[] {
  if (site.decl.nillable || site.element.children.length > 0) return []
  return [withAttribute(root, site, instance('nil', 'true'), 'cvc-elt.3.1')]
}

/** Not inside a Request: the envelope's lax wildcard looks for the type, too, and both schemas complain. */
function unknownType(root: Element, site: Site): readonly Broken[] {
  const [first] = site.place
  if (first !== undefined && root.children[first]?.name === 'Request') return []
  return [withAttribute(root, site, instance('type', 'NoSuchType'), 'cvc-elt.4.2')]
}

function withAttribute(root: Element, site: Site, extra: Attribute, rule: XsdRule): Broken {
  const { place, element } = site
  const attributes = [...element.attributes, extra]
  const broken = edited(root, place, (it) => ({ ...it, attributes }))
  return { subject: element.name, root: broken, due: [{ rule, place, attribute: extra.name }] }
}

function plain(name: string, value: string): Attribute {
  return { name, ns: '', prefix: '', value }
}

function instance(name: string, value: string): Attribute {
  return { name, ns: XSI_NS, prefix: 'xsi', value }
}
