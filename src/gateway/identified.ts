// By what an object of a noun is known: its mRID, and those of its Names that are its own. Names that only link it to
// something else, such as the customer of a work request, may be borne by many.

import { flowsOf } from '../flows/index.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { identityOf, namePartsOf } from './identity.ts'
import type { Identity } from './identity.ts'

/** The identity of an object, without its links. */
export function identifiedIn(noun: string, object: Json | undefined): Identity {
  const identity = identityOf(object)
  const links = linksOf(noun)
  if (links.length === 0 || !isObject(object)) return identity
  return { ...identity, names: identity.names.filter((it) => !isLink(it, links)) }
}

function isLink(key: string, links: readonly string[]): boolean {
  const { type } = namePartsOf(key)
  return type !== null && links.includes(type)
}

const known = new Map<string, readonly string[]>()

function linksOf(noun: string): readonly string[] {
  const own = known.get(noun) ?? flowsOf(noun).flatMap(({ links = [] }) => links)
  known.set(noun, own)
  return own
}
