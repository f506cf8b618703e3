// What one file of a catalogue is for: which roots it judges, and which of them are nouns of messages.

import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS, nearMiss } from '../envelope/namespaces.ts'
import { typedRootNamed } from '../envelope/typed-roots.ts'
import type { SchemaFile } from './catalogue.ts'
import { includedBy } from './closure.ts'
import { editionKey } from './edition.ts'
import { ringsOf } from './entry-rings.ts'
import { key } from './model.ts'
import type { Key } from './model.ts'
import type { Resolve } from './reference.ts'
import { folderOf } from './reference.ts'
import { elementsUsed } from './schema-facts.ts'
import type { SchemaFacts } from './schema-facts.ts'
import { verbsIn } from './select-schema.ts'

/** A schema file together with what its name and content tell; files that it includes are part of it. */
export interface CatalogueEntry {
  readonly file: SchemaFile
  /** it and all that it includes */
  readonly files: readonly SchemaFile[]
  readonly targetNamespace: string
  /** every global element, also of included files */
  readonly roots: readonly string[]
  /** those that may be the payload of a message; none for the envelope, typed messages and files of shared parts */
  readonly nouns: readonly string[]
  /** verbs that the file or folder name mentions: `X.change.xsd`, `change/X.xsd` */
  readonly verbs: ReadonlySet<string>
  /** files that define a namespace together: all of `--xsd`, one imported set, or all that are shipped */
  readonly set: string
  /** number of the part of IEC 61968, where folder or key says so */
  readonly part: string
  /** key of its edition */
  readonly key: string
  /** true for an unconstrained variant that no file writes out */
  readonly derived?: true
}

/** The name of the set of all folders of `--xsd`; no edition key has a blank. */
const GIVEN = 'given by --xsd'
const SHIPPED = 'shipped'

/** One entry for each file that no other of its folder includes. */
export function entriesOf(
  files: readonly SchemaFile[],
  facts: (file: SchemaFile) => SchemaFacts,
  resolve: Resolve,
): readonly CatalogueEntry[] {
  const owners = ownersIn(files, facts, resolve)
  const made = owners.map(([file, parts]) => entryOf(file, parts, facts))
  const uses = usesIn(made)
  const nouns = new Map(made.map((it) => [it, nounsIn(it, uses)]))
  const ringOf = ringsOf({
    hasNouns: (it) => (nouns.get(it) ?? []).length > 0,
    holders: uses.holders,
  })
  return made.map((it) => {
    const isRing = isPayload(it) && ringOf(it) !== undefined
    const own = isRing ? nounsIn(it, { own: uses.own, others: () => false }) : nouns.get(it)
    return { ...it, nouns: own ?? [] }
  })
}

/** Files that are included by no other, each with those that it includes; of a ring of includes the first. */
function ownersIn(
  files: readonly SchemaFile[],
  facts: (file: SchemaFile) => SchemaFacts,
  resolve: Resolve,
): readonly (readonly [SchemaFile, ReadonlySet<SchemaFile>])[] {
  const including = files.filter((it) => facts(it).references.some((one) => one.name !== 'import'))
  const parts = new Map(
    including.map((it) => [it, includedBy(it, facts(it).targetNamespace, resolve)]),
  )
  const order = new Map(files.map((it, at) => [it, at]))
  const place = (it: SchemaFile) => order.get(it) ?? 0
  const isPart = (file: SchemaFile) =>
    including.some(
      (by) =>
        parts.get(by)?.has(file) === true &&
        !(parts.get(file)?.has(by) === true && place(file) < place(by)),
    )
  return files
    .filter((it) => !isPart(it))
    .map((it) => [
      it,
      parts.has(it)
        ? includedBy(it, facts(it).targetNamespace, resolve, ['include', 'redefine'])
        : NO_FILES,
    ])
}

const NO_FILES: ReadonlySet<SchemaFile> = new Set()

function entryOf(
  file: SchemaFile,
  parts: ReadonlySet<SchemaFile>,
  facts: (file: SchemaFile) => SchemaFacts,
): CatalogueEntry {
  const { targetNamespace } = facts(file)
  const files = [file, ...parts]
  const roots = files.flatMap((it) => facts(it).roots)
  const part = partOf(file)
  return {
    file,
    files,
    targetNamespace,
    roots: [...new Set(roots.map(({ name }) => name))],
    nouns: roots.filter(({ abstract }) => !abstract).map(({ name }) => name),
    verbs: verbsIn(file.location),
    set: file.edition ?? (file.shipped ? SHIPPED : GIVEN),
    part,
    key: file.edition ?? editionKey(targetNamespace, part),
  }
}

