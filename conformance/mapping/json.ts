// A tree of elements as CIM-JSON, by the rules of CIM-JSON and the cardinalities of the schema.

import type { Json, JsonObject } from '../../src/index.ts'
import { readJson } from '../../src/index.ts'
import { writeXml } from '../peers/write.ts'
import type { Node } from '../xml.ts'
import { isArray, orderOf, typeOf, under } from './schema.ts'
import type { Schema } from './schema.ts'

/** What stands under the key of an element. */
export function jsonOf(node: Node, schema: Schema | undefined): Json {
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => [`@${/^(type|nil)$/.test(name) ? 'xsi:' : ''}${name}`, value] as const,
  )
  if (node.children.length === 0) {
    const value = valueOf(node.raw ?? node.text, schema)
    if (attributes.length === 0) return isObjectType(schema) ? {} : value
    return { ...(node.text === '' ? {} : { $: value }), ...Object.fromEntries(attributes) }
  }
  const own = node.children.filter((it) => it.ns === node.ns)
  const names = [...new Set(own.map((it) => it.name))]
  const members = names.map((name): readonly [string, Json] => {
    const of = under(schema, { kind: 'element', name })
    const items = own.filter((it) => it.name === name).map((it) => jsonOf(it, of))
    const isMany = items.length > 1 || (of !== undefined && isArray(of))
    return [name, isMany ? items : (items[0] as Json)]
  })
  const others = node.children.filter((it) => it.ns !== node.ns)
  const extensions = others.map((it) => ({ ns: it.ns, xml: withoutDeclaration(writeXml(it)) }))
  return Object.fromEntries([
    ...attributes,
    ...members,
    ...(extensions.length === 0 ? [] : [['#ext', extensions] as const]),
  ]) as JsonObject
}

function withoutDeclaration(xml: string): string {
  return xml.replace(/^<\?xml[^>]*\?>\n/, '').trimEnd()
}

/** An element that may hold others, and holds none. */
function isObjectType(schema: Schema | undefined): boolean {
  return schema !== undefined && orderOf(schema).some((it) => !/^[@$]/.test(it))
}

/** A literal of JSON where the text is one, else the text. */
function valueOf(text: string, schema: Schema | undefined): Json {
  const type = typeOf(schema)
  const isLiteral =
    (type === 'boolean' && /^(true|false)$/.test(text)) ||
    (type === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text))
  const read = isLiteral ? readJson(text) : undefined
  return read !== undefined && 'value' in read ? read.value : text
}
