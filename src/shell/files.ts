// Finds and reads the files that a command names: messages by file, folder, glob or standard input, and
// XSD folders. It judges no content, and what cannot be read is an answer, not an exception, while it looks.

import { closeSync, openSync, readSync } from 'node:fs'
import { readFile, readdir, realpath, stat } from 'node:fs/promises'
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
    else yield* filesAt(path)
  }
}

async function* filesAt(path: string): AsyncGenerator<MessageFile> {
  const kind = await kindOf(path)
  if (kind === 'folder') {
    const search = { folder: path, wanted: (it: string) => MESSAGE.test(it), depth: Infinity }
    yield* found(path, search, 'no *.xml or *.json file in this folder')
  } else if (typeof kind === 'string') yield { file: path }
  else if (GLOB.test(path)) yield* found(path, searchOf(path), 'no file matches this pattern')
  else yield { file: path, ...kind }
}

/** A search that finds nothing is an error: a check of no file at all must not look like a success. */
async function* found(name: string, search: Search, nothing: string): AsyncGenerator<MessageFile> {
  let empty = true
  for await (const it of walk(search)) {
    empty = false
    yield it
  }
  if (empty) yield { file: name, error: nothing }
}

/** `x.issues.json` says what is to be found in a message, and is none */
const MESSAGE = /(?<!\.issues)\.(xml|json)$/i
const XSD = /\.xsd$/i
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
async function* walk(search: Search, seen = new Set<string>()): AsyncGenerator<MessageFile> {
  const { folder, wanted, depth } = search
  const entries = await entriesOf(folder, seen)
  if ('error' in entries) return yield { file: folder, ...entries }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const kind = entry.isSymbolicLink() ? await kindOf(path) : kindOfEntry(entry)
    if (kind === 'folder') {
      if (depth > 1) yield* walk({ folder: path, wanted, depth: depth - 1 }, seen)
    } else if (kind !== 'other' && wanted(path)) {
      yield kind === 'file' ? { file: path } : { file: path, ...kind }
    }
  }
}

async function entriesOf(folder: string, seen: Set<string>): Promise<readonly Dirent[] | Failure> {
  try {
    const real = await realpath(folder)
    if (seen.has(real)) return []
    seen.add(real)
    const entries = await readdir(folder, { withFileTypes: true })
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
async function kindOf(path: string): Promise<Kind | Failure> {
  try {
    return kindOfEntry(await stat(path))
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
  stdin: AsyncIterable<Uint8Array> = process.stdin,
): Promise<Uint8Array> {
  try {
    return file === STDIN
      ? await readStream(stdin, limitBytes + 1)
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

/** used again for every file: a fresh one each time is what reading many files costs most */
const CHUNK = Buffer.allocUnsafeSlow(65536)

/** Synchronous on purpose: messages are small and many, and an awaited read takes twenty times as long. */
function readBytes(file: string, most: number): Uint8Array {
  const descriptor = openSync(file, 'r')
  try {
    const chunks: Uint8Array[] = []
    for (let left = most; left > 0;) {
      const count = readSync(descriptor, CHUNK, 0, Math.min(left, CHUNK.length), null)
      if (count === 0) break
      chunks.push(Buffer.from(CHUNK.subarray(0, count)))
      left -= count
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * All `*.xsd` of a folder at any depth, sorted, without hidden entries and `node_modules`.
 * @throws {Error} when a folder below cannot be read: half a set of schemas would judge wrongly
 */
export async function xsdFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for await (const { file, error } of walk({
    folder,
    wanted: (it) => XSD.test(it),
    depth: Infinity,
  })) {
    if (error !== undefined) throw new Error(`${file}: ${error}`)
    files.push(file)
  }
  return files
}

/**
 * The text of an XSD, decoded by its byte order mark, else by its XML declaration, else as UTF-8:
 * modelling tools like to write schemas in windows-1252.
 * @throws {Error} when it cannot be read, or is not in the encoding that it names
 */
export async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file)
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Error(`${file}: ${reasonOf(error)}`, { cause: error })
  }
}

const BYTE_ORDER_MARKS = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
] as const

/** longer than any XML declaration that somebody wrote */
const DECLARATION_BYTES = 200

function encodingOf(bytes: Buffer): string {
  const mark = BYTE_ORDER_MARKS.find(([, it]) => it.every((byte, at) => bytes[at] === byte))
  if (mark !== undefined) return mark[0]
  const head = bytes.toString('latin1', 0, DECLARATION_BYTES)
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  // a declaration that was readable byte by byte is not in UTF-16, whatever it says
  return /^utf-16/i.test(declared) ? 'utf-8' : declared
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
  ERR_ENCODING_NOT_SUPPORTED: 'its XML declaration names an unknown encoding',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'not in the encoding that it names',
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error ? REASONS[String(error.code)] : undefined) ?? error.message
}
