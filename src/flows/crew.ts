// When the crew of an order that the gateway makes is expected: Part 6 wants every task to say it, and nobody but the one
// who asks for the work, or the integrator, can.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Finished, Making } from './next.ts'
import { listOf } from './reference.ts'

/**
 * The order with the crew expected when the work is asked for, else so long from now as the configuration says.
 * @param start of the time that is asked for; undefined = nobody has asked for one
 * @param wanted how one is asked for, as an end of a sentence
 */
export function withCrew(
  order: JsonObject,
  start: Json | undefined,
  wanted: string,
  { now, given }: Pick<Making, 'now' | 'given'>,
): Finished {
  const { crewAfterMs } = given
  const crewETA = start ?? (crewAfterMs === undefined ? undefined : later(now, crewAfterMs))
  if (crewETA === undefined)
    return {
      missing: `Nobody has said when the crew is expected (WorkTask.crewETA, required by IEC 61968-6): ${wanted}.`,
    }
  const Work = listOf(order, 'Work').map((work) => ({
    ...work,
    WorkTasks: listOf(work, 'WorkTasks').map((task) => ({ ...task, crewETA })),
  }))
  return [{ ...order, Work }]
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString()
}

/** The start of the interval in which somebody wants the work done. */
export function startOf(interval: Json | undefined): Json | undefined {
  return isObject(interval) ? member(interval, 'start') : undefined
}
