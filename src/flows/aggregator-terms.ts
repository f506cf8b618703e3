// Aggregators as the flows ask for them that devices come in by: who speaks for a head-end system, and whether it still does.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { NIC_ID } from './device-key.ts'
import type { Around, Breach, Claim, Placed, Reference } from './flow.ts'
import { boundsOf } from './interval.ts'
import { keysOf, listOf } from './reference.ts'

const NOUN = 'Aggregators'

/** What the aggregator of a head-end system is found by: one that is open has it alone, else one that has been closed is found. */
export function headEndClaims(aggregator: JsonObject, state: string): readonly Claim[] {
  const key = member(aggregator, 'headEndSystem')
  if (typeof key !== 'string') return []
  const reason = `Another aggregator speaks for the head-end system ${key}.`
  if (state === 'active') return [{ key, rule: 'AGG-HEADEND', reason }]
  return state === 'closed' ? [{ key, rule: 'AGG-CLOSED', reason, yields: true }] : []
}

/** Head-end systems of devices: the authority of their nicId. */
export function headEndsOf(devices: readonly Json[]): readonly string[] {
  const names = devices.flatMap((it) => listOf(it, 'Names'))
  const ends = names
    .map((it) => member(it, 'NameType'))
    .filter((it) => member(it, 'name') === NIC_ID)
    .map((it) => member(member(it, 'NameTypeAuthority'), 'name'))
  return [...new Set(ends.filter((it) => typeof it === 'string'))]
}

/** What a flow `refers` to whose devices come in by these head-end systems. */
export function aggregatorReferences(headEnds: readonly string[]): readonly Reference[] {
  return headEnds.flatMap((key) => [
    { noun: NOUN, object: undefined, claim: { rule: 'AGG-HEADEND', key } },
    { noun: NOUN, object: undefined, claim: { rule: 'AGG-CLOSED', key } },
  ])
}

/**
 * Why nobody is enrolled through these head-end systems now: the aggregator is closed, or its time has not come or is over; or
 * there is none, where aggregators are told of here.
 */
export function aggregatorBreaches(
  headEnds: readonly string[],
  around: Pick<Around, 'find' | 'knows' | 'now'>,
): readonly Breach[] {
  return headEnds.flatMap((headEnd): readonly Breach[] => {
    const [open, closed] = aggregatorReferences([headEnd]).map(around.find)
    const found = open ?? closed
    if (found === undefined) return around.knows?.(NOUN) === true ? [unknown(headEnd)] : []
    return isOpen(found, around.now) ? [] : [shut(headEnd, found)]
  })
}

function isOpen({ state, object }: Placed, now: string): boolean {
  const [start, end] = boundsOf(member(object, 'validityInterval'))
  const [instant] = boundsOf({ start: now })
  return state === 'active' && start <= instant && instant < end
}

function unknown(headEnd: string): Breach {
  const reason = `No aggregator is known that speaks for the head-end system ${headEnd}.`
  return { rule: 'AGG-UNKNOWN', code: '2.20', reason }
}

function shut(headEnd: string, { object, state }: Placed): Breach {
  const when = state === 'closed' ? 'is closed' : 'is not in its validityInterval now'
  const reason = `The aggregator ${keysOf(object)[0] ?? ''} of the head-end system ${headEnd} ${when}.`
  return { rule: 'AGG-CLOSED', code: '6.1', reason, about: { objectType: 'Aggregator', object } }
}
