// Whether whoever asks for a step is one that may take it, by the roles of the flow. Judged only where the configuration says
// which role the sender has: of nobody in particular, and of a party without one, nothing can be said.

import { takersOf } from '../../flows/role.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Refusal } from '../outcome.ts'
import { aroundOf } from './placed.ts'
import type { Case } from './settle.ts'
import type { Held } from '../world.ts'

/**
 * Why the sender may not take the step; undefined where it may.
 * @param after undefined = it goes @param asked the trigger, where it is not that of the change
 */
export function byAnother(
  it: Case,
  before: Held | undefined,
  after: JsonObject | undefined,
  asked?: string,
): Refusal | undefined {
  const { flow, task, context } = it
  const { roles = [] } = context
  // What a party has carried out it was asked to do.
  if (roles.length === 0 || flow.by === undefined || context.isCarriedOut === true) return undefined
  const { by } = flow
  const triggers =
    asked !== undefined
      ? [asked]
      : (by.taken?.(before?.object, after, task.kind) ?? [
          flow.trigger(before?.object, after, aroundOf(it)),
        ])
  for (const trigger of triggers) {
    const takers = takersOf(by, trigger, task.reported)
    if (takers.some((role) => roles.includes(role))) continue
    const [who, own] = [takers.join(' or '), roles.join(' and ')]
    return {
      code: '7.5',
      rule: 'BY-ROLE',
      reason: `${trigger} of ${flow.noun} is for ${who}; the sender is ${own}.`,
      mend: `Leave it to ${who}; where the sender is one of them, its operator adds that to roles of the party.`,
    }
  }
  return undefined
}
