// What CIM has no place for stays beside the object that it came with, as an extension of the schema, and goes back to where it
// was when the object returns in the same message of the same dialect. The shape is ours; no vendor and no standard publishes one.

import { escapeText, unescaped } from '../envelope/escape.ts'
import { isObject, member, put, readJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Placed } from './dialect.ts'
import { stepsOf } from './outcome.ts'

/** namespace of extensions that cimgate writes itself */
export const EXTENSION_NS = 'http://cimgate.example/draft/2026/ext#'

/** the member of CIM-JSON that holds extensions */
export const EXTENSIONS = '#ext'

/** A field of the vendor that is kept. */
export interface Kept extends Placed {
  /** it stood around the list that the object is one of */
  readonly isAround: boolean
}

/**
 * One entry of `#ext`.
 * @param of dialect and message of it, `<dialect>/<message>`
 * @param path of the field, from the vendor's object; of what stood around it, from the message
 */
export function extensionOf(of: string, { path, value, isAround }: Kept): JsonObject {
  const said = writeJson(isAround ? [path, value, true] : [path, value])
  const [dialect, message] = partsOf(of)
  const its = message === undefined ? '' : ` message="${message}"`
  const xml = `<x:field xmlns:x="${EXTENSION_NS}" dialect="${dialect}"${its}>${escapeText(legal(said))}</x:field>`
  return { ns: EXTENSION_NS, xml }
}

/**
 * The field that an entry keeps; undefined for what is not of this dialect. What came with another message of it is kept on, and is
 * none of this one: the same words may mean something else there.
 */
export function keptIn(of: string, extension: Json): Kept | 'elsewhere' | undefined {
  const xml = member(extension, 'xml')
  if (member(extension, 'ns') !== EXTENSION_NS || typeof xml !== 'string') return undefined
  const [, attributes = '', text = ''] = /^\s*<[\w.-]+:field\b([^>]*)>([^]*)<\//.exec(xml) ?? []
  const [dialect, message] = partsOf(of)
  if (attributeOf('dialect', attributes) !== dialect) return undefined
  const read = readJson(unreferenced(text))
  const said = 'value' in read ? read.value : null
  if (!Array.isArray(said) || typeof said[0] !== 'string') return undefined
  if (attributeOf('message', attributes) !== message) return 'elsewhere'
  return { path: said[0], value: (said[1] ?? null) as Json, isAround: said[2] === true }
}

function partsOf(of: string): readonly [string, string | undefined] {
  const [dialect = '', message] = of.split('/')
  return [dialect, message]
}

function attributeOf(name: string, attributes: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
}

/** The object with a field where it was. What stands there already is newer, and stays. */
export function restored(object: JsonObject, path: string, value: Json): JsonObject {
  return placed(object, stepsOf(path), value) as JsonObject
}

function placed(at: Json | undefined, steps: readonly string[], value: Json): Json {
  const [step, ...rest] = steps
  if (step === undefined) return at === undefined ? value : at
  if (Array.isArray(at)) {
    const index = Number(step)
    if (!(index < at.length)) return at
    return at.map((it: Json, own) => (own === index ? placed(it, rest, value) : it))
  }
  if (at !== undefined && !isObject(at)) return at
  const copy: Record<string, Json> = { ...(at ?? {}) }
  put(copy, step, placed(member(at, step), rest, value))
  return copy
}

/** What XML cannot carry can only stand in texts, where JSON has another way to write it. */
function legal(json: string): string {
  return json.replace(
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** What is no reference of XML stays as it is written. */
function unreferenced(text: string): string {
  return text.replace(/&[#\w]+;/g, (it) => unescaped(it) ?? it)
}
