// Nouns whose schemas have no targetNamespace: their documents are judged and converted, but no message carries them,
// because the wildcard of Payload takes other namespaces only.

import type { Catalogue } from './catalogue.ts'

/** Why no message carries such a noun: a sentence about it without full stop. */
export const NO_NAMESPACE = 'it has no namespace, and a Payload takes no element without one'

/** What can be done instead. */
export const BARE_USE =
  'Validate and convert its documents as they are, without an envelope, or give its schema a targetNamespace.'

/** Nouns that have a namespace in no schema. */
export function bareNouns({ nouns }: Pick<Catalogue, 'nouns'>): readonly string[] {
  const carried = new Set(nouns.filter((it) => it.payloadNs !== '').map((it) => it.noun))
  return [...new Set(nouns.map((it) => it.noun))].filter((it) => !carried.has(it))
}

/** True for a noun that a message can carry. */
export function isCarried({ nouns }: Pick<Catalogue, 'nouns'>, noun: string): boolean {
  return nouns.some((it) => it.noun === noun && it.payloadNs !== '')
}
