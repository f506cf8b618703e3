// Namespaces in plain documents (Namespaces in XML 1.0): declarations, and what prefixes mean.

import type { Attribute } from '../../envelope/element.ts'
import { XML_NS } from '../../schema/builtins.ts'
import { notPlain } from './not-plain.ts'
import { copied } from './plain-names.ts'

const NONE: readonly never[] = Object.freeze([])

/** A namespace declaration, and those around it. */
export interface Space {
  readonly prefix: string
  readonly ns: string
  /** of the namespace in this document */
  readonly number: number
  readonly outer: Space | undefined
  /** how many there are, this one included */
  readonly depth: number
}

/** declarations in force at one place; each lookup goes through them */
const MOST_IN_FORCE = 64

/** One more declaration in force. */
export function within(
  outer: Space | undefined,
  prefix: string,
  ns: string,
  number: number,
): Space {
  const depth = (outer?.depth ?? 0) + 1
  return depth > MOST_IN_FORCE ? notPlain() : { prefix, ns, number, outer, depth }
}

/** An attribute before its prefix is looked up. */
export interface Written {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

/** The prefix that a declaration binds, '' for the default namespace; undefined for an attribute. */
export function declaredBy({ prefix, name }: Written): string | undefined {
  if (prefix === 'xmlns') return name
  return prefix === '' && name === 'xmlns' ? '' : undefined
}

/** What libxml2 finds nothing to say about; longer and stranger ones are for it to judge. */
const USUAL_NS =
  /^(?:urn:[A-Za-z0-9][A-Za-z0-9:._-]*|https?:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~:\/-]*)?)(?:#[A-Za-z0-9._~-]*)?$/

/** those of all documents */
const namespaces = new Map<string, string>()
const MOST_NAMESPACES = 1000

/** Namespaces in XML 1.0 §3 and §5. */
export function namespaceIn(
  ns: string,
  prefix: string,
  declared: readonly (readonly [string, string])[],
): string {
  if (declared.some(([it]) => it === prefix)) notPlain()
  if (ns === '' ? prefix !== '' : !USUAL_NS.test(ns)) notPlain()
  if (prefix.startsWith('xml') || ns === XML_NS || ns.startsWith('http://www.w3.org/2000/xmlns'))
    notPlain()
  // One text for one namespace: it is compared with every element's.
  const known = namespaces.get(ns)
  if (known !== undefined) return known
  if (namespaces.size >= MOST_NAMESPACES) namespaces.clear()
  const kept = copied(ns)
  namespaces.set(kept, kept)
  return kept
}

/** The number of the namespace of an element, by the prefix of its name. */
export function spaceOf(space: Space | undefined, prefix: string): number {
  return boundTo(space, prefix)?.number ?? (prefix === '' ? 0 : notPlain())
}

function boundTo(space: Space | undefined, prefix: string): Space | undefined {
  for (let it = space; it !== undefined; it = it.outer) if (it.prefix === prefix) return it
  return undefined
}

/** Attributes with what their prefixes mean; no two have one name (§6.3). */
export function resolved(
  written: readonly Written[],
  space: Space | undefined,
): readonly Attribute[] {
  if (written.length === 0) return NONE
  const made = written.map(({ prefix, name, value }) => ({
    name,
    ns: prefix === '' ? '' : namespaceOf(space, prefix, name),
    prefix,
    value,
  }))
  const names = new Set(made.map(({ ns, name }) => `${ns} ${name}`))
  return names.size === made.length ? made : notPlain()
}

/** Of those of the prefix xml, libxml2 has something to say about the values of the others. */
function namespaceOf(space: Space | undefined, prefix: string, name: string): string {
  if (prefix === 'xml') return name === 'lang' ? XML_NS : notPlain()
  return boundTo(space, prefix)?.ns ?? notPlain()
}
