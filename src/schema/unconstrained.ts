// The unconstrained variant of a schema that nobody has written out: every minOccurs is lowered to 0, because a change, a
// delete, a cancel or a close names an object and the parts concerned.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { compile } from './compile/compile.ts'
import type { SchemaDocument } from './compile/compile.ts'
import { isDeterministic } from './determinism.ts'
import { loweredSchema } from './lowered.ts'
import { key, splitKey } from './model.ts'
import type { Key, Model, Type } from './model.ts'

/**
 * The closure of a schema with every minOccurs lowered to 0. Where that would leave open which particle an element
 * belongs to, the component that it happens in stays as it is.
 * @param isLowered false for documents that stay as they are, such as the envelope
 * @param place makes the location of a lowered document of its own
 */
export function loweredClosure(
  documents: readonly SchemaDocument[],
  isLowered: (document: SchemaDocument) => boolean,
  place: (location: string) => string,
): readonly SchemaDocument[] {
  const moved = new Set(documents.filter(isLowered).map((it) => it.location))
  const to = (location: string) => (moved.has(location) ? place(location) : location)
  let kept: ReadonlySet<Key> = new Set()
  for (;;) {
    const made = documents.map((it) => (isLowered(it) ? lower(it, kept, to) : it))
    const more = ambiguous(compile(made), kept, documents)
    if (more.size === kept.size) return made
    kept = more
  }
}

function lower(
  document: SchemaDocument,
  kept: ReadonlySet<Key>,
  to: (location: string) => string,
): SchemaDocument {
  const { location, root, targetNamespace, links } = document
  const isKept = (kind: string, name: string) => kept.has(nameOf(kind, key(targetNamespace, name)))
  const made = loweredSchema(root, isKept)
  // Every child has stayed in its place.
  const moved = new Map<Element, string>()
  for (const [at, node] of root.children.entries()) {
    const [target, twin] = [links?.get(node), made.children[at]]
    if (target !== undefined && twin !== undefined) moved.set(twin, to(target))
  }
  return { ...document, location: to(location), root: made, links: moved }
}

/** Elements and types may share a name. */
function nameOf(kind: string, name: Key): Key {
  return `${kind === 'element' ? 'element' : 'other'} ${name}`
}

/** Components whose lowered content competes with itself, beside those that are kept already. */
function ambiguous(
  model: Model,
  kept: ReadonlySet<Key>,
  documents: readonly SchemaDocument[],
): ReadonlySet<Key> {
  const found = new Set(kept)
  const check = (owner: Key, type: Type) => {
    if (isClear(type, model, new Set())) return
    if (!found.has(owner)) found.add(owner)
    // The component is kept and still not clear: what it is made of has to stay too.
    else for (const it of madeOf(owner, documents)) found.add(it)
  }
  for (const [name, type] of model.types) check(nameOf('type', name), type)
  for (const [name, { type }] of model.elements)
    if (type.kind === 'complex' && type.name === '') check(nameOf('element', name), type)
  return found
}

/** Its own content, and that of types without a name inside it. */
function isClear(type: Type, model: Model, seen: Set<Type>): boolean {
  if (type.kind !== 'complex' || type.content.kind !== 'particle' || seen.has(type)) return true
  seen.add(type)
  const { particle } = type.content
  if (!isDeterministic(particle, model)) return false
  const inside = [particle]
  for (let it = inside.pop(); it !== undefined; it = inside.pop()) {
    if (it.kind === 'any') continue
    if (it.kind !== 'element') inside.push(...it.items)
    else if (it.decl.type.kind === 'complex' && it.decl.type.name === '' && !it.decl.global)
      if (!isClear(it.decl.type, model, seen)) return false
  }
  return true
}

/** Every group and base that the component names, by local name: too many rather than too few. */
function madeOf(owner: Key, documents: readonly SchemaDocument[]): readonly Key[] {
  const [, local] = splitKey(owner.slice(owner.indexOf(' ') + 1))
  const names = new Set<string>()
  const visit = (it: Element) => {
    const named =
      it.name === 'group'
        ? attribute(it, 'ref')
        : BASED.includes(it.name)
          ? attribute(it, 'base')
          : undefined
    if (named !== undefined) names.add(named.replace(/^.*:/, ''))
    it.children.forEach(visit)
  }
  const tops = documents.flatMap(({ root, targetNamespace }) =>
    root.children.map((node) => ({ node, targetNamespace })),
  )
  for (const { node } of tops) if (attribute(node, 'name') === local) visit(node)
  return tops
    .filter(({ node }) => names.has(attribute(node, 'name') ?? '') && node.name !== 'element')
    .map(({ node, targetNamespace }) =>
      nameOf(node.name, key(targetNamespace, attribute(node, 'name') ?? '')),
    )
}

const BASED: readonly string[] = ['extension', 'restriction']
