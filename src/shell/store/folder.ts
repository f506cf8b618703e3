// The data folder around the database: its marker says what it is and which version. The database file
// is never opened here: closing any descriptor of it would drop the engine's lock on it (POSIX).

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from './fault.ts'
import { makeFolder, readJson, replaceJson } from './files.ts'

const FORMAT = 'cimgate-store'

/** What `cimgate.json` says. */
export interface Marker {
  readonly format: string
  /** version of the tables in the database */
  readonly schema: number
  /** when the folder was made, ISO 8601 with Z */
  readonly created: string
  /** `new` until the first start has made the database: only then may it be absent */
  readonly state: 'new' | 'ready'
}

/** The files of a data folder. */
export interface Folder {
  readonly path: string
  readonly database: string
  readonly marker: string
  /** folder of long texts */
  readonly bodies: string
  /** process and host that have it open; left behind by an unclean stop */
  readonly owner: string
}

/** Names the files of a data folder. */
export function folderAt(path: string): Folder {
  return {
    path,
    database: join(path, 'cimgate.db'),
    marker: join(path, 'cimgate.json'),
    bodies: join(path, 'bodies'),
    owner: join(path, 'cimgate.pid'),
  }
}

/**
 * Reads the marker of a folder, or makes folder and marker where there is nothing yet.
 * @param known newest schema version of this program
 * @throws {StoreError} `store-folder`, naming what does not fit and the remedy
 */
export function claimFolder(folder: Folder, known: number): Marker {
  try {
    makeFolder(folder.path)
    return existsSync(folder.marker) ? readMarker(folder, known) : newMarker(folder, known)
  } catch (error) {
    throw unusable(folder, error as NodeJS.ErrnoException)
  }
}

/** Why nothing can be written there, by what the system says, and what to do. */
const UNUSABLE: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  EEXIST: ['a file stands in its place', 'Choose another folder (--data DIR).'],
  ENOTDIR: ['a file stands in its place', 'Choose another folder (--data DIR).'],
  EACCES: [
    'permission denied',
    'Give the user of cimgate the right to write there, or choose another folder (--data DIR).',
  ],
  EPERM: [
    'permission denied',
    'Give the user of cimgate the right to write there, or choose another folder (--data DIR).',
  ],
  EROFS: ['the file system is read-only', 'Choose another folder (--data DIR).'],
  ENOENT: ['no folder can be made there', 'Choose another folder (--data DIR).'],
}

function unusable({ path }: Folder, error: NodeJS.ErrnoException): unknown {
  const [why, remedy] = UNUSABLE[error.code ?? ''] ?? []
  if (error instanceof StoreError || why === undefined || remedy === undefined) return error
  return refused(`${error.path ?? path} cannot be used: ${why}.`, remedy)
}

/**
 * Reads the marker of a folder that must be a store already.
 * @throws {StoreError} as {@link claimFolder}
 */
export function readMarker(folder: Folder, known: number): Marker {
  const marker = readJson(folder.marker)
  if (!isMarker(marker)) throw refused(`${folder.marker} is no marker of cimgate.`, RESTORE)
  checkVersion(folder, marker.schema, known)
  if (marker.state === 'ready' && !existsSync(folder.database))
    throw refused(`${folder.marker} is there but ${folder.database} is missing.`, RESTORE)
  return marker
}

function newMarker(folder: Folder, schema: number): Marker {
  // A WAL alone may hold all that was acknowledged; a new database would erase it.
  const left = [folder.database, `${folder.database}-wal`].find((file) => existsSync(file))
  if (left) throw refused(`${left} is there but ${folder.marker} is missing.`, RESTORE)
  const marker: Marker = {
    format: FORMAT,
    schema,
    created: new Date().toISOString(),
    state: 'new',
  }
  replaceJson(folder.marker, marker)
  return marker
}

/** Says that the database is there and has this version. */
export function markReady(folder: Folder, marker: Marker, schema: number): void {
  if (marker.state === 'ready' && marker.schema === schema) return
  replaceJson(folder.marker, { ...marker, schema, state: 'ready' } satisfies Marker)
}

/** @throws {StoreError} `store-folder` when the tables are newer than this program */
export function checkVersion(folder: Folder, found: number, known: number): void {
  if (found <= known) return
  throw refused(
    `${folder.path} has schema version ${found}, this program knows up to ${known}.`,
    'Start the version of cimgate that wrote it, or a newer one.',
  )
}

/** The refusal of a database that was not made by cimgate, or lost its first page. */
export function foreignDatabase(folder: Folder): StoreError {
  return refused(`${folder.database} is no database of cimgate.`, RESTORE)
}

/** What to do when parts of a folder are lost or damaged. */
export const RESTORE =
  'Restore the whole folder from one backup, or start with an empty one (--data DIR).'

function isMarker(value: unknown): value is Marker {
  if (typeof value !== 'object' || value === null) return false
  const { format, schema, state } = value as Partial<Marker>
  return format === FORMAT && Number.isInteger(schema) && (state === 'new' || state === 'ready')
}

function refused(found: string, remedy: string): StoreError {
  return new StoreError('store-folder', `${found} ${remedy}`)
}
