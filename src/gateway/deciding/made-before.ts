// What is asked to be made, and is there already: by the key that is its own the same, or another one under it.

import { claimed, tellsTheSame } from './claims.ts'
import { duplicate, refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { aroundOf } from './placed.ts'
import { repeated } from './settle.ts'
import type { Case } from './settle.ts'
import type { Held } from '../world.ts'

/** What is there already is made once; where it is by its business key the same, it is a repeat. */
export function madeBefore(it: Case, before: Held): Outcome {
  const { task, flow } = it
  const { find } = aroundOf(it)
  const held = { ...before, object: task.object }
  const own = claimed({ ...held, id: '' }, flow, { ...it, find })
  if ('repeats' in own && own.repeats.id === before.id) return repeated(it, own)
  const known = refused(task, flow.objectType, duplicate(task, flow.objectType, before))
  return 'code' in own && tellsTheSame(held, flow, { find, by: task.by })
    ? { ...known, isContested: true }
    : known
}
