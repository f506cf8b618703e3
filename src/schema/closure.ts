// The files that one schema file needs: its imports and includes, by location inside the folder or by namespace.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XSD_NS } from './builtins.ts'
import type { CatalogueEntry, SchemaFile } from './catalogue.ts'
import type { SchemaDocument } from './compile.ts'

/**
 * The file and all that it imports and includes, in the order of reading.
 * @param entries where an import without a usable location finds its namespace, in order of precedence
 */
export function closureOf(
  file: SchemaFile,
  byLocation: ReadonlyMap<string, SchemaFile>,
  entries: readonly CatalogueEntry[],
): readonly SchemaDocument[] {
  const documents: SchemaDocument[] = []
  const visit = (it: SchemaFile, includer: string) => {
    const targetNamespace = attribute(it.root, 'targetNamespace') ?? includer
    if (
      documents.some(
        (one) => one.location === it.location && one.targetNamespace === targetNamespace,
      )
    )
      return
    documents.push({ location: it.location, root: it.root, targetNamespace })
    for (const node of it.root.children.filter(
      (one) => one.ns === XSD_NS && REFERENCES.includes(one.name),
    )) {
      const next = referred(node, it, byLocation, entries)
      if (next !== undefined) visit(next, node.name === 'import' ? '' : targetNamespace)
    }
  }
  visit(file, '')
  return documents
}

const REFERENCES: readonly string[] = ['import', 'include', 'redefine']

/** By location inside the folder; an import without a usable location by its namespace. */
function referred(
  node: Element,
  from: SchemaFile,
  byLocation: ReadonlyMap<string, SchemaFile>,
  entries: readonly CatalogueEntry[],
): SchemaFile | undefined {
  const location = attribute(node, 'schemaLocation')
  const found =
    location === undefined ? undefined : byLocation.get(resolveLocation(from.location, location))
  if (found !== undefined || node.name !== 'import') return found
  const ns = attribute(node, 'namespace')
  return entries.find((it) => it.targetNamespace === ns)?.file
}

/** A relative schemaLocation as an absolute location; `..` never leaves the folder, which is the first step. */
export function resolveLocation(from: string, to: string): string {
  const parts = to.startsWith('/') ? [''] : from.split('/').slice(0, -1)
  for (const step of to.split('/')) {
    if (step === '..') parts.splice(Math.max(parts.length - 1, 2), 1)
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return `/${parts.filter((it) => it !== '').join('/')}`
}
