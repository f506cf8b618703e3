// A schema file with a DOCTYPE, as some official ones have it: the declaration is blanked before any parser sees it,
// where the document says the same without. No external subset is read, no entity is expanded but one of plain text.
// Messages never come here: of them every DOCTYPE is refused.

import type { Limits } from '../../envelope/limits.ts'
import { readDoctype, Unreadable } from './doctype-read.ts'
import type { Doctype } from './doctype-read.ts'
import { signatureOf } from './encoding.ts'
import { DOCTYPE, guard } from './guard.ts'
import { endOfProlog } from './prolog.ts'

/** The octets of the same document without DOCTYPE, all else in its line; or why it is not the same without. */
export function withoutDoctype(
  bytes: Uint8Array,
  limits: Limits,
): Uint8Array | { readonly reason: string } {
  const guarded = guard(bytes, limits)
  if (!('refusal' in guarded) || guarded.refusal !== DOCTYPE) return bytes
  const form = formOf(bytes)
  try {
    return form.write(blanked(form.read()))
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.message }
    throw error
  }
}

/** Octets as code units and back, without loss, whatever is in them: to judge them is for the parser. */
interface Form {
  readonly read: () => string
  readonly write: (text: string) => Uint8Array
}

/** All that is looked for is ASCII, which every encoding of single octets and UTF-8 have in common. */
function formOf(bytes: Uint8Array): Form {
  const { otherwise, octets } = signatureOf(bytes)
  const wide = otherwise === 'utf-16le' || otherwise === 'utf-16be'
  const from = octets.length
  const to = wide ? bytes.length - ((bytes.length - from) % 2) : bytes.length
  const turned = (it: Buffer) => (otherwise === 'utf-16be' ? it.swap16() : it)
  const name = wide ? 'utf16le' : 'latin1'
  return {
    read: () => turned(Buffer.from(bytes.subarray(from, to))).toString(name),
    write: (text) =>
      Buffer.concat([bytes.subarray(0, from), turned(Buffer.from(text, name)), bytes.subarray(to)]),
  }
}

function blanked(text: string): string {
  const start = endOfProlog(text)
  if (start === undefined || !text.startsWith('<!DOCTYPE', start)) return text
  const doctype = readDoctype(text, start)
  const blank = text.slice(start, doctype.end).replace(/[^\r\n]/g, ' ')
  return text.slice(0, start) + blank + bodyOf(text, doctype)
}

/** characters by which all entities together may lengthen a document */
const MOST_GROWTH = 64 * 1024

/** What follows the declaration, with its entities replaced. */
function bodyOf(text: string, { end, entities, defaults }: Doctype): string {
  let growth = 0
  const written: string[] = []
  for (const piece of piecesOf(text, end)) {
    if (isStartTag(piece)) refuseDefaults(piece, defaults)
    written.push(isOpaque(piece) ? piece : piece.replace(REFERENCE, replaced))
  }
  return written.join('')

  function replaced(reference: string, name: string): string {
    if (PREDEFINED.has(name)) return reference
    const value = plainText(name, entities)
    growth += value.length
    if (growth > MOST_GROWTH)
      throw new Unreadable(
        `its entities add more than ${MOST_GROWTH} characters; write their text where they are used`,
      )
    return value
  }
}

const PREDEFINED: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'apos', 'quot'])

/** A character reference is none to an entity. */
const REFERENCE = /&([^#&;<>"' \t\r\n][^&;<>"' \t\r\n]*);/g

/** The text of an entity, so that it ends no attribute value in which it stands. */
function plainText(name: string, entities: Doctype['entities']): string {
  const value = entities.get(name)
  if (value === undefined)
    throw new Unreadable(
      entities.has(name)
        ? `its entity ${name} is another file, and none is read; ${INSTEAD}`
        : `its entity ${name} is not declared in the file, and no DTD is read; ${INSTEAD}`,
    )
  if (/[&<%\t\r\n]/.test(value))
    throw new Unreadable(`its entity ${name} is more than plain text in one line; ${INSTEAD}`)
  return value.replaceAll('"', '&quot;').replaceAll("'", '&apos;').replaceAll('>', '&gt;')
}

const INSTEAD = 'write its text where it is used'

/** An element that leaves out an attribute for which the DOCTYPE has a value would lose it. */
function refuseDefaults(tag: string, defaults: Doctype['defaults']): void {
  const name = /^<([^ \t\r\n/>]+)/.exec(tag)?.[1] ?? ''
  const due = defaults.get(name)
  if (due === undefined) return
  const names = tag.replace(/"[^"]*"|'[^']*'/g, '""').matchAll(/[ \t\r\n]([^ \t\r\n=<>"'/]+)/g)
  const own = new Set([...names].map(([, it]) => it))
  const missing = due.find((it) => !own.has(it))
  if (missing !== undefined)
    throw new Unreadable(
      `its DOCTYPE gives ${name} the attribute ${missing}, which an element ${name} does not write; write the attribute there`,
    )
}

function isStartTag(piece: string): boolean {
  return /^<[^/!?]/.test(piece)
}

function isOpaque(piece: string): boolean {
  return OPAQUE.some(([begin]) => piece.startsWith(begin))
}

/** What no reference is read in: how it begins and ends. */
const OPAQUE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** Character data, tags, comments, CDATA sections and processing instructions; what does not end goes to the end. */
function* piecesOf(text: string, from: number): Generator<string> {
  for (let at = from; at < text.length;) {
    const end = endOfPiece(text, at)
    yield text.slice(at, end)
    at = end
  }
}

function endOfPiece(text: string, at: number): number {
  if (text[at] !== '<') return orEnd(text, text.indexOf('<', at))
  const opaque = OPAQUE.find(([begin]) => text.startsWith(begin, at))
  if (opaque === undefined) return endOfTag(text, at)
  const [begin, finish] = opaque
  const end = text.indexOf(finish, at + begin.length)
  return end < 0 ? text.length : end + finish.length
}

/** A `>` in an attribute value ends no tag. */
function endOfTag(text: string, start: number): number {
  const mark = /["'>]/g
  for (let at = start; ;) {
    mark.lastIndex = at
    const found = mark.exec(text)
    if (found === null) return text.length
    const [it] = found
    if (it === '>') return found.index + 1
    at = orEnd(text, text.indexOf(it, found.index + 1)) + 1
  }
}

function orEnd(text: string, at: number): number {
  return at < 0 ? text.length : at
}
