// An XSD file as the engine gets it: every import and include points at the file that the catalogue chose,
// so that no remote, absolute or missing schemaLocation decides anything, and wildcards and
// references to heads of substitution groups are written as it reads them right.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { SchemaDocument } from '../../schema/compile/compile.ts'
import { isReference } from '../../schema/schema-facts.ts'
import { headNames, withPlainSubstitutes } from './plain-substitutes.ts'
import { withPlainWildcards } from './plain-wildcards.ts'

/**
 * Rewrites what a file includes and imports, its wildcards and its repeated heads of substitution groups.
 * @param documents the closure that the file belongs to
 */
export function linked(document: SchemaDocument, documents: readonly SchemaDocument[]): Element {
  // A file that includes itself says nothing by it, and the engine refuses it.
  const children = document.root.children
    .filter((it) => !isReference(it) || targetOf(it, document) !== document.location)
    .map((it) => (isReference(it) ? link(it, targetOf(it, document), documents) : it))
  const root = withPlainWildcards({ ...document.root, children, mixed: null })
  return withPlainSubstitutes(root, headNames(documents))
}

/** The name under which the engine opens a file; a file name may hold what no URI may. */
export function engineName(
  { location }: { readonly location: string },
  documents: readonly SchemaDocument[],
): string {
  return `/schema/${documents.findIndex((it) => it.location === location)}.xsd`
}

/** What a file includes and nobody has: without it the file says nothing. An import alone is no promise of a file. */
export function unresolved(document: SchemaDocument): readonly string[] {
  return document.root.children
    .filter((it) => isReference(it) && it.name !== 'import')
    .filter((it) => targetOf(it, document) === undefined)
    .map((it) => attribute(it, 'schemaLocation') ?? `what ${it.name} does not name`)
}

function targetOf(node: Element, { links }: SchemaDocument): string | undefined {
  return links?.get(node)
}

function link(
  node: Element,
  location: string | undefined,
  documents: readonly SchemaDocument[],
): Element {
  const others = node.attributes.filter((it) => it.name !== 'schemaLocation')
  if (location === undefined) return { ...node, attributes: others }
  const value = engineName({ location }, documents)
  return { ...node, attributes: [...others, { name: 'schemaLocation', ns: '', prefix: '', value }] }
}
