// What the sender has seen of an object (If-Match) holds before a party is asked to change it: what it has done cannot be
// taken back, and our own record follows it.

import { identityOf } from '../identity.ts'
import { isLate } from '../judged.ts'
import type { Store, StoredObject } from '../ports.ts'
import type { Answer, Expectation, Received, Sender } from '../received.ts'
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

/**
 * Conditions on what a store holds.
 * @param mayKnow true where a sender may know of what belongs to an owner: what it may not is not there for it
 */
export function preconditionsOn(
  store: Pick<Store, 'objects' | 'legs'>,
  mayKnow: (sender: Sender, owner: string) => boolean,
): Preconditions {
  const held = new Set<string>()

  const whileHeld: Preconditions['whileHeld'] = async (received, go) => {
    const { expect } = received
    if (expect === undefined) return go()
    const object = `${expect.noun} ${expect.id}`
    // The party knows no revisions: that what is gone is no longer what was expected, nobody else would say.
    if ((await seen(received, expect)) === undefined) return { failure: CHANGED }
    if (held.has(object)) return { failure: UNDER_WAY }
    held.add(object)
    try {
      const failure = await unmet(received, expect)
      return failure === undefined ? await go() : { failure }
    } finally {
      held.delete(object)
    }
  }

  async function seen(
    { sender }: Received,
    { noun, id }: Expectation,
  ): Promise<StoredObject | undefined> {
    const [stored] = await store.objects(noun, [id], [])
    return stored !== undefined && mayKnow(sender, stored.owner) ? stored : undefined
  }

  async function unmet(received: Received, expect: Expectation): Promise<Failing | undefined> {
    const { noun, id } = expect
    const stored = await seen(received, expect)
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
