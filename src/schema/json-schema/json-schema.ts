// JSON Schema (2020-12) of CIM-JSON, derived from the model: of a noun's content, and of a whole message.
// The XSD remains the judge; what JSON Schema cannot say stands in value.ts and content.ts.

import { MESSAGE_KINDS } from '../../envelope/message-kind.ts'
import { elementSchema, NAMESPACE, orNil, typeSchema } from './content.ts'
import type { Defining } from './content.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { PARTS } from '../message-json.ts'
import type { Declared } from '../message-json.ts'
import type { ElementDecl } from '../model.ts'
import { shapeOf, VALUE } from '../shape.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** A schema and the definitions that it refers to. */
export interface Defined {
  readonly schema: JsonObject
  readonly definitions: JsonObject
}

/**
 * What stands under the key of a root: `{"EndDeviceGroup":[…]}` and the like.
 * @param base what stands before a definition's name in a `$ref`: `#/$defs/`, or `#/components/schemas/` with a prefix
 */
export function definedContent({ decl, model }: Declared, base = '#/$defs/'): Defined {
  const run = running(model, base)
  const { type, name } = decl
  const schema =
    type.kind === 'complex' ? orNil(run, decl, typeSchema(run, type, name)) : simpleRoot(run, decl)
  return { schema, definitions: run.definitions }
}

/** A root of simple type stands in an object, because its namespace is written beside it. */
function simpleRoot(run: Defining, decl: ElementDecl): JsonObject {
  const value = elementSchema(run, decl, decl.name)
  const properties = { ...NAMESPACE, [VALUE]: value }
  const object = { type: 'object', properties, additionalProperties: false }
  return { anyOf: [value, object] }
}

/** The same as one schema that stands for itself. */
export function contentSchema(declared: Declared): JsonObject {
  const { schema, definitions } = definedContent(declared)
  return { $schema: DIALECT, title: declared.decl.name, ...schema, $defs: definitions }
}

/**
 * A whole message.
 * @param message the declaration of its root
 * @param payloads the roots that may stand in Payload and Request, each under its name
 * @param operands the same for Operation, whose own verb chooses among the variants: the one that admits more
 */
export function messageSchema(
  message: Declared,
  payloads: readonly Declared[],
  operands: readonly Declared[] = payloads,
): JsonObject {
  const rooted = contentsOf(payloads, '')
  const operated = operands === payloads ? rooted : contentsOf(operands, 'Operation.')
  const run = running(message.model, '#/$defs/', (type) =>
    type.startsWith('Operation')
      ? rootsOf(operated)
      : HOLDERS.some((it) => type.startsWith(it))
        ? rootsOf(rooted)
        : {},
  )
  const { decl, model } = message
  const shape = decl.type.kind === 'complex' ? shapeOf(decl.type, model) : undefined
  const parts = Object.entries(PARTS).flatMap(([name, part]) => {
    const field = shape?.byKey.get(part)
    return field === undefined ? [] : [{ name, field }]
  })
  const properties = parts.map(({ name, field }) => {
    const schema = elementSchema(run, field.decl, decl.name)
    return [name, name === 'payload' ? orSeveral(schema) : schema] as const
  })
  const own = [...rooted, ...operated].map(
    (it) => [it.name, { ...it.schema, $defs: it.definitions }] as const,
  )
  return {
    $schema: DIALECT,
    title: decl.name,
    type: 'object',
    properties: {
      message: { const: decl.name },
      '@xmlns': { const: decl.ns },
      ...Object.fromEntries(properties),
    },
    required: [
      // Without it the kind comes from the verb, and that is never a typed one.
      ...(isGeneric(decl.name) ? [] : ['message']),
      ...parts.filter((it) => isRequired(message, it.field.key)).map((it) => it.name),
    ],
    additionalProperties: false,
    $defs: { ...run.definitions, ...Object.fromEntries(own) },
  }
}

interface Content extends Defined {
  /** key of the root in CIM-JSON */
  readonly root: string
  /** of its definition */
  readonly name: string
}

/** @param prefix keeps the variants of one root apart */
function contentsOf(payloads: readonly Declared[], prefix: string): readonly Content[] {
  return payloads.map((it) => {
    const name = `${prefix}${it.decl.name}`
    return { root: it.decl.name, name, ...definedContent(it, `#/$defs/${name}/$defs/`) }
  })
}

function rootsOf(contents: readonly Content[]): JsonObject {
  return Object.fromEntries(contents.map((it) => [it.root, { $ref: `#/$defs/${it.name}` }]))
}

/** Types of the envelope whose wildcard admits payload roots; Operation has its own. */
const HOLDERS: readonly string[] = ['Payload', 'Request']

function isGeneric(name: string): boolean {
  return (MESSAGE_KINDS as readonly string[]).includes(name)
}

/** Several payload roots are an array of one-key objects. */
function orSeveral(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'array', items: schema }] }
}

function isRequired({ decl }: Declared, name: string): boolean {
  const content = decl.type.kind === 'complex' ? decl.type.content : undefined
  if (content?.kind !== 'particle' || !('items' in content.particle)) return false
  return content.particle.items.some(
    (it) => it.kind === 'element' && it.decl.name === name && it.min > 0,
  )
}

function running(
  model: Defining['model'],
  base: string,
  roots: Defining['roots'] = () => ({}),
): Defining & { readonly definitions: Record<string, Json> } {
  return { model, base, definitions: {}, names: new Map(), roots }
}
