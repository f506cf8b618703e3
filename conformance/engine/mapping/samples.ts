// What is said to a gateway about a noun: samples of its schema, the first with values that translators lose. A product may
// have rules by which it does not take the first; then the next is tried.

import { readJson, writeJson } from '../../../src/index.ts'
import type { Cimgate, Json, JsonObject } from '../../../src/index.ts'
import { uuidOf } from '../../ids.ts'
import { doubled, hardened, isFreeText } from '../../mapping/hard.ts'
import { schemaOf, under } from '../../mapping/schema.ts'
import type { Schema } from '../../mapping/schema.ts'
import { isObject } from '../../mapping/thing.ts'

/** What the schemas give. */
export type Nouns = Pick<Cimgate, 'sample' | 'jsonSchema' | 'invalid' | 'nouns' | 'validate'>

/** A noun with what can be said about it. */
export interface Subject {
  readonly noun: string
  readonly ns: string
  readonly schema: Schema
  /** contents of the root, the hardest first */
  readonly contents: readonly JsonObject[]
  /** one with as little as there may be */
  readonly least: JsonObject
  /** whole messages of CIM-JSON that break the schema of the payload */
  readonly wrong: readonly Json[]
}

/** Samples take their time, and are the same every time. */
const made = new WeakMap<Nouns, Map<string, Subject | undefined>>()

/** undefined where there is no such noun, or nobody creates it. */
export function subjectOf(noun: string, nouns: Nouns): Subject | undefined {
  const known = made.get(nouns) ?? new Map<string, Subject | undefined>()
  made.set(nouns, known)
  if (!known.has(noun)) known.set(noun, subjectMade(noun, nouns))
  return known.get(noun)
}

function subjectMade(noun: string, nouns: Nouns): Subject | undefined {
  const whole = nouns.jsonSchema(noun, 'create')
  const full = contentOf(nouns, noun, { full: true })
  const ns = nouns.nouns.find((it) => it.noun === noun && it.selected)?.payloadNs
  if (whole === undefined || full === undefined || ns === undefined) return undefined
  const schema = schemaOf(whole)
  const plain = contentOf(nouns, noun, {})
  const wrong = nouns
    .invalid(noun, { json: true, count: 24 })
    .filter((it) =>
      it.expect.every(({ rule, path }) => rule !== 'JSON-NULL' && path.includes(`/${noun}/`)),
    )
    .flatMap(({ json }) => (json === undefined ? [] : [json]))
  // Rules may refuse what is over, or lies ahead.
  const hard = hardened(full, schema)
  const several = doubled(hard)
  const ahead = [hard, full].map(later)
  const contents = [several, hard, full, ...ahead, ...(plain === undefined ? [] : [plain])]
  const least = contentOf(nouns, noun, { size: 0 }) ?? full
  return { noun, ns, schema, contents, least, wrong: wrong.slice(0, 2) }
}

/** Everything ten years later: what was in order still is. */
function later(content: JsonObject): JsonObject {
  const put = (value: Json): Json => {
    if (typeof value === 'string')
      return value.replace(/^20([23])\d(?=-\d\d-\d\d)/, (it) => String(Number(it) + 10))
    if (Array.isArray(value)) return (value as readonly Json[]).map(put)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, put(it)]))
  }
  return put(content) as JsonObject
}

function contentOf(
  { sample }: Nouns,
  noun: string,
  how: NonNullable<Parameters<Nouns['sample']>[1]>,
): JsonObject | undefined {
  const message = sample(noun, how)
  const header = message?.['header']
  if (!isObject(header) || header['Verb'] !== 'create') return undefined
  const payload = message?.['payload']
  const first = Array.isArray(payload) ? (payload as readonly Json[])[0] : payload
  const content = isObject(first) ? first[noun] : undefined
  if (!isObject(content)) return undefined
  const { '@xmlns': _ns, ...rest } = content
  return rest
}

/** The same content about other objects: each has an mRID, names and numbers that nothing else has, in letters of both cases. */
export function renamed(
  content: JsonObject,
  seed: string,
  ...words: readonly string[]
): JsonObject {
  return Object.fromEntries(
    Object.entries(numberedAnew(content, seed, ...words)).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, namedAnew(value, seed, ...words, key, '0')]
      const items = value as readonly Json[]
      return [key, items.map((it, at) => namedAnew(it, seed, ...words, key, String(at)))]
    }),
  )
}

