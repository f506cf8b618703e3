// Gateways that are wrong in one thing, a line each, with the requirement that has to find it; and some that say the same
// otherwise, in which nothing may be found.

import { readJson, writeJson } from '../../../src/index.ts'
import type { Json, JsonObject } from '../../../src/index.ts'
import { isObject } from '../../mapping/thing.ts'
import type { Node } from '../../xml.ts'
import type { Quirk } from '../reference-gateway.ts'

/** One of them. */
export interface BrokenGateway {
  readonly id: string
  /** exactly these; empty: it is right */
  readonly kills: readonly string[]
  /** made anew for each run: it may remember */
  readonly quirk: () => Quirk
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT/
const LONG_DECIMAL = /^-?\d+\.\d{20,}$/

/** All. */
export const BROKEN_GATEWAYS: readonly BrokenGateway[] = [
  broken(
    'takes W for kW',
    'MAP-05',
    texts((it, name) => (/multiplier$/i.test(name) && it === 'k' ? 'none' : it)),
  ),
  broken(
    'rescales a value and not its unit',
    'MAP-05',
    texts((it) => (LONG_DECIMAL.test(it) ? it.replace(/(\d)\.(\d)/, '$1$2.') : it)),
  ),
  broken(
    'folds names to small letters',
    'MAP-06',
    texts((it, name) => (name === 'name' ? it.toLowerCase() : it)),
  ),
  broken(
    'shifts the zone and not the hour',
    'MAP-04',
    texts((it) => (DATE_TIME.test(it) ? it.replace(/\+05:30$/, 'Z') : it)),
  ),
  broken(
    'cuts a fraction of a second',
    'MAP-04',
    texts((it) => (DATE_TIME.test(it) ? it.replace(/(\.\d{3})\d+/, '$1') : it)),
  ),
  broken(
    'cuts at 255',
    'MAP-07',
    texts((it) => it.slice(0, 255)),
  ),
  broken(
    'reads numbers as the machine has them',
    'MAP-03',
    texts((it) => (LONG_DECIMAL.test(it) ? String(Number(it)) : it)),
  ),
  broken('writes a null as "null"', 'MAP-08', {
    body: (it) => reread(it, (text) => text.replaceAll(':null', ':"null"')),
  }),
  broken(
    'leaves out empty texts',
    'MAP-09',
    elements((it) => it.children.length > 0 || isMarked(it) || (it.raw ?? it.text) !== ''),
  ),
  broken(
    'trims texts',
    'MAP-10',
    texts((it) => it.trim()),
  ),
  broken(
    'has no characters beyond the basic plane',
    'MAP-10',
    texts((it) => it.replace(/[\u{10000}-\u{10ffff}]/gu, '?')),
  ),
  broken(
    'drops an element that it does not know',
    'MAP-01',
    elements((it) => it.name !== 'hint'),
  ),
  broken(
    'drops an extension',
    'MAP-14',
    elements((it, parent) => it.ns === parent.ns),
  ),
  broken(
    'drops attributes',
    'MAP-13',
    nodes((it) => ({ ...it, attributes: {} })),
  ),
  broken(
    'turns a boolean round',
    'MAP-15',
    texts((it) => ({ true: 'false', false: 'true' })[it] ?? it),
  ),
  broken(
    'keeps one of several',
    'MAP-12',
    elements(
      (it, parent) =>
        isObjectIn(parent) || parent.children.find((one) => one.name === it.name) === it,
    ),
  ),
  broken(
    'turns lists round',
    'MAP-12',
    nodes((it) => ({ ...it, children: turned(it.children) })),
  ),
  broken('invents a default', 'MAP-02', {
    read: (it, via) => (via === 'xml' ? inFirst(it, { remark: 'n/a' }) : it),
  }),
  broken('has no array of one', 'MAP-11', { read: (it) => single(it) as JsonObject }),
  broken('forgets an element of what came in JSON', 'MAP-16', {
    read: (it, via) => (via === 'json' ? inFirst(it, { Names: undefined }) : it),
  }),
  { id: 'loses an element on the way back', kills: ['MAP-17'], quirk: afterCim },
  broken('takes what breaks the schema', 'MAP-18', { takesAll: true }),
  broken('answers under no CorrelationID', 'MAP-19', {
    said: ({ headers: { correlationid: _, ...headers }, ...it }) => ({ ...it, headers }),
  }),
  broken('answers every refusal with 500', 'MAP-20', {
    said: (it) =>
      it.status < 400 ? it : { ...it, status: 500, bytes: said(it.bytes, { status: 500 }) },
  }),
  broken('does not say which item has failed', 'MAP-21', {
    said: (it) => ({ ...it, bytes: encode(decode(it.bytes).replaceAll('"ID":', '"item":')) }),
  }),
  broken('refuses without a problem document', 'MAP-22', {
    said: (it) => (it.status < 400 ? it : { ...it, contentType: 'text/html' }),
  }),
  broken('does not say where an object is', 'MAP-23', {
    said: ({ headers: { location: _, ...headers }, ...it }) => ({ ...it, headers }),
  }),
  broken('sends every message twice', 'MAP-24', { times: 2 }),
  broken('refuses what is right', 'MAP-25', { refusesAll: true }),
  broken('answers JSON as text', 'MAP-26', {
    said: (it) => (it.status < 400 ? { ...it, contentType: 'text/plain' } : it),
  }),
]

/** The same, written otherwise. */
export const EQUAL_GATEWAYS: readonly BrokenGateway[] = [
  right('as it is', {}),
  right('writes keys in another order', { read: (it) => backwards(it) as JsonObject }),
  right('writes 1 as 1.0', {
    read: (it) => reread(it, (text) => text.replace(/(:-?\d+\.\d+)(?=[,}\]])/g, '$10')),
  }),
  right(
    'writes numbers with more zeros in XML',
    texts((it) => (LONG_DECIMAL.test(it) ? `${it}00` : it)),
  ),
  right(
    'writes instants in another zone',
    texts((it) => it.replace(/T21:15:00\.123456789\+05:30$/, 'T15:45:00.123456789Z')),
  ),
  right('writes the charset in capitals', {
    said: (it) => ({ ...it, contentType: `${it.contentType}; CHARSET=UTF-8` }),
  }),
  right('writes JSON with white space', {
    said: (it) => ({ ...it, bytes: encode(`\n  ${decode(it.bytes)}\n`) }),
  }),
  right('names the noun around the content', { said: (it) => it }),
]

