// The files that one schema file needs: its imports and includes, each linked to the file that it means.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import type { SchemaFile } from './catalogue.ts'
import type { SchemaDocument } from './compile/compile.ts'
import { resolveLocation } from './reference.ts'
import type { Resolve } from './reference.ts'
import { isReference } from './schema-facts.ts'

export { resolveLocation }

/** What a closure is made with. */
export interface Linking {
  readonly resolve: Resolve
  /** documents that stand for a location as they are, such as those of a derived variant */
  readonly ready: (location: string) => readonly SchemaDocument[] | undefined
}

/** The file and all that it imports and includes, in the order of reading. */
export function closureOf(
  file: SchemaFile,
  { resolve, ready }: Linking,
): readonly SchemaDocument[] {
  const documents: SchemaDocument[] = []
  const isThere = (location: string, targetNamespace: string) =>
    documents.some((it) => it.location === location && it.targetNamespace === targetNamespace)
  const visit = (it: SchemaFile, includer: string) => {
    const made = ready(it.location)
    if (made !== undefined)
      return void documents.push(
        ...made.filter((one) => !isThere(one.location, one.targetNamespace)),
      )
    const targetNamespace = namespaceIn(it, includer)
    if (isThere(it.location, targetNamespace)) return
    const links = linksOf(it, targetNamespace, resolve)
    documents.push(documentOf(it, targetNamespace, links))
    for (const [node, next] of links) visit(next, node.name === 'import' ? '' : targetNamespace)
  }
  visit(file, '')
  return documents
}

/** The file by itself, each of its references with the file that it means. */
export function linkedTo(file: SchemaFile, resolve: Resolve): SchemaDocument {
  const ns = namespaceIn(file, '')
  return documentOf(file, ns, linksOf(file, ns, resolve))
}

type Link = readonly [reference: Element, file: SchemaFile]

function linksOf(file: SchemaFile, ns: string, resolve: Resolve): readonly Link[] {
  return file.root.children.filter(isReference).flatMap((node) => {
    const found = resolve(node, file, ns)
    return found === undefined ? [] : [[node, found] as const]
  })
}

function documentOf(
  file: SchemaFile,
  targetNamespace: string,
  links: readonly Link[],
): SchemaDocument {
  const { location, root } = file
  const targets = new Map(links.map(([node, it]) => [node, it.location]))
  return { location, root, targetNamespace, links: targets, source: file }
}

function namespaceIn({ root }: SchemaFile, includer: string): string {
  return attribute(root, 'targetNamespace') ?? includer
}

/** Files that a file includes, and those that they include; never itself. */
export function includedBy(
  file: SchemaFile,
  ns: string,
  resolve: Resolve,
  kinds: readonly string[] = ['include'],
): ReadonlySet<SchemaFile> {
  const found = new Set<SchemaFile>()
  // The list grows while it is walked.
  const next = [file]
  for (const it of next)
    for (const node of it.root.children.filter(isReference)) {
      const part = kinds.includes(node.name) ? resolve(node, it, ns) : undefined
      if (part === undefined || part === file || found.has(part)) continue
      found.add(part)
      next.push(part)
    }
  return found
}
