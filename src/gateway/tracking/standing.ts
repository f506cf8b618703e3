// What is said of an object that stands in a state which only a person leads it out of: by its flow, from what is kept now, so
// that what has been mended in part is told as it is.

import type { Memory } from '../guarded.ts'
import { idKey } from '../identity.ts'
import type { Awaited } from '../ledger.ts'
import { lookedUp } from '../looked-up.ts'
import { aboutOf, standingsOf } from '../watched.ts'
import { heldOf } from '../world.ts'

/** What is wrong, and how it is mended; undefined where the object has gone on. */
export type StandingSaid = (
  awaited: Awaited,
) => Promise<{ readonly reason: string; readonly mend: string } | undefined>

/** Over one store. */
export function standingBy(store: Pick<Memory, 'objects'>): StandingSaid {
  return async (awaited) => {
    const { noun, subject } = aboutOf(awaited)
    const [stored] = await store.objects(noun, [idKey(subject)], [])
    if (stored === undefined) return undefined
    const { state, object } = heldOf(stored)
    const all = standingsOf(noun)
    const own = Object.hasOwn(all, state) ? all[state] : undefined
    return own?.said(object, await lookedUp(own.refers, object, store))
  }
}
