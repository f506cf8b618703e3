// The `Store` port over an engine that answers calls: group commit, and who is told of what was committed. Knows no
// database.

import type { SequencedEvent, Store, Unit } from '../../gateway/ports.ts'
import type { Outcome } from './commit.ts'
import { crashAfter, crashAt } from './crash.ts'
import type { Engine } from './engine.ts'
import { Group } from './group.ts'
import type { Before } from './retention.ts'

/** What kinds of databases do in ways of their own. */
export interface Ways {
  /** the questions about nouns */
  readonly asking: Pick<Store, 'objects' | 'nouns' | 'gone' | 'identities' | 'page'>
  /** Before anybody is told that a group is committed. */
  readonly committed: (units: readonly Unit[], outcomes: readonly Outcome[]) => void | Promise<void>
  /** Tells listeners what became durable. */
  readonly tell: (events: readonly SequencedEvent[]) => void | Promise<void>
  readonly listen: Store['onEvents']
  readonly close: () => Promise<void>
}

/** The store of an engine. */
export function storeOn(engine: Engine, ways: Ways): Store {
  const group = new Group(async (units) => {
    const outcomes = await engine.commit(units)
    await ways.committed(units, outcomes)
    return outcomes
  })
  let closed: Promise<void> | undefined
  const close = async () => {
    await group.close()
    await ways.close()
  }
  const { forgetSlice, claim, counts: _counts, ...others } = engine
  return {
    ...others,
    ...ways.asking,
    commit: async (unit) => {
      const committed = await group.add(unit)
      crashAt('before-response')
      void crashAfter('after-response')
      return committed
    },
    claim: async (request) => {
      const { claimed, events } = await claim(request)
      await ways.tell(events)
      return claimed
    },
    forget: (before) => forgetAll(forgetSlice, before),
    onEvents: ways.listen,
    close: () => (closed ??= close()),
  }
}

/** What the units of a group tell. */
export function eventsOf(outcomes: readonly Outcome[]): readonly SequencedEvent[] {
  return outcomes.flatMap((it) => (it.kind === 'committed' ? it.events : []))
}

/** Slice by slice, so that commits have their turn between. */
async function forgetAll(forgetSlice: Engine['forgetSlice'], before: Before): Promise<number> {
  for (let sum = 0; ;) {
    const { legs, more } = await forgetSlice(before)
    sum += legs
    if (!more) return sum
  }
}
