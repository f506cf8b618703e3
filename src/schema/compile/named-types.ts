// Types of the model: complex ones and how they are derived (XML Schema Part 1 §3.4).
// Simple types, attributes, particles and elements stand in the files beside this one.

import { attribute, child } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { ANY_TYPE, BUILTINS, builtinType, XSD_NS } from '../builtins.ts'
import type { Components, Definition } from './compile.ts'
import { attributeCompiler } from './attributes.ts'
import { elementCompiler } from './elements.ts'
import { bounded, ringOf } from './limits.ts'
import { blockOf, defined, isTrue, optional } from './node.ts'
import { particleCompiler } from './particles.ts'
import { simpleCompiler } from './simple.ts'
import { united } from './wildcard.ts'
import { describedBy } from '../documentation.ts'
import { splitKey } from '../model.ts'
import type {
  AttributeUse,
  ComplexType,
  Content,
  ElementDecl,
  Key,
  SimpleType,
  Type,
} from '../model.ts'

export interface TypeCompiler {
  readonly element: (at: Definition) => ElementDecl
  /** @param at where it is named */
  readonly namedType: (name: Key, at: Definition) => Type
  readonly attribute: (at: Definition, global: boolean) => AttributeUse
  /** to be called before anything that was compiled is handed out */
  readonly settle: () => void
}

const ANY_SIMPLE = BUILTINS.get('anySimpleType') as SimpleType

/** What a derivation makes of its base. */
type Derived = Omit<ComplexType, 'kind' | 'name' | 'ns' | 'abstract'>

/** @param components what the schema files define; a name that none of them defines makes the schema unusable */
export function typeCompiler(components: Components): TypeCompiler {
  const named = new Map<Key, Type>()
  const ring = ringOf()
  const simple = simpleCompiler(components, namedSimple)
  const elements = elementCompiler(components, namedType, compileType)
  const contentOf = particleCompiler(components, elements.use)
  const { attributes, attribute: attributeUse } = attributeCompiler(components, namedSimple, simple)

  function namedType(name: Key, at: Definition): Type {
    const known = named.get(name) ?? builtinType(name)
    if (known !== undefined) return known
    const definition = defined(components.find('type', name), 'type', at, name)
    const [, local] = splitKey(name)
    const type = ring.enter(`The type ${local}`, definition, () => compileType(definition, name))
    named.set(name, type)
    return type
  }

  function namedSimple(name: Key, at: Definition): SimpleType {
    return simpleContentOf(namedType(name, at)) ?? ANY_SIMPLE
  }

  function compileType(at: Definition, name?: Key): Type {
    return at.node.name === 'simpleType' ? simple(at, name) : complexType(at, name)
  }

  function complexType(at: Definition, name?: Key): ComplexType {
    const identity = {
      kind: 'complex' as const,
      name: name === undefined ? '' : (attribute(at.node, 'name') ?? ''),
      ns: at.document.targetNamespace,
      abstract: isTrue(attribute(at.node, 'abstract')),
      ...optional('block', blockOf(at)),
      ...describedBy(at.node),
    }
    const node = child(at.node, 'complexContent', XSD_NS) ?? child(at.node, 'simpleContent', XSD_NS)
    if (node !== undefined) return { ...identity, ...derived({ ...at, node }, at, name) }
    const mixed = isTrue(attribute(at.node, 'mixed'))
    return { ...identity, ...attributes(at, []), content: contentOf(at), mixed }
  }

  function derived(at: Definition, outer: Definition, name?: Key): Derived {
    const step = { ...at, node: stepOf(at.node) }
    const base = baseOf(step, outer, name)
    const inherited = base.kind === 'complex' ? base : undefined
    const extends_ = step.node.name === 'extension'
    const own = attributes(step, inherited?.attributes ?? [])
    const any = extends_ ? united(own.anyAttribute, inherited?.anyAttribute) : own.anyAttribute
    return {
      attributes: own.attributes,
      ...optional('anyAttribute', any),
      content:
        at.node.name === 'simpleContent' ? simpleContent(step, base) : complexContent(step, base),
      mixed:
        isTrue(attribute(at.node, 'mixed') ?? attribute(outer.node, 'mixed')) ||
        (extends_ && inherited?.mixed === true && inherited !== ANY_TYPE),
      base,
      derivation: extends_ ? 'extension' : 'restriction',
    }
  }

  function baseOf(step: Definition, outer: Definition, name?: Key): Type {
    const baseName = components.resolve(step, attribute(step.node, 'base') ?? '')
    const original = baseName === name ? components.original(outer) : undefined
    return original === undefined ? namedType(baseName, step) : compileType(original, baseName)
  }

  function simpleContent(step: Definition, base: Type): Content {
    const before = simpleContentOf(base) ?? ANY_SIMPLE
    const type = step.node.name === 'restriction' ? simple.restrict(step, before) : before
    return { kind: 'simple', type }
  }

  /** The base's content comes first in an extension and is gone in a restriction. */
  function complexContent(step: Definition, base: Type): Content {
    const own = contentOf(step)
    const before = base.kind === 'complex' ? base.content : undefined
    if (step.node.name === 'restriction' || before === undefined) return own
    if (own.kind !== 'particle' || before.kind === 'simple') return before
    if (before.kind !== 'particle') return own
    const items = [before.particle, own.particle]
    const particle = { kind: 'sequence', items, min: 1, max: 1 } as const
    return { kind: 'particle', particle: bounded(particle, 'An extension', step) }
  }

  const { global: element, settle } = elements
  return { element, namedType, attribute: attributeUse, settle }
}

/** The xs:extension or xs:restriction; schemas without one are refused by the XSD engine. */
function stepOf(node: Element): Element {
  return child(node, 'extension', XSD_NS) ?? child(node, 'restriction', XSD_NS) ?? node
}

/** The simple type of a type's text: itself, or that of its simple content. */
export function simpleContentOf(type: Type): SimpleType | undefined {
  if (type.kind === 'simple') return type
  return type.content.kind === 'simple' ? type.content.type : undefined
}
