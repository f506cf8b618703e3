// Attribute uses and attribute groups of the model (XML Schema Part 1 §3.2, §3.4.2, §3.6).

import { attribute, child } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { BUILTINS, XSD_NS } from '../builtins.ts'
import type { Components, Definition } from './compile.ts'
import { ringOf } from './limits.ts'
import { defined, optional, referred } from './node.ts'
import { intersected, wildcard } from './wildcard.ts'
import { describedBy } from '../documentation.ts'
import { key, splitKey } from '../model.ts'
import type { AttributeUse, ComplexType, Key, SimpleType, Wildcard } from '../model.ts'

export type Attributes = Pick<ComplexType, 'attributes' | 'anyAttribute'>

export interface AttributeCompiler {
  /** everything that a type's node says of attributes, on top of what it inherits */
  readonly attributes: (at: Definition, inherited: readonly AttributeUse[]) => Attributes
  /** one xs:attribute */
  readonly attribute: (at: Definition, global: boolean) => AttributeUse
}

const ANY_SIMPLE = BUILTINS.get('anySimpleType') as SimpleType

/**
 * @param named finds a named simple type
 * @param anonymous compiles an xs:simpleType that stands inside
 */
export function attributeCompiler(
  components: Components,
  named: (name: Key, at: Definition) => SimpleType,
  anonymous: (at: Definition) => SimpleType,
): AttributeCompiler {
  const groups = new Map<Element, Attributes>()
  const ring = ringOf()

  function attributes(at: Definition, inherited: readonly AttributeUse[]): Attributes {
    const uses = new Map(inherited.map((it) => [key(it.ns, it.name), it]))
    let any: Wildcard | undefined
    for (const node of at.node.children.filter((it) => it.ns === XSD_NS)) {
      const here = { ...at, node }
      if (node.name === 'anyAttribute') any = intersected(wildcard(here), any)
      if (node.name === 'attribute') add(here, uses, at.node.name === 'restriction')
      if (node.name === 'attributeGroup') {
        const group = groupUse(here)
        for (const it of group.attributes) uses.set(key(it.ns, it.name), it)
        any = intersected(any, group.anyAttribute)
      }
    }
    return { attributes: [...uses.values()], ...optional('anyAttribute', any) }
  }

  function add(at: Definition, uses: Map<Key, AttributeUse>, isRestriction: boolean): void {
    const use = attributeUse(at, false)
    if (attribute(at.node, 'use') !== 'prohibited') uses.set(key(use.ns, use.name), use)
    // It takes away what a restriction inherits, and means nothing elsewhere (Part 1 §3.4.2).
    else if (isRestriction) uses.delete(key(use.ns, use.name))
  }

  function groupUse(at: Definition): Attributes {
    const name = components.resolve(at, attribute(at.node, 'ref') ?? '')
    const definition = defined(
      referred(components, 'attributeGroup', at, name),
      'attributeGroup',
      at,
      name,
    )
    const { node } = definition
    const made =
      groups.get(node) ??
      ring.enter(`The attributeGroup ${splitKey(name)[1]}`, definition, () =>
        attributes(definition, []),
      )
    groups.set(node, made)
    return made
  }

  function attributeUse(at: Definition, global: boolean): AttributeUse {
    const required = attribute(at.node, 'use') === 'required'
    const ref = attribute(at.node, 'ref')
    if (ref !== undefined)
      return { ...globalUse(components.resolve(at, ref), at), required, ...constraintOf(at.node) }
    const form = attribute(at.node, 'form') ?? attribute(at.document.root, 'attributeFormDefault')
    return {
      name: attribute(at.node, 'name') ?? '',
      ns: global || form === 'qualified' ? at.document.targetNamespace : '',
      type: typeOf(at),
      required,
      ...constraintOf(at.node),
      ...describedBy(at.node),
    }
  }

  function typeOf(at: Definition): SimpleType {
    const type = attribute(at.node, 'type')
    if (type !== undefined) return named(components.resolve(at, type), at)
    const node = child(at.node, 'simpleType', XSD_NS)
    return node === undefined ? ANY_SIMPLE : anonymous({ ...at, node })
  }

  function globalUse(name: Key, at: Definition): AttributeUse {
    return attributeUse(defined(components.find('attribute', name), 'attribute', at, name), true)
  }

  return { attributes, attribute: attributeUse }
}

function constraintOf(node: Element): { default?: string; fixed?: string } {
  return {
    ...optional('default', attribute(node, 'default')),
    ...optional('fixed', attribute(node, 'fixed')),
  }
}
