// What the shape of a script cannot say: everything that it names is there, and its order can be kept.

import { playedOf, unbound } from './script.ts'
import type { Played } from './script.ts'
import type { Requirement, Script, ScriptStep } from './shapes.ts'

/** What scripts may name. */
export interface Named {
  readonly requirements: ReadonlyMap<string, Pick<Requirement, 'layer'>>
  readonly hasPayload: (name: string) => boolean
  /** `ENG rejects` */
  readonly hasManner: (role: string, manner: string) => boolean
}

/** Problems of a script, a line each. */
export function lintScript(script: Script, named: Named): readonly string[] {
  const ids = [...script.steps, ...script.branches].map((it) => it.id)
  const whole = [
    ...unbound(script).map((it) => `no profile has a noun for ${it}`),
    ...ids.filter((it, at) => ids.indexOf(it) !== at).map((it) => `${it} is there twice`),
    ...ids.filter((it) => !it.startsWith(`${script.id}/`)).map((it) => `${it} is none of its ids`),
    ...script.steps.flatMap((it) => lintStep(it, script)),
    ...lintInvariants(script.invariants, script, named),
  ]
  return [
    ...whole.map((it) => `${script.id}: ${it}`),
    ...playedOf(script).flatMap((it) =>
      lintBranch(it, named).map((one) => `${it.branch.id}: ${one}`),
    ),
  ]
}

function lintStep(step: ScriptStep, { steps, roles }: Script): readonly string[] {
  const earlier = steps.slice(0, steps.indexOf(step))
  const before = [...(step.after ?? []), ...(step.preferablyAfter ?? [])]
  const asked = earlier.filter((it) => before.includes(it.id) && it.kind !== 'reply')
  const isAnswer = asked.some((it) => it.from === step.to && it.to === step.from)
  return [
    ...[step.from, step.to]
      .filter((it) => !roles.includes(it))
      .map((it) => `${step.id}: ${it} is no role of it`),
    ...before
      .filter((it) => !earlier.some((one) => one.id === it))
      .map((it) => `${step.id}: step ${it} does not stand before it`),
    ...(step.kind === 'reply' && !isAnswer
      ? [`${step.id}: a reply comes after the step that it answers`]
      : []),
  ]
}

type Invariants = Script['invariants']

function lintInvariants(
  invariants: Invariants,
  { steps }: Script,
  { requirements }: Named,
): readonly string[] {
  const known = steps.map((it) => it.id)
  return invariants.flatMap((it) => [
    ...(requirements.get(it.requirement)?.layer === 'L7'
      ? []
      : [`${it.requirement} is no requirement of L7`]),
    ...stepsOf(it)
      .filter((one) => !known.includes(one))
      .map((one) => `${it.requirement}: there is no step ${one}`),
  ])
}

/** Steps that an invariant is about. */
function stepsOf(it: Invariants[number]): readonly string[] {
  switch (it.kind) {
    case 'not-before':
      return [...it.steps, it.before].map(({ step }) => step)
    case 'never-after':
      return [...it.steps, it.after].map(({ step }) => step)
    case 'times':
      return [it.of.step]
    case 'one-of':
      return it.ways.map(({ step }) => step)
    case 'known':
      return [...it.places, ...it.from].map(({ step }) => step)
    case 'same':
    case 'present':
    case 'rises':
      return it.places.map(({ step }) => step)
  }
}

function lintBranch({ script, branch, says }: Played, named: Named): readonly string[] {
  const known = script.steps.map((it) => it.id)
  const { passes, never, plays = {}, invariants = [] } = branch
  const meant = [...passes, ...never, ...says.flatMap((it) => it.meanwhile ?? [])]
  const ids = says.map((it) => it.id)
  const asked = says.flatMap((it) => (it.expect ?? []).map((one) => one.requirement))
  const payloads = says.flatMap((it) => it.payload ?? [])
  return [
    ...meant.filter((it) => !known.includes(it)).map((it) => `there is no step ${it}`),
    ...passes.filter((it) => never.includes(it)).map((it) => `${it} is due, and must not be`),
    ...ids.filter((it, at) => ids.indexOf(it) !== at).map((it) => `${it} is said twice`),
    ...asked
      .filter((it) => !named.requirements.has(it))
      .map((it) => `requirement ${it} is not in the register`),
    ...payloads.filter((it) => !named.hasPayload(it)).map((it) => `payloads/${it} is missing`),
    ...Object.entries(plays)
      .filter(([role, manner]) => !named.hasManner(role, manner))
      .map(([role, manner]) => `${role} has no manner "${manner}"`),
    ...lintInvariants(invariants, script, named),
  ]
}
