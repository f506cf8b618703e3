// Who an object is: mRID and Names (C1 of the design: flows §3 "Common types").

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

export interface Identity {
  /** exactly as written */
  readonly mRID: string | undefined
  /** one key for each of Names, see `nameKey` */
  readonly names: readonly string[]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for the form of RFC 9562, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** mRIDs are compared without case when they are UUIDs, else byte by byte. */
export function idKey(mRID: string): string {
  return isUuid(mRID) ? mRID.toLowerCase() : mRID
}

/** A name is unique together with its type and the authority of that type. */
export function nameKey(name: Json): string | undefined {
  const text = member(name, 'name')
  if (typeof text !== 'string') return undefined
  const type = member(name, 'NameType')
  return JSON.stringify([
    member(member(type, 'NameTypeAuthority'), 'name') ?? null,
    member(type, 'name') ?? null,
    text,
  ])
}

/** The text of a name from its key, for people. */
export function nameOf(key: string): string {
  return String((JSON.parse(key) as readonly unknown[])[2])
}

export function identityOf(object: Json | undefined): Identity {
  const mRID = member(object, 'mRID')
  const names = member(object, 'Names')
  const keys = Array.isArray(names) ? names.map(nameKey).filter((it) => it !== undefined) : []
  return { mRID: typeof mRID === 'string' && mRID.trim() !== '' ? mRID : undefined, names: keys }
}

/** True when two objects are the same one: by mRID when both have one, else by any common name. */
export function sameIdentity(a: Json, b: Json): boolean {
  const [left, right] = [identityOf(a), identityOf(b)]
  if (left.mRID !== undefined && right.mRID !== undefined)
    return idKey(left.mRID) === idKey(right.mRID)
  return left.names.some((it) => right.names.includes(it))
}

/** True for something that can be told apart from its like. */
export function hasIdentity(object: Json): object is JsonObject {
  if (!isObject(object)) return false
  const { mRID, names } = identityOf(object)
  return mRID !== undefined || names.length > 0
}
