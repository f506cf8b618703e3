// Wildcards of a schema as libxml2 reads them right. It reads one that may stand several times too generously: behind a
// repeated element or in a choice, declared elements may then come behind an extension, and where two are asked for in an
// optional group, one is enough. Written one behind the other, the last ones optional, they mean the same.

import { attribute } from '../../envelope/element.ts'
import type { Attribute, Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'

/** A schema, or part of one, with its wildcards one behind the other; the same object where nothing changes. */
export function withPlainWildcards(node: Element): Element {
  // Whoever refers to a group may repeat it, and in a repetition the two wildcards would be one too many.
  if (node.ns !== XSD_NS || node.name === 'group' || isRepeated(node)) return node
  const children = node.children.map((it) => (isAny(it) ? plain(it) : withPlainWildcards(it)))
  const isSame = children.every((it, at) => it === node.children[at])
  return isSame ? node : { ...node, children, mixed: null }
}

function isAny({ ns, name }: Element): boolean {
  return ns === XSD_NS && name === 'any'
}

function isRepeated(node: Element): boolean {
  return !['0', '1'].includes(attribute(node, 'maxOccurs')?.trim() ?? '1')
}

/** Copies that are written one behind the other; whoever asks for more gets them counted. */
const MOST_COPIES = 8

function plain(any: Element): Element {
  const least = Number(attribute(any, 'minOccurs')?.trim() ?? '1')
  if (!isRepeated(any) || least > MOST_COPIES) return any
  const most = attribute(any, 'maxOccurs')?.trim() ?? ''
  const copies = Math.max(least, 1)
  const rest = most === 'unbounded' ? most : String(Number(most) - copies)
  const others = any.attributes.filter((it) => !['minOccurs', 'maxOccurs', 'id'].includes(it.name))
  const one = { ...any, attributes: others }
  const more = { ...one, attributes: [...others, OPTIONAL, occurs('maxOccurs', rest)] }
  const children = [...Array.from({ length: copies }, () => one), ...(rest === '0' ? [] : [more])]
  const attributes = least === 0 ? [OPTIONAL] : []
  return { ...any, name: 'sequence', attributes, children, mixed: null }
}

function occurs(name: string, value: string): Attribute {
  return { name, ns: '', prefix: '', value }
}

const OPTIONAL = occurs('minOccurs', '0')
