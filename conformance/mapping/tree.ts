// CIM-JSON as a tree of elements, by the rules of CIM-JSON and the order of the schema: what the tester itself says in XML.

import type { Json, JsonObject } from '../../src/index.ts'
import { writeJson } from '../../src/index.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { orderOf, under } from './schema.ts'
import type { Schema } from './schema.ts'
import { isObject } from './thing.ts'

/** An element of this name; its content is in the same namespace. */
export function treeOf(name: string, value: Json, ns: string, schema: Schema | undefined): Node {
  const own = { name, ns, attributes: {}, children: [], line: 0 }
  if (!isObject(value)) return { ...own, ...textOf(value) }
  const attributes = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key.startsWith('@') && key !== '@xmlns')
      .map(([key, it]) => [key.slice(1), textOf(it).text] as const),
  )
  const text = value['$'] === undefined ? { text: '' } : textOf(value['$'])
  return { ...own, attributes, children: childrenOf(value, ns, schema), ...text }
}

function textOf(value: Json): Pick<Node, 'text' | 'raw'> {
  const raw = typeof value === 'string' ? value : writeJson(value)
  return { text: raw.trim(), raw }
}

function childrenOf(value: JsonObject, ns: string, schema: Schema | undefined): readonly Node[] {
  const order = orderOf(schema)
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.keys(value)
    .filter((key) => !/^[@$#]/.test(key))
    .sort((a, b) => place(a) - place(b))
    .flatMap((key) => {
      const inner = value[key] as Json
      const items = Array.isArray(inner) ? (inner as readonly Json[]) : [inner]
      const of = under(schema, { kind: 'element', name: key })
      return items.map((it) => treeOf(key, it, ns, of))
    })
    .concat(extensionsOf(value['#ext']))
}

/** Behind everything else, where schemas have their wildcard. */
function extensionsOf(value: Json | undefined): readonly Node[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((it: Json) => {
    const xml = isObject(it) ? it['xml'] : undefined
    const root = typeof xml === 'string' ? readXml(new TextEncoder().encode(xml)) : undefined
    return root === undefined ? [] : [root]
  })
}
