// The invariants of scripts, a check for each kind: what has to hold between messages about the same thing.

import type { View } from '../engine/scene.ts'
import type { Invariant, InvariantOf } from '../script-shape.ts'
import type { Blamed, ScenarioCheck } from './blamed.ts'
import { known, present, rises, same } from './invariants-content.ts'
import { neverAfter, notBefore, oneOf, times } from './invariants-order.ts'

/** One for each kind. */
export const INVARIANT_CHECKS: readonly ScenarioCheck[] = [
  { name: 'not-before', judge: of('not-before', notBefore) },
  { name: 'never-after', judge: of('never-after', neverAfter) },
  { name: 'same', judge: of('same', same) },
  { name: 'known', judge: (view) => wholeOf('known', known, view) },
  { name: 'times', judge: of('times', times) },
  { name: 'one-of', judge: (view) => wholeOf('one-of', oneOf, view) },
  { name: 'present', judge: of('present', present) },
  { name: 'rises', judge: of('rises', rises) },
]

type Kind = Invariant['kind']

/** Each invariant of a kind, for each thing that the scenario is about. */
function of<K extends Kind>(
  kind: K,
  judge: (it: InvariantOf<K>, view: View, subject: string | undefined) => readonly Blamed[],
) {
  return (view: View): readonly Blamed[] =>
    [...view.script.invariants, ...(view.branch.invariants ?? [])]
      .filter((it): it is InvariantOf<K> => it.kind === kind)
      .flatMap((it) => view.subjects.flatMap((subject) => judge(it, view, subject)))
}

/** Each invariant of a kind, over everything at once. */
function wholeOf<K extends Kind>(
  kind: K,
  judge: (it: InvariantOf<K>, view: View) => readonly Blamed[],
  view: View,
): readonly Blamed[] {
  return [...view.script.invariants, ...(view.branch.invariants ?? [])]
    .filter((it): it is InvariantOf<K> => it.kind === kind)
    .flatMap((it) => judge(it, view))
}
