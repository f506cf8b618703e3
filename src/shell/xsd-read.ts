// XSD folders -> schema files for the catalogue. Reads only what is inside the folders; a link out of one is not followed.

import { createHash } from 'node:crypto'
import { readFile, readdir, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
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

/** Parses one document; null with the reason when it is refused. */
export type ParseXml = (bytes: Uint8Array) => Element | { readonly reason: string }

/**
 * Loads all `*.xsd` of the folders, folder by folder in the order given, files by name.
 * @throws when a folder does not exist or cannot be read
 */
export async function readSchemas(
  folders: readonly SchemaFolder[],
  parse: ParseXml,
): Promise<{
  readonly files: readonly SchemaFile[]
  readonly unreadable: readonly UnreadableSchema[]
}> {
  const read = await Promise.all(folders.map((it, at) => readFolder(it, at, parse)))
  const all = read.flat()
  return { files: all.filter((it) => 'root' in it), unreadable: all.filter((it) => 'reason' in it) }
}

async function readFolder(
  folder: SchemaFolder,
  at: number,
  parse: ParseXml,
): Promise<readonly (SchemaFile | UnreadableSchema)[]> {
  const names = (await readdir(folder.path, { recursive: true }))
    .filter((it) => it.endsWith('.xsd'))
    .sort()
  return Promise.all(names.map((name) => readOne(folder, at, name, parse)))
}

async function readOne(
  folder: SchemaFolder,
  at: number,
  name: string,
  parse: ParseXml,
): Promise<SchemaFile | UnreadableSchema> {
  const path = join(folder.path, name)
  if (!(await isInside(folder.path, path)))
    return { path, reason: 'it is a link that leaves the folder' }
  const bytes = await readFile(path)
  const root = parse(bytes)
  if ('reason' in root) return { path, reason: root.reason }
  if (root.name !== 'schema' || root.ns !== XSD_NS)
    return { path, reason: 'its root is no xs:schema' }
  const location = `/${at}/${name.split(sep).join('/')}`
  return {
    location,
    path,
    shipped: folder.shipped,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    root,
  }
}

async function isInside(folder: string, path: string): Promise<boolean> {
  const way = relative(await realpath(folder), await realpath(path))
  return way !== '' && !way.startsWith('..')
}