function broken(id: string, kills: string, quirk: Quirk): BrokenGateway {
  return { id, kills: [kills], quirk: () => quirk }
}

function right(id: string, quirk: Quirk): BrokenGateway {
  return { id, kills: [], quirk: () => quirk }
}

/** Each element changed, inside first. */
function nodes(change: (it: Node) => Node): Quirk {
  const put = (it: Node): Node => change({ ...it, children: it.children.map(put) })
  return { payload: put }
}

/** Each text of an element changed. */
function texts(change: (text: string, name: string) => string): Quirk {
  return nodes((it) => {
    if (it.children.length > 0) return it
    const raw = change(it.raw ?? it.text, it.name)
    return { ...it, raw, text: raw.trim() }
  })
}

/** Elements left out. */
function elements(isKept: (it: Node, parent: Node) => boolean): Quirk {
  const put = (it: Node): Node => ({
    ...it,
    children: it.children.filter((one) => isKept(one, it)).map(put),
  })
  return { payload: put }
}

/** Those of one name, each group the other way round. */
function turned(children: readonly Node[]): readonly Node[] {
  const names = [...new Set(children.map((it) => it.name))]
  return names.flatMap((name) => children.filter((it) => it.name === name).toReversed())
}

function isMarked({ attributes }: Node): boolean {
  return Object.keys(attributes).length > 0
}

/** The root, under which each object stands. */
function isObjectIn({ name }: Node): boolean {
  return name === 'HardValues'
}

/** Of the first message in JSON that comes after one in XML. */
function afterCim(): Quirk {
  let isLater = false
  return {
    content: (it, via) => {
      isLater ||= via === 'xml'
      return it
    },
    payload: (it) => {
      if (!isLater) return it
      isLater = false
      return elements((one) => one.name !== 'Names').payload?.(it) ?? it
    },
  }
}

/** In the first object members set, or taken away. */
function inFirst(
  content: JsonObject,
  members: Readonly<Record<string, Json | undefined>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([key, value], at) => {
      if (at > 0 || !Array.isArray(value)) return [key, value]
      const [first, ...rest] = value as readonly Json[]
      if (!isObject(first)) return [key, value]
      const entries = Object.entries({ ...first, ...members }).filter(([, it]) => it !== undefined)
      return [key, [Object.fromEntries(entries) as JsonObject, ...rest]]
    }),
  )
}

function single(value: Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(single)
    return items.length === 1 ? (items[0] as Json) : items
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [key, key === '#ext' ? it : single(it)]),
  )
}

function backwards(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(backwards)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(mapped(value, backwards)).toReversed())
}

function mapped(value: JsonObject, change: (it: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, change(it)]))
}

function reread(content: JsonObject, change: (text: string) => string): JsonObject {
  const read = readJson(change(writeJson(content)))
  return 'value' in read && isObject(read.value) ? read.value : content
}

function said(bytes: Uint8Array, members: JsonObject): Uint8Array {
  const read = readJson(decode(bytes))
  return 'value' in read && isObject(read.value)
    ? encode(writeJson({ ...read.value, ...members }))
    : bytes
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
