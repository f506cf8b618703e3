// Cases of the register of which a message has no form on the way to a product: they do not apply, and say for which of their
// messages, and why.

import type { Register } from '../register.ts'
import type { Scenario, Step } from '../shapes.ts'
import { compose } from './compose.ts'
import type { Plan } from './plan.ts'

/** What messages are written with, to look at them. */
export interface Writing {
  readonly payload: Register['payload']
  readonly seed: string
}

/** A message that a case will send. */
export interface ToSend {
  readonly step: Step
  readonly bytes: Uint8Array
  /** the same without what is wrong in it on purpose */
  readonly unedited: () => Uint8Array
}

/** A way as far as messages have a form on it. */
export interface FormOf {
  /** `in a JSON façade` */
  readonly where: string
  /** why a message has none; undefined = it has */
  readonly lacks: (it: ToSend) => string | undefined
}

/** The plan without the cases of which a message has no form. What a profile needs of them nothing shows. */
export function formFitted(plan: Plan, form: FormOf, writing: Writing): Plan {
  const cases = plan.cases.map((it) => {
    if (it.notApplicable !== undefined) return it
    const why = formless(it.scenario, form, writing)
    return why === undefined ? it : { ...it, notApplicable: why, isUnshown: true }
  })
  return { ...plan, cases }
}

/** The first of its messages that has no form, and why. */
function formless(scenario: Scenario, form: FormOf, writing: Writing): string | undefined {
  for (const step of scenario.steps) {
    const isSent = step.resend === undefined && step.answers === undefined
    const why = isSent ? form.lacks(toSend(step, scenario, writing)) : undefined
    if (why !== undefined)
      return `step ${step.id}, ${step.verb} ${step.noun}, has no form ${form.where}: ${why}`
  }
  return undefined
}

function toSend(step: Step, { id, steps }: Scenario, { payload, seed }: Writing): ToSend {
  const names = steps.flatMap((it) => Object.keys(it.capture ?? {}))
  const captured = Object.fromEntries(names.map((it) => [it, ANY_ID]))
  const writing = { seed, scenario: id, source: 'any', now: ANY_TIME, captured, payload }
  const octets = (it: Step) => new TextEncoder().encode(compose(it, writing).xml)
  return { step, bytes: octets(step), unedited: () => octets({ ...step, edits: [] }) }
}

const ANY_ID = '4f8f0a35-0f3f-4a2e-9b4f-0d8f6a3c1b2e'
const ANY_TIME = '2026-07-14T09:00:00.000Z'
