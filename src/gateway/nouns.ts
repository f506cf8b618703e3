// How an API calls the nouns.

import { flowsOf } from '../flows/index.ts'
import type { Catalogue, NounEntry } from '../schema/catalogue.ts'
import { nearest } from '../schema/nearest.ts'
import type { SchemaSet } from '../schema/schemas.ts'

/** Plural in kebab case, an acronym as one word: `EndDeviceControls` is `end-device-controls`. */
export function resourceOf(noun: string): string {
  return noun
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** The noun of a resource name; undefined when no noun that a message can carry has it. */
export function nounOf({ catalogue }: SchemaSet, resource: string): string | undefined {
  const known = byResource.get(catalogue) ?? indexed(catalogue)
  byResource.set(catalogue, known)
  return known.get(resource)
}

/** nouns by the name of their resource: a file may declare tens of thousands */
const byResource = new WeakMap<Catalogue, ReadonlyMap<string, string>>()

function indexed({ nouns }: Catalogue): ReadonlyMap<string, string> {
  // What no message can carry cannot be created, changed or sent on.
  const carried = nouns.filter((it) => it.payloadNs !== '')
  const shorter = carried.flatMap(({ noun }) =>
    flowsOf(noun).flatMap(({ resource }) =>
      resource === undefined ? [] : [[resource, noun] as const],
    ),
  )
  // Of two with one name the first, so it is set last.
  const own = carried.toReversed().map(({ noun }) => [resourceOf(noun), noun] as const)
  return new Map([...shorter, ...own])
}

/** The resource that was probably meant: by a name close to it, or by the noun itself. */
export function nearestResource(schemas: SchemaSet, written: string): string | undefined {
  const names = resourceNouns(schemas).map(resourceOf)
  return nearest(written, names) ?? nearest(resourceOf(written), names)
}

/** The noun that was probably meant: by a name close to it, or by its resource. */
export function nearestNoun(schemas: SchemaSet, written: string): string | undefined {
  const resource = nearestResource(schemas, written)
  const byResource = resource === undefined ? undefined : nounOf(schemas, resource)
  return nearest(written, resourceNouns(schemas)) ?? byResource
}

/** Nouns that have a resource: a query is no object that could be kept, and what has no namespace travels in no message. Of two with one resource name the first. */
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
