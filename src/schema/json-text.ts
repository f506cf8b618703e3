// JSON text that keeps every digit: `0.10`, `1e21` and 40-digit integers come out as they went in.
// RFC 8259, strict, with four refusals of our own: duplicate names, the reserved name `#number`, excessive depth, and
// numbers of excessive length.

/** A number whose text JavaScript would change; carried verbatim. */
export interface NumberToken {
  readonly '#number': string
}

export type Json = null | boolean | number | string | NumberToken | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

/** Why a text is no JSON: one sentence, and where. */
export interface JsonFault {
  readonly message: string
  readonly offset: number
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WHOLE_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const LITERALS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/** levels of nesting; XML is limited to 64, and CIM-JSON needs at most two levels for one element */
const MOST_DEPTH = 160

/** characters of a number; regular expressions run out of stack on megabytes */
const MOST_DIGITS = 1000

/** True for text that JSON takes as a number as it stands, and that is short enough to be read again. */
export function isNumberText(text: string): boolean {
  return text.length <= MOST_DIGITS && WHOLE_NUMBER.test(text)
}

/** A number by its text: a JavaScript number where that keeps the text, else a token. `text` must be a JSON number. */
export function numberOf(text: string): number | NumberToken {
  const value = Number(text)
  return String(value) === text ? value : { '#number': text }
}

/** True for a number that is kept as its text. */
export function isNumberToken(it: Json | undefined): it is NumberToken {
  return typeof it === 'object' && it !== null && Object.hasOwn(it, '#number')
}

/** True for an object, which a number that is kept as its text is not. */
export function isObject(it: Json | undefined): it is JsonObject {
  return typeof it === 'object' && it !== null && !Array.isArray(it) && !isNumberToken(it)
}

/** The text of a number, undefined for anything else. */
export function numberText(it: Json | undefined): string | undefined {
  if (typeof it === 'number') return String(it)
  return isNumberToken(it) ? it['#number'] : undefined
}

/** True for the literals of xs:boolean that say so, as CIM-JSON has them. */
export function isTrue(it: Json | undefined): boolean {
  return it === true || it === 'true' || it === '1'
}

/** An own member; names such as `constructor` or `__proto__` never reach into the prototype. */
export function member(of: Json | undefined, name: string): Json | undefined {
  return isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined
}

/**
 * Reads a whole JSON text.
 * @returns the value, or where and why the text is no JSON
 */
export function readJson(text: string): { readonly value: Json } | { readonly fault: JsonFault } {
  // A byte order mark may be ignored (RFC 8259 §8.1); editors leave it in files.
  const at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const cursor: Cursor = { text, at, depth: 0, fault: undefined }
  try {
    return { value: document(cursor) }
  } catch (error) {
    if (error === STOP && cursor.fault !== undefined) return { fault: cursor.fault }
    throw error
  }
}

/** The reader's place in the text. */
interface Cursor {
  readonly text: string
  at: number
  depth: number
  fault: JsonFault | undefined
}

/** Leaves the recursion of the reader; never leaves this file. */
const STOP = Symbol('no JSON')

function document(cursor: Cursor): Json {
  const it = value(cursor)
  space(cursor)
  return cursor.at < cursor.text.length
    ? stop(cursor, 'there is more text behind the JSON value')
    : it
}

function value(cursor: Cursor): Json {
  space(cursor)
  const it = cursor.text.charCodeAt(cursor.at)
  if (it === 0x22) return string(cursor)
  if (it === 0x7b) return nested(cursor, object)
  if (it === 0x5b) return nested(cursor, array)
  if (it === 0x2d || (it >= 0x30 && it <= 0x39)) return number(cursor)
  const literal = LITERALS.find(([word]) => cursor.text.startsWith(word, cursor.at))
  if (literal === undefined)
    return stop(
      cursor,
      Number.isNaN(it) ? 'the text ends where a value is due' : 'this is no JSON value',
    )
  cursor.at += literal[0].length
  return literal[1]
}

function nested<T>(cursor: Cursor, read: (cursor: Cursor) => T): T {
  cursor.depth += 1
  if (cursor.depth > MOST_DEPTH) stop(cursor, `more than ${MOST_DEPTH} levels of nesting`)
  cursor.at += 1
  const it = read(cursor)
  cursor.depth -= 1
  return it
}

function object(cursor: Cursor): JsonObject {
  const made: Record<string, Json> = {}
  for (let first = true; !closes(cursor, 0x7d, first); first = false) {
    space(cursor)
    const start = cursor.at
    if (cursor.text.charCodeAt(start) !== 0x22) stop(cursor, 'a name in double quotes is due')
    const name = string(cursor)
    if (Object.hasOwn(made, name))
      stop(cursor, `the name ${JSON.stringify(name)} stands twice in one object`, start)
    if (name === '#number') stop(cursor, 'the name "#number" is reserved', start)
    space(cursor)
    if (cursor.text.charCodeAt(cursor.at) !== 0x3a) stop(cursor, 'a colon is due')
    cursor.at += 1
    put(made, name, value(cursor))
  }
  return made
}

function array(cursor: Cursor): Json[] {
  const made: Json[] = []
  for (let first = true; !closes(cursor, 0x5d, first); first = false) made.push(value(cursor))
  return made
}

/** Past the closing mark (then true), or past the comma before the next member. */
function closes(cursor: Cursor, mark: number, first: boolean): boolean {
  space(cursor)
  const it = cursor.text.charCodeAt(cursor.at)
  if (it === mark) {
    cursor.at += 1
    return true
  }
  if (first) return false
  if (it !== 0x2c) stop(cursor, `a comma or ${String.fromCharCode(mark)} is due`)
  cursor.at += 1
  space(cursor)
  return cursor.text.charCodeAt(cursor.at) === mark
    ? stop(cursor, 'nothing follows the comma')
    : false
}

function number(cursor: Cursor): number | NumberToken {
  if (isTooLong(cursor)) return stop(cursor, `a number has more than ${MOST_DIGITS} characters`)
  NUMBER.lastIndex = cursor.at
  const token = NUMBER.exec(cursor.text)?.[0]
  if (token === undefined) return stop(cursor, 'this is no JSON number')
  cursor.at += token.length
  return NUMERIC.test(cursor.text.charAt(cursor.at))
    ? stop(cursor, 'this is no JSON number')
    : numberOf(token)
}

/** what a number is made of, in whatever order */
const NUMERIC = /[0-9.eE+-]/

function isTooLong({ text, at }: Cursor): boolean {
  let end = at
  while (end - at <= MOST_DIGITS && NUMERIC.test(text.charAt(end))) end += 1
  return end - at > MOST_DIGITS
}

function string(cursor: Cursor): string {
  let out = ''
  for (cursor.at += 1; ;) {
    PLAIN.lastIndex = cursor.at
    const plain = PLAIN.exec(cursor.text)?.[0] ?? ''
    out += plain
    cursor.at += plain.length
    const it = cursor.text.charCodeAt(cursor.at)
    if (it === 0x22) break
    if (it !== 0x5c)
      stop(
        cursor,
        Number.isNaN(it)
          ? 'the text ends inside a string'
          : 'a control character stands unescaped in a string',
      )
    out += escape(cursor)
  }
  cursor.at += 1
  return out
}

function escape(cursor: Cursor): string {
  const letter = cursor.text.charAt(cursor.at + 1)
  if (letter === 'u') {
    const hex = cursor.text.slice(cursor.at + 2, cursor.at + 6)
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) stop(cursor, '\\u needs four hexadecimal digits')
    cursor.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }
  const plain = ESCAPES[letter]
  if (plain === undefined) return stop(cursor, `\\${letter} is no JSON escape`)
  cursor.at += 2
  return plain
}

