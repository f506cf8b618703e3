// Steps of a lifecycle that a message can ask for by its verb, and that no method of HTTP stands for: `POST …/{id}:cancel`.

import type { Flow } from '../flows/flow.ts'
import { problemOfRow } from './problem.ts'
import type { Rendered } from './received.ts'

/** Request verbs that are steps and nothing else: create, change and delete are methods. */
const STEPS = ['cancel', 'close'] as const

export type Trigger = (typeof STEPS)[number]

/** The triggers of a noun, by the tables of its flows. */
export function triggersOf(
  noun: string,
  flow: (noun: string, verb: string) => Flow | undefined,
): readonly Trigger[] {
  return STEPS.filter((verb) =>
    flow(noun, verb)?.lifecycle.steps.some(({ trigger }) => trigger === verb),
  )
}

/** An id and what stands behind its last colon: ids may have colons of their own. */
export function triggerIn(text: string): readonly [id: string, trigger: string] {
  const at = text.lastIndexOf(':')
  return [text.slice(0, at), text.slice(at + 1)]
}

/** The answer to a trigger that there is not. */
export function noTrigger(
  noun: string,
  { trigger, known }: { readonly trigger: string; readonly known: readonly Trigger[] },
  instance: string,
): Rendered {
  const reason = `${noun} has no trigger ${trigger}.`
  const mend =
    known.length === 0
      ? `Messages about ${noun} have no step of their own; use PATCH, PUT and DELETE.`
      : `There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.`
  return problemOfRow('not-found', reason, { instance, mend, status: 404 })
}
