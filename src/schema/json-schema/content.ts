// JSON Schema of complex types: keys, arrays, what is required, and which keys go together.
// How often repeated groups occur relative to each other cannot be said in JSON Schema; the XSD judges it.

import type { Json, JsonObject } from '../json-text.ts'
import { longTypeName } from '../instance-type.ts'
import { derivedFrom } from '../descendants.ts'
import { rangesOf, rulesOf } from './rules.ts'
import type { Ranges } from './rules.ts'
import { valueSchema } from './value.ts'
import { key } from '../model.ts'
import type { ComplexType, Described, ElementDecl, Model, SimpleType, Type } from '../model.ts'
import { EXTENSION, ORDER, shapeOf, TEXT, VALUE } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** One run: the definitions made so far, each complex type once. */
export interface Defining {
  readonly model: Model
  /** what stands before a definition's name in a `$ref` */
  readonly base: string
  readonly definitions: Record<string, Json>
  readonly names: Map<ComplexType, string>
}

/** A child element; `way` names anonymous types. */
export function elementSchema(run: Defining, decl: ElementDecl, way: string): JsonObject {
  const { type } = decl
  const content =
    type.kind === 'simple' ? valueSchema(type) : typeSchema(run, type, `${way}.${decl.name}`)
  const constraint = decl.fixed ?? decl.default
  const fixed = decl.fixed === undefined || type.kind !== 'simple' ? content : onlyFixed(decl.fixed)
  // An empty element takes its default or fixed value.
  const withEmpty = constraint === undefined ? fixed : { anyOf: [fixed, { const: '' }] }
  return orNil(run, decl, withEmpty)
}

/** The content of an element, or its attributes alone where it may be nil, as nothing fixed ever is. */
export function orNil(
  run: Defining,
  { nillable, fixed, type }: ElementDecl,
  schema: JsonObject,
): JsonObject {
  return nillable && fixed === undefined ? { anyOf: [schema, ...nilSchemas(run, type)] } : schema
}

function onlyFixed(text: string): JsonObject {
  const value = Number(text)
  const literals: readonly Json[] = text === 'true' ? [true] : text === 'false' ? [false] : []
  return {
    enum: [text, ...literals, ...(Number.isFinite(value) && text.trim() !== '' ? [value] : [])],
  }
}

function nilSchemas(run: Defining, type: Type): readonly JsonObject[] {
  if (type.kind === 'simple')
    return [nilObject({ properties: {}, required: [], additionalProperties: false })]
  const own = type.abstract ? [] : [{ type, named: [] }]
  const others = derivedFrom(type, run.model).map((it) => ({ type: it, named: ['@xsi:type'] }))
  return [...own, ...others].map((it) => {
    const shape = shapeOf(it.type, run.model)
    return nilObject({
      properties: attributeProperties(run, it.type, shape),
      required: [...it.named, ...requiredAttributes(shape)],
      ...attributeRest(it.type),
    })
  })
}

function nilObject({
  properties,
  required,
  ...rest
}: JsonObject & {
  readonly properties: JsonObject
  readonly required: readonly string[]
}): JsonObject {
  return {
    type: 'object',
    properties: { ...NAMESPACE, '@xsi:nil': { enum: [true, 'true', '1'] }, ...properties },
    ...rest,
    required: ['@xsi:nil', ...required],
  }
}

/** A type, or one derived from it that `@xsi:type` names. */
export function typeSchema(run: Defining, type: ComplexType, way: string): JsonObject {
  const named = derivedFrom(type, run.model).map((it) => ({
    ...reference(run, it, way),
    required: ['@xsi:type'],
  }))
  const choices = type.abstract ? named : [reference(run, type, way), ...named]
  const [only] = choices
  return choices.length === 1 && only !== undefined ? only : { anyOf: choices }
}

/** at the root of a payload, and nowhere else; which one it is follows from the root */
export const NAMESPACE: JsonObject = { '@xmlns': { type: 'string' } }

/** `$ref` to a type's definition, which is made when it is first asked for. */
function reference(run: Defining, type: ComplexType, way: string): JsonObject {
  const known = run.names.get(type)
  const name = known ?? freeName(run, type.name === '' ? way : type.name)
  if (known === undefined) {
    run.names.set(type, name)
    run.definitions[name] = true
    run.definitions[name] = definition(run, type, name)
  }
  return { $ref: `${run.base}${name}` }
}

function freeName(run: Defining, wanted: string): string {
  const taken = (name: string) => Object.hasOwn(run.definitions, name)
  if (!taken(wanted)) return wanted
  let number = 2
  while (taken(`${wanted}${number}`)) number += 1
  return `${wanted}${number}`
}

