// Namespace declarations in force at an element: what prefixed names in its attributes and text mean.

import type { Element } from '../envelope/element.ts'
import { XML_NS } from './builtins.ts'
import { key } from './model.ts'
import type { Key } from './model.ts'

/** Declarations from the innermost element outwards; undefined where there is none at all. */
export type Scope = Around | undefined

interface Around {
  readonly declared: readonly (readonly [prefix: string, ns: string])[]
  readonly outer: Scope
}

/** The scope inside an element that stands in another scope. */
export function scopeIn(element: Element, outer: Scope): Scope {
  return element.declared === null ? outer : { declared: element.declared, outer }
}

/** @param way elements from the outermost inwards */
export function scopeAlong(way: readonly Element[]): Scope {
  return way.reduce<Scope>((outer, it) => scopeIn(it, outer), undefined)
}

/** The namespace of a prefix, '' = the default one; undefined for a prefix that is not bound. */
export function namespaceOf(prefix: string, scope: Scope): string | undefined {
  if (prefix === 'xml') return XML_NS
  for (let it = scope; it !== undefined; it = it.outer) {
    const found = it.declared.find(([bound]) => bound === prefix)
    if (found !== undefined) return found[1]
  }
  return prefix === '' ? '' : undefined
}

/** A name written with or without a prefix (xs:QName); undefined when its prefix is not bound. */
export function qualifiedName(text: string, scope: Scope): Key | undefined {
  const name = text.trim()
  const colon = name.indexOf(':')
  const ns = namespaceOf(name.slice(0, Math.max(colon, 0)), scope)
  return ns === undefined ? undefined : key(ns, name.slice(colon + 1))
}
