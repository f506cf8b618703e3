// The catalogue: which schema file judges which root element under which verb. Derived from the files
// that are there; no noun, namespace or file name is written down here.

import { VERBS } from '../envelope/verbs.ts'
import type { Element } from '../envelope/element.ts'
import type { Locate } from '../envelope/finding.ts'
import { XML_NS } from './builtins.ts'
import { closureOf, linkedTo } from './closure.ts'
import type { SchemaDocument } from './compile/compile.ts'
import { yearOf } from './edition.ts'
import { entriesOf, isPayload } from './entry.ts'
import type { CatalogueEntry } from './entry.ts'
import { nearest } from './nearest.ts'
import { precedenceOf } from './precedence.ts'
import type { EditionChoice } from './precedence.ts'
import { derivation } from './derivation.ts'
import { resolverOf } from './reference.ts'
import type { Resolve } from './reference.ts'
import { factsOf } from './schema-facts.ts'
import type { SchemaFacts } from './schema-facts.ts'
import { XML_ATTRIBUTES } from './xml-namespace.ts'
import { selectorOf } from './select-schema.ts'
import { attribute } from '../envelope/element.ts'

export type { CatalogueEntry } from './entry.ts'
export type { EditionChoice } from './precedence.ts'

/** One XSD file as loaded. */
export interface SchemaFile {
  /** unique, absolute, with `/` on every system: `/<folder number>/part5/X.xsd`; relative schemaLocations are resolved against it */
  readonly location: string
  /** the path as people know it */
  readonly path: string
  /** false for files from `--xsd` and for imported ones */
  readonly shipped: boolean
  /** key of the imported set that it belongs to */
  readonly edition?: string
  readonly sha256: string
  /** the whole tree; where `facts` are given it is read when somebody asks for it */
  readonly root: Element
  /** reads its text again for the places of its elements; undefined when it is gone, or another one by now */
  readonly locator?: () => Locate | undefined
  /** what the file says about itself, where that is known without its tree */
  readonly facts?: SchemaFacts
}

/** One line of `cimgate schemas list`. */
export interface NounEntry {
  readonly noun: string
  /** 5, 6, 9 or 100 where the folder or the key says so, else empty */
  readonly part: string
  /** the year in the namespace, else empty */
  readonly edition: string
  /** `iec-61968-5@2017`, `draft@2026`: what a configuration chooses by */
  readonly key: string
  readonly status: 'shipped' | 'draft' | 'imported'
  readonly variant: 'constrained' | 'unconstrained'
  /** true for an unconstrained variant that no file writes out */
  readonly derived: boolean
  /** true for what judges and writes where no namespace is given */
  readonly selected: boolean
  readonly payloadNs: string
  /** namespace of its strongly typed messages */
  readonly messageNs: string
  readonly path: string
  readonly sha256: string
}

export interface Catalogue {
  /** every file that was loaded, in order of precedence */
  readonly files: readonly SchemaFile[]
  /** those that judge, without what they include */
  readonly entries: readonly CatalogueEntry[]
  readonly nouns: readonly NounEntry[]
  /** what is there but judges nothing, because another set or file comes first */
  readonly shadowed: readonly NounEntry[]
  /** what is wrong with the choice of editions, one sentence each */
  readonly problems: readonly string[]
  /** The file that judges this root; a namespace of `undefined` means the selected edition of that name. */
  readonly select: (
    ns: string | undefined,
    root: string,
    verb?: string,
  ) => CatalogueEntry | undefined
  /** The file and all that it imports and includes, in the order of reading. */
  readonly closure: (file: SchemaFile) => readonly SchemaDocument[]
  /** The file alone, with the files that it imports and includes itself. */
  readonly linked: (file: SchemaFile) => SchemaDocument
  readonly isNoun: (name: string) => boolean
  readonly suggestNoun: (name: string) => string | undefined
  /** The noun that a query noun asks for (`Get<Noun>`, `<X>Queries`), by the names that are there. */
  readonly queried: (noun: string) => string | undefined
  /** The query noun under which a noun is asked for, when there is one. */
  readonly queryOf: (noun: string) => string | undefined
}

/**
 * @param files in order of precedence: those of `--xsd` in their order, then the imported sets, then the shipped ones
 * @param choice edition by noun, where the first is not the one to use
 */
