// References of a schema file that lead nowhere.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XML_NS } from './builtins.ts'
import type { SchemaDocument } from './compile/compile.ts'
import { isReference } from './schema-facts.ts'

/** A reference without a file. */
export interface MissingReference {
  /** the xs:import, xs:include or xs:redefine */
  readonly node: Element
  /** what it asks for, as a person would say it */
  readonly what: string
  /** what to put into the folder */
  readonly add: string
}

/** @param document a file with its links; an import that nothing in the file speaks of is no promise of a file */
export function missingReferences({ root, links }: SchemaDocument): readonly MissingReference[] {
  return root.children
    .filter((it) => isReference(it) && links?.has(it) !== true && isNeeded(it, root))
    .map(missing)
}

function missing(node: Element): MissingReference {
  const written = attribute(node, 'schemaLocation')
  const ns = attribute(node, 'namespace') ?? 'no namespace'
  const isImport = node.name === 'import'
  return {
    node,
    what: `${node.name} of ${isImport ? ns : (written ?? 'a file without a name')}`,
    add: isImport ? `a file whose targetNamespace is ${ns}` : (written ?? 'a schemaLocation'),
  }
}

function isNeeded(node: Element, root: Element): boolean {
  if (node.name !== 'import') return true
  const ns = attribute(node, 'namespace')
  const prefixes = ns === XML_NS ? ['xml'] : prefixesOf(root, ns)
  return prefixes.some((it) => mentions(root, `${it}:`))
}

function prefixesOf(it: Element, ns: string | undefined): readonly string[] {
  const own = (it.declared ?? []).filter(([prefix, space]) => space === ns && prefix !== '')
  return [...own.map(([prefix]) => prefix), ...it.children.flatMap((one) => prefixesOf(one, ns))]
}

function mentions(it: Element, start: string): boolean {
  return (
    it.attributes.some(({ value, name }) => NAMES.includes(name) && value.includes(start)) ||
    it.children.some((one) => mentions(one, start))
  )
}

/** attributes that name a component */
const NAMES: readonly string[] = [
  'type',
  'ref',
  'base',
  'substitutionGroup',
  'itemType',
  'memberTypes',
]
