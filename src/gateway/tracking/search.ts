// What a search for messages asks: read from the query of a request, every value checked, no name guessed.

import { VERBS } from '../../envelope/verbs.ts'
import { MESSAGE } from '../../lifecycles/message.ts'
import { nearest } from '../../schema/nearest.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { NO_CURSOR, placeIn } from '../cursor.ts'
import type { LegQuery, MessageState } from '../ledger.ts'
import { nearestNoun } from '../nouns.ts'
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

/** @param names of the parameters that may be asked by; whatever else there is has been refused before */
export function searchIn(
  query: Readonly<Record<string, string>>,
  names: readonly ParameterName[],
): LegQuery | NoSearch {
  const known: readonly string[] = names.map((it) => PARAMETERS[it].name)
  const given = Object.entries(query).filter(([name]) => known.includes(name))
  const read = given.map(([name, value]) => READ[name]?.(value) ?? { [name]: value })
  const wrong = read.find((it): it is NoSearch => 'reason' in it)
  return wrong ?? Object.assign({ limit: USUALLY_LISTED }, ...read)
}

type Read = (value: string) => Partial<LegQuery> | NoSearch

const READ: Readonly<Record<string, Read>> = {
  noun: (value) => ({ noun: listed(value) }),
  verb: (value) => ({ verb: listed(value) }),
  after: (value) => {
    if (value === '') return {}
    const after = placeIn('messages', value)
    return after === undefined ? NO_CURSOR : { after }
  },
  limit: (value) => {
    const limit = /^\d{1,9}$/.test(value) ? Number(value) : 0
    if (limit >= 1 && limit <= MOST_LISTED) return { limit }
    const reason = `limit is a whole number from 1 to ${MOST_LISTED}, not ${value}.`
    return { reason, mend: `Write limit=${USUALLY_LISTED} or another such number.` }
  },
  state: (value) => {
    const state = listed(value.toUpperCase())
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

function listed(value: string): readonly string[] {
  return value.split(',').map((it) => it.trim())
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

/**
 * Why a noun or a verb of a search can find nothing; undefined where it can. What has been kept under a schema that is no
 * longer there, or was refused for its name, is found all the same.
 * @param isKept whether there is any message that fits
 */
export async function unknownName(
  { noun = [], verb = [] }: LegQuery,
  schemas: SchemaSet,
  isKept: (query: Pick<LegQuery, 'noun' | 'verb'>) => Promise<boolean>,
): Promise<NoSearch | undefined> {
  for (const name of noun.filter((it) => !schemas.catalogue.isNoun(it)))
    if (!(await isKept({ noun: [name] }))) return noNoun(name, schemas)
  for (const name of verb.filter((it) => !Object.hasOwn(VERBS, it)))
    if (!(await isKept({ verb: [name] }))) return noVerb(name)
  return undefined
}

function noNoun(name: string, schemas: SchemaSet): NoSearch {
  const near = nearestNoun(schemas, name)
  const mend =
    near === undefined
      ? `There are ${schemas.catalogue.nouns.join(', ')}.`
      : `Did you mean ${near}?`
  return { reason: `No schema has the noun ${name}, and no message bears it.`, mend }
}

function noVerb(name: string): NoSearch {
  const near = nearest(name, Object.keys(VERBS))
  const mend =
    near === undefined ? `There are ${Object.keys(VERBS).join(', ')}.` : `Did you mean ${near}?`
  return { reason: `${name} is no verb, and no message bears it.`, mend }
}
