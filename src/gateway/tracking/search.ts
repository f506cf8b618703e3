// What a search for messages asks: read from the query of a request, every value checked, no name guessed.

import { MESSAGE } from '../../lifecycles/message.ts'
import { nearest } from '../../schema/nearest.ts'
import type { LegQuery, MessageState } from '../ledger.ts'
import { MOST_LISTED, PARAMETERS, USUALLY_LISTED } from '../operation.ts'
import type { ParameterName } from '../operation.ts'

/** Why a search is none, and what can be asked. */
export interface NoSearch {
  readonly reason: string
  readonly mend: string
}

/** Parameters of a search, as operations name them. */
export const SEARCH = [
  'ofNoun',
  'ofVerb',
  'ofParty',
  'inState',
  'from',
  'to_',
  'key',
  'direction',
  'messageID',
  'correlationID',
  'exchangeID',
  'limit',
  'after',
] as const satisfies readonly ParameterName[]

/** Parameters of a list of parked messages: their state is known. */
export const PARKED_SEARCH = SEARCH.filter((it) => it !== 'inState')

/** Every state of a message. */
export const STATES: readonly string[] = [...new Set(MESSAGE.steps.map(({ to }) => to))]

/** @param names of the parameters that may be asked by */
export function searchIn(
  query: Readonly<Record<string, string>>,
  names: readonly ParameterName[],
): LegQuery | NoSearch {
  const known: readonly string[] = names.map((it) => PARAMETERS[it].name)
  const given = Object.entries(query).filter(([, value]) => value !== '')
  const unknown = given.find(([name]) => !known.includes(name))?.[0]
  if (unknown !== undefined) return noParameter(unknown, known)
  const read = given.map(([name, value]) => READ[name]?.(value) ?? { [name]: value })
  const wrong = read.find((it): it is NoSearch => 'reason' in it)
  return wrong ?? Object.assign({ limit: USUALLY_LISTED }, ...read)
}

function noParameter(name: string, known: readonly string[]): NoSearch {
  const near = nearest(name, known)
  const mend = near === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`
  return { reason: `Messages cannot be searched by ${name}.`, mend }
}

type Read = (value: string) => Partial<LegQuery> | NoSearch

const READ: Readonly<Record<string, Read>> = {
  limit: (value) => {
    const limit = /^\d{1,9}$/.test(value) ? Number(value) : 0
    if (limit >= 1 && limit <= MOST_LISTED) return { limit }
    const reason = `limit is a whole number from 1 to ${MOST_LISTED}, not ${value}.`
    return { reason, mend: `Write limit=${USUALLY_LISTED} or another such number.` }
  },
  state: (value) => {
    const state = value.split(',').map((it) => it.trim().toUpperCase())
    const wrong = state.find((it) => !STATES.includes(it))
    if (wrong === undefined) return { state: state as readonly MessageState[] }
    return { reason: `${wrong} is no state of a message.`, mend: `There are ${STATES.join(', ')}.` }
  },
  direction: (value) => {
    if (value === 'in' || value === 'out') return { direction: value }
    const mend = 'Write in for what was received, out for what was sent.'
    return { reason: `direction is in or out, not ${value}.`, mend }
  },
  from: (value) => instant('from', value),
  to: (value) => instant('to', value),
}

/** As the ledger writes times, so that they compare as texts. */
function instant(name: 'from' | 'to', value: string): Partial<LegQuery> | NoSearch {
  const at = RFC_3339.test(value) ? new Date(value) : undefined
  if (at !== undefined && !Number.isNaN(at.getTime())) return { [name]: at.toISOString() }
  const reason = `${name} is a time with its offset (RFC 3339), not ${value}.`
  // The + of an offset is a space in a query unless it is written %2B.
  return { reason, mend: `Write ${name}=2026-07-14T08:00:00Z.` }
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/
