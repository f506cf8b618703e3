// What keeps its order: messages to one party with the same value at a path go one after the other.

import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { idKey } from '../identity.ts'
import type { OrderKey } from './party.ts'

/** values that one key is made of; a message about more waits for all of its noun */
const MOST_VALUES = 20

/**
 * The key of a message, empty where nothing keeps its order. About several objects it is all their values, sorted, so that
 * the same objects have the same key. Where the path leads to nothing the IDs of the Payload count, and without these
 * all of the noun.
 * @param message as CIM-JSON
 */
export function orderKeyOf(message: JsonObject, order: OrderKey): string {
  if (order.by === 'none') return ''
  const noun = member(member(message, 'header'), 'Noun')
  const whole = `noun ${typeof noun === 'string' ? noun : ''}`
  if (order.by === 'noun') return whole
  const payload = member(message, 'payload')
  const content = typeof noun === 'string' ? member(payload, noun) : undefined
  const found = valuesAt(content, order.path.split('.'))
  const values = found.length > 0 ? found : valuesAt(payload, ['ID'])
  const keys = [...new Set(values.map(idKey))].sort()
  return keys.length === 0 || keys.length > MOST_VALUES ? whole : `${order.path} ${keys.join(' ')}`
}

function valuesAt(it: Json | undefined, path: readonly string[]): readonly string[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => valuesAt(one, path))
  const [first, ...rest] = path
  if (first === undefined) {
    const text = isObject(it) ? member(it, '$') : it
    return typeof text === 'string' && text !== '' ? [text] : []
  }
  return isObject(it) ? valuesAt(member(it, first), rest) : []
}
