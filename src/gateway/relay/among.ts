// What is being made under no id of its own: among the objects of a message that is on its way, also of a long list. Looked for in
// its text, so that something may wait for a message that says nothing of it; what is judged when that is over is the record.

import type { Flow } from '../../flows/flow.ts'
import { member } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import { isRun, openIn } from '../collections/run.ts'
import type { LegFacts } from '../ledger.ts'
import type { Store } from '../ports.ts'
import type { Task } from '../tasks.ts'
import { octetsOf } from '../tracking/shown.ts'
import { OPEN, isBeingMade } from '../under-way.ts'
import type { IsMade } from './behind.ts'
import { businessKeysOf } from './business-keys.ts'

/** messages about one value that are looked into, the newest first */
const MOST_MESSAGES = 8

/** Over one store. */
export function makingIn(
  store: Pick<Store, 'legs' | 'leg'>,
  flow: (noun: string, verb: string) => Flow | undefined,
): IsMade {
  return async (task) => (await isBeingMade(store, task)) || isAmong(task)

  async function isAmong({ noun, verb, object }: Task): Promise<boolean> {
    const parts = (flow(noun, verb)?.madeOf ?? []).map((it) => valuesIn(member(object, it)))
    if (parts.length === 0 || parts.some((it) => it.length === 0)) return false
    for (const leg of await openAbout(noun, new Set(parts.flat())))
      for await (const text of textsOf(leg))
        if (parts.every((all) => all.some((it) => text.includes(it)))) return true
    return false
  }

  async function openAbout(noun: string, keys: ReadonlySet<string>): Promise<readonly LegFacts[]> {
    const asked = OPEN.flatMap((it) => [...keys].map((key) => ({ ...it, key })))
    const found = await Promise.all(
      asked.map((it) =>
        store.legs({ ...it, noun: [noun], verb: ['create'], limit: MOST_MESSAGES }),
      ),
    )
    return [...new Map(found.flatMap(({ legs }) => legs.map((it) => [it.id, it]))).values()]
  }

  async function* textsOf({ id }: LegFacts): AsyncGenerator<string> {
    const leg = await store.leg(id)
    if (leg === undefined) return
    yield new TextDecoder().decode(octetsOf(leg.request))
    for (const piece of isRun(leg) ? await openIn(leg, store) : [])
      yield (await store.leg(piece.id))?.request ?? ''
  }
}

/** By what it is named. */
function valuesIn(it: Json | undefined): readonly string[] {
  return it === undefined ? [] : businessKeysOf({ payload: it }).map(([, value]) => value)
}
