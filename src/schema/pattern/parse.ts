// A regular expression of XML Schema (Part 2 appendix F) as a tree. A character class is never taken apart: it is an
// expression of its own, for one character.

import { patternOf } from './pattern.ts'

export type Node =
  | { readonly kind: 'one'; readonly text: string; readonly fits: (character: string) => boolean }
  | { readonly kind: 'sequence' | 'either'; readonly items: readonly Node[] }
  /** `max` is infinite for `*`, `+` and `{n,}` */
  | { readonly kind: 'loop'; readonly item: Node; readonly min: number; readonly max: number }

interface Cursor {
  readonly text: string
  at: number
  depth: number
}

/** brackets in brackets; deeper ones are left to the XSD engine */
const MOST_DEPTH = 200

/** @param pattern one that `patternOf` can translate; undefined where its brackets are too deep */
export function parsePattern(pattern: string): Node | undefined {
  return either({ text: pattern, at: 0, depth: 0 })
}

function either(cursor: Cursor): Node | undefined {
  const items: Node[] = []
  do {
    const branch = sequence(cursor)
    if (branch === undefined) return undefined
    items.push(branch)
  } while (taken(cursor, '|'))
  return items.length === 1 ? items[0] : { kind: 'either', items }
}

function taken(cursor: Cursor, sign: string): boolean {
  const isThere = cursor.text.charAt(cursor.at) === sign
  if (isThere) cursor.at += 1
  return isThere
}

function sequence(cursor: Cursor): Node | undefined {
  const items: Node[] = []
  while (cursor.at < cursor.text.length && !'|)'.includes(cursor.text.charAt(cursor.at))) {
    const item = atom(cursor)
    if (item === undefined) return undefined
    items.push(quantified(item, cursor))
  }
  return { kind: 'sequence', items }
}

const QUANTITIES: Readonly<Record<string, readonly [number, number]>> = {
  '?': [0, 1],
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
}

const QUANTITY = /(?:([?*+])|\{(\d+)(,?)(\d*)\})/y

function quantified(item: Node, cursor: Cursor): Node {
  QUANTITY.lastIndex = cursor.at
  const [all, sign = '', least = '', comma, most = ''] = QUANTITY.exec(cursor.text) ?? []
  if (all === undefined) return item
  cursor.at += all.length
  const min = Number(least)
  const max = comma === '' ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most)
  const [from, to] = QUANTITIES[sign] ?? [min, max]
  return { kind: 'loop', item, min: from, max: to }
}

function atom(cursor: Cursor): Node | undefined {
  const start = cursor.at
  if (taken(cursor, '(')) return group(cursor)
  const it = String.fromCodePoint(cursor.text.codePointAt(start) ?? 0)
  cursor.at += it.length
  if (it === '[') skipClass(cursor)
  else if (it === '\\') skipEscape(cursor)
  else if (it !== '.') return { kind: 'one', text: it, fits: (character) => character === it }
  const text = cursor.text.slice(start, cursor.at)
  const expression = patternOf(text)
  return { kind: 'one', text, fits: (character) => expression?.test(character) ?? false }
}

function group(cursor: Cursor): Node | undefined {
  if (cursor.depth >= MOST_DEPTH) return undefined
  cursor.depth += 1
  const inner = either(cursor)
  cursor.depth -= 1
  cursor.at += 1
  return inner
}

function skipClass(cursor: Cursor): void {
  for (let depth = 1; depth > 0 && cursor.at < cursor.text.length; cursor.at += 1) {
    const it = cursor.text.charAt(cursor.at)
    if (it === '\\') cursor.at += 1
    if (it === '[') depth += 1
    if (it === ']') depth -= 1
  }
}

function skipEscape(cursor: Cursor): void {
  const category = /[pP]\{[^}]*\}/y
  category.lastIndex = cursor.at
  cursor.at += category.exec(cursor.text)?.[0].length ?? 1
}
