// Who has told everything of a noun once, so that what has changed since means something. It is kept beside the objects, for
// each party, and stays when objects go.

import type { Outcome } from '../outcome.ts'
import type { DecideContext } from './settle.ts'
import type { Task } from '../tasks.ts'
import type { World } from '../world.ts'

/** Where it is kept: no noun itself. */
export function begunOf(noun: string): string {
  return `${noun}.begun`
}

/** Under which id: that of the sender. */
export function begunBy({ by = '' }: Pick<Task, 'by'>): string {
  return by === '' ? 'anybody' : by.toLowerCase()
}

/** True where the sender of a task has told everything of its noun. */
export function hasBegun(world: World, task: Pick<Task, 'noun' | 'by'>): boolean {
  return world.find(begunOf(task.noun), { mRID: begunBy(task) }).kind === 'one'
}

/** Keeps it in the world for whoever has begun with this message: once something of it was accepted. */
export function noteBegun(
  outcomes: readonly Outcome[],
  world: World,
  { flow, now: at }: Pick<DecideContext, 'flow' | 'now'>,
): void {
  for (const { task, after } of outcomes) {
    const begins = after !== undefined && flow(task.noun, 'get')?.begins?.(task.object) === true
    if (!begins || hasBegun(world, task)) continue
    const noun = begunOf(task.noun)
    world.put({ noun, id: begunBy(task), state: 'kept', object: { at }, owner: '', revision: 1 })
  }
}
