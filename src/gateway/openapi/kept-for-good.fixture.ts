// For tests only: what cannot be deleted, and is to be gone all the same before the next test.

import type { Flow } from '../../flows/flow.ts'
import { flowsOf } from '../../flows/index.ts'
import { NONE, step } from '../../lifecycles/lifecycle.ts'
import type { Fixture } from '../gateway.fixture.ts'

/** True where nobody takes an object back. */
export function isKeptForGood(noun: string): boolean {
  return flowsOf(noun).some((flow) =>
    flow.frozen?.freezes.some(({ kept, in: states }) => {
      const isSo = states === undefined || states.includes(bornIn(flow))
      return kept === 'told' && isSo
    }),
  )
}

/** The state of what has just been made. */
function bornIn(flow: Flow): string {
  const born = step(flow.lifecycle, NONE, flow.trigger(undefined, {}))
  return 'to' in born ? born.to : NONE
}

/** Takes the objects of a noun out of the store, which nobody can ask for. */
export async function forgotten({ store }: Fixture, noun: string): Promise<void> {
  const { objects } = await store.page(noun, { limit: 10 })
  const removals = objects.map(({ id, revision }) => ({
    ...{ noun, id, expect: revision, revision: revision + 1 },
  }))
  await store.commit({ puts: [], removals, events: [] })
}
