// What the lint of files cannot say: every message of a case can be written, and is as valid as its script means it to be.

import type { Judged } from './engine/judge.ts'
import { compose } from './engine/compose.ts'
import { find } from './find.ts'
import { readXml } from './xml.ts'
import type { Register } from './register.ts'
import { heardOf } from './transport/memory.ts'
import type { Scenario, Step } from './shapes.ts'
import { whyOf } from './why.ts'

/**
 * What is wrong in messages of cases. A step that is wrong on purpose has edits; without them it has to be valid.
 * @param concerns steps that are looked at
 */
export async function lintMessages(
  { scenarios, payload }: Pick<Register, 'scenarios' | 'payload'>,
  judge: (bytes: Uint8Array) => Promise<Judged>,
  seed: string,
  concerns: (step: Step) => boolean = () => true,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const scenario of scenarios)
    for (const step of scenario.steps.filter((it) => isSent(it) && concerns(it)))
      problems.push(...(await lintMessage(step, scenario, { payload, judge, seed })))
  return problems
}

/** It is a message of its own. */
function isSent({ resend, answers }: Step): boolean {
  return resend === undefined && answers === undefined
}

interface Linting extends Pick<Register, 'payload'> {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
}

async function lintMessage(
  step: Step,
  scenario: Scenario,
  { payload, judge, seed }: Linting,
): Promise<readonly string[]> {
  const at = `${scenario.id} step ${step.id}`
  const names = scenario.steps.flatMap((it) => Object.keys(it.capture ?? {}))
  const captured = Object.fromEntries(
    names.map((it) => [it, '4f8f0a35-0f3f-4a2e-9b4f-0d8f6a3c1b2e']),
  )
  const now = '2026-07-14T09:00:00.000Z'
  try {
    const { xml } = compose(step, {
      seed,
      scenario: scenario.id,
      source: 'lint',
      now,
      captured,
      payload,
    })
    const bytes = new TextEncoder().encode(xml)
    if ((step.edits ?? []).length > 0) return []
    if (step.payload !== undefined && find(readXml(bytes), 'Payload/*').length === 0)
      return [`${at}: payloads/${step.payload} is no element`]
    const { wrong } = heardOf(await judge(bytes))
    return wrong
      .filter((it) => !isMeant(it.requirement, step))
      .map((it) => `${at}: ${it.requirement}: ${it.message} ${it.path}`)
  } catch (error) {
    return [`${at}: ${whyOf(error)}`]
  }
}

/** A step without edits may lack a payload, or ask for what has to be refused: its script says so. */
function isMeant(requirement: string, { expect = [] }: Step): boolean {
  return requirement === 'PAY-02' && expect.some((it) => it.refused === true)
}
