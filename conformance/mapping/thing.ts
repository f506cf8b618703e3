// A piece of content in the one form that JSON and XML are compared in: an element or a key, with its attributes, its value
// and what stands in it. Made by the rules of CIM-JSON alone (README, "CIM-JSON"), and by nothing of the gateway that is judged.

import { writeJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'

/** How a value is written: in JSON as one of its literals, in XML as text; undefined = it has no value of its own. */
export type Token = 'string' | 'number' | 'boolean' | 'null' | 'text'

/** A piece of content. */
export interface Thing {
  readonly kind: 'element' | 'attribute' | 'extension'
  /** local name */
  readonly name: string
  /** JSON Pointer (RFC 6901), or path of elements */
  readonly place: string
  readonly token: Token | undefined
  readonly text: string
  readonly parts: readonly Thing[]
  /** of XML, from 1; else 0 */
  readonly line: number
}

/** What stands under a key of CIM-JSON. An array is as many things. */
function thingsOfJson(name: string, value: Json, place: string): readonly Thing[] {
  if (Array.isArray(value))
    return value.map((it: Json, at) => thingOfJson(name, it, `${place}/${at}`))
  return [thingOfJson(name, value, place)]
}

/** One of them. */
export function thingOfJson(name: string, value: Json, place: string): Thing {
  const own = { kind: 'element', name: localName(name), place, line: 0 } as const
  if (!isObject(value)) return { ...own, ...valueOf(value), parts: [] }
  const text = value['$']
  const parts = Object.entries(value).flatMap(([key, it]) =>
    partsUnder(key, it, `${place}/${escaped(key)}`),
  )
  return { ...own, ...(text === undefined ? NONE : valueOf(text)), parts }
}

/** An element of a document, by its path. */
export function thingOfNode(node: Node, place: string): Thing {
  const { name, line, children, text, raw = text, attributes } = node
  const counted = new Map<string, number>()
  const parts = [
    ...Object.entries(attributes)
      .filter(([key]) => !HINTS.includes(key))
      .map(([key, value]) => attributeOf(key, { token: 'text', text: value }, `${place}/@${key}`)),
    ...children.map((it) => {
      const nth = (counted.get(it.name) ?? 0) + 1
      counted.set(it.name, nth)
      const inner = thingOfNode(it, `${place}/${it.name}[${nth}]`)
      return it.ns === node.ns || it.ns === '' ? inner : ({ ...inner, kind: 'extension' } as const)
    }),
  ]
  const value = children.length === 0 ? ({ token: 'text', text: raw } as const) : NONE
  return { kind: 'element', name, place, line, parts, ...value }
}

/** How both sides call a thing of this kind and name. */
export function labelOf({ kind, name }: Thing): string {
  return kind === 'attribute' ? `@${name}` : name
}

const NONE = { token: undefined, text: '' } as const
/** Where schemas may be found is nothing of the content. */
const HINTS: readonly string[] = ['schemaLocation', 'noNamespaceSchemaLocation']

/** Namespaces stand in names; the order of keys is that of the schema. */
const APART: readonly string[] = ['$', '@xmlns', '#order']

function partsUnder(key: string, value: Json, place: string): readonly Thing[] {
  if (APART.includes(key)) return []
  if (key === '#ext') return extensionsOf(value, place)
  if (key.startsWith('@'))
    return [attributeOf(key.slice(1).replace(/^xsi:/, ''), valueOf(value), place)]
  return thingsOfJson(key, value, place)
}

function attributeOf(name: string, value: Pick<Thing, 'token' | 'text'>, place: string): Thing {
  return { kind: 'attribute', name, place, parts: [], line: 0, ...value }
}

function extensionsOf(value: Json, place: string): readonly Thing[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((it: Json, at) => {
    const xml = isObject(it) ? it['xml'] : undefined
    const root = typeof xml === 'string' ? readXml(new TextEncoder().encode(xml)) : undefined
    if (root === undefined) return []
    return [{ ...thingOfNode(root, `${place}/${at}/xml`), kind: 'extension', line: 0 } as const]
  })
}

function valueOf(value: Json): Pick<Thing, 'token' | 'text'> {
  if (value === null) return { token: 'null', text: 'null' }
  if (typeof value === 'string') return { token: 'string', text: value }
  if (typeof value === 'boolean') return { token: 'boolean', text: String(value) }
  return isObject(value) || Array.isArray(value)
    ? NONE
    : { token: 'number', text: writeJson(value) }
}

/** True for an object of JSON; a number that is kept as its text is none. */
export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('#number' in value)
  )
}

/** `{namespace}name` where names differ by that alone. */
function localName(key: string): string {
  return key.replace(/^\{[^}]*\}/, '')
}

/** RFC 6901 §3. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
