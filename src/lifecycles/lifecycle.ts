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
  /** rule that has to hold besides; the flow that takes the step has the function, under this name */
  readonly guard?: string
}

/** A refusal that has a name of its own, in place of the one made of state and trigger. */
export interface NamedRefusal {
  readonly rule: string
  /** absent = whatever the state */
  readonly from?: readonly string[]
  /** absent = whatever the trigger */
  readonly triggers?: readonly string[]
  /** what is to be done first; follows the sentence about what is allowed */
  readonly reason: string
  /** reply code; 6.1 where it is absent */
  readonly code?: string
}

/** A state machine as a table. */
export interface Lifecycle {
  /** `SM-GRP`; part of the rule id of a refusal */
  readonly id: string
  readonly about: string
  /** states that nothing leads out of; an object in one of them is gone */
  readonly terminal: readonly string[]
  readonly steps: readonly Step[]
  /** the first that fits an illegal step gives it its name */
  readonly refusals?: readonly NamedRefusal[]
}

/** What a trigger does: the next state, or why not. */
export type Stepped =
  { readonly to: string; readonly guard?: string } | { readonly refusal: Refusal }

/** Why a trigger does nothing. */
export interface Refusal {
  /** `SM-GRP-dispatched-dissolve` */
  readonly rule: string
  readonly reason: string
  /** one sentence: how to mend it; absent where the refusal has a name, whose rule says it */
  readonly mend?: string
  /** reply code; 6.1 where it is absent */
  readonly code?: string
}

/** The state that does not exist yet. */
export const NONE = ''

/** Looks the trigger up; an illegal one leaves everything as it is. */
export function step(lifecycle: Lifecycle, state: string, trigger: string): Stepped {
  const row = lifecycle.steps.find((it) => it.from === state && it.trigger === trigger)
  if (row !== undefined)
    return { to: row.to, ...(row.guard === undefined ? {} : { guard: row.guard }) }
  const allowed = lifecycle.steps.filter((it) => it.from === state).map((it) => it.trigger)
  const where = state === NONE ? 'before it exists' : `in state ${state}`
  const instead =
    allowed.length === 0
      ? 'nothing is'
      : `only ${allowed.join(', ')} ${allowed.length === 1 ? 'is' : 'are'}`
  const reason = `${trigger} is not allowed ${where}; ${instead}.`
  const named = lifecycle.refusals?.find((it) => fits(it, state, trigger))
  if (named !== undefined)
    return { refusal: { ...ruleOf(named), reason: `${reason} ${named.reason}` } }
  const rule = `${lifecycle.id}-${state || 'none'}-${trigger}`
  return { refusal: { rule, reason, mend: mendOf(lifecycle, trigger, allowed) } }
}

/** By what else can be done, or by the states in which this can be. */
function mendOf({ steps }: Lifecycle, trigger: string, allowed: readonly string[]): string {
  const from = [...new Set(steps.filter((it) => it.trigger === trigger).map((it) => it.from))]
  const states = from.filter((it) => it !== NONE)
  if (from.includes(NONE)) return `Do this with a new object: ${trigger} is where one begins.`
  if (allowed.length === 0) return 'Nothing can be done with it any more; make a new one.'
  return states.length === 0
    ? `Take ${either(allowed)} instead.`
    : `Take ${either(allowed)} instead, or bring it first to ${either(states)}.`
}

function either(all: readonly string[]): string {
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

function fits({ from, triggers }: NamedRefusal, state: string, trigger: string): boolean {
  return (from?.includes(state) ?? true) && (triggers?.includes(trigger) ?? true)
}

function ruleOf({ rule, code }: NamedRefusal): Pick<Refusal, 'rule' | 'code'> {
  return { rule, ...(code === undefined ? {} : { code }) }
}

/** True for a state in which the object is gone. */
export function isGone(lifecycle: Lifecycle, state: string): boolean {
  return lifecycle.terminal.includes(state)
}

/** True for a state behind which nothing comes but that the object goes; what is over is kept. */
export function isOver(lifecycle: Lifecycle, state: string): boolean {
  const rows = lifecycle.steps.filter((it) => it.from === state)
  return rows.every((it) => isGone(lifecycle, it.to))
}

/** Every state of the table, in order of appearance. */
export function statesOf(lifecycle: Lifecycle): readonly string[] {
  const known = states.get(lifecycle) ?? statesIn(lifecycle)
  states.set(lifecycle, known)
  return known
}

/** Asked for each object of a message. */
const states = new WeakMap<Lifecycle, readonly string[]>()

function statesIn({ steps }: Lifecycle): readonly string[] {
  return [...new Set(steps.flatMap((it) => [it.from, it.to]))].filter((it) => it !== NONE)
}

/** The table as a Mermaid state diagram, for documentation. */
export function diagramOf(lifecycle: Lifecycle): string {
  const name = (state: string) => (state === NONE ? '[*]' : state)
  const rows = lifecycle.steps.map(
    (it) => `  ${name(it.from)} --> ${it.to}: ${it.trigger}${guardOf(it)}`,
  )
  const ends = lifecycle.terminal.map((it) => `  ${it} --> [*]`)
  return ['stateDiagram-v2', ...rows, ...ends].join('\n')
}

function guardOf({ guard }: Step): string {
  return guard === undefined ? '' : ` [${guard}]`
}
