// Element trees of XSD files -> the compiled model. What a root or a named type needs is compiled when it
// is first asked for, so that a large schema set opens fast.
// It does not judge schemas: a schema that the XSD engine refuses never comes here.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { XML_NS, XSD_NS } from '../builtins.ts'
import type { SchemaFile } from '../catalogue.ts'
import { typeCompiler } from './named-types.ts'
import { maySubstitute } from '../derived-type.ts'
import { key } from '../model.ts'
import type { AttributeUse, ElementDecl, Key, Model, Type } from '../model.ts'
import { placeOf } from '../schema-place.ts'
import type { SchemaPart } from '../schema-place.ts'

/** One XSD file as read. */
export interface SchemaDocument {
  readonly location: string
  readonly root: Element
  /** of the file, or of the file that includes it when it has none of its own (chameleon include) */
  readonly targetNamespace: string
  /** the file that it was read from, where it was read from one */
  readonly source?: Pick<SchemaFile, 'path' | 'locator'>
  /** location of the file that each import, include and redefine means; one without a file is not in it */
  readonly links?: ReadonlyMap<Element, string>
}

/** A global component: its definition and the file that it stands in. */
export type Definition = SchemaPart

export type ComponentKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute'

/** Everything that the files define at their top level, by kind and qualified name. */
export interface Components {
  readonly find: (kind: ComponentKind, name: Key) => Definition | undefined
  /** what a definition inside xs:redefine replaces */
  readonly original: (redefinition: Definition) => Definition | undefined
  /** resolves a prefixed name written inside a definition */
  readonly resolve: (at: Definition, qname: string) => Key
}

/** kinds of components by the names of the elements that define them */
export const KINDS: Readonly<Record<string, ComponentKind | undefined>> = {
  element: 'element',
  simpleType: 'type',
  complexType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
}

/**
 * Compiles a closure of schema files.
 * @param documents every file that the entry file imports or includes, itself included; the first definition of a name wins
 */
export function compile(documents: readonly SchemaDocument[]): Model {
  const { components, globals } = collect(documents)
  const { settle: settleAll, ...compiler } = typeCompiler(components)
  const settle = lasting(settleAll)
  const elements = lazyMap(globals.element, compiler.element, settle)
  const members = [...globals.element]
    .filter(([, { node }]) => attribute(node, 'substitutionGroup') !== undefined)
    .map(([name]) => name)
  return {
    elements,
    types: lazyMap<Type>(globals.type, (it, name) => compiler.namedType(name, it), settle),
    attributes: lazyMap<AttributeUse>(
      globals.attribute,
      (it) => compiler.attribute(it, true),
      settle,
    ),
    substitutes: substitutes(members, elements),
    namespaces: [...new Set(documents.map((it) => it.targetNamespace))],
    placeOf: (name) => {
      const definition = globals.element.get(name)
      return definition === undefined ? undefined : placeOf(definition)
    },
  }
}

type Globals = Readonly<Record<ComponentKind, Map<Key, Definition>>>

function collect(documents: readonly SchemaDocument[]): {
  components: Components
  globals: Globals
} {
  const globals: Globals = {
    element: new Map(),
    type: new Map(),
    group: new Map(),
    attributeGroup: new Map(),
    attribute: new Map(),
  }
  const originals = new Map<Element, Definition>()
  const scopes = new Map<Element, ReadonlyMap<string, string>>()
  for (const document of documents) {
    rememberScopes(document.root, new Map(), scopes)
    for (const node of document.root.children) register(node, document, globals)
  }
  // From the innermost outwards: a redefined file may redefine another.
  for (const document of documents.toReversed()) redefine(document, globals, originals)
  const components: Components = {
    find: (kind, name) => globals[kind].get(name),
    original: (redefinition) => originals.get(redefinition.node),
    resolve: (at, qname) => resolve(at.document, scopes.get(at.node) ?? new Map(), qname),
  }
  return { components, globals }
}

function rememberScopes(
  node: Element,
  outer: ReadonlyMap<string, string>,
  scopes: Map<Element, ReadonlyMap<string, string>>,
): void {
  const scope = node.declared === null ? outer : new Map([...outer, ...node.declared])
  scopes.set(node, scope)
  for (const it of node.children) rememberScopes(it, scope, scopes)
}

