// Steps of other objects that go with a change: registering a device moves the request that it belongs to. All of them
// are taken, or the change is refused with the reasons of those that are not.

import type { Flow, Move } from '../flows/flow.ts'
import { step } from '../lifecycles/lifecycle.ts'
import { isObject } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { idOfObject } from './outcome.ts'
import type { MovedObject, Refusal } from './outcome.ts'
import { heldIn, keeps, taken } from './placed.ts'
import type { Case } from './settle.ts'
import { eventOf } from './status-event.ts'
import type { Held } from './world.ts'

/** The steps taken, or why they are not. */
export type Moved =
  { readonly taken: readonly MovedObject[] } | { readonly refusals: readonly Refusal[] }

type One =
  | { readonly its: Case; readonly before: Held; readonly after: Held }
  | { readonly refusal: Refusal }
  | undefined

/** Takes them in the world; nothing is changed there when one of them is refused. */
export function moved(it: Case, before: Held | undefined, after: JsonObject): Moved {
  const all = (it.flow.moves?.(before?.object, after) ?? []).map((move) => one(it, move))
  const refusals = all.flatMap((one) => (one !== undefined && 'refusal' in one ? one.refusal : []))
  // What is reported has happened, whether or not the other object could follow.
  if (refusals.length > 0) return it.task.reported ? { taken: [] } : { refusals }
  const steps = all.flatMap((one) => (one !== undefined && 'after' in one ? one : []))
  for (const { after: held } of steps) it.world.put(held)
  return {
    taken: steps.map((one) => ({
      event: eventOf(one.its, one.before, one.after, 'change'),
      object: one.after.object,
    })),
  }
}

/** Undefined where no objects of that kind are kept, so that nobody can tell. */
function one(it: Case, { noun, object, trigger }: Move): One {
  const { context, world } = it
  const flow = context.flow(noun, 'change')
  const held = heldIn(world, noun, object)
  if (flow === undefined || (held === undefined && !keeps(it, noun))) return undefined
  if (held === undefined || !context.isShown(held.owner)) return { refusal: unknown(flow, object) }
  const its: Case = { ...it, flow, task: { ...it.task, noun, object: held.object } }
  const to = taken(its, held.object, step(flow.lifecycle, held.state, trigger))
  if ('refusal' in to) return { refusal: { ...to.refusal, ...about(flow, held.object) } }
  const revision = world.nextRevision(noun, held.id)
  return { its, before: held, after: { ...held, ...to, revision } }
}

function about({ objectType }: Flow, object: JsonObject): Pick<Refusal, 'relatedID'> {
  const id = idOfObject(object, objectType)
  return id === undefined ? {} : { relatedID: id }
}

function unknown({ objectType }: Flow, named: Move['object']): Refusal {
  const id = isObject(named) ? idOfObject(named, objectType) : undefined
  const reason = `The ${objectType} ${id?.$ ?? ''} that it belongs to does not exist.`
  return { code: '99.1', rule: 'NOT-FOUND', reason, ...(id === undefined ? {} : { id }) }
}