function partOf({ location, edition = '' }: SchemaFile): string {
  return /^iec-61968-(\d+)/.exec(edition)?.[1] ?? /(?:^|\/)part(\d+)\//.exec(location)?.[1] ?? ''
}

/** Who holds a root by reference: parts of something larger are no nouns. */
interface Uses {
  readonly own: (entry: CatalogueEntry, name: string) => boolean
  readonly others: (entry: CatalogueEntry, name: string) => boolean
  /** the other files beside it that hold one of its roots */
  readonly holders: (entry: CatalogueEntry) => readonly CatalogueEntry[]
}

/** Looked at only where it matters, as it takes the whole text of every payload in the folder; once for each folder. */
function usesIn(entries: readonly CatalogueEntry[]): Uses {
  const used = remembered(
    ({ files, targetNamespace }: CatalogueEntry): ReadonlySet<Key> =>
      new Set(files.flatMap((it) => [...elementsUsed(it.root, targetNamespace)])),
  )
  const inFolder = remembered((folder: string) => {
    const users = new Map<Key, Set<CatalogueEntry>>()
    const own = entries.filter((it) => folderOf(it.file.location) === folder)
    for (const entry of own.filter(isPayload))
      for (const name of used(entry)) users.set(name, (users.get(name) ?? new Set()).add(entry))
    return users
  })
  const users = remembered(({ file }: CatalogueEntry) => inFolder(folderOf(file.location)))
  const usersOf = (entry: CatalogueEntry, name: string): ReadonlySet<CatalogueEntry> =>
    users(entry).get(key(entry.targetNamespace, name)) ?? NO_ENTRIES
  return {
    own: (entry, name) => used(entry).has(key(entry.targetNamespace, name)),
    others: (entry, name) => {
      const all = usersOf(entry, name)
      return all.size > (all.has(entry) ? 1 : 0)
    },
    holders: remembered((entry) => {
      const found = new Set(entry.roots.flatMap((name) => [...usersOf(entry, name)]))
      found.delete(entry)
      return [...found]
    }),
  }
}

const NO_ENTRIES: ReadonlySet<CatalogueEntry> = new Set()

function remembered<K, V>(make: (it: K) => V): (it: K) => V {
  const made = new Map<K, V>()
  return (it) => {
    if (!made.has(it)) made.set(it, make(it))
    return made.get(it) as V
  }
}

/**
 * A root is a noun when file or namespace is named after it, or when nothing holds it. Where all roots hold each
 * other, every one may be a noun; a file whose roots are all held by other files is there for its parts.
 */
function nounsIn(
  entry: CatalogueEntry,
  { own, others }: Pick<Uses, 'own' | 'others'>,
): readonly string[] {
  if (!isPayload(entry)) return []
  const concrete = [...new Set(entry.nouns)]
  if (concrete.every((it) => isNamedAfter(entry, it))) return concrete
  const apart = concrete.filter((it) => isNamedAfter(entry, it) || !others(entry, it))
  const free = apart.filter((it) => isNamedAfter(entry, it) || !own(entry, it))
  return free.length > 0 ? free : apart
}

function isNamedAfter({ file, targetNamespace }: CatalogueEntry, root: string): boolean {
  const stem = file.location.split('/').at(-1)?.split('.')[0]
  return stem === root || lastStep(targetNamespace) === root
}

function lastStep(ns: string): string {
  return /([^/:#]*)[/#]*$/.exec(ns)?.[1] ?? ''
}

/** The payload namespaces of 61968 are what is neither the envelope, in whatever edition, nor a typed message. */
export function isPayload({
  targetNamespace: ns,
  roots,
}: Pick<CatalogueEntry, 'targetNamespace' | 'roots'>): boolean {
  if (ns === MESSAGE_NS || nearMiss(ns) !== undefined) return false
  if (ns.endsWith('Message') && !roots.includes(lastStep(ns))) return false
  if (roots.some(isMessageKind) && roots.includes('FaultMessage')) return false
  return !isTypedFamily(roots)
}

/** Typed messages come in families: `<X>ResponseMessage` and something that it answers or fails with. */
function isTypedFamily(roots: readonly string[]): boolean {
  const replies = roots.map((it) => typedRootNamed(it)?.reply)
  return roots.some(
    (it) => it.endsWith('ResponseMessage') && replies.filter((reply) => reply === it).length > 1,
  )
}
