// The catalogue: which schema file judges which root element under which verb. Derived from the files
// that are there; no noun, namespace or file name is written down here.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { requestVerbOf } from '../envelope/verbs.ts'
import { XSD_NS } from './builtins.ts'
import { rootNames } from './compile.ts'
import type { SchemaDocument } from './compile.ts'
import { nearest } from './nearest.ts'

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
    select: (ns, root, verb) => select(entries, ns, root, verb),
    closure: (file) => closure(file, byLocation, entries),
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

/** `create`, `change`, `get` … as words of the path; names such as CreateGroup.xsd do not count. */
function verbsIn(location: string): ReadonlySet<string> {
  const words = location.split(/[^A-Za-z]+/)
  return new Set(words.filter((it) => PATH_VERBS.includes(it)))
}

const PATH_VERBS: readonly string[] = [
  'get',
  'create',
  'change',
  'delete',
  'cancel',
  'close',
  'execute',
]

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

function select(
  entries: readonly CatalogueEntry[],
  ns: string | undefined,
  root: string,
  verb: string | undefined,
): CatalogueEntry | undefined {
  const named = entries.filter(
    (it) =>
      (ns === undefined ? isPayload(it) : it.targetNamespace === ns) && it.roots.includes(root),
  )
  const first = named[0]
  if (first === undefined || named.length === 1) return first
  const candidates = named.filter((it) => it.targetNamespace === first.targetNamespace)
  const verbs = candidates.map(wordsApart(candidates))
  for (const wanted of wishes(verb)) {
    const fits = verbs.findIndex((it) => (wanted === '' ? it.size === 0 : it.has(wanted)))
    if (fits >= 0) return candidates[fits]
  }
  return first
}

/** The verbs in those steps of the paths in which the candidates differ: `…/create/X.xsd` and `…/change/X.xsd`. */
function wordsApart(
  candidates: readonly CatalogueEntry[],
): (it: CatalogueEntry) => ReadonlySet<string> {
  const steps = candidates.map((it) => it.file.path.split(/[\\/]/))
  const first = steps[0] ?? []
  const apart = first.findIndex((step, at) => steps.some((it) => it[at] !== step))
  return (it) => verbsIn(it.file.path.split(/[\\/]/).slice(Math.max(0, apart)).join('/'))
}

/** The verb itself, for change-like verbs the change variant, then a file that names no verb, then the verb's relatives. */
function wishes(verb: string | undefined): readonly string[] {
  if (verb === undefined) return ['', 'create']
  const requested = requestVerbOf(verb) ?? ''
  const own = CHANGES.includes(verb) ? [verb, 'change'] : verb === 'reply' ? ['get'] : [verb]
  return [...own, '', requested, CHANGES.includes(requested) ? 'change' : '', 'create'].filter(
    (it, at) => it !== '' || at === own.length,
  )
}

const CHANGES: readonly string[] = ['change', 'delete', 'cancel', 'close']

/** Names under which a noun is queried: `GetX`, and for plurals `XQueries` without the plural ending. */
function queriesOf(noun: string): readonly string[] {
  const singulars = [noun.replace(/s$/, ''), noun.replace(/es$/, '')]
  return [`Get${noun}`, ...singulars.map((it) => `${it}Queries`)]
}

function closure(
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

/** A relative schemaLocation as an absolute location; `..` never climbs above the folder. */
export function resolveLocation(from: string, to: string): string {
  const parts = to.startsWith('/') ? [''] : from.split('/').slice(0, -1)
  for (const step of to.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return `/${parts.filter((it) => it !== '').join('/')}`
}
