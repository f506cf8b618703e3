// For tests only: a gateway with events, whose clock is set as the stages of an event run, and devices that are reserved for them.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Options } from '../../gateway/gateway.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import {
  EVENTS,
  PARTICIPATIONS,
  at,
  event,
  freshDevice,
  reservation,
  stageAs,
} from './events.fixture.ts'
import type { Hours } from './events.fixture.ts'
import { openWays } from './ways.fixture.ts'
import type { Ways, Wish } from './ways.fixture.ts'

const asking = (verb: string, noun: string) => (object: JsonObject) => ({ verb, noun, object })

export const reserve = asking('create', PARTICIPATIONS)
export const change = asking('change', PARTICIPATIONS)
export const told = asking('changed', PARTICIPATIONS)

/** A customer who does not want to. */
export const optOut = ({ mRID }: Identified): Wish => change({ mRID, preemptiveOptOut: true })

/** What became of a device between 20 and 21 hours. */
export const outcome = ({ mRID }: Identified, value = 'success', more: JsonObject = {}) => ({
  mRID,
  outcome: value,
  outcomeInterval: { end: at(21), start: at(20) },
  ...more,
})

/** A gateway, and a clock that is set. */
export interface Season {
  readonly ways: Ways
  readonly setClock: (hour: number) => void
  /** an event with a stage in each of these hours; by default one from 20 to 21 */
  readonly planned: (hours?: readonly Hours[]) => Promise<Identified>
  readonly reserved: (
    its: Identified,
    of?: JsonObject,
    more?: JsonObject,
    place?: number,
  ) => Promise<Identified>
  /** the first stage begins, and ends where that is wanted */
  readonly run: (its: Identified, until?: 'IN_PROGRESS' | 'COMPLETED') => Promise<void>
  readonly kept: (it: Identified) => Promise<{ state: string; object: JsonObject }>
  readonly stateOf: (it: Identified) => Promise<string>
}

/** Opens one at 8 hours; close its ways in `after`. */
export async function openSeason(options: Options = {}): Promise<Season> {
  let now = at(8)
  const ways = await openWays({ clock: () => now, ...options })
  const setClock = (hour: number) => void (now = at(hour))
  const kept: Season['kept'] = ({ mRID }) => ways.stored(PARTICIPATIONS, mRID)
  return {
    ways,
    setClock,
    kept,
    stateOf: async (it) => (await kept(it)).state,
    planned: async (hours = [[20, 21]]) => {
      const its = event(hours)
      await ways.ok({ verb: 'create', noun: EVENTS, object: its })
      return its
    },
    reserved: async (its, of = freshDevice(), more = {}, place = 0) => {
      const object = reservation(its, of, more, place)
      await ways.ok(reserve(object))
      return object
    },
    run: async (its, until = 'COMPLETED') => {
      const step = (value: string) =>
        ways.ok({ verb: 'change', noun: EVENTS, object: stageAs(its, 0, value) })
      setClock(20)
      await step('IN_PROGRESS')
      if (until === 'IN_PROGRESS') return
      setClock(21)
      await step('COMPLETED')
    },
  }
}
