// What became of each record of a list, page by page in the order of the list, also while it is still being carried out.

import type { JsonObject } from '../../schema/json-text.ts'
import type { LegFacts } from '../ledger.ts'
import { isOver } from '../relay/joined.ts'
import { collectionsOf, outcomesOf, sizesIn } from './run.ts'
import type { RecordOutcome, RunStore } from './run.ts'

/** Which records are wanted. */
export interface ResultQuery {
  readonly limit: number
  /** place of the first one that is looked at, from 0 */
  readonly from: number
  /** absent = all */
  readonly only?: RecordResult
}

/** What a record has come to. */
export type RecordResult = 'OK' | 'FAILED' | 'OPEN'

export const RESULTS: readonly RecordResult[] = ['OK', 'FAILED', 'OPEN']

/** A page of them. */
export interface ResultPage {
  readonly total: number
  readonly collections: { readonly total: number; readonly over: number }
  readonly results: readonly JsonObject[]
  /** place at which the next page begins; null at the end */
  readonly next: number | null
}

/** @param origin leg of a list */
export async function resultsOf(
  origin: LegFacts,
  { limit, from, only }: ResultQuery,
  store: RunStore,
): Promise<ResultPage> {
  const { count: total, size } = sizesIn(origin)
  const all = await collectionsOf(origin, store)
  const over = all.filter((turns) => turns.every(isOver)).length
  const results: JsonObject[] = []
  let next: number | null = null
  for (let at = Math.floor(from / size); at < all.length && next === null; at += 1) {
    const turns = all[at] ?? []
    if (isPassedOver(turns, only)) continue
    for (const it of await outcomesOf(turns, store)) {
      const { index } = it.entry
      if (index < from || (only !== undefined && resultOf(it) !== only)) continue
      if (results.length === limit) {
        next = index
        break
      }
      results.push(shownAs(it))
    }
  }
  return { total, collections: { total: all.length, over }, results, next }
}

/** What its state says already of all of its records need not be read. */
function isPassedOver(turns: readonly LegFacts[], only: RecordResult | undefined): boolean {
  const [leg] = turns
  if (only === undefined || leg === undefined || turns.length > 1) return false
  if (!isOver(leg)) return only !== 'OPEN'
  return only === 'OPEN' || (only === 'FAILED' && leg.state === 'ACKED')
}

function resultOf({ result }: RecordOutcome): RecordResult {
  return result ?? 'OPEN'
}

function shownAs(it: RecordOutcome): JsonObject {
  const { entry, failure } = it
  const { index: _same, ...said } = failure ?? { index: 0 }
  return {
    index: entry.index,
    ...entry.shown,
    result: resultOf(it),
    ...said,
  }
}
