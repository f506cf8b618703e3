// Steps of other objects that go with a change: registering a device moves the request that it belongs to. All of them
// are taken, or the change is refused with the reason of the first that is not.

import type { Flow } from '../flows/flow.ts'
import { step } from '../lifecycles/lifecycle.ts'
import { isObject } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { idOfObject } from './outcome.ts'
import type { Refusal } from './outcome.ts'
import { taken } from './placed.ts'
import type { StatusEvent } from './ports.ts'
import { eventOf } from './status-event.ts'
import type { Case } from './settle.ts'
import type { Held } from './world.ts'

/** The events of the steps taken, or why they are not. */
export type Moved =
  { readonly events: readonly StatusEvent[] } | { readonly refusals: readonly Refusal[] }

interface Taken {
  readonly its: Case
  readonly before: Held
  readonly after: Held
}

/** Takes them in the world; nothing is changed there when one of them is refused. */
export function moved(it: Case, before: Held | undefined, after: JsonObject): Moved {
  const moves = it.flow.moves?.(before?.object, after) ?? []
  const all = moves.map(({ noun, object, trigger }) => one(it, noun, object, trigger))
  const refusals = all.flatMap((one) => ('refusal' in one ? [one.refusal] : []))
  if (refusals.length > 0) return it.task.reported ? { events: [] } : { refusals }
  const taken = all.flatMap((one) => ('taken' in one ? [one.taken] : []))
  for (const { after: held } of taken) it.world.put(held)
  return { events: taken.map((one) => eventOf(one.its, one.before, one.after, 'change')) }
}

function one(
  it: Case,
  noun: string,
  named: unknown,
  trigger: string,
): { readonly taken: Taken } | { readonly refusal: Refusal } {
  const { context, world } = it
  const flow = context.flow(noun, 'change')
  const found = isObject(named as JsonObject) ? world.find(noun, named as JsonObject) : undefined
  if (flow === undefined || found?.kind !== 'one' || !context.isShown(found.held.owner))
    return { refusal: unknown(noun, flow, named as JsonObject) }
  const { held } = found
  const its: Case = { ...it, flow, task: { ...it.task, noun, object: held.object } }
  const to = taken(its, held.object, step(flow.lifecycle, held.state, trigger))
  if ('refusal' in to) return { refusal: { ...to.refusal, ...about(flow, held.object) } }
  const revision = world.nextRevision(noun, held.id)
  return { taken: { its, before: held, after: { ...held, ...to, revision } } }
}

function about({ objectType }: Flow, object: JsonObject): Pick<Refusal, 'relatedID'> {
  const id = idOfObject(object, objectType)
  return id === undefined ? {} : { relatedID: id }
}

function unknown(noun: string, flow: Flow | undefined, named: JsonObject): Refusal {
  const objectType = flow?.objectType ?? noun
  const id = isObject(named) ? idOfObject(named, objectType) : undefined
  const reason = `The ${objectType} ${id?.$ ?? ''} that it belongs to does not exist.`
  return { code: '99.1', rule: 'NOT-FOUND', reason, ...(id === undefined ? {} : { id }) }
}
