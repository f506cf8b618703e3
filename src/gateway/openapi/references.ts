// Names of components in the OpenAPI document, and references to them.

import type { Json, JsonObject } from '../../schema/json-text.ts'

/** Before the names of what all operations share, so that no noun takes one of them. */
const SHARED = 'cimgate'

const SCHEMAS = '#/components/schemas/'

/** The name of a shared schema. */
export function shared(name: string): string {
  return `${SHARED}.${name}`
}

/** Letters, digits, `.`, `-`, `_` are all that OpenAPI 3.1 allows in the name of a component (4.8.7.1); XML allows more. */
export function componentName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/gu, (it) => `_x${it.codePointAt(0)?.toString(16) ?? ''}_`)
}

/** `{"$ref"}` to a schema by the name of its component. */
export function reference(name: string): JsonObject {
  return { $ref: `${SCHEMAS}${name}` }
}

/** What stands before the names of a noun's types in references. */
export function baseOf(prefix: string): string {
  return `${SCHEMAS}${prefix}.`
}

/** Definitions as components, under names that OpenAPI allows. */
export function asComponents(prefix: string, definitions: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, it]) => [
      componentName(`${prefix}.${name}`),
      withComponentNames(it),
    ]),
  )
}

/** The same schema with references to component names. */
export function withComponentNames<T extends Json>(it: T): T {
  if (Array.isArray(it)) return it.map((each: Json) => withComponentNames(each)) as unknown as T
  if (typeof it !== 'object' || it === null) return it
  const entries = Object.entries(it).map(([key, value]) => {
    const isReference = key === '$ref' && typeof value === 'string' && value.startsWith(SCHEMAS)
    if (!isReference) return [key, withComponentNames(value as Json)]
    return [key, `${SCHEMAS}${componentName(value.slice(SCHEMAS.length))}`]
  })
  return Object.fromEntries(entries) as T
}
