// Which file an xs:import, xs:include or xs:redefine means. The location decides where it leads to a file of the same folder;
// where it is remote, absolute or misspelt the file is looked for inside the folder, and nowhere else on disk or network.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import type { SchemaFile } from './catalogue.ts'

/**
 * The file that a reference means; undefined when there is none.
 * @param ns namespace of the referring file, or of the file that includes it
 */
export type Resolve = (node: Element, from: SchemaFile, ns: string) => SchemaFile | undefined

/** @param namespaceOf target namespace of a file, empty where it has none */
export function resolverOf(
  files: readonly SchemaFile[],
  namespaceOf: (file: SchemaFile) => string,
): Resolve {
  const byLocation = new Map(files.map((it) => [it.location, it]))
  const folders = new Map<string, SchemaFile[]>()
  for (const it of files) {
    const folder = folders.get(folderOf(it.location))
    if (folder === undefined) folders.set(folderOf(it.location), [it])
    else folder.push(it)
  }

  /** Written as it stands, with percent signs decoded, or in another case: all name one file. */
  function located(from: SchemaFile, written: string): SchemaFile | undefined {
    const ways = [written, decoded(written)].map((it) => resolveLocation(from.location, it))
    const exact = ways.map((it) => byLocation.get(it)).find((it) => it !== undefined)
    // An absolute location would lead into another folder; only what is derived from loaded files may say so.
    const isLoaded = folders.has(folderOf(from.location))
    if (exact !== undefined && (!isLoaded || folderOf(exact.location) === folderOf(from.location)))
      return exact
    const folded = ways.map((it) => it.toLowerCase())
    return inFolder(from).find((it) => folded.includes(it.location.toLowerCase()))
  }

  function inFolder(from: SchemaFile): readonly SchemaFile[] {
    return folders.get(folderOf(from.location)) ?? []
  }

  function named(from: SchemaFile, written: string, spaces: readonly string[]) {
    const name = baseName(decoded(written)).toLowerCase()
    const candidates = inFolder(from).filter(
      (it) =>
        it !== from &&
        baseName(it.location).toLowerCase() === name &&
        spaces.includes(namespaceOf(it)),
    )
    return nearestOf(from, candidates)
  }

  return (node, from, ns) => {
    const written = attribute(node, 'schemaLocation')
    const found = written === undefined ? undefined : located(from, written)
    if (found !== undefined) return found
    const isImport = node.name === 'import'
    const wanted = isImport ? (attribute(node, 'namespace') ?? '') : ns
    const spaces = isImport ? [wanted] : [wanted, '']
    const byName = written === undefined ? undefined : named(from, written, spaces)
    if (byName !== undefined || !isImport) return byName
    return nearestOf(
      from,
      inFolder(from).filter((it) => it !== from && namespaceOf(it) === wanted),
    )
  }
}

/** A relative schemaLocation as an absolute location; `..` never leaves the folder, which is the first step. */
export function resolveLocation(from: string, to: string): string {
  const way = to.replaceAll('\\', '/')
  const parts = way.startsWith('/') ? [''] : from.split('/').slice(0, -1)
  for (const step of way.split('/')) {
    if (step === '..') parts.splice(Math.max(parts.length - 1, 2), 1)
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return `/${parts.filter((it) => it !== '').join('/')}`
}

/** The folder that a file was loaded from: the first step of its location. */
export function folderOf(location: string): string {
  return location.split('/', 2)[1] ?? ''
}

/** The one that shares most steps with the referring file; the first of several. */
function nearestOf(from: SchemaFile, files: readonly SchemaFile[]): SchemaFile | undefined {
  const shared = (it: SchemaFile) => sharedSteps(from.location, it.location)
  return files.toSorted((a, b) => shared(b) - shared(a))[0]
}

function sharedSteps(a: string, b: string): number {
  const [one, other] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)]
  const apart = one.findIndex((step, at) => other[at] !== step)
  return apart < 0 ? one.length : apart
}

function baseName(location: string): string {
  return location.split(/[\\/]/).at(-1) ?? ''
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
