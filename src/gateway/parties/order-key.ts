// What keeps its order: messages to one party with the same key go one after the other.

import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { OrderKey } from './party.ts'
import { valuesIn } from './values.ts'

/** values that one key is made of; a message about more waits for all of its noun */
const MOST_VALUES = 20

/**
 * The key of a message, empty where nothing keeps its order. About several objects it is all their values, sorted: such
 * a message keeps its order among those about the same objects, and not against those about one of them; where that
 * matters, order by noun, or have objects sent one by one (profile). Without a value all of the noun is the key.
 * @param message as CIM-JSON
 */
export function orderKeyOf(message: JsonObject, order: OrderKey): string {
  if (order.by === 'none') return ''
  const noun = member(member(message, 'header'), 'Noun')
  const whole = `noun ${typeof noun === 'string' ? noun : ''}`
  if (order.by === 'noun') return whole
  const keys = [...valuesIn(message, order.path)].sort()
  return keys.length === 0 || keys.length > MOST_VALUES ? whole : `${order.path} ${keys.join(' ')}`
}
