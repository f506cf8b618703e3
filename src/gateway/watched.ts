// What a change of objects brings with it besides: a timer for what is over by the clock, an alarm for what a person has to
// mend. Both are kept in the unit of the change, so that a crash loses none of them, and a new start finds them again.

import type { Flow } from '../flows/flow.ts'
import { flowsOf } from '../flows/index.ts'
import type { Awaited } from './ledger.ts'
import type { Log, NewId, Put, StatusEvent, Store, Unit } from './ports.ts'
import { endedBy } from './rule-alarms.ts'
import { heldOf } from './world.ts'

/** `kind` of the time at which an object is over; a rule of the configuration cannot have this name */
export const CLOCK = '@clock'
/** and of a state that a person has to lead an object out of */
export const STANDING = '@state'

/** What watching needs from outside. */
export interface WatchedParts {
  readonly newId: NewId
  readonly log: Pick<Log, 'warn'>
  /** something is due then, ISO 8601 with Z */
  readonly expected?: (dueAt: string) => void
  /** what the clock does to objects of a noun, as the configuration has it; by default nothing */
  readonly turnsOf?: (noun: string) => Flow['turns']
}

/** The same store; what it is given is watched from then on. */
export function watched(store: Store, parts: WatchedParts): Store {
  return {
    ...store,
    commit: async (given) => {
      const unit = withWatch(given, parts)
      const committed = await store.commit(unit)
      if (committed.kind !== 'committed' || unit === given) return committed
      for (const it of added(given, unit))
        if (it.kind === CLOCK) parts.expected?.(it.dueAt)
        else parts.log.warn({ ...aboutOf(it), exchangeId: it.exchangeId }, STANDS)
      return committed
    },
  }
}

const STANDS = 'an object is in a state that a person has to lead it out of'

function added(given: Unit, { awaits = [] }: Unit): readonly Awaited[] {
  return awaits.slice(given.awaits?.length ?? 0)
}

function withWatch(unit: Unit, { newId, turnsOf = () => undefined }: WatchedParts): Unit {
  const leg = unit.message?.id ?? unit.steps?.[0]?.leg ?? ''
  const timers = unit.puts.flatMap((it) => timersOf(it, unit, turnsOf(it.noun)))
  const { awaits, audit, ...alarms } = alarmsIn(unit.events)
  // What begins with the same change does not end with it.
  const begun = new Set((unit.awaits ?? []).map(({ kind, key }) => `${kind} ${key}`))
  const met = alarms.met.filter(({ kind, key }) => !begun.has(`${kind} ${key}`))
  if (timers.length + awaits.length + met.length === 0) return unit
  const own = [...timers, ...awaits].map((it): Awaited => ({ ...it, id: newId(), leg }))
  return {
    ...unit,
    awaits: [...(unit.awaits ?? []), ...own],
    met: [...(unit.met ?? []), ...met],
    audit: [...(unit.audit ?? []), ...audit],
  }
}

type Draft = Omit<Awaited, 'id' | 'leg'>

/** One that is not due any more when it comes, because the object has changed, does nothing. */
function timersOf(put: Put, { events }: Unit, turns: Flow['turns']): readonly Draft[] {
  const { noun, id, expect } = put
  const ends = endingOf(noun)
  if (ends === undefined && turns === undefined) return []
  const held = heldOf({ ...put, revision: expect + 1 })
  const times = [ends?.(held) ?? Infinity, ...(turns?.times(held) ?? [])].filter(Number.isFinite)
  const exchangeId = events.find((it) => it.noun === noun)?.exchangeId ?? ''
  return [...new Set(times)].map((at) => {
    const dueAt = new Date(at).toISOString()
    return { kind: CLOCK, key: `${noun} ${id} ${dueAt}`, exchangeId, dueAt, state: 'open' }
  })
}

/** When objects of a noun are over. */
export function endingOf(noun: string): Flow['endsAt'] {
  return flowsOf(noun).find((it) => it.endsAt !== undefined)?.endsAt
}

/** By state, of the objects of a noun. */
export function standingsOf(noun: string): NonNullable<Flow['alarms']> {
  return flowsOf(noun).find((it) => it.alarms !== undefined)?.alarms ?? {}
}

/** The object that is watched. */
export function aboutOf({ kind, key }: Pick<Awaited, 'kind' | 'key'>): {
  readonly noun: string
  readonly subject: string
} {
  const at = key.indexOf(' ')
  const rest = key.slice(at + 1)
  // The time is behind it, so that of two times of one object each is known.
  const subject = kind === CLOCK ? rest.slice(0, rest.lastIndexOf(' ')) : rest
  return { noun: key.slice(0, at), subject }
}

function alarmsIn(events: readonly StatusEvent[]) {
  const moved = events.filter((it) => it.state !== it.previous)
  const begins = moved.filter((it) => {
    const all = standingsOf(it.noun)
    return Object.hasOwn(all, it.state) && all[it.state]?.isOfHeldUp !== true
  })
  const ends = moved.filter((it) => Object.hasOwn(standingsOf(it.noun), it.previous))
  return {
    awaits: begins.map((it): Draft => ({ ...keyOf(it), ...whenOf(it), state: 'overdue' })),
    met: [...ends.map(keyOf), ...events.flatMap(endedBy)],
    audit: begins.map((it) => ({
      ...{ at: it.at, who: 'cimgate', what: `alarm ${it.state}` },
      ...{ subject: `${it.noun} ${it.subject}`, details: it.exchangeId },
    })),
  }
}

function keyOf({ noun, subject }: StatusEvent): Pick<Awaited, 'kind' | 'key'> {
  return { kind: STANDING, key: `${noun} ${subject}` }
}

function whenOf({ at, exchangeId }: StatusEvent): Pick<Awaited, 'dueAt' | 'exchangeId'> {
  return { dueAt: at, exchangeId }
}