function register(node: Element, document: SchemaDocument, globals: Globals): void {
  const kind = KINDS[node.name]
  const name = attribute(node, 'name')
  if (node.ns !== XSD_NS || kind === undefined || name === undefined) return
  const at = key(document.targetNamespace, name)
  if (!globals[kind].has(at)) globals[kind].set(at, { node, document })
}

/** XML Schema Part 1 §4.2.2: what stands inside xs:redefine replaces the included definition of the same name. */
function redefine(
  document: SchemaDocument,
  globals: Globals,
  originals: Map<Element, Definition>,
): void {
  for (const node of document.root.children
    .filter((it) => it.name === 'redefine' && it.ns === XSD_NS)
    .flatMap((it) => it.children)) {
    const kind = KINDS[node.name]
    const name = attribute(node, 'name')
    if (kind === undefined || name === undefined) continue
    const at = key(document.targetNamespace, name)
    const before = globals[kind].get(at)
    if (before !== undefined) originals.set(node, before)
    globals[kind].set(at, { node, document })
  }
}

function resolve(document: SchemaDocument, scope: ReadonlyMap<string, string>, qname: string): Key {
  const colon = qname.indexOf(':')
  const prefix = colon < 0 ? '' : qname.slice(0, colon)
  const ns = prefix === 'xml' ? XML_NS : (scope.get(prefix) ?? '')
  // A chameleon include has no namespace of its own: unprefixed names mean the includer's (§4.2.1).
  const chameleon =
    colon < 0 && ns === '' && attribute(document.root, 'targetNamespace') === undefined
  return key(chameleon ? document.targetNamespace : ns, qname.slice(colon + 1))
}

/** @param names of the elements that say what they stand for */
function substitutes(
  names: readonly Key[],
  elements: ReadonlyMap<Key, ElementDecl>,
): ReadonlyMap<Key, readonly ElementDecl[]> {
  const members = new Map<Key, ElementDecl[]>()
  for (const decl of names.map((it) => elements.get(it)).filter((it) => it !== undefined)) {
    const seen = new Set<Key>()
    for (let name = decl.head; name !== undefined && !seen.has(name);) {
      seen.add(name)
      const head = elements.get(name)
      const known = members.get(name) ?? []
      if (head !== undefined && !decl.abstract && maySubstitute(decl, head)) known.push(decl)
      members.set(name, known)
      name = head?.head
    }
  }
  return members
}

/** What has failed once would go on half done: it fails again. */
function lasting(run: () => void): () => void {
  let failure: { readonly error: unknown } | undefined
  return () => {
    if (failure !== undefined) throw failure.error
    try {
      run()
    } catch (error) {
      failure = { error }
      throw error
    }
  }
}

/** Made when first asked for, and once; so is a failure. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  const run = lasting(() => {
    made ??= { value: make() }
  })
  return () => {
    run()
    return (made as { readonly value: T }).value
  }
}

/** A map whose values are made when first asked for. */
function lazyMap<T>(
  definitions: ReadonlyMap<Key, Definition>,
  make: (definition: Definition, name: Key) => T,
  settle: () => void,
): ReadonlyMap<Key, T> {
  const made = new Map<Key, () => T>()
  const value = (name: Key): T | undefined => {
    const definition = definitions.get(name)
    if (definition === undefined) return undefined
    const known = made.get(name) ?? once(() => make(definition, name))
    made.set(name, known)
    const it = known()
    settle()
    return it
  }
  // In the order of the files, whatever was asked for first.
  const force = (): ReadonlyMap<Key, T> =>
    new Map([...definitions.keys()].map((name) => [name, value(name) as T]))
  return {
    get: value,
    has: (name) => definitions.has(name),
    get size() {
      return definitions.size
    },
    keys: () => definitions.keys(),
    values: () => force().values(),
    entries: () => force().entries(),
    forEach: (visit) => force().forEach(visit),
    [Symbol.iterator]: () => force().entries(),
  }
}
