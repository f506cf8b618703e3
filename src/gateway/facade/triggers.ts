// Steps of a lifecycle that a message can ask for by its verb, and that no method of HTTP stands for: `POST …/{id}:cancel`.

import type { Verb } from '../../envelope/verbs.ts'
import type { FacadeStep, FilledStep } from '../../flows/facade-step.ts'
import type { Flow } from '../../flows/flow.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { StoredObject } from '../ports.ts'
import { problemOfRow } from '../problem.ts'
import type { Received, Rendered } from '../received.ts'
import { heldOf } from '../world.ts'

type FlowOf = (noun: string, verb: string) => Flow | undefined

/** Request verbs that are steps and nothing else: create, change and delete are methods. */
const STEPS = ['cancel', 'close'] as const

type Step = (typeof STEPS)[number]

/** A verb that is a step, or a step that the noun's flow of `change` knows by name. */
export type Trigger = Step | (string & {})

/** The triggers of a noun, by the tables and steps of its flows. */
export function triggersOf(noun: string, flow: FlowOf): readonly Trigger[] {
  const verbs = STEPS.filter((verb) => {
    const own = flow(noun, verb)
    return (
      own?.asks?.[verb] !== undefined ||
      own?.lifecycle.steps.some(({ trigger }) => trigger === verb) === true
    )
  })
  return [...new Set([...verbs, ...Object.keys(flow(noun, 'change')?.steps ?? {})])]
}

/** A step of one of the lists in an object: `devices:replace`, at `…/{id}/devices:replace`. */
export function isListStep(name: string): boolean {
  return name.includes(':')
}

/** A step that the noun's flow of `change` knows by name. */
export function facadeStep(noun: string, trigger: string, flow: FlowOf): FacadeStep | undefined {
  return flow(noun, 'change')?.steps?.[trigger]
}

/** What the steps of a noun take that have a body, by their names. */
export function filledSteps(
  noun: string,
  flow: FlowOf,
): Readonly<Record<string, Pick<FilledStep, 'takes' | 'mayTake'>>> {
  const steps = Object.entries(flow(noun, 'change')?.steps ?? {})
  return Object.fromEntries(
    steps.flatMap(([name, it]) => ('takes' in it ? [[name, it] as const] : [])),
  )
}

/** The verb of the message that a step is sent by: a change, unless the step says another. */
export function verbOfStep(step: FacadeStep): Verb {
  return ('takes' in step ? step.verb : undefined) ?? 'change'
}

/** The payload of the change that a step is. @param body of its request, where it takes one */
export function changeOf(
  step: FacadeStep,
  stored: StoredObject,
  body: JsonObject,
  content: NounContent,
): JsonObject {
  const { object } = heldOf(stored)
  const [root = {}] = rootsOf([step.change(object, body)], content)
  return { [stored.noun]: root }
}

/** The step of the lifecycle that a step by name is. */
export function stepIn(step: FacadeStep | undefined): Pick<Received, 'step'> {
  return step?.trigger === undefined ? {} : { step: step.trigger }
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
