// Invariants of scripts about when, and how often: what comes before what, what never comes after, what comes at all.

import { those } from '../engine/scene.ts'
import type { View } from '../engine/scene.ts'
import type { InvariantOf } from '../script-shape.ts'
import { missing, shown, wordsOf, wrong } from './blamed.ts'
import type { Blamed } from './blamed.ts'

/** Nobody is earlier than what has to be first. */
export function notBefore(
  { requirement, steps, before }: InvariantOf<'not-before'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const [first] = those(view, before, subject)
  return steps
    .flatMap((it) => those(view, it, subject))
    .filter((it) => first === undefined || it.time < first.time)
    .map((it) =>
      wrong(requirement, it, {
        expected: `${shown(before)} before ${it.step.id}`,
        got: first === undefined ? `no such ${before.step}` : 'the other way round',
        message: `${it.sender} was too early to ${it.step.title}.`,
      }),
    )
}

/** Of what is over nothing more comes. */
export function neverAfter(
  { requirement, steps, after }: InvariantOf<'never-after'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const [first] = those(view, after, subject)
  if (first === undefined) return []
  return steps
    .flatMap((it) => those(view, it, subject))
    .filter((it) => it.time > first.time)
    .map((it) =>
      wrong(requirement, it, {
        expected: `no ${it.step.id} after ${shown(after)}`,
        got: wordsOf(it.step),
        message: `After ${shown(after)}, ${it.sender} was not to ${it.step.title}.`,
      }),
    )
}

/** So often, and no more. */
export function times(
  { requirement, of: which, least = 0, most }: InvariantOf<'times'>,
  view: View,
  subject: string | undefined,
): readonly Blamed[] {
  const all = those(view, which, subject)
  const step = view.script.steps.find((it) => it.id === which.step)
  if (step === undefined || view.isHidden(step)) return []
  const expected = `${most === undefined ? `at least ${least}` : least === most ? String(most) : `at most ${most}`} of ${shown(which)}`
  if (all.length < least)
    return [
      missing(requirement, step, {
        expected,
        message: `${step.from} had to ${step.title}: ${all.length} came.`,
      }),
    ]
  return all.slice(most ?? all.length).map((it) =>
    wrong(requirement, it, {
      expected,
      got: String(all.length),
      message: `${it.sender} was not to ${it.step.title} once more.`,
    }),
  )
}

/** Of messages that nobody sees nothing can be said. */
export function oneOf({ requirement, ways }: InvariantOf<'one-of'>, view: View): readonly Blamed[] {
  const steps = ways.flatMap((it) => view.script.steps.filter((one) => one.id === it.step))
  if (steps.some(view.isHidden) || ways.some((it) => those(view, it).length > 0)) return []
  const [first] = ways
  const [step] = steps
  if (step === undefined || first === undefined) return []
  const blamed = first.part === 'reply' ? { ...step, from: step.to } : step
  return [
    missing(requirement, blamed, {
      expected: ways.map(shown).join(', or '),
      message: `None of what had to show it came: ${ways.map(shown).join(', or ')}.`,
    }),
  ]
}
