// Finds elements again in the source text of an accepted document: line, column, exact slice.
// It is no parser: it trusts that a parser has accepted the text and only counts start tags.

import type { Locate } from './finding.ts'

/** From the `<` of the start tag to behind the end tag, as offsets into the text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A mark-up token of the text: what it is and where it ends. */
interface Token {
  readonly kind: 'open' | 'close' | 'empty' | 'other'
  readonly start: number
  readonly end: number
}

/**
 * Line and column (from 1) of elements by their place in document order.
 * The text is read once, up to the last element asked for so far.
 */
export function locator(text: string): Locate {
  const starts: number[] = []
  const lines = lineStarts(text)
  let at = 0
  return (index) => {
    while (starts.length <= index) {
      const start = startTagFrom(text, at)
      if (start < 0) return { line: 0, column: 0 }
      starts.push(start)
      at = tagEnd(text, start)
      if (at < 0) at = text.length
    }
    return lineAndColumn(lines, starts[index] ?? 0)
  }
}

/** Where the next start tag begins; -1 when there is none. */
function startTagFrom(text: string, from: number): number {
  for (let start = text.indexOf('<', from); start >= 0;) {
    const next = text.charCodeAt(start + 1)
    if (next !== SLASH && next !== EXCLAMATION && next !== QUESTION) return start
    const other = next === SLASH ? undefined : OTHERS.find(([it]) => text.startsWith(it, start))
    const end = other === undefined ? text.indexOf('>', start) + 1 : skip(text, start, other).end
    if (end <= 0) return -1
    start = text.indexOf('<', end)
  }
  return -1
}

const [EXCLAMATION, SLASH, QUESTION] = [0x21, 0x2f, 0x3f]

/** Spans of the elements with these places in document order; all found in one reading. */
export function spansOf(text: string, indexes: ReadonlySet<number>): ReadonlyMap<number, Span> {
  const found = new Map<number, Span>()
  const open: { readonly index: number; readonly start: number }[] = []
  let index = 0
  for (const { kind, start, end } of tokensOf(text)) {
    if (kind === 'open') open.push({ index, start })
    if (kind === 'empty' && indexes.has(index)) found.set(index, { start, end })
    if (kind === 'open' || kind === 'empty') index += 1
    if (kind !== 'close') continue
    const opened = open.pop()
    if (opened !== undefined && indexes.has(opened.index))
      found.set(opened.index, { start: opened.start, end })
  }
  return found
}

/** True when the text is exactly one balanced element and nothing else: it cannot break out of where it is put. */
export function isOneElement(text: string): boolean {
  let depth = 0
  let at = 0
  for (const { kind, start, end } of tokensOf(text)) {
    if (start !== at && depth === 0) return false
    if (kind === 'other' && depth === 0) return false
    if (kind === 'open') depth += 1
    if (kind === 'close') depth -= 1
    if (depth < 0 || end < 0) return false
    at = end
    if (depth === 0) return at === text.length
  }
  return false
}

/** what begins like this ends like that, and is neither a start nor an end tag */
const OTHERS: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
]

function* tokensOf(text: string): Generator<Token> {
  for (let start = text.indexOf('<'); start >= 0;) {
    const other = OTHERS.find(([begin]) => text.startsWith(begin, start))
    const token = other === undefined ? tag(text, start) : skip(text, start, other)
    yield token
    if (token.end < 0) return
    start = text.indexOf('<', token.end)
  }
}

function skip(text: string, start: number, [begin, finish]: readonly [string, string]): Token {
  const at = text.indexOf(finish, start + begin.length)
  return { kind: 'other', start, end: at < 0 ? -1 : at + finish.length }
}

function tag(text: string, start: number): Token {
  const end = tagEnd(text, start)
  const kind =
    text.charAt(start + 1) === '/' ? 'close' : text.charAt(end - 2) === '/' ? 'empty' : 'open'
  return { kind, start, end }
}

/** Behind the `>` of a tag; a `>` inside an attribute value does not count. */
function tagEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const it = text.charCodeAt(at)
    if (it === 0x3e) return at + 1
    if (it === 0x22 || it === 0x27) {
      at = text.indexOf(it === 0x22 ? '"' : "'", at + 1)
      if (at < 0) return -1
    }
  }
  return -1
}

function lineStarts(text: string): () => readonly number[] {
  let starts: number[] | undefined
  return () => {
    if (starts === undefined) {
      starts = [0]
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        starts.push(at + 1)
    }
    return starts
  }
}

function lineAndColumn(
  lines: () => readonly number[],
  offset: number,
): { line: number; column: number } {
  const starts = lines()
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/**
 * The beginning of a document as a document of its own: up to the start tags of the first elements in the element that
 * `isWanted` names, and whatever is open there closed. The text may be wrong behind that, and is not read.
 * @param depthInside start tags to go along below it
 * @returns undefined where there is no such element
 */
export function topOf(
  text: string,
  isWanted: (tag: string, depth: number) => boolean,
  depthInside: number,
): string | undefined {
  const open: string[] = []
  let inside = -1
  for (const { kind, start, end } of tokensOf(text)) {
    if (end < 0) return undefined
    if (kind === 'other') continue
    if (kind === 'close') {
      if (inside >= 0) return closed(text.slice(0, start), open)
      open.pop()
      continue
    }
    const name = /^<([^\s/>]+)/.exec(text.slice(start, end))?.[1] ?? ''
    if (inside < 0 && isWanted(name, open.length)) inside = open.length
    if (kind === 'open') open.push(name)
    const isFull = inside >= 0 && open.length - inside > depthInside
    if (inside >= 0 && (kind === 'empty' || isFull)) return closed(text.slice(0, end), open)
  }
  return undefined
}

function closed(text: string, open: readonly string[]): string {
  return `${text}${open
    .toReversed()
    .map((it) => `</${it}>`)
    .join('')}`
}
