// A folder of captured messages: XML files, HTTP archives, lines of JSON. Whoever captured them is not trusted: links are
// not followed, no file is read beyond what a message may be, and the whole has an end.

import { closeSync, fstatSync, lstatSync, openSync, readSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Capture, LeftOut } from './captured.ts'
import { fromHar, unread } from './har.ts'
import { fromLines } from './lines.ts'
import { whyOf } from '../why.ts'

/** octets of a file with one message; what is longer is judged by its beginning, and refused for its length */
const MOST_OF_MESSAGE = 16 * 2 ** 20 + 1
/** octets of a file with many */
const MOST_OF_MANY = 128 * 2 ** 20
/** octets of all messages, which are held in memory while they are judged */
const MOST = 256 * 2 ** 20

/** Everything in the folder, in the order of the names; also of one file. @throws where there is no such folder */
export function readCapture(path: string): Capture {
  const isFile = statSync(path).isFile()
  const names = isFile ? [''] : filesIn(path, '')
  const all: Capture[] = []
  let octets = 0
  for (const name of names) {
    const read = octets > MOST ? tooMuch(name) : fileOf(join(path, name), name || basename(path))
    octets += read.messages.reduce((sum, { bytes }) => sum + bytes.length, 0)
    all.push(read)
  }
  return {
    messages: all.flatMap((it) => it.messages),
    leftOut: all.flatMap((it) => it.leftOut),
  }
}

/** Relative, with `/`. */
function filesIn(folder: string, prefix: string): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((it) => {
      const name = prefix === '' ? it.name : `${prefix}/${it.name}`
      return it.isDirectory() ? filesIn(folder, name) : [name]
    })
}

function tooMuch(name: string): Capture {
  const why = `messages of more than ${MOST / 2 ** 20} MiB together are too many at once; split the folder`
  return left({ name, why, isUnread: true })
}

function left(it: LeftOut): Capture {
  return { messages: [], leftOut: [it] }
}

function fileOf(path: string, name: string): Capture {
  if (!lstatSync(path).isFile())
    return left({ name, why: 'it is no file but a link, or something else' })
  const isMany = /\.(har|ndjson|jsonl|json)$/i.test(name)
  let bytes: Uint8Array
  try {
    bytes = beginning(path, isMany ? MOST_OF_MANY + 1 : MOST_OF_MESSAGE)
  } catch (error) {
    return left({ name, why: whyOf(error), isUnread: true })
  }
  if (!isMany)
    return isMarkup(bytes) || /\.xml$/i.test(name)
      ? messageOf(bytes, name)
      : left({ name, why: 'it is no XML' })
  if (bytes.length > MOST_OF_MANY)
    return left({
      name,
      why: `it is longer than ${MOST_OF_MANY / 2 ** 20} MiB; split it`,
      isUnread: true,
    })
  const text = new TextDecoder().decode(bytes)
  return /\.(ndjson|jsonl)$/i.test(name) ? fromLines(text, name) : archiveOf(text, name)
}

function messageOf(bytes: Uint8Array, name: string): Capture {
  return { messages: [{ name, bytes, status: null, contentType: undefined }], leftOut: [] }
}

function archiveOf(text: string, name: string): Capture {
  try {
    return fromHar(JSON.parse(text), name)
  } catch {
    return left({ ...unread(name), why: 'it is no JSON' })
  }
}

/** In UTF-8 and UTF-16, with a byte order mark or without. */
function isMarkup(bytes: Uint8Array): boolean {
  const first = bytes
    .subarray(0, 256)
    .filter((it) => ![0, 0xef, 0xbb, 0xbf, 0xfe, 0xff].includes(it))
  return /^\s*</.test(Buffer.from(first).toString('latin1'))
}

function beginning(path: string, most: number): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(file).size, most))
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(file, buffer, length, buffer.length - length, null)
    return buffer.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
