// What keeps its order: messages to one party with the same key go one after the other.

import type { JsonObject } from '../../schema/json-text.ts'
import type { OrderKey } from './party.ts'
import { nounsOf, valuesIn } from './values.ts'

/** What a value cannot hold inside of a key, because it stands between the values there. */
const BETWEEN = /[%\s]/gu

/**
 * The key of a message, empty where nothing keeps its order: the path, and the values that stand there, sorted, with
 * spaces between. A message about several objects keeps its order against every other about one of them. Without a value
 * all of the noun is the key.
 * @param message as CIM-JSON
 */
export function orderKeyOf(message: JsonObject, order: OrderKey): string {
  if (order.by === 'none') return ''
  const [noun = ''] = nounsOf(message)
  const whole = `noun ${noun}`
  if (order.by === 'noun') return whole
  const values = valuesIn(message, order.path)
  return values.length === 0 ? whole : keyAt(order.path, values)
}

/** The key of what has these values at a path. */
export function keyAt(path: string, values: readonly string[]): string {
  const keys = values.map((it) => it.replace(BETWEEN, encodeURIComponent))
  return [path, ...keys.sort()].join(' ')
}

/** The keys of each value, where a key is made of several; empty where it is of one. */
export function partsOf(orderKey: string): readonly string[] {
  const [path, ...values] = orderKey.split(' ')
  return values.length < 2 ? [] : values.map((it) => `${path} ${it}`)
}
