// By what an object of a noun is known: its mRID, and those of its Names that are its own. Names that only link it to
// something else, such as the customer of a work request, may be borne by many.

import { flowsOf } from '../flows/index.ts'
import type { Flow } from '../flows/flow.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import type { KnownBy } from '../flows/search.ts'
import { claimText } from './index-keys.ts'
import { identityOf, namePartsOf } from './identity.ts'
import type { Identity } from './identity.ts'

/** The identity of an object, without its links, and with what it is known by besides. */
export function identifiedIn(noun: string, object: Json | undefined): Identity {
  const identity = identityOf(object)
  const { links, knownBy } = rowOf(noun)
  if ((links.length === 0 && knownBy === undefined) || !isObject(object)) return identity
  const own = identity.names.filter((it) => !isLink(it, links))
  const besides = knownBy?.keys(object).map((it) => claimText(knownBy.rule, it)) ?? []
  return { ...identity, names: [...own, ...besides] }
}

/** By what objects of a noun are known besides mRID and Names. */
export function knownByIn(noun: string): KnownBy | undefined {
  return rowOf(noun).knownBy
}

function isLink(key: string, links: readonly string[]): boolean {
  const { type } = namePartsOf(key)
  return type !== null && links.includes(type)
}

/** What the flows of a noun say of its identities. */
interface Row {
  readonly links: readonly string[]
  readonly knownBy?: KnownBy
}

const rows = new Map<string, Row>()

function rowOf(noun: string): Row {
  const known = rows.get(noun)
  if (known !== undefined) return known
  const flows: readonly Flow[] = flowsOf(noun)
  const [knownBy] = flows.flatMap((it) => it.knownBy ?? [])
  const links = flows.flatMap((it) => it.links ?? [])
  const row = { links, ...(knownBy === undefined ? {} : { knownBy }) }
  rows.set(noun, row)
  return row
}
