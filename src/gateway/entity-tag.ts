// The entity tag of an object: its revision, which no other state of it has ever had or will have.

import { heldIn } from './facade/answer.ts'
import type { Unrendered } from './received.ts'

/** That of a revision. */
export function etagOfRevision(revision: number): string {
  return `"${revision}"`
}

/** That of the one object that an answer is about, as it is then; none where that is several. */
export function etagOf({ result, decision }: Unrendered): { readonly etag?: string } {
  const held = result === 'OK' ? heldIn(decision) : []
  const ids = new Set(held.map(({ id }) => id))
  const last = ids.size === 1 ? held.at(-1) : undefined
  return last === undefined ? {} : { etag: etagOfRevision(last.revision) }
}
