// Element tree -> XML text. Prefixes and declarations are kept as they stand in the tree, and added where one is missing.

import type { Attribute, Element } from './element.ts'
import { escapeAttribute, escapeText } from './escape.ts'

type Scope = ReadonlyMap<string, string>

const EMPTY_SCOPE: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
])

/**
 * Writes an element with everything in it, without an XML declaration.
 * Text and values must be legal in XML (see `illegalCharacter`), names are written as they stand.
 */
export function writeElement(element: Element, outer: Scope = EMPTY_SCOPE): string {
  const declared = missing(element, outer)
  const scope = declared.length === 0 ? outer : new Map([...outer, ...declared])
  const tag = element.prefix === '' ? element.name : `${element.prefix}:${element.name}`
  const open = `<${tag}${declared.map(declaration).join('')}${element.attributes.map(attribute).join('')}`
  const content = element.mixed ?? (element.children.length > 0 ? element.children : [element.text])
  const inner = content
    .map((it) => (typeof it === 'string' ? escapeText(it) : writeElement(it, scope)))
    .join('')
  return inner === '' ? `${open}/>` : `${open}>${inner}</${tag}>`
}

/** The element's own declarations, and one for each prefix of its own that the scope does not bind as it should. */
function missing(element: Element, outer: Scope): readonly (readonly [string, string])[] {
  const declared = new Map(element.declared ?? [])
  const need = (prefix: string, ns: string) => {
    if (!declared.has(prefix) && outer.get(prefix) !== ns) declared.set(prefix, ns)
  }
  need(element.prefix, element.ns)
  for (const it of element.attributes) if (it.prefix !== '') need(it.prefix, it.ns)
  return [...declared]
}

function declaration([prefix, ns]: readonly [string, string]): string {
  return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(ns)}"`
}

function attribute({ prefix, name, value }: Attribute): string {
  return ` ${prefix === '' ? '' : `${prefix}:`}${name}="${escapeAttribute(value)}"`
}
