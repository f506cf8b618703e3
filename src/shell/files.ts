// Finds and reads the messages that a command names: by file, folder, glob or standard input. It judges no content, and
// what cannot be read is an answer, not an exception, while it looks.

import { closeSync, openSync, readSync, readdirSync, realpathSync, statSync } from 'node:fs'
import type { Dirent } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** What standard input is called where a file name is wanted. */
export const STDIN = '<stdin>'

/** A file to judge, or a name that leads to none and why. */
export interface MessageFile {
  /** as given, or below the folder as given; `STDIN` for `-` */
  readonly file: string
  /** why there is nothing to read; absent when there is */
  readonly error?: string
}

/**
 * All messages under these names, in the order of the names, sorted inside each.
 * A folder gives its `*.xml` and `*.json`, at any depth, without `*.issues.json`, hidden entries and `node_modules`; a file
 * is taken whatever it is called; a name that does not exist is a glob if it holds `**`, `*`, `?` or `{a,b}`.
 * @param paths `-` is standard input
 */
export async function* messageFiles(paths: readonly string[]): AsyncGenerator<MessageFile> {
  for (const path of paths) {
    if (path === '-') yield { file: STDIN }
    else for await (const some of filesAt(path)) for (const it of some) yield it
  }
}

/** Some files at a time, as all inside this file: one by one they would cost more than what is done with them. */
type Found = AsyncGenerator<readonly MessageFile[]>

async function* filesAt(path: string): Found {
  const kind = kindOf(path)
  if (kind === 'folder') {
    const search = { folder: path, wanted: (it: string) => MESSAGE.test(it), depth: Infinity }
    yield* found(path, search, 'no *.xml or *.json file in this folder')
  } else if (typeof kind === 'string') yield [{ file: path }]
  else if (GLOB.test(path)) yield* found(path, searchOf(path), 'no file matches this pattern')
  else yield [{ file: path, ...kind }]
}

/** A search that finds nothing is an error: a check of no file at all must not look like a success. */
async function* found(name: string, search: Search, nothing: string): Found {
  let empty = true
  for await (const some of walk(search)) {
    if (some.length > 0) empty = false
    yield some
  }
  if (empty) yield [{ file: name, error: nothing }]
}

/** `x.issues.json` says what is to be found in a message, and is none */
const MESSAGE = /(?<!\.issues)\.(xml|json)$/i
/** never looked into, unless a path or the fixed beginning of a glob names it */
const SKIPPED = /^(\..*|node_modules)$/

/** What to look for below a folder. */
interface Search {
  readonly folder: string
  readonly wanted: (path: string) => boolean
  /** 1 = this folder only */
  readonly depth: number
}

/** @param seen real paths of the folders looked into: each is entered once, so links in a circle end */
async function* walk(search: Search, seen = new Set<string>()): Found {
  const { folder, wanted, depth } = search
  const entries = entriesOf(folder, seen)
  if ('error' in entries) return yield [{ file: folder, ...entries }]
  // joined once for all of its files
  const before = join(folder, 'x').slice(0, -1)
  let some: MessageFile[] = []
  for (const entry of entries) {
    const path = before + entry.name
    const kind = entry.isSymbolicLink() ? kindOf(path) : kindOfEntry(entry)
    if (kind === 'folder') {
      yield some
      some = []
      if (depth > 1) yield* walk({ folder: path, wanted, depth: depth - 1 }, seen)
    } else if (kind !== 'other' && wanted(path)) {
      some.push(kind === 'file' ? { file: path } : { file: path, ...kind })
    }
  }
  yield some
}

function entriesOf(folder: string, seen: Set<string>): readonly Dirent[] | Failure {
  try {
    const real = realpathSync(folder)
    if (seen.has(real)) return []
    seen.add(real)
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((it) => !SKIPPED.test(it.name)).sort(byName)
  } catch (error) {
    return { error: reasonOf(error) }
  }
}

/** By code unit, so that every machine and language has the same order. */
function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}

/** `other` is a pipe, socket or device: read when it is named, passed over when it is found. */
type Kind = 'file' | 'folder' | 'other'

/** Why a path leads nowhere. */
interface Failure {
  readonly error: string
}

function kindOfEntry(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): Kind {
  return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'
}

/** What a path leads to, links followed. */
function kindOf(path: string): Kind | Failure {
  try {
    return kindOfEntry(statSync(path))
  } catch (error) {
    return { error: reasonOf(error) }
  }
}

const GLOB = /[*?]|\{[^{}]*,[^{}]*\}/

/** Node 20 has no glob of its own. Without `**` the search goes no deeper than the pattern has segments. */
function searchOf(pattern: string): Search {
  const segments = pattern.split(sep).join('/').split('/')
  const fixed = segments.findIndex((it) => /[*?{]/.test(it))
  const folder = fixed === 0 ? '.' : segments.slice(0, fixed).join('/') || '/'
  const glob = segments.slice(fixed)
  const expression = expressionOf(glob.join('/'))
  const wanted = (path: string) => expression.test(relative(folder, path).split(sep).join('/'))
  return { folder, wanted, depth: pattern.includes('**') ? Infinity : glob.length }
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
}

function expressionOf(glob: string): RegExp {
  const alternatives = alternativesOf(glob).map((it) =>
    it.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (token) => WILDCARDS[token] ?? `\\${token}`),
  )
  return new RegExp(`^(?:${alternatives.join('|')})$`, 'su')
}

/** `a{b,c{d,e}}` is `ab`, `acd`, `ace`: the last innermost braces first. */
function alternativesOf(glob: string): readonly string[] {
  const braces = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(glob)
  if (braces === null) return [glob]
  const [, before = '', inside = '', after = ''] = braces
  return inside.split(',').flatMap((it) => alternativesOf(before + it + after))
}

/**
 * Reads one message, and never more of it than one byte over the limit: whoever finds
 * `length > limitBytes` knows that it is too large, and a file of 10 GB costs no more than that.
 * @param file a name from `messageFiles`
 * @throws {Error} its message says why it cannot be read
 */
export async function readMessage(
  file: string,
  limitBytes: number,
  stdin?: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  try {
    return file === STDIN
      ? await readStream(stdin ?? process.stdin, limitBytes + 1)
      : readBytes(file, limitBytes + 1)
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error })
  }
}

async function readStream(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= most) break
  }
  return Buffer.concat(chunks, Math.min(length, most))
}

const CHUNK_BYTES = 64 * 1024
const SLAB_BYTES = 16 * CHUNK_BYTES

/** Where files are read to, one behind the other: a buffer for each is what reading many files costs most. */
let slab = Buffer.alloc(0)
/** octets of it that belong to files already */
let taken = 0

/** Room for a chunk. */
function room(): Buffer {
  if (taken + CHUNK_BYTES > slab.length) {
    slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
    taken = 0
  }
  return slab
}

/** Synchronous on purpose: messages are small and many, and an awaited read takes twenty times as long. */
function readBytes(file: string, most: number): Uint8Array {
  const descriptor = openSync(file, 'r')
  try {
    const chunks: Uint8Array[] = []
    for (let left = most; left > 0;) {
      const buffer = room()
      const count = readSync(descriptor, buffer, taken, Math.min(left, CHUNK_BYTES), null)
      if (count === 0) break
      chunks.push(buffer.subarray(taken, taken + count))
      taken += count
      left -= count
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  } finally {
    closeSync(descriptor)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'a folder, not a file',
  ELOOP: 'symbolic links in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error ? REASONS[String(error.code)] : undefined) ?? error.message
}