function definition(run: Defining, type: ComplexType, way: string): JsonObject {
  const words = wordsOf(type, type.name)
  const shape = shapeOf(type, run.model)
  if (shape.text === undefined) return { ...words, ...objectSchema(run, type, shape, way) }
  const value = valueSchema(shape.text)
  const object = {
    type: 'object',
    properties: { ...NAMESPACE, [VALUE]: value, ...attributeProperties(run, type, shape) },
    ...attributeRest(type),
    required: [...requiredAttributes(shape), ...(acceptsEmpty(shape.text) ? [] : [VALUE])],
  }
  return {
    ...words,
    ...(requiredAttributes(shape).length > 0 ? object : { anyOf: [value, object] }),
  }
}

/** What the schema says for people, of a component with a name. */
function wordsOf({ documentation = '' }: Described, title = ''): JsonObject {
  return {
    ...(title === '' ? {} : { title }),
    ...(documentation === '' ? {} : { description: documentation }),
  }
}

/** A simple type has no definition of its own, so its words stand wherever it is used and nothing else is said. */
function wordsAt({ documentation = '', type }: Described & { readonly type: Type }): JsonObject {
  return wordsOf(documentation === '' && type.kind === 'simple' ? type : { documentation })
}

function acceptsEmpty({ primitive, facets }: SimpleType): boolean {
  return primitive === 'string' && Object.keys(facets).length === 0
}

function objectSchema(run: Defining, type: ComplexType, shape: Shape, way: string): JsonObject {
  const { content } = type
  const particle = content.kind === 'particle' ? content.particle : undefined
  const ranges = particle === undefined ? new Map() : rangesOf(particle, run.model)
  const rules = particle === undefined ? [] : rulesOf(particle, { shape, model: run.model })
  const required = rules.flatMap((it) => (Array.isArray(it['required']) ? it['required'] : []))
  const others = rules.filter((it) => !('required' in it))
  const must = [...requiredAttributes(shape), ...new Set(required)]
  return {
    type: 'object',
    properties: {
      ...NAMESPACE,
      ...attributeProperties(run, type, shape),
      ...Object.fromEntries(shape.fields.map((it) => [it.key, fieldSchema(run, it, ranges, way)])),
      ...specialProperties(shape),
    },
    ...attributeRest(type),
    ...(must.length > 0 ? { required: must } : {}),
    ...(others.length > 0 ? { allOf: others } : {}),
  }
}

function fieldSchema(
  run: Defining,
  { decl, array }: Shape['fields'][number],
  ranges: Ranges,
  way: string,
): JsonObject {
  const item = elementSchema(run, decl, way)
  if (!array) return { ...item, ...wordsAt(decl) }
  const { min, max } = ranges.get(key(decl.ns, decl.name)) ?? { min: 0, max: 0 }
  return {
    ...wordsAt(decl),
    type: 'array',
    items: item,
    ...(min > 0 ? { minItems: min } : {}),
    ...(Number.isFinite(max) ? { maxItems: max } : {}),
  }
}

function specialProperties(shape: Shape): JsonObject {
  const keys = [...shape.byKey.keys(), EXTENSION, TEXT]
  return {
    ...(shape.open ? { [EXTENSION]: EXTENSIONS } : {}),
    ...(shape.type.mixed ? { [TEXT]: { type: 'array', items: { type: 'string' } } } : {}),
    ...(shape.grouped && !shape.open ? {} : { [ORDER]: { type: 'array', items: { enum: keys } } }),
  }
}

/** Extension elements as they are kept. */
const EXTENSIONS: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: { ns: { type: 'string' }, xml: { type: 'string', pattern: '^<[^!?/\\s]' } },
    required: ['xml'],
    additionalProperties: false,
  },
}

function attributeProperties({ model }: Defining, type: ComplexType, shape: Shape): JsonObject {
  const uses = [...shape.attributes].map(([name, use]) => [
    name,
    {
      ...(use.fixed === undefined ? valueSchema(use.type) : onlyFixed(use.fixed)),
      ...wordsAt(use),
    },
  ])
  const named = type.name !== '' && longTypeName(type.name, type, model) === key(type.ns, type.name)
  return {
    ...(named ? { '@xsi:type': { enum: [type.name, key(type.ns, type.name)] } } : {}),
    ...Object.fromEntries(uses),
  }
}

function requiredAttributes(shape: Shape): readonly string[] {
  return [...shape.attributes].flatMap(([name, use]) => (use.required ? [name] : []))
}

/** What else may stand in the object. */
function attributeRest(type: ComplexType): JsonObject {
  return type.anyAttribute === undefined
    ? { additionalProperties: false }
    : {
        patternProperties: {
          '^@(\\{[^}]*\\})?[^{}:@]+$': { type: ['string', 'number', 'boolean'] },
        },
        additionalProperties: false,
      }
}
