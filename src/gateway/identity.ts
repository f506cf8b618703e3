// Who an object is: mRID and Names.

import { idKey } from '../envelope/mrid.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

/** What an object is known by. */
export interface Identity {
  /** exactly as written; undefined when absent or blank */
  readonly mRID: string | undefined
  /** one key for each of Names, see `nameKey` */
  readonly names: readonly string[]
}

export { idKey, isUuid } from '../envelope/mrid.ts'

/** Stands for the mRID of an object whose schema gives it none; it is ours and is never sent. */
export const OWN_ID = '#id'

/** A name is unique together with its type and the authority of that type; undefined for what is no name, or a blank one. */
export function nameKey(name: Json): string | undefined {
  const text = member(name, 'name')
  if (typeof text !== 'string' || text.trim() === '') return undefined
  const type = member(name, 'NameType')
  return JSON.stringify([
    member(member(type, 'NameTypeAuthority'), 'name') ?? null,
    member(type, 'name') ?? null,
    text,
  ])
}

/** A name key taken apart again. */
export interface NameParts {
  readonly authority: string | null
  readonly type: string | null
  readonly name: string
}

/** @param key made by `nameKey` */
export function namePartsOf(key: string): NameParts {
  const [authority, type, name] = JSON.parse(key) as [string | null, string | null, string]
  return { authority, type, name }
}

/** The identity of an object; without mRID and names for anything that has none. */
export function identityOf(object: Json | undefined): Identity {
  const mRID = member(object, 'mRID') ?? member(object, OWN_ID)
  const names = member(object, 'Names')
  const keys = Array.isArray(names) ? names.map(nameKey).filter((it) => it !== undefined) : []
  return { mRID: typeof mRID === 'string' && mRID.trim() !== '' ? mRID : undefined, names: keys }
}

/** The names of an object as people read them, whatever their types. */
export function nameTexts(object: Json): readonly string[] {
  return identityOf(object).names.map((it) => namePartsOf(it).name)
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

/** The object with this mRID in front, where every object shows who it is. */
export function withId(mRID: string, object: JsonObject): JsonObject {
  const { mRID: _own, ...rest } = object
  return { mRID, ...rest }
}

/**
 * Finds among many objects the one that another is, by `sameIdentity`; of several the one with the same mRID,
 * else the first. Built once, so that lists of thousands are compared in linear time.
 */
export function indexOfIdentities<T extends Json>(
  objects: readonly T[],
): (wanted: Json) => T | undefined {
  const byId = new Map<string, T>()
  const byName = new Map<string, { any: T; idless?: T }>()
  for (const it of objects) {
    const { mRID, names } = identityOf(it)
    if (mRID !== undefined && !byId.has(idKey(mRID))) byId.set(idKey(mRID), it)
    for (const name of names) {
      const known = byName.get(name) ?? { any: it }
      if (mRID === undefined) known.idless ??= it
      byName.set(name, known)
    }
  }
  return (wanted) => {
    const { mRID, names } = identityOf(wanted)
    const known = names.map((it) => byName.get(it)).filter((it) => it !== undefined)
    if (mRID === undefined) return known[0]?.any
    return byId.get(idKey(mRID)) ?? known.find((it) => it.idless !== undefined)?.idless
  }
}
