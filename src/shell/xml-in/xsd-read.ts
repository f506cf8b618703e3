// XSD folders -> schema files for the catalogue. Reads only what is inside the folders; a link out of one is not followed.

import { createHash } from 'node:crypto'
import { readdirSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import type { SchemaFacts } from '../../schema/schema-facts.ts'
import { bytesOf, reasonOf } from './xsd-bytes.ts'
import type { Reason } from './xsd-bytes.ts'
import { locatorIn } from './xsd-source.ts'

/** A folder of schemas. */
export interface SchemaFolder {
  readonly path: string
  /** the folder as people know it; by default its path */
  readonly shownAs?: string
  readonly shipped: boolean
  /** key of the imported set that it holds */
  readonly edition?: string
  /** SHA-256 by file inside the folder; a file that differs is left out */
  readonly pinned?: ReadonlyMap<string, string>
}

/** A file that is no readable schema: it is left out, and said so. */
export interface UnreadableSchema {
  readonly path: string
  readonly reason: string
}

/** Parses one document, or says why it is refused. */
export type ParseXml = (bytes: Uint8Array) => Element | { readonly reason: string }

/** What files say about themselves, by their SHA-256: they need not be parsed to be listed. */
export type KnownFacts = ReadonlyMap<string, SchemaFacts>

const NOTHING_KNOWN: KnownFacts = new Map()

/**
 * Loads all `*.xsd` of the folders, folder by folder in the order given, files by name. A file that cannot be
 * read or parsed is left out and reported; it never keeps the others away.
 * @throws when a folder does not exist or cannot be read
 */
export async function readSchemas(
  folders: readonly SchemaFolder[],
  parse: ParseXml,
  known: KnownFacts = NOTHING_KNOWN,
): Promise<{
  readonly files: readonly SchemaFile[]
  readonly unreadable: readonly UnreadableSchema[]
}> {
  const all: (SchemaFile | UnreadableSchema)[] = []
  const reading = { parse, known, real: remembered(realpathSync) }
  for (const [at, folder] of folders.entries()) {
    let parsed = 0
    for (const it of schemaNames(folder)) {
      const file = readOne(folder, at, it, reading)
      all.push(file)
      if ('facts' in file) continue
      // Others get their turn in between.
      parsed += 1
      if (parsed % FILES_AT_ONCE === 0) await setImmediate()
    }
  }
  return { files: all.filter((it) => 'root' in it), unreadable: all.filter((it) => 'reason' in it) }
}

/** How the files of one call are read. */
interface Reading {
  readonly parse: ParseXml
  readonly known: KnownFacts
  /** what a path leads to without links; a folder is looked up once for all its files */
  readonly real: (path: string) => string
}

function remembered(look: (path: string) => string): (path: string) => string {
  const known = new Map<string, string>()
  return (path) => {
    const found = known.get(path) ?? look(path)
    known.set(path, found)
    return found
  }
}

/** files that are read and parsed in about 10 ms */
const FILES_AT_ONCE = 16

function schemaNames(folder: SchemaFolder): readonly string[] {
  const names = entriesOf(folder).filter((it) => /\.xsd$/i.test(it))
  if (names.length === 0) throw new Error(`${shownAs(folder)} holds no *.xsd file.`)
  return names.sort()
}

function entriesOf(folder: SchemaFolder): readonly string[] {
  try {
    return readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
  } catch (error) {
    throw new Error(`${shownAs(folder)}: ${reasonOf(error as NodeJS.ErrnoException).reason}.`)
  }
}

function shownAs({ shownAs: name, path }: SchemaFolder): string {
  return (name ?? path).replace(/[/\\]+$/, '')
}

/** Synchronous on purpose: a command starts with it, and awaited reads take twenty times as long. */
function readOne(
  folder: SchemaFolder,
  at: number,
  name: string,
  { parse, known, real }: Reading,
): SchemaFile | UnreadableSchema {
  const inside = name.split(sep).join('/')
  const path = `${shownAs(folder)}/${inside}`
  const bytes = bytesOf(folder.path, join(folder.path, name), real)
  if ('reason' in bytes) return { path, ...bytes }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const facts = known.get(sha256)
  const root = facts === undefined ? rootOf(bytes, parse) : undefined
  if (root !== undefined && 'reason' in root) return { path, ...root }
  if (folder.pinned !== undefined && folder.pinned.get(inside) !== sha256)
    return { path, reason: CHANGED }
  const file = {
    location: `/${at}/${inside}`,
    path,
    shipped: folder.shipped,
    ...(folder.edition === undefined ? {} : { edition: folder.edition }),
    sha256,
    locator: () => locatorIn(folder.path, inside, sha256),
  }
  return root === undefined ? unparsed(file, facts as SchemaFacts, bytes, parse) : { ...file, root }
}

function rootOf(bytes: Uint8Array, parse: ParseXml): Element | Reason {
  const root = parse(bytes)
  if ('reason' in root || (root.name === 'schema' && root.ns === XSD_NS)) return root
  return { reason: 'its root is no xs:schema' }
}

/** A file whose tree is made when somebody reads it. Its octets are kept: on disk there may be others by then. */
function unparsed(
  file: Omit<SchemaFile, 'root'>,
  facts: SchemaFacts,
  bytes: Uint8Array,
  parse: ParseXml,
): SchemaFile {
  let root: Element | undefined
  return {
    ...file,
    facts,
    get root() {
      root ??= rootOf(bytes, parse) as Element
      return root
    },
  }
}

const CHANGED = 'it is not the file that was imported; import the set again with --replace'
