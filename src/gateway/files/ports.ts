// What the way of a file needs from outside: where files come from, and a shelf of our own to work on. Narrow, so that another
// transport (SFTP, an object store) is one file more.

import { CimError } from '../../envelope/errors.ts'
import type { Layout } from './layout.ts'

/** A file as its source lists it. */
export interface Listed {
  readonly name: string
  readonly bytes: number
  /** milliseconds since 1970 */
  readonly changedMs: number
}

/** Where files come from. Names are plain: no folders, nothing hidden. */
export interface FileSource {
  /** what there is now, in any order */
  readonly list: () => Promise<readonly Listed[]>
  /** its octets, from the first one on @throws where it is gone or cannot be read */
  readonly open: (name: string) => AsyncIterable<Uint8Array>
  /** a short text, such as a manifest; undefined where it is gone or longer @throws where it cannot be read */
  readonly text: (name: string, mostBytes: number) => Promise<string | undefined>
  /**
   * Takes a file in that is put there: whole and on disk when it resolves, and without a name yet.
   * @throws {CimError} `too-large`, and what reading the octets throws
   */
  readonly take: (octets: AsyncIterable<Uint8Array>, mostBytes: number) => Promise<Taken>
  /** cosmetic: what has become of the file is kept elsewhere; false where it is gone, or the other name is taken */
  readonly rename: (from: string, to: string) => Promise<boolean>
}

/** A file that has been taken in. */
export interface Taken extends Omit<Shelved, 'place'> {
  /** Gives it its name: `there` where the same file has it already, `other` where another one has. */
  readonly keep: (name: string) => Promise<'kept' | 'there' | 'other'>
  /** Forgets it, where it has not been kept. */
  readonly drop: () => Promise<void>
}

/** A copy of a file on the shelf, whole and on disk. */
export interface Shelved {
  /** where it is, for the shelf alone */
  readonly place: string
  readonly bytes: number
  /** of its octets, hex */
  readonly sha256: string
}

/** One record of a file. */
export interface Line {
  /** in which it begins, from 1 */
  readonly line: number
  readonly values: readonly string[]
}

/** Records of the same key. */
export interface Twice {
  /** in which they stand, in their order */
  readonly lines: readonly number[]
  /** true where all of them are the same to the letter */
  readonly isSame: boolean
}

/** Finds what comes twice in more than memory holds. */
export interface Twins {
  /** @param content the whole record */
  readonly add: (line: number, key: string, content: string) => Promise<void> | undefined
  /** once, when all have been added; in no particular order */
  readonly found: () => AsyncIterable<Twice>
  readonly drop: () => Promise<void>
}

/** A folder of our own. */
export interface Shelf {
  /** @throws {CimError} `malformed` | `too-large`: where it is longer than that */
  readonly copy: (octets: AsyncIterable<Uint8Array>, mostBytes: number) => Promise<Shelved>
  /** Its records in blocks, without its first line where that names the columns. @throws {CimError} `malformed` | `too-large`: where it cannot be read as a table */
  readonly lines: (place: string, layout: Layout) => AsyncIterable<readonly Line[]>
  /** the first line of a table */
  readonly header: (place: string, layout: Layout) => Promise<readonly string[]>
  /** @param bytes of the file */
  readonly twins: (bytes: number) => Promise<Twins>
  /** Keeps lines of text under a name, after those that are there. */
  readonly note: (name: string, lines: readonly string[]) => Promise<void>
  /** The first lines that are kept under a name; none where there are none. */
  readonly noted: (name: string, most: number) => Promise<readonly string[]>
  /** Forgets a copy, or what was noted. */
  readonly drop: (name: string) => Promise<void>
}

/** A file is not what it is said to be, or cannot be read: it is at fault, not we, and nothing of it is taken. */
export function fileFault(reason: string, isLong = false): CimError {
  return new CimError(isLong ? 'too-large' : 'malformed', reason)
}

/** True for {@link fileFault}. */
export function isFileFault(error: unknown): error is CimError {
  return error instanceof CimError && (error.code === 'malformed' || error.code === 'too-large')
}
