// Content of one type as CIM-JSON, from the compiled model alone: what the type asks for, and some of what it admits.
// It makes exactly what reading the written XML gives back, so that a sample is its own expected result.

import { shortTypeName } from '../instance-type.ts'
import { isObject, put } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { key } from '../model.ts'
import type { AttributeUse, ComplexType, ElementDecl, SimpleType, Type } from '../model.ts'
import { sampleChildren } from './children.ts'
import { attributeNamespace, derivedTypes, isAbstract, leastInType } from './open.ts'
import type { Given, Sampling } from './run.ts'
import { believable, sampleText } from './value.ts'
import { scalarToJson } from '../scalar.ts'
import { VALUE, shapeOf } from '../shape.ts'

const NOTHING_GIVEN: Given = new Map()

/**
 * Content of an element of this type, or of one that may stand for it.
 * @param way local names from the outermost element down to this one
 */
export function sampleType(
  sampling: Sampling,
  declaration: Pick<ElementDecl, 'type' | 'block'>,
  way: readonly string[],
  given: Given = NOTHING_GIVEN,
): Json {
  const { random, tidy } = sampling
  const { type: declared } = declaration
  const type = instanceOf(sampling, declaration, way)
  // Only a complex type is ever replaced, and by a complex one.
  if (type.kind === 'simple') return jsonOf(type, sampleText(type, way.join('/'), random, tidy))
  const attributes = {
    ...instanceName(sampling, type, declared),
    ...sampleAttributes(sampling, type, way),
  }
  if (type.content.kind !== 'simple') {
    const value = (decl: ElementDecl) => sampleElement(sampling, decl, way)
    return { ...attributes, ...sampleChildren({ sampling, way, given, value }, type) }
  }
  const { type: textType } = type.content
  const text = sampleText(textType, way.join('/'), random, tidy)
  const value = jsonOf(textType, text)
  return Object.keys(attributes).length === 0 ? value : { ...attributes, [VALUE]: value }
}

/** The declared type, or one derived from it, to be named by xsi:type. */
function instanceOf(
  sampling: Sampling,
  declaration: Pick<ElementDecl, 'type' | 'block'>,
  way: readonly string[],
): Type {
  const { type: declared } = declaration
  const { model, random, tidy, spend } = sampling
  const mustDerive = isAbstract(declared)
  if (!mustDerive && (tidy || declared.kind === 'simple' || !random.chance(0.2) || !spend()))
    return declared
  const needs = (it: Type) => leastInType(it, model)
  const all = derivedTypes(declaration, model)
  if (mustDerive && all.length === 0)
    return sampling.refuse(
      `the type ${declared.name} of ${way.join('/')} is abstract, and no file of the set derives a type from it that may stand there`,
    )
  const possible = all.filter((it) => needs(it) < Number.POSITIVE_INFINITY)
  const derived = mustDerive && possible.length === 0 ? all : possible
  // A derived type may hold its base again: where nothing is left, the one that needs least.
  const least = tidy ? way.length > sampling.related : mustDerive && !spend()
  if (tidy && !least) return derived[0] ?? declared
  return (
    (least ? derived.toSorted((a, b) => needs(a) - needs(b))[0] : random.pick(derived)) ?? declared
  )
}

function instanceName({ model }: Sampling, type: Type, declared: Type): JsonObject {
  if (type === declared) return {}
  return { '@xsi:type': shortTypeName(key(type.ns, type.name), declared, model) }
}

/** A QName in content means its namespace, so it is never without one. */
function jsonOf(type: SimpleType, text: string): Json {
  return type.primitive === 'QName' && type.variety === 'atomic'
    ? key(NAMES_NS, text)
    : scalarToJson(type, text)
}

const NAMES_NS = 'urn:example:names'

function sampleAttributes(
  sampling: Sampling,
  type: ComplexType,
  way: readonly string[],
): JsonObject {
  const { random, tidy, model } = sampling
  const made: Record<string, Json> = {}
  for (const [name, use] of shapeOf(type, model).attributes) {
    const told = tidy && believable(use.type, [...way, use.name].join('/'), random) !== undefined
    const wanted = use.required || told || (!tidy && random.chance(0.5))
    if (wanted) put(made, name, sampleAttribute(sampling, use, way))
  }
  if (tidy || type.anyAttribute === undefined || !random.chance(0.5)) return made
  const ns = attributeNamespace(type.anyAttribute)
  if (ns !== undefined) put(made, ns === '' ? '@extra' : `@${key(ns, 'extra')}`, 'an extension')
  return made
}

function sampleAttribute(
  { random, tidy }: Sampling,
  use: AttributeUse,
  way: readonly string[],
): Json {
  const { type } = use
  // In an attribute a QName is text like any other, so it has to do without a namespace.
  if (type.primitive === 'QName') return use.fixed ?? 'example'
  const name = `${way.join('/')}/${use.name}`
  return scalarToJson(type, use.fixed ?? sampleText(type, name, random, tidy))
}

/** Content of an element: nil, its fixed or default value, or a sample of its type. */
export function sampleElement(
  sampling: Sampling,
  decl: ElementDecl,
  above: readonly string[],
): Json {
  const { random, tidy } = sampling
  const { type, fixed } = decl
  if (decl.abstract)
    sampling.refuse(
      `the element ${[...above, decl.name].join('/')} is abstract, and no other that there can be stands for it`,
    )
  // What is fixed is never nil (cvc-elt.3.2.2).
  if (decl.nillable && fixed === undefined && !tidy && random.chance(0.2))
    return nilled(sampling, decl, above)
  const simple = type.kind === 'simple'
  if (fixed !== undefined && simple) return jsonOf(type, fixed)
  // An empty element takes its default (cvc-elt.5.1).
  if (decl.default !== undefined && simple && !tidy && random.chance(0.3)) return ''
  const made = sampleType(sampling, decl, [...above, decl.name])
  if (fixed === undefined || type.kind === 'simple' || type.content.kind !== 'simple') return made
  const text = jsonOf(type.content.type, fixed)
  return isObject(made) ? { ...made, [VALUE]: text } : text
}

/** Nil or not, an abstract type does not occur. */
function nilled(sampling: Sampling, decl: ElementDecl, above: readonly string[]): Json {
  const type = instanceOf(sampling, decl, [...above, decl.name])
  const instance = instanceName(sampling, type, decl.type)
  const attributes = type.kind === 'complex' ? sampleAttributes(sampling, type, above) : {}
  return { '@xsi:nil': sampling.random.chance(0.5) ? true : '1', ...instance, ...attributes }
}
