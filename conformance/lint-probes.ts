// A get that asks for nothing is passed by whoever says OK and has nothing to show: each has to ask for something that is
// there, or stand behind what was refused, where it is the point that nothing is there.

import type { Expectation, Scenario, Step } from './shapes.ts'

/** Problems of the gets of a case, a line each. */
export function lintProbes({ id, steps, byWord }: Scenario): readonly string[] {
  if (byWord !== undefined) return []
  const gets = steps.filter(isGet)
  const isShown = gets.some((it) => (it.expect ?? []).some(isShowing))
  return gets
    .filter((it) => !isShown && !(it.expect ?? []).some(isShowing) && !isAfterRefusal(it, steps))
    .map(
      (it) =>
        `${id} step ${it.id}: an empty OK passes it; ask for something that is there, or say in byWord why nothing can be asked for`,
    )
}

function isGet({ verb, edits }: Step): boolean {
  return verb === 'get' && edits === undefined
}

/** An empty OK does not meet it. */
function isShowing(it: Expectation): boolean {
  const isThere = it.equals ?? it.holds ?? it.differs
  return isThere !== undefined || (it.count ?? 0) > 0 || isRefusal(it)
}

function isRefusal({ refused, fault, result, code }: Expectation): boolean {
  const isOther = (result !== undefined && !result.includes('OK')) || code?.includes('0') === false
  return refused === true || fault === true || isOther
}

/** What changes something before it had to come to nothing, or not to all of it. */
function isAfterRefusal(step: Step, steps: readonly Step[]): boolean {
  const before = steps.slice(0, steps.indexOf(step)).filter((it) => it.verb !== 'get')
  return (before.at(-1)?.expect ?? []).some(isRefusal)
}
