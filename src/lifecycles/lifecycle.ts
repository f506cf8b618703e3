// What a lifecycle is: one table of steps, and the only function that reads it.
// The printed diagrams, the rule ids of refusals and the tests are derived from the tables.

/** One row: a trigger in a state leads to another state. */
export interface Step {
  /** empty for "does not exist yet" */
  readonly from: string
  readonly trigger: string
  readonly to: string
  /** where the row comes from */
  readonly source: string
}

/** A state machine as a table. */
export interface Lifecycle {
  /** `SM-GRP`; part of the rule id of a refusal */
  readonly id: string
  readonly about: string
  /** states that nothing leads out of; an object in one of them is gone */
  readonly terminal: readonly string[]
  readonly steps: readonly Step[]
}

/** What a trigger does: the next state, or why not. */
export type Stepped = { readonly to: string } | { readonly refusal: Refusal }

/** Why a trigger does nothing. */
export interface Refusal {
  /** `SM-GRP-dispatched-dissolve` */
  readonly rule: string
  readonly reason: string
}

/** The state that does not exist yet. */
export const NONE = ''

/** Looks the trigger up; an illegal one leaves everything as it is. */
export function step(lifecycle: Lifecycle, state: string, trigger: string): Stepped {
  const row = lifecycle.steps.find((it) => it.from === state && it.trigger === trigger)
  if (row !== undefined) return { to: row.to }
  const allowed = lifecycle.steps.filter((it) => it.from === state).map((it) => it.trigger)
  const where = state === NONE ? 'before it exists' : `in state ${state}`
  const instead =
    allowed.length === 0
      ? 'nothing is'
      : `only ${allowed.join(', ')} ${allowed.length === 1 ? 'is' : 'are'}`
  const rule = `${lifecycle.id}-${state === NONE ? 'none' : state}-${trigger}`
  return { refusal: { rule, reason: `${trigger} is not allowed ${where}; ${instead}.` } }
}

/** True for a state in which the object is gone. */
export function isGone(lifecycle: Lifecycle, state: string): boolean {
  return lifecycle.terminal.includes(state)
}

/** Every state of the table, in order of appearance. */
export function statesOf(lifecycle: Lifecycle): readonly string[] {
  return [...new Set(lifecycle.steps.flatMap((it) => [it.from, it.to]))].filter((it) => it !== NONE)
}

/** The table as a Mermaid state diagram, for documentation. */
export function diagramOf(lifecycle: Lifecycle): string {
  const name = (state: string) => (state === NONE ? '[*]' : state)
  const rows = lifecycle.steps.map((it) => `  ${name(it.from)} --> ${it.to}: ${it.trigger}`)
  const ends = lifecycle.terminal.map((it) => `  ${it} --> [*]`)
  return ['stateDiagram-v2', ...rows, ...ends].join('\n')
}
