// What became of a list, record by record in its order, for a vendor that is told so: one word for each record, however many
// there are.

import type { Ack, ItemAck } from '../../dialects/ack.ts'
import type { BoundRoute } from '../../dialects/index.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import { fateOfCode } from '../vendor-ack.ts'
import { idIn } from '../vendor-names.ts'
import type { Failure } from './result.ts'
import { collectionsOf, outcomesOf } from './run.ts'
import type { RecordOutcome, RunStore } from './run.ts'

/** failures that are told with all that there is to say; of the others code and rule, because all of them go in one message */
const MOST_TOLD = 1_000

/** @param now collections as they are, where that is not on disk yet */
export async function ackOfList(
  origin: LegFacts,
  route: BoundRoute,
  store: RunStore,
  now: ReadonlyMap<string, Leg>,
): Promise<Ack> {
  const items: ItemAck[] = []
  let failed = 0
  for (const turns of await collectionsOf(origin, store))
    for (const it of await outcomesOf(turns, store, now)) {
      if (it.failure !== undefined) failed += 1
      items.push(itemOf(it, route, failed <= MOST_TOLD))
    }
  const of = failed === 0 ? `All ${items.length} records` : `${failed} of ${items.length} records`
  const text = `${of} ${failed === 0 ? 'have been carried out' : 'have failed'}; each is found at /api/v1/messages/${origin.id}/results.`
  return { items, whole: failed === 0 ? 'done' : 'refused', text }
}

function itemOf({ entry, failure }: RecordOutcome, route: BoundRoute, isWhole: boolean): ItemAck {
  const id = idIn(entry.shown, route)
  if (failure === undefined) return { id, fate: 'done', code: '0.0', text: '' }
  const { code } = failure
  return { id, fate: fateOfCode(code), code, text: textOf(failure, isWhole) }
}

function textOf({ rule, reason = '', details = '' }: Failure, isWhole: boolean): string {
  const by = rule === undefined ? [] : [`rule=${rule}${isWhole ? ':' : ''}`]
  return [...by, ...(isWhole ? [reason, details] : [])].filter((it) => it !== '').join(' ')
}
