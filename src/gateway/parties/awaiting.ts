// Messages that have to come after others: what a message lets be awaited, and what it fulfils.

import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Topology } from './party.ts'
import { fits } from './routing.ts'
import type { Routed } from './routing.ts'
import { valuesIn } from './values.ts'

/** One message that is to come: the rule it comes from, and what it is known by. */
export interface Expected {
  /** id of the rule */
  readonly kind: string
  readonly key: string
  /** milliseconds from now */
  readonly withinMs: number
}

/** The key that is the conversation itself. */
export const BY_CORRELATION = 'CorrelationID'

/** What is to come after a message: one for each value at the key of each rule; without a value, nothing can be awaited. */
export function expectedAfter(
  { awaiting }: Topology,
  it: Routed,
  message: JsonObject,
): readonly Expected[] {
  return awaiting
    .filter((rule) => fits(rule.after, it) !== undefined)
    .flatMap(({ id: kind, key, withinMs }) =>
      keysOf(message, key).map((one) => ({ kind, key: one, withinMs })),
    )
}

/** What a message fulfils. */
export function metBy(
  { awaiting }: Topology,
  it: Routed,
  message: JsonObject,
): readonly Pick<Expected, 'kind' | 'key'>[] {
  return awaiting
    .filter((rule) => fits(rule.expect, it) !== undefined)
    .flatMap(({ id: kind, key }) => keysOf(message, key).map((one) => ({ kind, key: one })))
}

/** An answer carries the CorrelationID of its request, or the MessageID of a request without one (COR-01). */
function keysOf(message: JsonObject, key: string): readonly string[] {
  if (key !== BY_CORRELATION) return valuesIn(message, key)
  const header = member(message, 'header')
  const ids = ['CorrelationID', 'MessageID'].map((name) =>
    isObject(header) ? member(header, name) : undefined,
  )
  return ids.filter((one) => typeof one === 'string' && one !== '').slice(0, 1) as string[]
}
