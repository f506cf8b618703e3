// Which cases of the register a JSON façade can be asked at all: those of which each message has a form there. The others do
// not apply, and say for which of their messages, and why.

import { find } from '../find.ts'
import { facadeAsk } from '../mapping/facade-request.ts'
import type { NounFacts } from '../mapping/facade-request.ts'
import type { Register } from '../register.ts'
import type { Scenario, Step } from '../shapes.ts'
import { readXml } from '../xml.ts'
import { compose } from './compose.ts'
import type { Plan } from './plan.ts'

/** What messages are written with, to look at them. */
export interface FacadeFitting {
  readonly payload: Register['payload']
  readonly nouns: NounFacts
  readonly seed: string
}

/** The plan as far as the façade has its messages. */
export function facadeFitted(plan: Plan, fitting: FacadeFitting): Plan {
  const cases = plan.cases.map((it) => {
    const why = it.notApplicable ?? formless(it.scenario, fitting)
    return why === undefined ? it : { ...it, notApplicable: why }
  })
  return { ...plan, cases }
}

/** The first of its messages that has no form, and why. */
function formless(scenario: Scenario, fitting: FacadeFitting): string | undefined {
  for (const step of scenario.steps) {
    const why = step.resend === undefined ? formlessStep(step, scenario, fitting) : undefined
    if (why !== undefined)
      return `step ${step.id}, ${step.verb} ${step.noun}, has no form in a JSON façade: ${why}`
  }
  return undefined
}

function formlessStep(step: Step, { id, steps }: Scenario, fitting: FacadeFitting) {
  const { payload, nouns, seed } = fitting
  const names = steps.flatMap((it) => Object.keys(it.capture ?? {}))
  const captured = Object.fromEntries(names.map((it) => [it, ANY_ID]))
  const writing = { seed, scenario: id, source: 'any', now: ANY_TIME, captured, payload }
  const octets = (it: Step) => new TextEncoder().encode(compose(it, writing).xml)
  const sent = octets(step)
  if (headerOf(sent) !== headerOf(octets({ ...step, edits: [] })))
    return 'what is wrong in it is the Header, which the façade makes by itself'
  if (isTakenWithCode(step)) return 'what is taken has no reply code in JSON'
  const form = facadeAsk(sent, nouns)
  return 'none' in form ? form.none : undefined
}

/** `OK` under a code that says what is still to come: the answer is the object, and has no place for it. */
function isTakenWithCode({ expect = [] }: Step): boolean {
  const isTaken = expect.some((it) => it.result?.includes('OK') === true)
  return isTaken && expect.some((it) => it.code?.every((code) => !code.startsWith('0')) === true)
}

const ANY_ID = '4f8f0a35-0f3f-4a2e-9b4f-0d8f6a3c1b2e'
const ANY_TIME = '2026-07-14T09:00:00.000Z'

function headerOf(message: Uint8Array): string {
  return JSON.stringify(
    find(readXml(message), 'Header/*').map(({ name, text, attributes }) => [
      name,
      text,
      attributes,
    ]),
  )
}
