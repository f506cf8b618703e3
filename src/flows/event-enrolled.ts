// With whom an event is planned: customers of its programme whose DERMS has acknowledged that they take part. Of those that it has
// not acknowledged yet, or that are still to leave, a person is told (EV-01; Oracle DR event journey, Prerequisites).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { programKeys } from './program-terms.ts'
import { keysOf } from './reference.ts'
import type { Saying } from './saying.ts'
import type { Search } from './search.ts'
import { stagesOf } from './stages.ts'

const NOUN = 'ProgramSubscriptions'

/** Texts under which the subscriptions of a programme are found: who takes part, and whom nobody has acknowledged. */
export function underProgram(subscription: JsonObject, state: string): readonly string[] {
  const kind = kindOf(state)
  if (kind === undefined) return []
  return keysOf(member(subscription, 'DemandResponseProgram')).map((it) => `${kind} ${it}`)
}

type Kind = 'acknowledged' | 'awaited'

/** What is not active yet, or has left for good, is of no matter to an event. */
function kindOf(state: string): Kind | undefined {
  if (state === 'ACTIVE_synced' || state === 'ACTIVE_partial') return 'acknowledged'
  const isOpen = /^(ACTIVE|CLOSED)_/.test(state) && state !== 'CLOSED_synced'
  return isOpen ? 'awaited' : undefined
}

/** One of each kind is enough to know, however many there are. */
export function enrolledSearches(event: JsonObject, find: Around['find']): readonly Search[] {
  const keys = programKeys(member(event, 'DemandResponseProgram'), find)
  return keys.flatMap((key) =>
    (['acknowledged', 'awaited'] as const).map((kind) => ({
      ...{ noun: NOUN, under: `${kind} ${key}`, most: 1 },
      has: (it: JsonObject) => isOf(it, keys),
    })),
  )
}

function isOf(subscription: JsonObject, programs: readonly string[]): boolean {
  return keysOf(member(subscription, 'DemandResponseProgram')).some((it) => programs.includes(it))
}

/** What is found of a kind. */
function foundOf(event: JsonObject, kind: Kind, { find, all }: Around): readonly Placed[] {
  const keys = programKeys(member(event, 'DemandResponseProgram'), find)
  const found = all?.({ noun: NOUN, under: '', has: (it) => isOf(it, keys) }) ?? []
  return found.filter(({ state }) => kindOf(state) === kind)
}

/** EVT-PRE: where none of those who are to take part in the programme is acknowledged, there is nobody to be called. */
export function enrolledBreaches(
  event: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const isPlanned = stagesOf(event).some((it) => (statusOf(it) ?? 'SCHEDULED') === 'SCHEDULED')
  const [awaited] = before === undefined && isPlanned ? foundOf(event, 'awaited', around) : []
  if (awaited === undefined || foundOf(event, 'acknowledged', around).length > 0) return []
  const [program = ''] = keysOf(member(event, 'DemandResponseProgram'))
  const reason = `No enrollment in the programme ${program} is synchronized: ${textOf(awaited)} has not been acknowledged yet, nor has any other.`
  return [{ rule: 'EVT-PRE', code: '6.1', reason, mend: MEND }]
}

const MEND =
  'Have the enrollments of the programme synchronized and acknowledged first (ProgramSubscriptions), and create the event then.'

/** Those whom the event cannot count on, nor count out. */
export function saidOfEnrolled(event: JsonObject, around: Around): Saying | undefined {
  const [awaited] = foundOf(event, 'awaited', around)
  if (awaited === undefined) return undefined
  const reason = `Not all enrollments of the programme are synchronized: ${textOf(awaited)} has not been acknowledged yet, and its devices cannot be reserved.`
  return { code: '0.0', reason }
}

function textOf({ object }: Placed): string {
  return `subscription ${keysOf(object)[0] ?? ''}`
}
