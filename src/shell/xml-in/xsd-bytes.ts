// The octets of a schema file, as far as it is a file inside its folder.

import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'

/** Why something is not read, without a stop. */
export interface Reason {
  readonly reason: string
}

/** What tells that a file has not been written meanwhile. */
export interface Stamp {
  readonly size: number
  readonly mtimeMs: number
}

/** The octets of a file inside a folder, or why they are not read. */
export function bytesOf(folder: string, path: string): Uint8Array | Reason {
  const found = fileAt(folder, path)
  return 'reason' in found ? found : bytesAt(path)
}

/** A file inside a folder that may be read, or why not. */
export function fileAt(
  folder: string,
  path: string,
  real: (path: string) => string = realpathSync,
): Stamp | Reason {
  try {
    const own = lstatSync(path)
    const isLink = own.isSymbolicLink()
    const way = isLink ? real(path) : join(real(dirname(path)), basename(path))
    if (!isInside(real(folder), way)) return { reason: 'it is a link that leaves the folder' }
    const about = isLink ? statSync(path) : own
    // A folder, or a pipe that nobody ever writes to.
    if (!about.isFile()) return { reason: 'it is no file' }
    if (about.size > MOST_BYTES) return { reason: `it has more than ${MOST_BYTES} octets` }
    return about
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException)
  }
}

/** The octets of a file. */
export function bytesAt(path: string): Uint8Array | Reason {
  try {
    return readFileSync(path)
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException)
  }
}

/** octets of one schema file; the largest published CIM profile has less than a tenth */
const MOST_BYTES = 16 * 1024 * 1024

/** SHA-256 in hex. Node's cryptography takes 5 ms to load, and most commands have nothing to digest. */
export function digest(bytes: Uint8Array): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(bytes).digest('hex')
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'permission denied',
}

/** An error of the file system as a reason. */
export function reasonOf(error: NodeJS.ErrnoException): Reason {
  const { code = '', message } = error
  return { reason: REASONS[code] ?? `it cannot be read: ${code || message}` }
}

/** @param path without links, as the folder */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
