// Names that schema files use and that no file defines: types, elements, groups, attributes. By the names alone, so that it
// takes one walk through the files that are asked about; whether a definition can be seen from where it is named is
// for the compiler to say.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { builtinType, XML_NS, XSD_NS } from './builtins.ts'
import type { SchemaFile } from './catalogue.ts'
import { KINDS } from './compile/compile.ts'
import type { ComponentKind } from './compile/compile.ts'
import { key } from './model.ts'

/** A name without a definition. */
export interface UndefinedName {
  readonly file: SchemaFile
  /** where it is named */
  readonly node: Element
  readonly kind: ComponentKind
  readonly name: string
  readonly ns: string
}

/** A name as it is used. */
type Use = Omit<UndefinedName, 'file'>

/** attributes of XSD that name a component, by the element that they stand on */
const NAMING: Readonly<Record<string, readonly (readonly [string, ComponentKind])[]>> = {
  element: [
    ['type', 'type'],
    ['ref', 'element'],
    ['substitutionGroup', 'element'],
  ],
  attribute: [
    ['type', 'type'],
    ['ref', 'attribute'],
  ],
  group: [['ref', 'group']],
  attributeGroup: [['ref', 'attributeGroup']],
  extension: [['base', 'type']],
  restriction: [['base', 'type']],
  list: [['itemType', 'type']],
  union: [['memberTypes', 'type']],
}

/**
 * @param files that are asked about
 * @param all every file that may define something
 * @param namespaceOf target namespace of a file, empty where it has none; known without its tree
 */
export function undefinedNames(
  files: readonly SchemaFile[],
  all: readonly SchemaFile[],
  namespaceOf: (file: SchemaFile) => string,
): readonly UndefinedName[] {
  const spaces = new Map<string, SchemaFile[]>()
  for (const it of all) spaces.set(namespaceOf(it), [...(spaces.get(namespaceOf(it)) ?? []), it])
  const defined = remembered((ns) => definitionsIn(spaces.get(ns) ?? []))
  const isDefined = ({ kind, name, ns }: Use, file: SchemaFile) => {
    if (ns === XML_NS || (kind === 'type' && builtinType(key(ns, name)) !== undefined)) return true
    // What a file without a namespace defines belongs to whoever includes it, and so does what it names.
    const own = namespaceOf(file) === '' && ns === '' ? [...spaces.keys()] : [ns, '']
    return own.some((it) => defined(it).has(`${kind} ${name}`))
  }
  return files.flatMap((file) =>
    usesIn(file.root)
      .filter((it) => !isDefined(it, file))
      .map((it) => ({ ...it, file })),
  )
}

function remembered<V>(make: (name: string) => V): (name: string) => V {
  const made = new Map<string, V>()
  return (name) => {
    const value = made.get(name) ?? make(name)
    made.set(name, value)
    return value
  }
}

/** What files define at their top level, inside xs:redefine too. */
function definitionsIn(files: readonly SchemaFile[]): ReadonlySet<string> {
  const defined = new Set<string>()
  for (const { root } of files)
    for (const node of root.children.flatMap((it) =>
      it.name === 'redefine' ? it.children : [it],
    )) {
      const [kind, name] = [KINDS[node.name], attribute(node, 'name')]
      if (node.ns === XSD_NS && kind !== undefined) defined.add(`${kind} ${name}`)
    }
  return defined
}

function usesIn(root: Element): readonly Use[] {
  const uses: Use[] = []
  const visit = (node: Element, outer: ReadonlyMap<string, string>) => {
    const scope = node.declared === null ? outer : new Map([...outer, ...node.declared])
    const naming = node.ns === XSD_NS && Object.hasOwn(NAMING, node.name) ? NAMING[node.name] : []
    for (const [named, kind] of naming ?? [])
      for (const written of attribute(node, named)?.split(/\s+/) ?? [])
        if (written !== '') uses.push({ node, kind, ...qualified(written, scope) })
    for (const it of node.children) visit(it, scope)
  }
  visit(root, new Map([['xml', XML_NS]]))
  return uses
}

function qualified(written: string, scope: ReadonlyMap<string, string>): Pick<Use, 'name' | 'ns'> {
  const colon = written.indexOf(':')
  const ns = scope.get(written.slice(0, Math.max(colon, 0))) ?? ''
  return { name: written.slice(colon + 1), ns }
}
