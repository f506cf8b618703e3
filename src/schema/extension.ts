// Extension elements leave their document: the namespace declarations that they took from around them go with them.

import type { Element } from '../envelope/element.ts'
import { escapeAttribute } from '../envelope/escape.ts'
import { XSI_NS } from './builtins.ts'

/**
 * The source text of an element with the declarations it needs added to its start tag; otherwise byte by byte.
 * @param slice from `<` of the start tag to behind the end tag
 * @param way from the document's root down to the element
 */
export function selfContained(slice: string, way: readonly Element[]): string {
  const element = way.at(-1)
  if (element === undefined) return slice
  const around = new Map(way.slice(0, -1).flatMap((it) => it.declared ?? []))
  // Without a default namespace around, `xmlns=""` keeps the one of another place away.
  const needed = [...needs(element, new Set())].filter((prefix) => prefix !== 'xml')
  const declared = needed.map((prefix) => declaration(prefix, around.get(prefix) ?? '')).join('')
  const name = /^<[^\s/>]+/.exec(slice)?.[0] ?? ''
  return `${name}${declared}${slice.slice(name.length)}`
}

/** Prefixes that the element or something in it uses without declaring them. */
function needs(element: Element, bound: ReadonlySet<string>): ReadonlySet<string> {
  const inside =
    element.declared === null
      ? bound
      : new Set([...bound, ...element.declared.map(([prefix]) => prefix)])
  const used = [
    element.prefix,
    ...element.attributes.flatMap((it) => [
      ...(it.prefix === '' ? [] : [it.prefix]),
      ...typePrefix(it),
    ]),
  ]
  const own = used.filter((it) => !inside.has(it))
  return new Set([...own, ...element.children.flatMap((it) => [...needs(it, inside)])])
}

/** The value of xsi:type is a prefixed name, too. */
function typePrefix(it: Element['attributes'][number]): readonly string[] {
  const colon = it.value.indexOf(':')
  return it.ns === XSI_NS && it.name === 'type' && colon > 0
    ? [it.value.slice(0, colon).trim()]
    : []
}

function declaration(prefix: string, ns: string): string {
  return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(ns)}"`
}
