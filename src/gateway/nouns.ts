// How an API calls the nouns.

import type { SchemaSet } from '../schema/schemas.ts'

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
