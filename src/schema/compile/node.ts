// What several compilers read from one XSD node: flags, optional properties, the definition that a reference means.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { ComponentKind, Components, Definition } from './compile.ts'
import { unusable } from './limits.ts'
import { splitKey } from '../model.ts'
import type { Blocked, Key } from '../model.ts'

/** xs:boolean as XSD attributes write it; absent is false. */
export function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}

/** An object with the property, or without it where there is no value. */
export function optional<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T }
}

/**
 * The definition that a reference means. Inside xs:redefine a reference to itself means what is
 * redefined (XML Schema Part 1 §4.2.2).
 */
export function referred(
  components: Components,
  kind: ComponentKind,
  at: Definition,
  name: Key,
): Definition | undefined {
  const found = components.find(kind, name)
  if (found === undefined || components.original(found) === undefined) return found
  for (let it: Definition | undefined = found; it !== undefined; it = components.original(it))
    if (contains(it.node, at.node)) return components.original(it)
  return found
}

/**
 * The definition of a name that some file has to have.
 * @param at where it is named
 * @throws {CimError} `unusable-schema`
 */
export function defined<T>(
  found: T | undefined,
  kind: ComponentKind,
  at: Definition,
  name: Key,
): T {
  if (found !== undefined) return found
  const [ns, local] = splitKey(name)
  const space = ns === '' ? 'no namespace' : `the namespace ${ns}`
  throw unusable(
    `No file defines the ${kind} ${local} of ${space}, which is named here; mind its prefix, or add the file that defines it`,
    at,
  )
}

function contains(outer: Element, inner: Element): boolean {
  return outer === inner || outer.children.some((it) => contains(it, inner))
}

const EVERY: readonly Blocked[] = ['extension', 'restriction', 'substitution']

/** `block` of a component, else `blockDefault` of its file; undefined where neither names anything. */
export function blockOf(at: Definition): ReadonlySet<Blocked> | undefined {
  const text = attribute(at.node, 'block') ?? attribute(at.document.root, 'blockDefault') ?? ''
  const words = text.split(/\s+/)
  const blocked = EVERY.filter((it) => words.includes('#all') || words.includes(it))
  return blocked.length === 0 ? undefined : new Set(blocked)
}
