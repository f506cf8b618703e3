// XSD folders -> schema files for the catalogue. Reads only what is inside the folders; a link out of one is not followed.

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'

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

/**
 * Loads all `*.xsd` of the folders, folder by folder in the order given, files by name. A file that cannot be
 * read or parsed is left out and reported; it never keeps the others away.
 * @throws when a folder does not exist or cannot be read
 */
export async function readSchemas(
  folders: readonly SchemaFolder[],
  parse: ParseXml,
): Promise<{
  readonly files: readonly SchemaFile[]
  readonly unreadable: readonly UnreadableSchema[]
}> {
  const all: (SchemaFile | UnreadableSchema)[] = []
  for (const [at, folder] of folders.entries()) {
    for (const name of schemaNames(folder)) {
      all.push(readOne(folder, at, name, parse))
      // Others get their turn in between.
      if (all.length % FILES_AT_ONCE === 0) await setImmediate()
    }
  }
  return { files: all.filter((it) => 'root' in it), unreadable: all.filter((it) => 'reason' in it) }
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
  parse: ParseXml,
): SchemaFile | UnreadableSchema {
  const inside = name.split(sep).join('/')
  const path = `${shownAs(folder)}/${inside}`
  const bytes = bytesOf(folder.path, join(folder.path, name))
  if ('reason' in bytes) return { path, ...bytes }
  const root = parse(bytes)
  if ('reason' in root) return { path, ...root }
  if (root.name !== 'schema' || root.ns !== XSD_NS)
    return { path, reason: 'its root is no xs:schema' }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (folder.pinned !== undefined && folder.pinned.get(inside) !== sha256)
    return { path, reason: CHANGED }
  return {
    location: `/${at}/${inside}`,
    path,
    shipped: folder.shipped,
    ...(folder.edition === undefined ? {} : { edition: folder.edition }),
    sha256,
    root,
  }
}

const CHANGED = 'it is not the file that was imported; import the set again with --replace'

interface Reason {
  readonly reason: string
}

/** The octets of a file inside a folder, or why they are not read. */
export function bytesOf(folder: string, path: string): Uint8Array | Reason {
  try {
    if (!isInside(folder, path)) return { reason: 'it is a link that leaves the folder' }
    const about = statSync(path)
    // A folder, or a pipe that nobody ever writes to.
    if (!about.isFile()) return { reason: 'it is no file' }
    if (about.size > MOST_BYTES) return { reason: `it has more than ${MOST_BYTES} octets` }
    return readFileSync(path)
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException)
  }
}

/** octets of one schema file; the largest published CIM profile has less than a tenth */
const MOST_BYTES = 16 * 1024 * 1024

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'permission denied',
}

function reasonOf(error: NodeJS.ErrnoException): Reason {
  const { code = '', message } = error
  return { reason: REASONS[code] ?? `it cannot be read: ${code || message}` }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(realpathSync(folder), realpathSync(path))
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
