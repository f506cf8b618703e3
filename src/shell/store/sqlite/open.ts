// Opens the embedded database of a folder: claim, lock, check after an unclean stop, migrate. Runs in the
// database thread, whose end is what releases the lock for certain.

import { withBodies } from '../bodies.ts'
import { crashAt, crashDuring } from '../crash.ts'
import { engineOn } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { StoreError } from '../fault.ts'
import {
  RESTORE,
  checkVersion,
  claimFolder,
  folderAt,
  foreignDatabase,
  markReady,
  readMarker,
} from '../folder.ts'
import type { Folder, Marker } from '../folder.ts'
import { injected } from './injected.ts'
import { Kysely, SqliteDialect } from '../kysely.ts'
import { releaseAll } from '../lease.ts'
import { openFile, openMemory } from './connection.ts'
import type { Connection } from './connection.ts'
import { APPLICATION_ID, migrate } from './migrate.ts'
import { octetsOfTexts } from './octets.ts'
import { hasOwner, inUse, removeOwner, writeOwner } from '../owner.ts'
import { SCHEMA_VERSION } from '../migrations.ts'
import { straightTo } from '../statement.ts'
import type { Tables } from '../schema.ts'

/** What was found on opening, for the log. */
export interface Opened {
  /** the last process that had the folder did not close it */
  readonly unclean: boolean
  /** schema version found; 0 = there was no database */
  readonly schemaFound: number
}

/** An open embedded database. */
export interface Embedded {
  readonly engine: Engine
  readonly opened: Opened
  /** Puts everything into the database file; to be called once, as the last thing. */
  close(): Promise<void>
}

/**
 * Opens the database of a folder, or makes it unless it `mustExist`.
 * @throws {StoreError} `store-folder` | `store-in-use` | `store-damaged` | `store-io`
 */
export async function openEmbedded(path: string, mustExist: boolean): Promise<Embedded> {
  const folder = folderAt(path)
  const marker = mustExist
    ? readMarker(folder, SCHEMA_VERSION)
    : claimFolder(folder, SCHEMA_VERSION)
  const connection = lock(folder)
  const unclean = hasOwner(folder)
  writeOwner(folder)
  if (unclean) quickCheck(folder, connection)
  const schemaFound = identify(folder, marker, connection)
  const db = kyselyOn(connection)
  await migrate(db, schemaFound)
  crashAt('after-migration')
  // On reopening the process that leased is this one, and may be sending.
  if (!mustExist) await releaseAll(db)
  markReady(folder, marker, SCHEMA_VERSION)
  const close = () => closeCleanly(folder, connection, db)
  const engine = injected(await bodiesOf(folder, db), connection)
  return { engine, opened: { unclean, schemaFound }, close }
}

async function bodiesOf(folder: Folder, db: Kysely<Tables>): Promise<Engine> {
  try {
    return await withBodies(engineOn(db), db, folder)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** Makes an empty database that ends with its thread. */
export async function openTransient(): Promise<Embedded> {
  const db = kyselyOn(openMemory())
  await migrate(db, 0)
  return {
    engine: engineOn(db),
    opened: { unclean: false, schemaFound: 0 },
    close: () => db.destroy(),
  }
}

/** kysely over one connection. */
export function kyselyOn(database: Connection): Kysely<Tables> {
  const dialect = new SqliteDialect({ database })
  const db = new Kysely<Tables>({ dialect, plugins: [octetsOfTexts] })
  straightTo(database, db)
  return db
}

function lock(folder: Folder): Connection {
  try {
    return openFile(folder.database)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    if (error.code === 'store-in-use') throw inUse(folder)
    if (error.code === 'store-damaged') throw damaged(folder, error.message)
    throw error
  }
}

function quickCheck(folder: Folder, connection: Connection): void {
  const verdict = connection.pragma('quick_check(1)')
  if (verdict !== 'ok') throw damaged(folder, String(verdict))
}

function damaged(folder: Folder, found: string): StoreError {
  return new StoreError('store-damaged', `${folder.database}: ${found} ${RESTORE}`)
}

function identify(folder: Folder, marker: Marker, connection: Connection): number {
  const application = connection.pragma('application_id')
  // 0 = an empty file; only a first start that was cut off may leave one.
  const unfinished = marker.state === 'new' && application === 0
  if (application !== APPLICATION_ID && !unfinished) throw foreignDatabase(folder)
  const version = Number(connection.pragma('user_version'))
  checkVersion(folder, version, SCHEMA_VERSION)
  return version
}

async function closeCleanly(
  folder: Folder,
  connection: Connection,
  db: Kysely<Tables>,
): Promise<void> {
  try {
    crashAt('before-checkpoint')
    crashDuring('during-checkpoint')
    connection.pragma('wal_checkpoint(TRUNCATE)')
    crashAt('after-checkpoint')
    removeOwner(folder)
  } catch {
    // What was acknowledged is in the WAL; the owner that stays makes the next start check.
  }
  await db.destroy()
}
