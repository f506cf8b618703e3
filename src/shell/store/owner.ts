// Who has the data folder open. The lock on the database decides that; this note only gives the holder
// a name, and tells after a crash that nobody has said goodbye.

import { existsSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { StoreError } from './fault.ts'
import { readJson, replaceJson } from './files.ts'
import type { Folder } from './folder.ts'

interface Owner {
  readonly pid: number
  readonly host: string
  /** ISO 8601 with Z */
  readonly since: string
}

/** Notes this process as the holder. Only whoever has the lock may call it. */
export function writeOwner(folder: Folder): void {
  const owner: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  replaceJson(folder.owner, owner)
}

/** True when the last holder has not said goodbye. */
export function hasOwner(folder: Folder): boolean {
  return existsSync(folder.owner)
}

/** Says goodbye; everything must be in the database file. */
export function removeOwner(folder: Folder): void {
  rmSync(folder.owner, { force: true })
}

/** The refusal for whoever finds the lock taken, naming the holder as far as it is known. */
export function inUse(folder: Folder): StoreError {
  const remedy = 'Stop it, or start with another folder (--data DIR).'
  return new StoreError('store-in-use', `${folder.path} is held by ${holderOf(folder)}. ${remedy}`)
}

/** Who has the lock, as far as it is known. */
export function holderOf(folder: Folder): string {
  const { pid, host } = (readJson(folder.owner) ?? {}) as Partial<Owner>
  return pid === undefined ? 'another program' : `process ${pid} on ${host}`
}
