// The catalogue: which schema file judges which root element under which verb. Derived from the files
// that are there; no noun, namespace or file name is written down here.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { closureOf } from './closure.ts'
import { rootNames } from './compile.ts'
import type { SchemaDocument } from './compile.ts'
import { nearest } from './nearest.ts'
import { selectorOf, verbsIn } from './select-schema.ts'

export { resolveLocation } from './closure.ts'

/** One XSD file as loaded. */
export interface SchemaFile {
  /** unique, absolute, with `/` on every system: `/<folder number>/part5/X.xsd`; relative schemaLocations are resolved against it */
  readonly location: string
  /** the path as people know it */
  readonly path: string
  /** false for files from `--xsd` */
  readonly shipped: boolean
  readonly sha256: string
  readonly root: Element
}

/** A schema file together with what its name and content tell. */
export interface CatalogueEntry {
  readonly file: SchemaFile
  readonly targetNamespace: string
  readonly roots: readonly string[]
  /** verbs that the file or folder name mentions: `X.change.xsd`, `change/X.xsd` */
  readonly verbs: ReadonlySet<string>
}

/** One line of `cimgate schemas list`. */
export interface NounEntry {
  readonly noun: string
  /** 5, 6, 9 or 100 where the folder says so, else empty */
  readonly part: string
  /** the year in the namespace, else empty */
  readonly edition: string
  readonly status: 'shipped' | 'draft' | 'imported'
  readonly variant: 'constrained' | 'unconstrained'
  readonly payloadNs: string
  /** namespace of its strongly typed messages */
  readonly messageNs: string
  readonly path: string
  readonly sha256: string
}

export interface Catalogue {
  readonly entries: readonly CatalogueEntry[]
  readonly nouns: readonly NounEntry[]
  /** The file that judges this root; a namespace of `undefined` means "whatever the catalogue has under that name". */
  readonly select: (
    ns: string | undefined,
    root: string,
    verb?: string,
  ) => CatalogueEntry | undefined
  /** The file and all that it imports and includes, in the order of reading. */
  readonly closure: (file: SchemaFile) => readonly SchemaDocument[]
  readonly isNoun: (name: string) => boolean
  readonly suggestNoun: (name: string) => string | undefined
  /** The noun that a query noun asks for (`Get<Noun>`, `<X>Queries`), by the names that are there. */
  readonly queried: (noun: string) => string | undefined
  /** The query noun under which a noun is asked for, when there is one. */
  readonly queryOf: (noun: string) => string | undefined
}

/** @param files in order of precedence: those of `--xsd` in their order, then the shipped ones */
export function catalogueOf(files: readonly SchemaFile[]): Catalogue {
  const all = files.map(entryOf)
  // A namespace that an imported set defines is judged by that set alone.
  const imported = new Set(all.filter((it) => !it.file.shipped).map((it) => it.targetNamespace))
  const entries = all.filter((it) => !it.file.shipped || !imported.has(it.targetNamespace))
  const byLocation = new Map(files.map((it) => [it.location, it]))
  const nouns = entries.filter(isPayload).flatMap(nounsOf)
  const names = new Set(nouns.map((it) => it.noun))
  const queried = (noun: string) => [...names].find((it) => queriesOf(it).includes(noun))
  return {
    entries,
    nouns,
    select: selectorOf(entries, isPayload),
    closure: (file) => closureOf(file, byLocation, entries),
    isNoun: (name) => names.has(name),
    suggestNoun: (name) => nearest(name, names) ?? [...names].find((it) => it === `${name}s`),
    queried,
    queryOf: (noun) => queriesOf(noun).find((it) => names.has(it)),
  }
}

function entryOf(file: SchemaFile): CatalogueEntry {
  const targetNamespace = attribute(file.root, 'targetNamespace') ?? ''
  return { file, targetNamespace, roots: rootNames(file.root), verbs: verbsIn(file.location) }
}

/** The payload namespaces of 61968 are what is neither the envelope nor a typed message. */
function isPayload(entry: CatalogueEntry): boolean {
  const { targetNamespace: ns } = entry
  return (
    ns !== MESSAGE_NS &&
    !ns.endsWith('Message') &&
    !(entry.roots.some(isMessageKind) && entry.roots.includes('FaultMessage'))
  )
}

function nounsOf(entry: CatalogueEntry): readonly NounEntry[] {
  const { file, targetNamespace } = entry
  const part = /(?:^|\/)part(\d+)\//.exec(file.location)?.[1] ?? ''
  const draft = /(?:^|\/)draft\//.test(file.location)
  return entry.roots.map((noun) => ({
    noun,
    part,
    edition: /\/(\d{4})\//.exec(targetNamespace)?.[1] ?? '',
    status: !file.shipped ? 'imported' : draft ? 'draft' : 'shipped',
    variant: entry.verbs.has('change') ? 'unconstrained' : 'constrained',
    payloadNs: targetNamespace,
    messageNs: messageNamespace(targetNamespace),
    path: file.path,
    sha256: file.sha256,
  }))
}

/** `http://iec.ch/TC57/<year>/<Noun>#` -> `http://iec.ch/TC57/<year>/<Noun>Message` */
export function messageNamespace(payloadNs: string): string {
  return `${payloadNs.replace(/#$/, '')}Message`
}

/** Names under which a noun is queried: `GetX`, and for plurals `XQueries` without the plural ending. */
function queriesOf(noun: string): readonly string[] {
  const singulars = [noun.replace(/s$/, ''), noun.replace(/es$/, '')]
  return [`Get${noun}`, ...singulars.map((it) => `${it}Queries`)]
}
