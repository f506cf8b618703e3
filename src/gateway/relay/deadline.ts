// Until when a request is worth being sent, and by when it has to be answered, by what it is about: an opt-out that reaches a
// DERMS after the start of its stage is worth nothing, and its sender is rather told so; a time without devices is late then.

import type { Flow } from '../../flows/flow.ts'
import type { Due } from '../../flows/turns.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { merged } from '../merge.ts'
import { referred } from '../deciding/placed.ts'
import { worldOf } from '../world.ts'

/** Both ISO 8601 with Z; empty = whenever it is. */
export interface Deadlines {
  readonly until: string
  readonly answerBy: string
}

/** Those of a message. */
export type DeadlinesOf = (message: JsonObject, now: string) => Promise<Deadlines>

const NONE: Deadlines = { until: '', answerBy: '' }

/** Over one record. */
export function deadlinesOn({ workOf, readAll, flow }: Deciding): DeadlinesOf {
  return async (message, now) => {
    const work = workOf(message)
    const flowOf = ({ noun, verb }: (typeof work.tasks)[number]): Flow | undefined =>
      flow(noun, verb)
    const isTimely = work.tasks.some((it) => flowOf(it)?.deadline ?? flowOf(it)?.answerBy)
    if (!isTimely) return NONE
    const { stored } = await readAll(work)
    const world = worldOf(stored)
    const first = (dueOf: (flow: Flow | undefined) => Due | undefined) =>
      earliest(
        work.tasks.map((task) => {
          const found = world.find(task.noun, task.object)
          const before = found.kind === 'one' ? found.held.object : undefined
          const object = before === undefined ? task.object : merged(before, task.object)
          return dueOf(flowOf(task))?.(object, before, (it) => referred(world, it), now)
        }),
      )
    return { until: first((it) => it?.deadline), answerBy: first((it) => it?.answerBy) }
  }
}

function earliest(all: readonly (number | undefined)[]): string {
  const times = all.filter((it) => it !== undefined).filter(Number.isFinite)
  return times.length === 0 ? '' : new Date(Math.min(...times)).toISOString()
}
