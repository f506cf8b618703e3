// What keeps its order: messages to one party with the same key go one after the other.

import type { JsonObject } from '../../schema/json-text.ts'
import type { OrderKey } from './party.ts'
import { nounsOf, valuesIn } from './values.ts'

/** What a value cannot hold inside of a key, because it stands between the values there, or between keys. */
const BETWEEN = /[%&\s]/gu

/** Between the keys of a message that keeps several orders. */
const AND = ' & '

/** What a message belongs to, besides what it is: its noun, and every text by which that may be named. */
export interface Whole {
  readonly noun: string
  readonly keys: readonly string[]
}

/**
 * The key of a message, empty where nothing keeps its order: the path, and the values that stand there, sorted, with
 * spaces between. A message about several objects keeps its order against every other about one of them. Without a value
 * all of the noun is the key. What belongs to something keeps the order of that, too: then both keys are one.
 * @param message as CIM-JSON
 */
export function orderKeyOf(
  message: JsonObject,
  order: OrderKey,
  wholes: readonly Whole[] = [],
): string {
  if (order.by === 'none') return ''
  const [noun = ''] = nounsOf(message)
  const all = `noun ${noun}`
  const values = order.by === 'noun' ? [] : valuesIn(message, order.path)
  const shared = wholes.filter(({ keys }) => keys.length > 0)
  const own = order.by === 'noun' || values.length === 0 ? [all] : [keyAt(order.path, values)]
  // What it belongs to says more than that nothing stands at the path.
  const isNamed = order.by === 'noun' || values.length > 0 || shared.length === 0
  return [...(isNamed ? own : []), ...shared.map((it) => keyAt(it.noun, it.keys))].join(AND)
}

/** The key of what has these values at a path. */
export function keyAt(path: string, values: readonly string[]): string {
  const keys = values.map((it) => it.replace(BETWEEN, encodeURIComponent))
  return [path, ...new Set(keys.sort())].join(' ')
}

/** The keys of each value, where a key is made of several; empty where it is of one. */
export function partsOf(orderKey: string): readonly string[] {
  const parts = orderKey.split(AND).flatMap((key) => {
    const [path, ...values] = key.split(' ')
    return values.map((it) => `${path} ${it}`)
  })
  return parts.length < 2 ? [] : parts
}
