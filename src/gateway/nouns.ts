// How an API calls the nouns.

import type { NounEntry } from '../schema/catalogue.ts'
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

/** Nouns that have a resource: a query is no object that could be kept. Of two with one resource name the first. */
export function resourceNouns(schemas: SchemaSet): readonly string[] {
  const { nouns, queried } = schemas.catalogue
  const kept = [...new Set(nouns.map((it) => it.noun))].filter((it) => queried(it) === undefined)
  return kept.filter((it) => nounOf(schemas, resourceOf(it)) === it)
}

/** The part of the standard that a noun belongs to, or what else it is. */
export function familyOf({ part, status }: Pick<NounEntry, 'part' | 'status'>): string {
  const standard = part === '' ? '' : `IEC 61968-${part}`
  if (status === 'imported') return standard === '' ? 'Imported' : `${standard}, imported`
  return status === 'draft' || standard === '' ? 'Drafts' : standard
}
