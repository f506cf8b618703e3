// The register of requirements and the scripts, read from their files and linted. A file that is not what it has to be is a
// fault of the suite: nothing is judged with it.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readAs } from './shapes.ts'
import type { Requirement, Scenario, Step } from './shapes.ts'

/** Everything that is judged by. */
export interface Register {
  readonly requirements: ReadonlyMap<string, Requirement>
  readonly scenarios: readonly Scenario[]
  /** the text of a file of payloads/ */
  readonly payload: (name: string) => string
}

const HERE = new URL('../../conformance/', import.meta.url)

/** @throws every problem of every file, a line each */
export function readRegister(): Register {
  const problems: string[] = []
  const taken = <T>(
    read: { readonly value: T } | { readonly problems: readonly string[] },
  ): readonly T[] => {
    if ('value' in read) return [read.value]
    problems.push(...read.problems)
    return []
  }
  const requirements = filesIn('requirements').flatMap((it) =>
    taken(readAs('requirements', textOf(it), it)).flat(),
  )
  const scenarios = filesIn('scenarios').flatMap((it) =>
    taken(readAs('scenarios', textOf(it), it)).flat(),
  )
  problems.push(...lint(requirements, scenarios))
  if (problems.length > 0) throw new Error(`The suite is not whole:\n${problems.join('\n')}`)
  return {
    requirements: new Map(requirements.map((it) => [it.id, it])),
    scenarios,
    payload: (name) => textOf(`payloads/${name}`),
  }
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(new URL(`${folder}/`, HERE), { recursive: true, encoding: 'utf8' })
  return entries
    .filter((it) => it.endsWith('.json'))
    .sort()
    .map((it) => `${folder}/${it}`)
}

function textOf(path: string): string {
  return readFileSync(new URL(path, HERE), 'utf8')
}

/** What the shapes cannot say: ids once, and everything that is named is there. */
export function lint(
  requirements: readonly Requirement[],
  scenarios: readonly Scenario[],
): readonly string[] {
  const known = new Set(requirements.map((it) => it.id))
  return [
    ...twice(requirements.map((it) => it.id)).map((it) => `requirement ${it} is there twice`),
    ...twice(
      scenarios.flatMap((it) => [it.id, ...(it.aliases ?? []).filter((id) => id !== it.id)]),
    ).map((it) => `case ${it} is there twice`),
    ...scenarios.flatMap((it) => it.steps.flatMap((step) => lintStep(step, it, known))),
  ]
}

function lintStep(
  step: Step,
  { id, steps }: Scenario,
  known: ReadonlySet<string>,
): readonly string[] {
  const at = `${id} step ${step.id}`
  const unknown = (step.expect ?? []).filter((it) => !known.has(it.requirement))
  const before = (step.after ?? []).filter(
    (it) => !steps.slice(0, steps.indexOf(step)).some((one) => one.id === it),
  )
  const missing =
    step.payload !== undefined &&
    !existsSync(fileURLToPath(new URL(`payloads/${step.payload}`, HERE)))
  return [
    ...unknown.map((it) => `${at}: requirement ${it.requirement} is not in the register`),
    ...before.map((it) => `${at}: step ${it} does not come before it`),
    ...(missing ? [`${at}: payloads/${step.payload} is missing`] : []),
    ...(twice(steps.map((it) => it.id)).includes(step.id) ? [`${at}: its id is there twice`] : []),
  ]
}

function twice(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((it, at) => ids.indexOf(it) !== at))]
}
