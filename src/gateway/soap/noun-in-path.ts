// The noun of a path of SOAP, by its name or by that of its resource, and the services of all its editions.

import { typedRootNamed } from '../../envelope/typed-roots.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { nounOf } from '../nouns.ts'
import { servicesOf } from './services.ts'
import type { SoapNoun, SoapService } from './services.ts'

/** The noun that a part of a path means; undefined when no noun with a namespace has that name. */
export function nounIn(written: string, schemas: SchemaSet): string | undefined {
  return editionsOf(written, schemas).length > 0 ? written : nounOf(schemas, written)
}

/** Every edition of a noun in use, the selected one first. */
export function editionsOf(noun: string, { catalogue }: SchemaSet): readonly SoapNoun[] {
  const own = catalogue.nouns.filter((it) => it.noun === noun && it.payloadNs !== '')
  const sorted = own.toSorted((one, other) => Number(other.selected) - Number(one.selected))
  return [...new Set(sorted.map((it) => it.payloadNs))].map((ns) => ({ noun, ns }))
}

/** Nouns that have a typed service, for lists. */
export function soapNouns(schemas: SchemaSet): readonly string[] {
  const names = [...new Set(schemas.catalogue.nouns.map((it) => it.noun))]
  return names.filter((it) => servicesAt(it, schemas).length > 0)
}

/** Nouns to whose services a typed root may belong by its name: its own, or the one that it queries. */
export function nounsOfStem(root: string, { catalogue }: SchemaSet): readonly string[] {
  const typed = typedRootNamed(root)
  if (typed === undefined) return []
  const query = typed.reply.replace(/ResponseMessage$/, '')
  return [typed.x, query].filter((it) => catalogue.isNoun(it))
}

/** The services of every edition: a message is taken in the namespace that it has. */
export function servicesAt(noun: string, schemas: SchemaSet): readonly SoapService[] {
  const known = made.get(schemas) ?? new Map<string, readonly SoapService[]>()
  made.set(schemas, known)
  const found =
    known.get(noun) ?? editionsOf(noun, schemas).flatMap((it) => servicesOf(it, schemas))
  known.set(noun, found)
  return found
}

/** by noun, of which there are as many as the catalogue has */
const made = new WeakMap<SchemaSet, Map<string, readonly SoapService[]>>()
