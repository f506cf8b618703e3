// One task of a decision once it is known what the object is to be: rules, names, lifecycle, event.

import type { Finding } from '../envelope/finding.ts'
import type { Flow } from '../flows/flow.ts'
import { eventVerbOf } from '../envelope/verbs.ts'
import type { Verb } from '../envelope/verbs.ts'
import { NONE, isGone, step } from '../lifecycles/lifecycle.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { ContentOf } from './content.ts'
import { hasIdentity, idKey, identityOf, indexOfIdentities } from './identity.ts'
import { duplicate, idOfObject, refused } from './outcome.ts'
import type { Outcome, Refusal } from './outcome.ts'
import type { StatusEvent } from './ports.ts'
import type { Task } from './tasks.ts'
import type { Held, World } from './world.ts'

/** An object in the form in which it is kept and sent, or why nobody could send it as it would be. */
export type Completed = { readonly object: JsonObject } | Incomplete

/** What its schema finds wrong with an object, at least one thing; paths begin with the noun. */
export interface Incomplete {
  readonly findings: readonly Finding[]
}

/** The object as its schema writes it. */
export type Complete = (noun: string, object: JsonObject) => Completed

/** What a decision needs from outside. */
export interface DecideContext {
  /** the flow of a noun and verb; undefined when the noun is unknown or has no such verb */
  readonly flow: (noun: string, verb: Verb) => Flow | undefined
  /** for merged objects, which have not been validated by anybody yet */
  readonly complete: Complete
  readonly contentOf: ContentOf
  readonly newId: () => string
  /** MessageID of the message; empty where it has none */
  readonly messageID: string
  /** ISO 8601 with Z */
  readonly now: string
  readonly exchangeId: string
  /** party that what is created belongs to */
  readonly owner: string
  /** true for the objects of a party that the sender may know of */
  readonly isShown: (owner: string) => boolean
}

/** One task with everything that is needed to carry it out. */
export interface Case {
  readonly task: Task
  /** place of the task in its message, from 0 */
  readonly at: number
  readonly flow: Flow
  readonly world: World
  readonly context: DecideContext
}

/** The task is not carried out, for one reason. */
export function refuse({ task, flow }: Case, code: string, rule: string, reason: string): Outcome {
  return refused(task, flow.objectType, { code, rule, reason })
}

/** Nothing is to be done: a report tells what is known already. */
export function unchanged({ task, flow }: Case, known?: Held): Outcome {
  const held = known === undefined ? {} : { before: known, after: known }
  return { task, objectType: flow.objectType, errors: [], assigned: false, ...held }
}

/** The object as merged; refused with 5.8 when its schema does not allow what it would be. */
export function settleMerged(it: Case, before: Held | undefined, object: JsonObject): Outcome {
  const completed = it.context.complete(it.task.noun, object)
  if ('object' in completed) return settle(it, before, completed.object, false)
  const { findings } = completed
  return { ...refused(it.task, it.flow.objectType, ...findings.map(incomplete)), findings }
}

/** What its schema says of an object that is made of a kept one and a change. */
export function incomplete({ message, mend }: Finding): Refusal {
  const reason = `As it would be then: ${message}`
  return { code: '5.8', rule: 'INCOMPLETE', reason, details: mend }
}

/** Business rules, names and lifecycle; then the object is as it was asked for. */
export function settle(
  it: Case,
  before: Held | undefined,
  object: JsonObject,
  assigned: boolean,
): Outcome {
  const { task, flow, world } = it
  const breaches = task.reported ? [] : breachesOf(it, object)
  if (breaches.length > 0) return refused(task, flow.objectType, ...breaches)
  const { mRID, names } = identityOf(object)
  const id = before?.id ?? idKey(mRID ?? '')
  const bearer = world.bearer(task.noun, names, id)
  if (bearer !== undefined)
    return refused(task, flow.objectType, duplicate(task, flow.objectType, bearer))
  const stepped = step(flow.lifecycle, before?.state ?? NONE, flow.trigger(before?.object, object))
  if ('refusal' in stepped) return refuse(it, '6.1', stepped.refusal.rule, stepped.refusal.reason)
  const revision = world.nextRevision(task.noun, id)
  const owner = before?.owner || it.context.owner
  const after = { noun: task.noun, id, state: stepped.to, object, revision, owner }
  return { ...keep(it, before, after, before === undefined ? 'create' : 'change'), assigned }
}

/**
 * The object is in the world as it is now, or gone with a terminal state.
 * @param request the verb that asks for what has happened
 */
export function keep(it: Case, before: Held | undefined, after: Held, request: Verb): Outcome {
  const { task, flow, world } = it
  if (isGone(flow.lifecycle, after.state)) world.remove(after)
  else world.put(after)
  return {
    task,
    objectType: flow.objectType,
    errors: [],
    after,
    assigned: false,
    event: eventOf(it, before, after, request),
    ...(before === undefined ? {} : { before }),
  }
}

function breachesOf({ task, flow }: Case, object: JsonObject): readonly Refusal[] {
  // Merging hides what a change lists twice, so it is the message itself that is looked at.
  const twice = Object.keys(flow.parts ?? {}).flatMap((part) =>
    listedTwice(flow, part, task.object),
  )
  return [...(flow.rules?.(object) ?? []), ...twice]
}

function listedTwice(flow: Flow, part: string, object: JsonObject): readonly Refusal[] {
  const rule = flow.parts?.[part]
  const list = member(object, part)
  if (rule === undefined || !Array.isArray(list)) return []
  const items = list.filter(hasIdentity)
  const first = indexOfIdentities(items)
  const twice = items.find((it) => first(it) !== it)
  if (twice === undefined) return []
  const id = idOfObject(twice, rule.objectType)
  const reason = `The ${rule.objectType} ${id?.$ ?? ''} is listed twice.`
  return [{ code: '6.1', rule: rule.twice, reason, ...(id === undefined ? {} : { id }) }]
}

/** @param request the verb that asks for what has happened */
export function eventOf(
  { task, flow, context }: Case,
  before: Held | undefined,
  after: Held,
  request: Verb,
): StatusEvent {
  return {
    noun: task.noun,
    subject: identityOf(after.object).mRID ?? after.id,
    verb: eventVerbOf(request) ?? request,
    flow: flow.id,
    exchangeId: context.exchangeId,
    revision: after.revision,
    at: context.now,
    state: after.state,
    previous: before?.state ?? NONE,
    result: 'OK',
    code: '0.0',
    owner: after.owner,
  }
}
