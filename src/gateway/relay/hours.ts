// When a message may be told on, by the objects that it is about: a customer is not called at night.

import { isVerb } from '../../envelope/verbs.ts'
import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { objectsIn } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Leg, Slot } from '../ledger.ts'
import { entriesOf, nounIn, verbOf } from '../tasks.ts'

/** Both ISO 8601 with Z; empty = whenever it is. */
export interface Hours {
  readonly notBefore: string
  readonly notAfter: string
}

/** True for messages whose objects have hours of their own, so that each is told alone. */
export function hasHours(message: JsonObject): boolean {
  return hoursIn(message) !== undefined
}

/** The hours in which all of its objects may be told. */
export function hoursOf(message: JsonObject, contentOf: ContentOf): Hours {
  const hours = hoursIn(message)
  if (hours === undefined) return { notBefore: '', notAfter: '' }
  const all = entriesOf(member(message, 'payload')).flatMap(([noun, root]) => {
    const content = contentOf(noun)
    return content === undefined ? [] : objectsIn(root, content).map(hours)
  })
  const times = (name: 'earliest' | 'latest') =>
    all.flatMap((it) => instantOf(it[name])).toSorted((a, b) => a - b)
  return { notBefore: textOf(times('earliest').at(-1)), notAfter: textOf(times('latest')[0]) }
}

function hoursIn(message: JsonObject): Flow['hours'] {
  const [noun, verb] = [nounIn(message) ?? '', verbOf(message) ?? '']
  return isVerb(verb) ? (flowFor(noun, verb) as Flow | undefined)?.hours : undefined
}

function instantOf(text: string | undefined): readonly number[] {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? [] : [at]
}

function textOf(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString()
}

/** The earlier of two; empty = never. */
export function earlier(a: string, b: string): string {
  return [a, b].filter((it) => it !== '').toSorted()[0] ?? ''
}

/** What waits for its hour stands in nobody's way. */
export function inHours(slot: Slot, { id, party }: Leg, { notBefore }: Hours): Slot {
  if (notBefore === '' || notBefore <= slot.dueAt) return slot
  return { ...slot, lane: `${party} ${id}`, also: [], dueAt: notBefore }
}
