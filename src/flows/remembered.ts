// What follows from an object alone, worked out once while it is that object's turn: rules and claims of each object of a long
// message ask the same of it many times over. Objects are never changed; only the last one is remembered, so that nothing
// outlives its message.

import type { Json } from '../schema/json-text.ts'

/** The same function, which remembers its last answer. @param of a function of its argument alone */
export function remembered<T>(of: (it: Json | undefined) => T): (it: Json | undefined) => T {
  let last: { readonly it: Json | undefined; readonly value: T } | undefined
  return (it) => {
    if (last !== undefined && last.it === it) return last.value
    last = { it, value: of(it) }
    return last.value
  }
}