export function catalogueOf(files: readonly SchemaFile[], choice: EditionChoice = {}): Catalogue {
  const facts = remembered(factsOf)
  const resolve = resolverOf(files, (it) => facts(it).targetNamespace)
  const all = entriesOf(files, facts, resolve)
  const { entries, preferred, problems } = precedenceOf(all, choice)
  const names = new Set(entries.flatMap((it) => it.nouns))
  const asked = queriedIn(names)
  const queried = (noun: string) => asked.get(noun)
  const derived = derivation(
    all,
    (file) => closureOf(file, { resolve: anywhere, ready: NONE }),
    facts,
  )
  const nouns = new Map(entries.map((it) => [it, new Set(it.nouns)]))
  const select = selectorOf(entries, {
    isPayload,
    preferred,
    unconstrained: (entry, root) =>
      nouns.get(entry)?.has(root) === true && queried(root) === undefined
        ? derived.of(entry)
        : undefined,
  })
  let made: Rows | undefined
  const rows = () => (made ??= rowsOf(all, select))
  return {
    files,
    entries,
    // Judging a message takes no list of nouns.
    get nouns() {
      return rows().used
    },
    get shadowed() {
      return rows().shadowed
    },
    problems,
    select,
    linked: (file) => linkedTo(file, anywhere),
    closure: (file) => closureOf(file, { resolve: anywhere, ready: derived.documents }),
    isNoun: (name) => names.has(name),
    suggestNoun: (name) => nearest(name, names) ?? [...names].find((it) => it === `${name}s`),
    queried,
    queryOf: (noun) => queriesOf(noun).find((it) => names.has(it)),
  }

  /** What a folder does not have itself comes from the others, in their order. */
  function anywhere(...[node, from, ns]: Parameters<Resolve>): SchemaFile | undefined {
    const written = attribute(node, 'schemaLocation') ?? ''
    const found = derived.file(written) ?? resolve(node, from, ns)
    if (found !== undefined || node.name !== 'import') return found
    const wanted = attribute(node, 'namespace') ?? ''
    const own = entries.find((it) => it.targetNamespace === wanted)?.file
    return own ?? (wanted === XML_NS ? XML_ATTRIBUTES : undefined)
  }
}

const NONE = () => undefined

const VERB_OR_NONE: readonly (string | undefined)[] = [undefined, ...Object.keys(VERBS)]

function remembered(read: (root: Element) => SchemaFacts): (file: SchemaFile) => SchemaFacts {
  const known = new Map<SchemaFile, SchemaFacts>()
  return (file) => {
    const facts = known.get(file) ?? file.facts ?? read(file.root)
    known.set(file, facts)
    return facts
  }
}

/** What judges, and what is there but judges nothing. */
interface Rows {
  readonly used: readonly NounEntry[]
  readonly shadowed: readonly NounEntry[]
}

function rowsOf(all: readonly CatalogueEntry[], select: Catalogue['select']): Rows {
  const used: NounEntry[] = []
  const shadowed: NounEntry[] = []
  for (const entry of all)
    for (const noun of entry.nouns) {
      const judges = VERB_OR_NONE.map((verb) => select(entry.targetNamespace, noun, verb))
      const part = judges.find((it) => it?.derived === true && it.files === entry.files)
      const rows = judges.includes(entry) ? used : shadowed
      rows.push(rowOf(entry, noun, select))
      if (part !== undefined) used.push(rowOf(part, noun, select))
    }
  return { used, shadowed }
}

function rowOf(entry: CatalogueEntry, noun: string, select: Catalogue['select']): NounEntry {
  const { file, targetNamespace, part, key, derived = false } = entry
  const chosen = select(undefined, noun)
  return {
    noun,
    part,
    edition: yearOf(targetNamespace),
    key,
    status: !file.shipped
      ? 'imported'
      : /(?:^|\/)draft\//.test(file.location)
        ? 'draft'
        : 'shipped',
    variant: derived || entry.verbs.has('change') ? 'unconstrained' : 'constrained',
    derived,
    selected: chosen?.targetNamespace === targetNamespace && chosen.set === entry.set,
    payloadNs: targetNamespace,
    messageNs: messageNamespace(targetNamespace),
    path: file.path,
    sha256: file.sha256,
  }
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

/** Nouns by the names under which they are queried; the first of several. */
function queriedIn(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const asked = new Map<string, string>()
  for (const noun of names)
    for (const it of queriesOf(noun)) if (!asked.has(it)) asked.set(it, noun)
  return asked
}
