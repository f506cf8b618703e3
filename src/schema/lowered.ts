// An XSD tree with every minOccurs lowered to 0. What a particle may be stays: names, order, types, values, attributes.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XSD_NS } from './builtins.ts'

/** What is not to be lowered: the name of a component at the top level of a schema, and what kind it is. */
export type IsKept = (kind: string, name: string) => boolean

/** @param isKept components that stay as they are */
export function loweredSchema(schema: Element, isKept: IsKept): Element {
  const component = (it: Element): Element => {
    if (it.ns === XSD_NS && it.name === 'redefine')
      return withChildren(it, it.children.map(component))
    return isKept(it.name, attribute(it, 'name') ?? '') ? it : lowered(it)
  }
  return withChildren(schema, schema.children.map(component))
}

/** The children of a component, lowered; a component itself occurs nowhere. */
function lowered(it: Element): Element {
  if (it.ns !== XSD_NS || LEAVES.includes(it.name)) return it
  return withChildren(
    it,
    it.children.flatMap((child) => inside(child, it)),
  )
}

/** Simple types and attributes say nothing about how often elements occur. */
const LEAVES: readonly string[] = ['simpleType', 'attribute', 'attributeGroup', 'annotation']

function inside(it: Element, parent: Element): readonly Element[] {
  // A part of an object can be neither complete nor consistent in itself: what it lacks cannot be referred to.
  if (it.ns === XSD_NS && it.name === 'keyref') return []
  if (it.ns === XSD_NS && it.name === 'key') return [{ ...it, name: 'unique' }]
  return [particle(lowered(it), parent)]
}

function particle(it: Element, parent: Element): Element {
  if (it.ns !== XSD_NS || attribute(it, 'maxOccurs') === '0') return it
  // The only group of a named one occurs as often as whoever refers to it says.
  if (parent.name === 'group') return it
  if (parent.name === 'choice' && it.name !== 'choice') return atMost(it, 1)
  return PARTICLES.includes(it.name) ? atMost(it, 0) : it
}

/** A sequence of optional items is empty already. */
const PARTICLES: readonly string[] = ['element', 'any', 'group', 'choice', 'all']

function atMost(it: Element, most: number): Element {
  const written = attribute(it, 'minOccurs') ?? '1'
  if (!/^\s*\d+\s*$/.test(written) || Number(written) <= most) return it
  const others = it.attributes.filter(({ name, ns }) => name !== 'minOccurs' || ns !== '')
  const minOccurs = { name: 'minOccurs', ns: '', prefix: '', value: String(most) }
  return { ...it, attributes: [...others, minOccurs] }
}

function withChildren(it: Element, children: readonly Element[]): Element {
  return { ...it, children, mixed: null }
}
