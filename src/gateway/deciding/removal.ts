// What a removal makes of an object: the parts that it names are taken out (elementOperation, IEC 61968-100:2013 6.10).

import { put, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { BESIDE } from '../content.ts'
import { OWN_ID, hasIdentity, indexOfIdentities } from '../identity.ts'

/** A part that was to be removed but is not there. */
export interface MissingPart {
  /** name of the member that holds it */
  readonly part: string
  readonly item: Json
}

/** The object after a removal, and the parts that were to be removed but are not there. */
export interface Removed {
  readonly after: JsonObject
  readonly missing: readonly MissingPart[]
}

/** mRID and Names say which object is meant; every other part that is named is taken out. */
export function without(before: JsonObject, removal: JsonObject): Removed {
  const after: Record<string, Json> = { ...before }
  const missing: MissingPart[] = []
  for (const [part, value] of Object.entries(removal)) {
    if (NAMING.includes(part) || part.startsWith('@')) continue
    const old = Object.hasOwn(before, part) ? before[part] : undefined
    const taken = takeOut(old, value)
    // An empty list is the same as no list, and is not kept.
    if (taken.rest.length === 0) delete after[part]
    else put(after, part, taken.rest)
    missing.push(...taken.missing.map((item) => ({ part, item })))
  }
  return { after, missing }
}

/** Who the object is, and what its root needs beside it. */
const NAMING: readonly string[] = ['mRID', 'Names', OWN_ID, BESIDE]

interface Taken {
  /** of a list what stays; empty for anything else */
  readonly rest: readonly Json[]
  readonly missing: readonly Json[]
}

function takeOut(old: Json | undefined, value: Json): Taken {
  if (Array.isArray(value) && (old === undefined || Array.isArray(old)))
    return takeItems(old ?? [], value)
  return { rest: [], missing: old === undefined ? [value] : [] }
}

/** Items are told apart by their identity; those that have none by everything they say. */
function takeItems(old: readonly Json[], named: readonly Json[]): Taken {
  const isNamed = finderIn(named)
  const isThere = finderIn(old)
  return {
    rest: old.filter((it) => !isNamed(it)),
    missing: named.filter((it) => !isThere(it)),
  }
}

function finderIn(items: readonly Json[]): (wanted: Json) => boolean {
  const identified = indexOfIdentities(items)
  const texts = new Set(items.map((it) => writeJson(it)))
  return (wanted) =>
    hasIdentity(wanted) ? identified(wanted) !== undefined : texts.has(writeJson(wanted))
}
