// What has to hold between the messages of a scenario (L7), whatever harmless ones come between. Each check is a function of
// all that passed; what it finds is whose message it was, or who was to send one.

import { forerunners, preferred, those } from '../engine/scene.ts'
import type { Match, View } from '../engine/scene.ts'
import type { ScriptStep } from '../shapes.ts'
import { missing, wordsOf, wrong } from './blamed.ts'
import type { Blamed, ScenarioCheck } from './blamed.ts'
import { INVARIANT_CHECKS } from './invariants.ts'

/** All, in the order in which they are told. */
export const SCENARIO_CHECKS: readonly ScenarioCheck[] = [
  { name: 'due', judge: due },
  { name: 'never', judge: never },
  { name: 'order', judge: (view) => outOfOrder(view, 'SCN-03', forerunners) },
  { name: 'preferred order', judge: (view) => outOfOrder(view, 'SCN-04', preferred) },
  ...INVARIANT_CHECKS,
]

/** A step that the branch asks for, and that nobody but the product itself sees, is not asked for. */
export function dueIn({ branch, script, isHidden }: View): readonly ScriptStep[] {
  return script.steps.filter((it) => branch.passes.includes(it.id) && !isHidden(it))
}

/** The step that a due one waits for in vain: who was to send that is to blame, and nobody else. */
export function waitsFor(step: ScriptStep, view: View): ScriptStep | undefined {
  const all = dueIn(view)
  return forerunners(step, view).find(
    (it) => all.includes(it) && those(view, { step: it.id }).length === 0,
  )
}

function due(view: View): readonly Blamed[] {
  return dueIn(view).flatMap((step) => {
    if (those(view, { step: step.id }).length > 0 || waitsFor(step, view) !== undefined) return []
    const after = forerunners(step, view).map((it) => it.id)
    return [
      missing('SCN-01', step, {
        expected: `${wordsOf(step)} from ${step.from} to ${step.to}${after.length === 0 ? '' : `, after ${after.join(', ')}`}`,
        message: `Step ${step.id} did not come: ${step.from} had to ${step.title}.`,
      }),
    ]
  })
}

function never(view: View): readonly Blamed[] {
  const { branch } = view
  return branch.never.flatMap((id) =>
    those(view, { step: id }).map((it) =>
      wrong('SCN-02', it, {
        expected: `no ${id}, to the end: ${branch.title}`,
        got: wordsOf(it.step),
        message: `Step ${id} passed, where nothing of the kind may: ${it.sender} was not to ${it.step.title}.`,
      }),
    ),
  )
}

/** Each message of a step after one of each step before it, about the same thing. */
function outOfOrder(
  view: View,
  requirement: string,
  before: (step: ScriptStep, view: View) => readonly ScriptStep[],
): readonly Blamed[] {
  return view.script.steps.flatMap((step) =>
    view.subjects.flatMap((subject) =>
      those(view, { step: step.id }, subject).flatMap((match) =>
        before(step, view).flatMap((it) => {
          const earlier = those(view, { step: it.id }, subject)
          if (earlier.length === 0 && (it.optional === true || requirement === 'SCN-04')) return []
          if (earlier.length === 0 && isStrange(match, it, view)) return []
          return earlier.some((one) => one.time < match.time)
            ? []
            : [tooEarly(requirement, match, it, earlier[0])]
        }),
      ),
    ),
  )
}

/** It is about something else than all before it: the script asks for that by itself, and it is one fault. */
function isStrange(match: Match, before: ScriptStep, view: View): boolean {
  const isAsked = [...view.script.invariants, ...(view.branch.invariants ?? [])].some(
    (it) => it.kind === 'known' && it.places.some(({ step }) => step === match.step.id),
  )
  return isAsked && those(view, { step: before.id }).some((it) => it.time < match.time)
}

function tooEarly(
  requirement: string,
  match: Match,
  before: ScriptStep,
  later: Match | undefined,
): Blamed {
  const got = later === undefined ? `no ${before.id} at all` : `${before.id} behind it`
  return wrong(requirement, match, {
    expected: `${before.id}, ${before.title}, before ${match.step.id}`,
    got,
    message: `${match.sender} was too early to ${match.step.title}: ${got}.`,
  })
}
