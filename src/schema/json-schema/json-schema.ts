// JSON Schema (2020-12) of CIM-JSON, derived from the model: of a noun's content.
// The XSD remains the judge; what JSON Schema cannot say stands in value.ts and content.ts.

import { elementSchema, NAMESPACE, orNil, typeSchema } from './content.ts'
import type { Defining } from './content.ts'
import type { Json, JsonObject } from '../json-text.ts'
import type { Declared } from '../message-json.ts'
import type { ElementDecl } from '../model.ts'
import { VALUE } from '../shape.ts'

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

function running(
  model: Defining['model'],
  base: string,
): Defining & { readonly definitions: Record<string, Json> } {
  return { model, base, definitions: {}, names: new Map() }
}
