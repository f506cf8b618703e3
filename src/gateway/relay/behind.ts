// What is said of an object that somebody is asked to make, and has not answered for: it overtakes nothing, and waits for that.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Flow } from '../../flows/flow.ts'
import { idOfObject, refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { Task } from '../tasks.ts'

/** True where somebody is asked to make what a task is about, and has not answered. */
export type IsMade = (task: Task) => Promise<boolean>

/** What a task about an object that is being made waits by. */
export function waiting({ task, objectType }: Outcome, rule: string): readonly ReplyError[] {
  const id = idOfObject(task.object, objectType)?.$ ?? ''
  const named = [objectType, id].filter((it) => it !== '').join(' ')
  const reason = `The ${named} is being made, and whoever keeps it has not answered yet.`
  return refused(task, objectType, { code: '6.2', rule, reason }).errors
}

/** objects of one message that are looked for */
const MOST_ASKED = 32

/** What of a refused message waits, because it is about what is being made; none where it is refused for good. */
export type Behind = (outcomes: readonly Outcome[]) => Promise<readonly ReplyError[]>

/** Of what is told of an object; what is asked of one is for its party to say. */
export function behindOn(
  flow: (noun: string, verb: string) => Flow | undefined,
  isMade: IsMade,
): Behind {
  return async (outcomes) => {
    const all = outcomes.slice(0, MOST_ASKED).map(async (it) => {
      const { task, before, errors } = it
      const rule = flow(task.noun, task.verb)?.making
      const isUnseen = task.reported && before === undefined && errors.length > 0
      if (rule === undefined || !isUnseen || task.kind === 'create') return []
      return (await isMade(task)) ? waiting(it, rule) : []
    })
    return (await Promise.all(all)).flat()
  }
}
