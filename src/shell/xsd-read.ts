// XSD folders -> schema files for the catalogue. Reads only what is inside the folders; a link out of one is not followed.

import { createHash } from 'node:crypto'
import { readFile, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Element } from '../envelope/element.ts'
import { XSD_NS } from '../schema/builtins.ts'
import type { SchemaFile } from '../schema/catalogue.ts'

/** A folder of schemas. */
export interface SchemaFolder {
  readonly path: string
  readonly shipped: boolean
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
    // One file at a time: a large set would run out of handles, and others get their turn in between.
    for (const name of await schemaNames(folder.path))
      all.push(await readOne(folder, at, name, parse))
  }
  return { files: all.filter((it) => 'root' in it), unreadable: all.filter((it) => 'reason' in it) }
}

async function schemaNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((it) => /\.xsd$/i.test(it)).sort()
}

async function readOne(
  folder: SchemaFolder,
  at: number,
  name: string,
  parse: ParseXml,
): Promise<SchemaFile | UnreadableSchema> {
  const path = join(folder.path, name)
  const bytes = await bytesOf(folder.path, path).catch(reasonOf)
  if ('reason' in bytes) return { path, ...bytes }
  const root = parse(bytes)
  if ('reason' in root) return { path, ...root }
  if (root.name !== 'schema' || root.ns !== XSD_NS)
    return { path, reason: 'its root is no xs:schema' }
  return {
    location: `/${at}/${name.split(sep).join('/')}`,
    path,
    shipped: folder.shipped,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    root,
  }
}

interface Reason {
  readonly reason: string
}

async function bytesOf(folder: string, path: string): Promise<Uint8Array | Reason> {
  if (!(await isInside(folder, path))) return { reason: 'it is a link that leaves the folder' }
  const about = await stat(path)
  // A folder, or a pipe that nobody ever writes to.
  if (!about.isFile()) return { reason: 'it is no file' }
  if (about.size > MOST_BYTES) return { reason: `it has more than ${MOST_BYTES} octets` }
  return readFile(path)
}

/** octets of one schema file; the largest published CIM profile has less than a tenth */
const MOST_BYTES = 16 * 1024 * 1024

function reasonOf(error: NodeJS.ErrnoException): Reason {
  return { reason: `it cannot be read: ${error.code ?? error.message}` }
}

async function isInside(folder: string, path: string): Promise<boolean> {
  const way = relative(await realpath(folder), await realpath(path))
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
