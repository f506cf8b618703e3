// Queries that say what objects are to be like, for flows that have criteria.

import type { Criteria } from '../flows/likeness.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

/** True for an object that is like at least one of those wanted. */
export function likeOneOf(
  wanted: readonly JsonObject[],
  { isLike }: Criteria,
): (object: JsonObject) => boolean {
  return (object) => wanted.some((it) => isLike(it, object))
}

/** The object that the parameters of a request ask for together, or the first of them that cannot be. */
export function likeIn(
  query: Readonly<Record<string, string>>,
  criteria: Criteria | undefined,
): { readonly like?: JsonObject } | { readonly unfit: string; readonly about: string } {
  const asked = Object.entries(criteria?.parameters ?? {})
    .filter(([name]) => (query[name] ?? '') !== '')
    .map(([name, { about, like }]) => ({ name, about, like: like(query[name] ?? '') }))
  const unfit = asked.find(({ like }) => like === undefined)
  if (unfit !== undefined) return { unfit: unfit.name, about: unfit.about }
  return asked.length === 0
    ? {}
    : { like: asked.reduce<JsonObject>((all, it) => both(all, it.like ?? {}), {}) }
}

function both(a: JsonObject, b: JsonObject): JsonObject {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name): readonly [string, Json] => {
      const [left, right] = [a[name], b[name]]
      if (left !== undefined && right !== undefined && isObject(left) && isObject(right))
        return [name, both(left, right)]
      return [name, right ?? left ?? null]
    }),
  )
}