/** 20 digits, of which the last eight are its own. */
function numberedAnew(content: JsonObject, seed: string, ...words: readonly string[]): JsonObject {
  const digits = String(parseInt(uuidOf(seed, ...words).slice(0, 8), 16) % 1e8).padStart(8, '0')
  const text = writeJson(content).replace(
    /"98765432109876543210"|"9{12}\d{8}"/g,
    () => `"999999999999${digits}"`,
  )
  const read = readJson(text)
  return 'value' in read && isObject(read.value) ? read.value : content
}

function namedAnew(value: Json, seed: string, ...words: readonly string[]): Json {
  if (!isObject(value)) return value
  // What has no mRID is known by what it is about.
  if (typeof value['mRID'] !== 'string') return referredAnew(value, seed, ...words)
  const id = uuidOf(seed, ...words)
  const names = value['Names']
  return {
    ...value,
    mRID: bothCases(id),
    ...(isPlainText(value['transactionId']) ? { transactionId: `T-${id}` } : {}),
    ...(Array.isArray(names)
      ? { Names: (names as readonly Json[]).map((it, at) => nameAnew(it, `${id}-${at}`)) }
      : {}),
  }
}

/** No number that is hard to keep. */
function isPlainText(it: Json | undefined): boolean {
  return typeof it === 'string' && !/^\d+$/.test(it)
}

function referredAnew(value: JsonObject, seed: string, ...words: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) =>
      isObject(it) && typeof it['mRID'] === 'string'
        ? [key, namedAnew(it, seed, ...words, key)]
        : [key, it],
    ),
  )
}

function nameAnew(value: Json, id: string): Json {
  if (!isObject(value) || typeof value['name'] !== 'string') return value
  return { ...value, name: `Grüße “${id.toUpperCase()}” & co.` }
}

/** Every second letter is a capital. */
function bothCases(id: string): string {
  let at = 0
  return id.replace(/[a-f]/g, (it) => ((at += 1) % 2 === 0 ? it : it.toUpperCase()))
}

/** mRIDs of what stands directly under the root, in order. */
export function mRIDsIn(content: JsonObject): readonly string[] {
  return Object.values(content).flatMap((value) => {
    const items = Array.isArray(value) ? (value as readonly Json[]) : [value]
    return items.flatMap((it) => {
      const id = isObject(it) ? it['mRID'] : undefined
      return typeof id === 'string' ? [id] : []
    })
  })
}

/** The content with a null in the place of one of its free texts; undefined where it has none. */
export function withNull(content: JsonObject, schema: Schema): JsonObject | undefined {
  const put = (value: Json, of: Schema | undefined): Json | undefined => {
    if (Array.isArray(value)) {
      const [first, ...rest] = value as readonly Json[]
      const inner = first === undefined ? undefined : put(first, of)
      return inner === undefined ? undefined : [inner, ...rest]
    }
    if (!isObject(value)) return undefined
    for (const [name, it] of Object.entries(value)) {
      const own = under(of, { kind: 'element', name })
      const inner = typeof it === 'string' && isFreeText(own, name) ? null : put(it, own)
      if (inner !== undefined) return { ...value, [name]: inner }
    }
    return undefined
  }
  return put(content, schema) as JsonObject | undefined
}

/** Two objects in one content: those of both, under the keys that hold arrays; undefined where none does. */
export function together(one: JsonObject, other: JsonObject): JsonObject | undefined {
  const key = Object.keys(one).find((it) => Array.isArray(one[it]) && Array.isArray(other[it]))
  if (key === undefined || mRIDsIn(one).length !== 1 || mRIDsIn(other).length !== 1)
    return undefined
  return { ...one, [key]: [...(one[key] as readonly Json[]), ...(other[key] as readonly Json[])] }
}

/** The path of a noun in a façade: its name in small letters with hyphens, an acronym as one word. */
export function resourceOf(noun: string): string {
  const words = noun.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [noun]
  return words.join('-').toLowerCase()
}

/** Whether a message of CIM-JSON is right: the tester says nothing else, and asks for nothing else to be taken. */
export async function isValid(message: JsonObject, { validate }: Nouns): Promise<boolean> {
  return (await validate(new TextEncoder().encode(writeJson(message)))).verdict === 'valid'
}
