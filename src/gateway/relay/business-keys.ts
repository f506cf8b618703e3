// By what a message can be found again: the mRIDs and names in it, and the IDs that it names objects by.

import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { BusinessKey, Leg } from '../ledger.ts'

/** Where a value stands, without places in lists, and the value. */
export type Found = readonly [name: string, value: string]

/** of one message: the objects that it is about come before what they refer to */
export const MOST_KEYS = 32
/** characters of a value that are compared */
const LONGEST = 200

/**
 * Identifying values of a message, nearest to the root first, each once, at most `MOST_KEYS`.
 * @param message as CIM-JSON
 */
export function businessKeysOf(message: JsonObject): readonly Found[] {
  const found = new Map<string, Found>()
  let level: readonly (readonly [string, Json])[] = ['payload', 'request', 'reply'].flatMap(
    (part) => {
      const it = member(message, part)
      return it === undefined ? [] : [['', it] as const]
    },
  )
  while (level.length > 0) {
    const next: (readonly [string, Json])[] = []
    for (const [path, it] of level) {
      note(path, it, found)
      // Most objects of a long message are not even looked at.
      if (found.size >= MOST_KEYS) return [...found.values()]
      next.push(...inside(path, it))
    }
    level = next
  }
  return [...found.values()]
}

/** The same as the store keeps it with a message. */
export function keysOf({ id: leg }: Pick<Leg, 'id'>, message: JsonObject): readonly BusinessKey[] {
  return businessKeysOf(message).map(([name, value]) => ({ leg, name, value }))
}

function note(path: string, it: Json, found: Map<string, Found>): void {
  const name = path.slice(path.lastIndexOf('.') + 1)
  const value = IDENTIFYING.has(name) ? (typeof it === 'string' ? it : member(it, '$')) : undefined
  if (typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST)
    found.set(`${path}\n${value}`, [path, value])
}

/**
 * Of an object that has a name, `name` is it; of a NameType it says only what kind of name. An application has neither mRID nor
 * name where it comes from an aggregator.
 */
const IDENTIFYING: ReadonlySet<string> = new Set(['mRID', 'ID', 'name', 'transactionId'])
const NOT_LOOKED_INTO: ReadonlySet<string> = new Set(['NameType', 'Compressed'])

function inside(path: string, it: Json): readonly (readonly [string, Json])[] {
  if (Array.isArray(it))
    return it.flatMap((one: Json) => (isObject(one) ? inside(path, one) : [[path, one] as const]))
  if (!isObject(it)) return []
  return Object.entries(it).flatMap(([name, value]) => {
    if (NOT_LOOKED_INTO.has(name) || name.startsWith('@') || name.startsWith('#')) return []
    const here = path === '' ? name : `${path}.${name}`
    const all: readonly Json[] = Array.isArray(value) ? value : [value]
    return all.map((one) => [here, one] as const)
  })
}
