// Small files beside the database, written so that they are on disk when the call returns.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Reads a small JSON file; undefined when it is absent or no JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes a JSON file in one step: a crash leaves the old one or the new one, never half of it. */
export function replaceJson(file: string, value: unknown): void {
  writeWhole(file, `${JSON.stringify(value, null, 2)}\n`)
  syncFolder(dirname(file))
}

/**
 * Writes a file that is whole whenever it has its name; the name is on disk once the folder is synced.
 * @throws what the disk says
 */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.new`
  withDescriptor(fresh, 'w', (descriptor) => {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  })
  renameSync(fresh, file)
}

/** Makes a folder and those above it, each on disk when the call returns. */
export function makeFolder(path: string): void {
  // One by one: where the system lets nobody make any, as in /proc, Node would try for ever.
  const lowest = resolve(path)
  if (isFolder(lowest)) return
  makeFolder(dirname(lowest))
  try {
    mkdirSync(lowest)
  } catch (error) {
    // Another process may have made it in this moment.
    if (!isFolder(lowest)) throw error
  }
  syncFolder(dirname(lowest))
}

/** False also where nothing is, or nobody may look. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Makes the names in a folder durable. */
export function syncFolder(path: string): void {
  // Windows cannot open a folder; NTFS keeps names in a journal of its own.
  if (process.platform !== 'win32') withDescriptor(path, 'r', fsyncSync)
}

function withDescriptor(path: string, flags: string, action: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags)
  try {
    action(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
