// XSD folders -> schema files for the catalogue. Reads only what is inside the folders; a link out of one is not followed.

import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { CimError } from '../../envelope/errors.ts'
import type { SchemaFacts } from '../../schema/schema-facts.ts'
import { bytesAt, digest, fileAt, reasonOf } from './xsd-bytes.ts'
import type { Reason, Stamp } from './xsd-bytes.ts'
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

/** A shipped file as it was when its facts were worked out. */
export interface KnownFile extends Stamp {
  readonly sha256: string
}

/** What is known of files: they need not be parsed to be listed, and most need not be read. */
export interface Known {
  /** what files say about themselves, by their SHA-256 */
  readonly facts: ReadonlyMap<string, SchemaFacts>
  /** shipped files by name: one that has not been written since is still the same, and read when it is needed */
  readonly files: ReadonlyMap<string, KnownFile>
}

const NOTHING_KNOWN: Known = { facts: new Map(), files: new Map() }

/**
 * Loads all `*.xsd` of the folders, folder by folder in the order given, files by name. A file that cannot be
 * read or parsed is left out and reported; it never keeps the others away.
 * @throws when a folder does not exist or cannot be read
 */
export async function readSchemas(
  folders: readonly SchemaFolder[],
  parse: ParseXml,
  known: Known = NOTHING_KNOWN,
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
  readonly known: Known
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

function readOne(
  folder: SchemaFolder,
  at: number,
  name: string,
  reading: Reading,
): SchemaFile | UnreadableSchema {
  const inside = name.split(sep).join('/')
  const path = `${shownAs(folder)}/${inside}`
  const it = identified(folder, inside, reading)
  if ('reason' in it) return { path, ...it }
  const { sha256, bytes } = it
  const facts = reading.known.facts.get(sha256)
  const root = facts === undefined ? rootOf(bytes(), reading.parse) : undefined
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
  if (root !== undefined) return { ...file, root }
  return unparsed(file, facts as SchemaFacts, () => rootOf(bytes(), reading.parse))
}

interface Identified {
  readonly sha256: string
  readonly bytes: () => Uint8Array
}

/** Synchronous on purpose: a command starts with it, and awaited reads take twenty times as long. */
function identified(
  folder: SchemaFolder,
  inside: string,
  { known, real }: Reading,
): Identified | Reason {
  const way = join(folder.path, inside)
  const found = fileAt(folder.path, way, real)
  if ('reason' in found) return found
  const same = folder.shipped ? known.files.get(inside) : undefined
  if (same !== undefined && isSame(same, found))
    return { sha256: same.sha256, bytes: () => unchanged(way, found) }
  const bytes = bytesAt(way)
  return 'reason' in bytes ? bytes : { sha256: digest(bytes), bytes: () => bytes }
}

function isSame(one: Stamp, other: Stamp): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs
}

/** Octets of a file that has been listed without being read. */
function unchanged(way: string, listed: Stamp): Uint8Array {
  const bytes = bytesAt(way)
  if ('reason' in bytes || !isSame(statSync(way), listed))
    throw new CimError('unusable-schema', `${way} has changed since cimgate started; run it again.`)
  return bytes
}

function rootOf(bytes: Uint8Array, parse: ParseXml): Element | Reason {
  const root = parse(bytes)
  if ('reason' in root || (root.name === 'schema' && root.ns === XSD_NS)) return root
  return { reason: 'its root is no xs:schema' }
}

/** A file whose tree is made when somebody reads it. */
function unparsed(
  file: Omit<SchemaFile, 'root'>,
  facts: SchemaFacts,
  make: () => Element | Reason,
): SchemaFile {
  let root: Element | undefined
  return {
    ...file,
    facts,
    get root() {
      root ??= make() as Element
      return root
    },
  }
}

const CHANGED = 'it is not the file that was imported; import the set again with --replace'
