// Imported sets of schemas in the data folder: `<data>/schemas/<edition key>/`, each with a manifest that pins every file.

import { existsSync, promises as fs, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { keyFault } from '../schema/edition.ts'

/** What a set is, as kept in it. */
export interface Manifest {
  readonly format: typeof FORMAT
  readonly key: string
  /** the folder that was imported */
  readonly source: string
  /** ISO 8601 with Z */
  readonly importedAt: string
  /** SHA-256 by file, with `/` on every system */
  readonly files: Readonly<Record<string, string>>
}

const FORMAT = 'cimgate-schema-set'
const MANIFEST = 'cimgate-schema-set.json'

/** One imported set, ready to be read. */
export interface ImportedSet {
  readonly key: string
  readonly path: string
  readonly manifest: Manifest
}

/** A set that cannot be used, and why. */
export interface BrokenSet {
  readonly path: string
  readonly reason: string
}

function folderOf(data: string): string {
  return join(data, 'schemas')
}

/** The sets of a data folder by key; what is no set, such as one that is just being written, is passed over. */
export function importedSets(data: string): readonly (ImportedSet | BrokenSet)[] {
  const folder = folderOf(data)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isDirectory() && keyFault(it.name) === undefined)
    .map(({ name }) => name)
    .sort()
    .map((key) => readSet(key, join(folder, key)))
}

function readSet(key: string, path: string): ImportedSet | BrokenSet {
  try {
    const manifest = JSON.parse(readFileSync(join(path, MANIFEST), 'utf8')) as Manifest
    if (manifest.format === FORMAT && typeof manifest.files === 'object')
      return { key, path, manifest }
    return { path, reason: `${MANIFEST} is no manifest of cimgate; ${AGAIN}` }
  } catch {
    return { path, reason: `it has no ${MANIFEST} that can be read; ${AGAIN}` }
  }
}

const AGAIN = 'import the set again with --replace'

/** A folder of schemas as it is to be read. */
interface Folder {
  readonly path: string
  readonly shownAs: string
  readonly shipped: boolean
  readonly edition?: string
  readonly pinned?: ReadonlyMap<string, string>
}

/** The folders of `--xsd` in their order, then the imported sets by their keys, then the shipped schemas. */
export function schemaFolders(
  { xsd, data }: { readonly xsd: readonly string[]; readonly data?: string },
  shipped: Folder,
): { readonly folders: readonly Folder[]; readonly broken: readonly BrokenSet[] } {
  const own = xsd.map((path) => ({ path: resolve(path), shownAs: path, shipped: false }))
  const sets = data === undefined ? [] : importedSets(data)
  const imported = sets.flatMap((it) => ('reason' in it ? [] : [folderOfSet(it)]))
  return { folders: [...own, ...imported, shipped], broken: sets.filter((it) => 'reason' in it) }
}

function folderOfSet({ key, path, manifest }: ImportedSet): Folder {
  const pinned = new Map(Object.entries(manifest.files))
  return { path: resolve(path), shownAs: path, shipped: false, edition: key, pinned }
}

/** True when the data folder has a set of this key, whole or broken. */
export function hasSet(data: string, key: string): boolean {
  return existsSync(join(folderOf(data), key))
}

/** A set that is to be kept. */
export interface NewSet {
  readonly key: string
  /** folder to copy from */
  readonly source: string
  /** files inside it, with `/` on every system, as they have been checked */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  /** ISO 8601 with Z */
  readonly importedAt: string
}

/**
 * Keeps a set: written beside its place and moved there in one step, so that it is never there in half.
 * @returns its folder
 * @throws {Error} when the folder cannot be written to, or a file has changed since it was checked
 */
export async function keepSet(
  data: string,
  { key, source, files, importedAt }: NewSet,
): Promise<string> {
  const folder = folderOf(data)
  await fs.mkdir(folder, { recursive: true })
  const made = await fs.mkdtemp(join(folder, '.new-'))
  try {
    for (const { name, sha256 } of files) {
      const to = join(made, ...name.split('/'))
      await fs.mkdir(dirname(to), { recursive: true })
      await fs.cp(join(source, ...name.split('/')), to, { dereference: true })
      if (digest(readFileSync(to)) !== sha256) throw new Error(`${name} has changed meanwhile`)
    }
    const pinned = Object.fromEntries(files.map((it) => [it.name, it.sha256]))
    const manifest: Manifest = { format: FORMAT, key, source, importedAt, files: pinned }
    await fs.writeFile(join(made, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    await moveInto(join(folder, key), made)
    return join(folder, key)
  } finally {
    await fs.rm(made, { recursive: true, force: true })
  }
}

/** A folder that is there is moved away first: no system replaces a folder that is not empty. */
async function moveInto(place: string, made: string): Promise<void> {
  if (!existsSync(place)) return fs.rename(made, place)
  const old = `${made}-old`
  await fs.rename(place, old)
  try {
    await fs.rename(made, place)
  } catch (error) {
    await fs.rename(old, place)
    throw error
  }
  await fs.rm(old, { recursive: true, force: true })
}

/** Node's cryptography takes 5 ms to load, and most commands import no set. */
function digest(bytes: Uint8Array): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(bytes).digest('hex')
}
