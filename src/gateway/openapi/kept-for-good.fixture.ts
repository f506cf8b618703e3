// For tests only: what cannot be deleted, and is to be gone all the same before the next test.

import { flowsOf } from '../../flows/index.ts'
import type { Fixture } from '../gateway.fixture.ts'

/** True where nobody takes an object back. */
export function isKeptForGood(noun: string): boolean {
  return flowsOf(noun).some((it) => it.frozen?.freezes.some(({ kept }) => kept === 'told'))
}

/** Takes the objects of a noun out of the store, which nobody can ask for. */
export async function forgotten({ store }: Fixture, noun: string): Promise<void> {
  const { objects } = await store.page(noun, { limit: 10 })
  const removals = objects.map(({ id, revision }) => ({
    ...{ noun, id, expect: revision, revision: revision + 1 },
  }))
  await store.commit({ puts: [], removals, events: [] })
}
