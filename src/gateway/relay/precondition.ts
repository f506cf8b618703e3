// What the sender has seen of an object (If-Match) holds before a party is asked to change it: what it has done cannot be
// taken back, and our own record follows it.

import { identityOf } from '../identity.ts'
import { isLate } from '../judged.ts'
import type { Store } from '../ports.ts'
import type { Answer, Expectation, Received } from '../received.ts'
import { heldOf } from '../world.ts'
import { failing } from './said.ts'
import type { Failing } from './said.ts'

/** It has another revision, or is gone. */
const CHANGED = failing('stale-revision', 'STALE', '')
/** Which revision it will have, nobody can say. */
const UNDER_WAY = failing(
  'stale-revision',
  'STALE',
  'Another change of it is with the party that carries it out, so its revision may not be the one that was read.',
)

/** messages about one object that are looked at, the newest */
const MOST_UNDER_WAY = 200

/** Watches over the objects of one store. */
export interface Preconditions {
  /** Goes on where it holds, and keeps others with a condition on the same object out until that is over. */
  readonly whileHeld: (
    received: Received,
    go: () => Promise<Answer>,
  ) => Promise<Answer | { readonly failure: Failing }>
}

/** Conditions on what a store holds. */
export function preconditionsOn(store: Pick<Store, 'objects' | 'legs'>): Preconditions {
  const held = new Set<string>()

  const whileHeld: Preconditions['whileHeld'] = async (received, go) => {
    const { expect } = received
    if (expect === undefined) return go()
    const object = `${expect.noun} ${expect.id}`
    if (held.has(object)) return { failure: UNDER_WAY }
    held.add(object)
    try {
      const failure = await unmet(received, expect)
      return failure === undefined ? await go() : { failure }
    } finally {
      held.delete(object)
    }
  }

  async function unmet(
    received: Received,
    { noun, id }: Expectation,
  ): Promise<Failing | undefined> {
    const [stored] = await store.objects(noun, [id], [])
    // The party knows no revisions: that what is gone is no longer what was expected, nobody else would say.
    if (stored === undefined || isLate(received, [stored])) return CHANGED
    const { mRID = id } = identityOf(heldOf(stored).object)
    const all = await Promise.all([...new Set([id, mRID])].map((key) => isUnderWay(noun, key)))
    return all.includes(true) ? UNDER_WAY : undefined
  }

  /** Another message about it has been accepted, and what its party makes of it is not known yet. */
  async function isUnderWay(noun: string, key: string): Promise<boolean> {
    const asked = {
      direction: 'in',
      state: ['ACCEPTED'],
      noun: [noun],
      key,
      limit: MOST_UNDER_WAY,
    } as const
    const { legs } = await store.legs(asked)
    return legs.some((it) => it.verb !== 'get')
  }

  return { whileHeld }
}
