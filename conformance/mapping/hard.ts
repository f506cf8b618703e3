// Values that translators lose: put in the places of an ordinary sample, so that what comes out the other side shows it. The
// same sample gives the same values.

import { writeJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { forms, itemOf, keysOf, typeOf, under } from './schema.ts'
import type { Schema } from './schema.ts'
import { isObject } from './thing.ts'

/** Texts: of each it is said what loses it. */
const TEXTS: readonly string[] = [
  // 20 digits, of which a number of the machine keeps 16
  '98765432109876543210',
  // leading zeros, and letters of both cases
  '007-AbCdEfGh-aBcDeFgH',
  // more than a column of 255 characters
  `${'a text that is longer than a column of a table, '.repeat(7)}end`,
  // white space at both ends and inside
  '  two  blanks  ',
  // combining marks, right to left, beyond the basic plane
  'e\u0301 \u05e9\u05dc\u05d5\u05dd \u4e2d\u6587 \u{1f50c}',
  // markup, and what looks like an escape
  `<a href="x">&amp; 'it' ]]>`,
  // words that mean something elsewhere
  'null',
  'true',
  '1e21',
  // lines
  'one\ntwo\tthree',
  // nothing, which is something
  '',
]

/** What is put behind a number, so that more digits are there than a number of the machine keeps. */
const FRACTION = '.00000000000000000000000000010'
/** So long that no type of the machine holds it. */
const WHOLE = '00000000000000000000000000000000000001'

/** A sample with such values in all places that admit them. */
export function hardened(value: JsonObject, schema: Schema | undefined): JsonObject {
  let next = 0
  const text = () => TEXTS[next++ % TEXTS.length] ?? ''
  return changed(value, schema, (it, of, key) => hardValue(it, of, key, text))
}

/** A sample in which every list inside an object that has one item has a second, which is another one. */
export function doubled(value: JsonObject): JsonObject {
  const put = (it: Json, depth: number): Json => {
    if (Array.isArray(it)) {
      const items = (it as readonly Json[]).map((one) => put(one, depth))
      const [only] = items
      return depth > 1 && items.length === 1 && isObject(only) ? [only, second(only)] : items
    }
    if (!isObject(it)) return it
    return Object.fromEntries(
      Object.entries(it).map(([key, one]) => [key, key === '#ext' ? one : put(one, depth + 1)]),
    )
  }
  return put(value, 0) as JsonObject
}

/** Its numbers are higher by one, and its ids and names end otherwise. */
function second(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => {
      if (isName(key) && typeof it === 'string') return [key, it.replace(/.$/, otherwise)]
      return [key, typeof it === 'number' ? it + 1 : it]
    }),
  )
}

function otherwise(last: string): string {
  return last === '2' ? '3' : '2'
}

/** A sample with this text in all places that admit any: nothing else has it. */
export function marked(value: JsonObject, schema: Schema | undefined, text: string): JsonObject {
  return changed(value, schema, (it, of, key) => (isFreeText(of, key) ? text : it))
}

/** An element that only a wildcard admits, where there is one. */
const EXTENSION: Json = [
  {
    ns: 'urn:example:extension',
    xml: '<x:note xmlns:x="urn:example:extension" by="2">kept</x:note>',
  },
]

function extended(
  value: JsonObject,
  schema: Schema | undefined,
): readonly (readonly [string, Json])[] {
  const entries = Object.entries(value)
  const isOpen = schema !== undefined && keysOf(schema).some(([key]) => key === '#ext')
  return isOpen && value['#ext'] === undefined ? [...entries, ['#ext', EXTENSION]] : entries
}

type Change = (value: Json, schema: Schema | undefined, key: string) => Json

function changed(value: JsonObject, schema: Schema | undefined, change: Change): JsonObject {
  const put = (it: Json, of: Schema | undefined, key: string): Json => {
    if (Array.isArray(it)) return (it as readonly Json[]).map((one) => put(one, of, key))
    if (!isObject(it)) return change(it, of, key)
    return Object.fromEntries(
      extended(it, of).map(([name, one]) => {
        if (/^[@#]/.test(name)) return [name, one]
        if (name === '$') return [name, put(one, of, key)]
        return [name, put(one, under(of, { kind: 'element', name }), name)]
      }),
    )
  }
  return put(value, schema, '') as JsonObject
}

function hardValue(value: Json, schema: Schema | undefined, key: string, text: () => string): Json {
  const type = typeOf(schema)
  if (type === 'text') return isFreeText(schema, key) ? text() : value
  if (type === 'instant') return typeof value === 'string' ? elsewhere(value) : value
  if (type === 'number') return longer(value, schema === undefined ? [] : forms(itemOf(schema)))
  return value
}

/** Its schema admits whatever text there is. */
export function isFreeText(schema: Schema | undefined, key: string): boolean {
  if (schema === undefined || typeOf(schema) !== 'text' || isName(key)) return false
  const limits = ['enum', 'pattern', 'maxLength', 'const']
  const all = forms(itemOf(schema))
  return (
    all.some((it) => it['type'] === 'string') && !all.some((it) => limits.some((one) => one in it))
  )
}

/** What others refer to, and what the object is known by, stays. */
function isName(key: string): boolean {
  return /^(mRID|name|.*ID|ref)$/.test(key)
}

/** The same instant in another zone, with a fraction that no clock of the machine has. */
function elsewhere(text: string): string {
  const [, second, zone] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/.exec(text) ?? []
  if (second === undefined) return text
  const at = Date.parse(`${second}${zone}`) + 330 * 60_000
  return `${new Date(at).toISOString().slice(0, 19)}.123456789+05:30`
}

function longer(value: Json, limits: readonly JsonObject[]): Json {
  const isInteger = limits.some((it) => String(it['type']).includes('integer'))
  const isBounded = limits.some((it) => 'minimum' in it || 'maximum' in it)
  const text = typeof value === 'string' ? '' : writeJson(value)
  if (isBounded || !/^-?\d+(\.\d+)?$/.test(text)) return value
  if (isInteger) return Number(text) === 0 ? value : { '#number': `${text}${WHOLE}` }
  return { '#number': text.includes('.') ? `${text}${FRACTION.slice(1)}` : `${text}${FRACTION}` }
}
