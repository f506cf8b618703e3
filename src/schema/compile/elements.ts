// Element declarations of the model (XML Schema Part 1 §3.3). Each is made before its type is, which lets
// types hold themselves; `settle` gives the types afterwards.

import { attribute, child } from '../../envelope/element.ts'
import { ANY_TYPE, XSD_NS } from '../builtins.ts'
import type { Components, Definition, SchemaDocument } from './compile.ts'
import { ringOf } from './limits.ts'
import { blockOf, defined, isTrue, optional } from './node.ts'
import { describedBy } from '../documentation.ts'
import { key } from '../model.ts'
import type { Element } from '../../envelope/element.ts'
import type { ElementDecl, Key, Type } from '../model.ts'

export interface ElementCompiler {
  /** a declaration at the top level of a schema */
  readonly global: (at: Definition) => ElementDecl
  /** an xs:element inside a content model: a reference or a declaration of its own */
  readonly use: (at: Definition) => ElementDecl
  /** gives every declaration made so far its type, and those that come up meanwhile */
  readonly settle: () => void
}

/**
 * @param named finds a named type
 * @param anonymous compiles a type that stands inside the declaration
 */
export function elementCompiler(
  components: Components,
  named: (name: Key, at: Definition) => Type,
  anonymous: (at: Definition) => Type,
): ElementCompiler {
  const globals = new Map<Key, ElementDecl>()
  // A group may hold itself through an element of its own, so one node is one declaration.
  const locals = new Map<SchemaDocument, Map<Element, ElementDecl>>()

  const ring = ringOf()
  const waiting: { readonly decl: { type: Type }; readonly at: Definition }[] = []

  function settle(): void {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      next.decl.type = typeOf(next.at)
  }

  function use(at: Definition): ElementDecl {
    const ref = attribute(at.node, 'ref')
    if (ref === undefined) return local(at)
    const name = components.resolve(at, ref)
    const definition = components.find('element', name)
    return global(defined(definition, 'element', at, name))
  }

  function global(at: Definition): ElementDecl {
    const name = key(at.document.targetNamespace, attribute(at.node, 'name') ?? '')
    return remembered(globals, name, () => declaration(at, at.document.targetNamespace, true))
  }

  function local(at: Definition): ElementDecl {
    const nodes = remembered(locals, at.document, () => new Map<Element, ElementDecl>())
    const form = attribute(at.node, 'form') ?? attribute(at.document.root, 'elementFormDefault')
    const ns = form === 'qualified' ? at.document.targetNamespace : ''
    return remembered(nodes, at.node, () => declaration(at, ns, false))
  }

  function declaration(at: Definition, ns: string, global: boolean): ElementDecl {
    const { node } = at
    const head = attribute(node, 'substitutionGroup')
    const decl = {
      name: attribute(node, 'name') ?? '',
      ns,
      type: ANY_TYPE,
      nillable: isTrue(attribute(node, 'nillable')),
      abstract: isTrue(attribute(node, 'abstract')),
      global,
      ...describedBy(node),
      ...optional('default', attribute(node, 'default')),
      ...optional('fixed', attribute(node, 'fixed')),
      ...optional('block', blockOf(at)),
      ...optional('constrained', isConstrained(node) || undefined),
      ...optional('head', head === undefined ? undefined : components.resolve(at, head)),
    }
    waiting.push({ decl, at })
    return decl
  }

  /** Its own type, else that of the head of its substitution group, else xs:anyType (§3.3.2). */
  function typeOf(at: Definition): Type {
    const type = attribute(at.node, 'type')
    if (type !== undefined) return named(components.resolve(at, type), at)
    const node = child(at.node, 'complexType', XSD_NS) ?? child(at.node, 'simpleType', XSD_NS)
    if (node !== undefined) return anonymous({ ...at, node })
    const head = attribute(at.node, 'substitutionGroup')
    const name = head === undefined ? undefined : components.resolve(at, head)
    const definition = name === undefined ? undefined : components.find('element', name)
    if (definition === undefined) return ANY_TYPE
    return ring.enter(`The substitution group of ${head}`, definition, () => typeOf(definition))
  }

  return { global, use, settle }
}

const CONSTRAINTS: readonly string[] = ['key', 'keyref', 'unique']

function isConstrained({ children }: Element): boolean {
  return children.some((it) => CONSTRAINTS.includes(it.name) && it.ns === XSD_NS)
}

function remembered<K, V>(made: Map<K, V>, name: K, make: () => V): V {
  const known = made.get(name)
  if (known !== undefined) return known
  const value = make()
  made.set(name, value)
  return value
}
