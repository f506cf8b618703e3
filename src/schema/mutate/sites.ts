// Where a message can be broken: every kind of element in it once, with the declaration that judges it.

import type { Element } from '../../envelope/element.ts'
import { XSI_NS } from '../builtins.ts'
import { key } from '../model.ts'
import type { ElementDecl, Model, Particle } from '../model.ts'
import type { Place } from './tree.ts'
import { operationVerb } from '../message-json.ts'
import type { SchemaSet } from '../schemas.ts'
import { alternatives, shapeOf } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** One element and what is known about it. */
export interface Site {
  readonly place: Place
  readonly element: Element
  readonly decl: ElementDecl
  readonly model: Model
  /** undefined for an element of a simple type */
  readonly shape: Shape | undefined
}

/**
 * All sites of a valid message, in document order.
 * @param verb of the Header: chooses the variant of the payload schemas
 */
export function sitesOf(root: Element, schemas: SchemaSet, verb: string): readonly Site[] {
  const message = schemas.message(root.ns, root.name, verb)
  const seen = new Set<string>()
  const visit = (element: Element, way: Way, verbHere: string): readonly Site[] => {
    const { decl, model, place, names } = way
    const path = kindOf(decl, names)
    // xsi:type and xsi:nil change what is expected below.
    if (seen.has(path) || element.attributes.some((it) => it.ns === XSI_NS)) return []
    seen.add(path)
    const shape = decl.type.kind === 'complex' ? shapeOf(decl.type, model) : undefined
    const below = element.name === 'Operation' ? operationVerb(element) : verbHere
    const inside = element.children.flatMap((child, position) => {
      const found = declarationOf(child, shape, model, schemas, below ?? verbHere)
      if (found === undefined) return []
      const inner = { ...found, place: [...place, position], names: [...names, decl.name] }
      return visit(child, inner, below ?? verbHere)
    })
    return [{ place, element, decl, model, shape }, ...inside]
  }
  return message === undefined ? [] : visit(root, { ...message, place: [], names: [] }, verb)
}

/** An element of a named type is of one kind wherever it stands, and breaks alike. */
function kindOf({ name, type }: ElementDecl, names: readonly string[]): string {
  const named = type.kind === 'complex' && type.name !== ''
  return named ? `${key(type.ns, type.name)} ${name}` : [...names, name].join('/')
}

interface Way {
  readonly decl: ElementDecl
  readonly model: Model
  readonly place: Place
  readonly names: readonly string[]
}

function declarationOf(
  child: Element,
  shape: Shape | undefined,
  model: Model,
  schemas: SchemaSet,
  verb: string,
): { decl: ElementDecl; model: Model } | undefined {
  const field = shape?.byName.get(key(child.ns, child.name))
  if (field !== undefined) return { decl: field.decl, model }
  return shape?.open === true ? schemas.payload(child.ns, child.name, verb) : undefined
}

/** One place of a flat sequence, with the positions of the children that stand there. */
export interface Slot {
  readonly decl: ElementDecl
  readonly min: number
  readonly max: number
  readonly positions: readonly number[]
}

/**
 * The children by the places of the content model; undefined unless it is a plain sequence in which every name, and a
 * wildcard, has one place at most, as nearly every type of the standard is: only there it is plain which rule breaks.
 */
export function slotsOf({ element, shape, model }: Site): readonly Slot[] | undefined {
  const content = shape?.type.content
  if (content?.kind !== 'particle' || content.particle.kind !== 'sequence') return undefined
  const items = flatItems(content.particle)
  const names = items?.map((it) => (it.kind === 'element' ? key(it.decl.ns, it.decl.name) : ''))
  if (new Set(names).size !== names?.length) return undefined
  return items?.flatMap((it) => (it.kind === 'element' ? [slot(it, element, model)] : []))
}

function flatItems(particle: Particle): readonly Particle[] | undefined {
  if (particle.kind === 'element' || particle.kind === 'any') return [particle]
  if (particle.kind !== 'sequence' || particle.min !== 1 || particle.max !== 1) return undefined
  const parts = particle.items.map(flatItems)
  return parts.includes(undefined) ? undefined : parts.flatMap((it) => it ?? [])
}

function slot(particle: Particle & { kind: 'element' }, element: Element, model: Model): Slot {
  const names = alternatives(particle.decl, model).map((it) => key(it.ns, it.name))
  const positions = element.children.flatMap((it, position) =>
    names.includes(key(it.ns, it.name)) ? [position] : [],
  )
  return { decl: particle.decl, min: particle.min, max: particle.max, positions }
}
