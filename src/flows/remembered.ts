// What follows from an object alone, worked out once for it: rules and claims of each object of a long message ask the same of
// it many times over. Objects are never changed, so that what has been found of one stays true as long as there is one.

import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

/** The same function, which remembers its answer about an object. @param of a function of its argument alone */
export function remembered<T>(of: (it: Json | undefined) => T): (it: Json | undefined) => T {
  const known = new WeakMap<object, { readonly value: T }>()
  return (it) => {
    if (!isObject(it)) return of(it)
    const before = known.get(it)
    if (before !== undefined) return before.value
    const value = of(it)
    known.set(it, { value })
    return value
  }
}
