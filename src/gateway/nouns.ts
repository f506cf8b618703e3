// What the schema says about the objects of a noun: which element they are, and how an API calls them.

import { shapeOf } from '../schema/shape.ts'
import type { Field } from '../schema/shape.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Type } from '../schema/model.ts'

/** The repeated, identified element under a noun's root: the objects that messages are about. */
export function objectField(schemas: SchemaSet, noun: string): Field | undefined {
  const found = schemas.payload(undefined, noun, undefined)
  if (found === undefined || found.decl.type.kind !== 'complex') return undefined
  const { fields } = shapeOf(found.decl.type, found.model)
  const identified = fields.filter((it) => it.array && isIdentified(it.decl.type))
  return (
    identified.find((it) => `${it.decl.name}s` === noun || `${it.decl.name}es` === noun) ??
    identified[0]
  )
}

function isIdentified(type: Type): boolean {
  if (type.kind !== 'complex' || type.content.kind !== 'particle') return false
  const { particle } = type.content
  const items = particle.kind === 'sequence' ? particle.items : [particle]
  return items.some((it) => it.kind === 'element' && ['mRID', 'Names'].includes(it.decl.name))
}

/** Plural in kebab case, an acronym as one word: `EndDeviceControls` is `end-device-controls`. */
export function resourceOf(noun: string): string {
  return noun
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** The noun of a resource name; undefined when no noun has it. */
export function nounOf(schemas: SchemaSet, resource: string): string | undefined {
  return schemas.catalogue.nouns.find((it) => resourceOf(it.noun) === resource)?.noun
}
