// What one XSD file says about itself, read from its top level: all that a catalogue needs to place it.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XSD_NS } from './builtins.ts'
import { isTrue } from './compile/node.ts'
import { key } from './model.ts'
import type { Key } from './model.ts'

/** A global element declaration: a possible root of documents. */
export interface RootFacts {
  readonly name: string
  /** stands in no document itself */
  readonly abstract: boolean
}

/** What a file declares and which files it needs. */
export interface SchemaFacts {
  /** empty for a file that takes the namespace of its includer, or has none */
  readonly targetNamespace: string
  readonly roots: readonly RootFacts[]
  /** its xs:import, xs:include and xs:redefine */
  readonly references: readonly Element[]
  /** all verbs are judged by the file as it stands */
  readonly constrainedOnly: boolean
}

/** Reads the top level of a file. */
export function factsOf(root: Element): SchemaFacts {
  const own = root.children.filter((it) => it.ns === XSD_NS)
  return {
    targetNamespace: attribute(root, 'targetNamespace') ?? '',
    roots: own.filter((it) => it.name === 'element').map(rootFacts),
    references: own.filter(isReference),
    constrainedOnly: isConstrainedOnly(root),
  }
}

function rootFacts(node: Element): RootFacts {
  return { name: attribute(node, 'name') ?? '', abstract: isTrue(attribute(node, 'abstract')) }
}

/** Where an xs:appinfo of a schema says that all verbs are judged by it as it stands. */
const VARIANTS = 'http://cimgate.example/variants'
const ONE_VARIANT = 'constrained only'

/** True for a schema that says of itself that there is no unconstrained variant. */
function isConstrainedOnly(schema: Element): boolean {
  const own = (it: Element, name: string) =>
    it.children.filter((one) => one.ns === XSD_NS && one.name === name)
  return own(schema, 'annotation')
    .flatMap((it) => own(it, 'appinfo'))
    .some((it) => attribute(it, 'source') === VARIANTS && it.text.trim() === ONE_VARIANT)
}

/** True for what names another file. */
export function isReference({ ns, name }: Element): boolean {
  return ns === XSD_NS && REFERENCES.includes(name)
}

const REFERENCES: readonly string[] = ['import', 'include', 'redefine']

/**
 * Global elements that stand in the content of others, by ref. What an element says of itself does not count.
 * @param ns what an unprefixed name means in a file without a namespace of its own
 */
export function elementsUsed(root: Element, ns: string): ReadonlySet<Key> {
  const used = new Set<Key>()
  const visit = (node: Element, outer: ReadonlyMap<string, string>, inside: Key) => {
    const scope = node.declared === null ? outer : new Map([...outer, ...node.declared])
    const ref = node.name === 'element' ? attribute(node, 'ref') : undefined
    if (ref !== undefined) {
      const colon = ref.indexOf(':')
      const prefix = ref.slice(0, Math.max(colon, 0))
      const name = key(scope.get(prefix) ?? (prefix === '' ? ns : ''), ref.slice(colon + 1))
      if (name !== inside) used.add(name)
    }
    for (const it of node.children) visit(it, scope, inside)
  }
  const top = new Map(root.declared ?? [])
  for (const it of root.children) visit(it, top, key(ns, attribute(it, 'name') ?? ''))
  return used
}
