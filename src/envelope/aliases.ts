// Reads a dialect on purpose: rewrites namespaces and verbs that a configuration names one by one.
// Nothing is guessed, and whatever was rewritten is told, so that it can be logged.

import type { Element } from './element.ts'
import { partOf } from './parts.ts'
import { soapBody } from './soap.ts'

/** What to read as what; keys are exact. */
export interface Aliases {
  readonly namespaces?: Readonly<Record<string, string>>
  readonly verbs?: Readonly<Record<string, string>>
}

/** The rewritten tree, and one line for each alias that was used. */
export interface Aliased {
  readonly root: Element
  readonly applied: readonly string[]
}

/**
 * Applies aliases to a whole document, inside a SOAP Envelope too. Every `index` stays, so that findings still
 * point at the text as it was received. Verbs are those of the Header; an Operation keeps its own.
 */
export function applyAliases(root: Element, aliases: Aliases): Aliased {
  const namespaces = aliasNamespaces(root, new Map(Object.entries(aliases.namespaces ?? {})))
  const verbs = aliasVerb(namespaces.root, new Map(Object.entries(aliases.verbs ?? {})))
  return { root: verbs.root, applied: [...namespaces.applied, ...verbs.applied] }
}

type Table = ReadonlyMap<string, string>

function aliasNamespaces(root: Element, table: Table): Aliased {
  if (table.size === 0) return { root, applied: [] }
  const used = [...namespacesIn(root, new Set())].filter((it) => table.has(it))
  const applied = used.map((it) => `namespace ${it} read as ${table.get(it)}`)
  return { root: used.length === 0 ? root : rename(root, table), applied }
}

/** The namespaces of elements, attributes and declarations, in order of appearance. */
function namespacesIn(it: Element, into: Set<string>): ReadonlySet<string> {
  into.add(it.ns)
  for (const { ns } of it.attributes) into.add(ns)
  for (const [, ns] of it.declared ?? []) into.add(ns)
  for (const inner of it.children) namespacesIn(inner, into)
  return into
}

function rename(it: Element, table: Table): Element {
  const to = (ns: string) => table.get(ns) ?? ns
  const renamed: Element = {
    ...it,
    ns: to(it.ns),
    attributes: it.attributes.map((one) => ({ ...one, ns: to(one.ns) })),
    declared: it.declared?.map(([prefix, ns]) => [prefix, to(ns)] as const) ?? null,
  }
  return withChildren(
    renamed,
    it.children.map((inner) => rename(inner, table)),
  )
}

function aliasVerb(root: Element, table: Table): Aliased {
  const way = wayToVerb(root)
  const verb = way.at(-1)
  const as = verb === undefined ? undefined : table.get(verb.text)
  if (verb === undefined || as === undefined) return { root, applied: [] }
  return { root: rewrite(way, as) ?? root, applied: [`verb ${verb.text} read as ${as}`] }
}

/** From the root down to Header/Verb; empty when there is none. */
function wayToVerb(root: Element): readonly Element[] {
  const soap = soapBody(root)
  const way = soap === undefined ? [root] : [root, soap.body, soap.message]
  const header = partOf(way.at(-1), 'Header')
  const whole = [...way, header, partOf(header, 'Verb')].filter((it) => it !== undefined)
  return whole.length === way.length + 2 ? whole : []
}

function rewrite([top, ...below]: readonly Element[], text: string): Element | undefined {
  if (top === undefined || below.length === 0) return top && { ...top, text }
  return withChildren(
    top,
    top.children.map((it) => (it === below[0] ? (rewrite(below, text) ?? it) : it)),
  )
}

/** `mixed` holds the same children between its texts, and has to follow them. */
function withChildren(it: Element, children: readonly Element[]): Element {
  const inner = children.values()
  const mixed = it.mixed?.map((one) =>
    typeof one === 'string' ? one : (inner.next().value ?? one),
  )
  return { ...it, children, mixed: mixed ?? null }
}