function space(cursor: Cursor): void {
  for (; ; cursor.at += 1) {
    const it = cursor.text.charCodeAt(cursor.at)
    if (it !== 0x20 && it !== 0x0a && it !== 0x0d && it !== 0x09) return
  }
}

function stop(cursor: Cursor, message: string, offset = cursor.at): never {
  cursor.fault = { message, offset }
  throw STOP
}

/** Sets an own property whatever its name is; `__proto__` too. */
export function put(target: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  else target[name] = value
}

/**
 * Writes JSON text.
 * @param indent spaces for each level; 0 = on one line
 */
export function writeJson(value: Json, indent = 0, level = 0): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (isNumberToken(value)) return value['#number']
  const [gap, colon] = indent === 0 ? ['', ':'] : [`\n${' '.repeat(indent * (level + 1))}`, ': ']
  // One text that grows: this is on the way of every message.
  let text = ''
  const add = (it: string) => (text += text === '' ? `${gap}${it}` : `,${gap}${it}`)
  if (Array.isArray(value)) for (const it of value) add(writeJson(it as Json, indent, level + 1))
  else
    for (const [name, it] of Object.entries(value as JsonObject))
      add(`${JSON.stringify(name)}${colon}${writeJson(it, indent, level + 1)}`)
  const last = indent === 0 || text === '' ? '' : `\n${' '.repeat(indent * level)}`
  return Array.isArray(value) ? `[${text}${last}]` : `{${text}${last}}`
}

/** Equal by meaning: member order does not count, numbers compare by their text. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [numberText(a), numberText(b)]
  if (left !== undefined || right !== undefined) return left === right
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((it: Json, at) => sameJson(it, b[at] as Json))
  if (!isObject(a) || !isObject(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((it) => Object.hasOwn(b, it) && sameJson(a[it], b[it]))
  )
}
