// What becomes of the objects that a message asks about: from the objects as they are to the objects as they
// are to be, with one result for each task. EPRI's cases DERG-1 to DERG-9 are decided here, for any noun.

import type { Flow } from '../flows/flow.ts'
import type { Verb } from '../envelope/verbs.ts'
import { eventVerbOf, isVerb } from '../envelope/verbs.ts'
import { NONE, isGone, step } from '../lifecycles/lifecycle.ts'
import { member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { idKey, identityOf, nameOf } from './identity.ts'
import { merged, without } from './merge.ts'
import { duplicate, idOf, label, named, refused, undone } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { StatusEvent, StoredObject } from './ports.ts'
import type { Task, Work } from './tasks.ts'
import { raised } from './version.ts'
import { worldOf } from './world.ts'
import type { Held, World } from './world.ts'

/** What the decision needs from outside. */
export interface DecideContext {
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: Verb) => Flow | undefined
  /** why an object could not be sent to anybody as it would be; undefined when it could */
  readonly incomplete: (noun: string, object: JsonObject) => string | undefined
  readonly newId: () => string
  /** ISO 8601 with Z */
  readonly now: string
  readonly exchangeId: string
}

export interface Decision {
  readonly outcomes: readonly Outcome[]
  readonly world: World
  readonly events: readonly StatusEvent[]
}

/** One task with everything that is needed to carry it out. */
interface Case {
  readonly task: Task
  readonly flow: Flow
  readonly world: World
  readonly context: DecideContext
}

/** @param stored every object that `touched(work)` names, as far as it exists */
export function decide(
  work: Work,
  stored: readonly StoredObject[],
  context: DecideContext,
): Decision {
  const world = worldOf(stored)
  const outcomes = work.tasks.map((task) => perform(task, world, context))
  const undo = work.integrity && outcomes.some((it) => it.errors.length > 0)
  if (undo) return { outcomes: outcomes.map(undone), world: worldOf(stored), events: [] }
  return { outcomes, world, events: outcomes.flatMap((it) => it.event ?? []) }
}

function perform(task: Task, world: World, context: DecideContext): Outcome {
  const flow = flowFor(task, context)
  if (flow === undefined || task.kind === 'unknown')
    return refused(task, task.noun, {
      code: '2.9',
      reason: `${task.verb} is not possible with ${task.noun}.`,
    })
  const it: Case = { task, flow, world, context }
  const found = world.find(task.noun, task.object)
  if (found.kind === 'two')
    return refuse(it, '2.29', 'ID-1', 'mRID and Names belong to different objects.')
  const before = found.kind === 'one' ? found.held : undefined
  if (task.kind === 'create' && !task.reported) return create(it, before)
  if (before === undefined) return absent(it)
  if (task.kind === 'delete') return dissolve(it, before)
  return task.kind === 'removeParts' ? removeParts(it, before) : alter(it, before)
}

/** Inside an OperationSet the flow is that of its execute. */
function flowFor(task: Task, context: DecideContext): Flow | undefined {
  if (task.operationId !== undefined)
    return context.flow(task.noun, task.reported ? 'executed' : 'execute')
  return isVerb(task.verb) ? context.flow(task.noun, task.verb) : undefined
}

function refuse({ task, flow }: Case, code: string, rule: string, reason: string): Outcome {
  return refused(task, flow.objectType, { code, rule, reason })
}

function create(it: Case, before: Held | undefined): Outcome {
  const { task, flow, context } = it
  if (before !== undefined)
    return refused(task, flow.objectType, duplicate(task, flow.objectType, before))
  const assigned = identityOf(task.object).mRID === undefined
  const object = assigned ? { ...task.object, mRID: context.newId() } : task.object
  return settle(it, undefined, object, assigned)
}

/** What a change or delete names does not exist; an event tells of what we have not seen yet. */
function absent(it: Case): Outcome {
  const { task, flow, context } = it
  if (!task.reported)
    return refuse(it, '99.1', 'NOT-FOUND', `The ${flow.objectType} ${label(task)} does not exist.`)
  if (task.kind === 'delete' || task.kind === 'removeParts')
    return { task, objectType: flow.objectType, errors: [], assigned: false }
  const object =
    identityOf(task.object).mRID === undefined
      ? { ...task.object, mRID: context.newId() }
      : task.object
  return checked(it, undefined, object)
}

/** The mRID stays as it was first written, whatever the case in which a UUID is repeated. */
function alter(it: Case, before: Held): Outcome {
  const { task, flow, context } = it
  const mRID = member(before.object, 'mRID') ?? before.id
  const change: JsonObject = { ...task.object, mRID }
  const after = task.kind === 'create' ? change : merged(before.object, change)
  // A report that repeats what we know changes nothing, and so is no event.
  if (task.reported && sameJson(after, before.object))
    return { task, objectType: flow.objectType, errors: [], before, after: before, assigned: false }
  return checked(it, before, raised(flow, before.object, task.object, after, context.now))
}

function removeParts(it: Case, before: Held): Outcome {
  const { task, flow, context } = it
  const { after, missing } = without(before.object, task.object)
  if (missing.length === 0)
    return checked(it, before, raised(flow, before.object, task.object, after, context.now))
  return refused(
    task,
    flow.objectType,
    ...missing.map(({ part, item }) => {
      const { mRID, names } = identityOf(item)
      const id =
        mRID !== undefined
          ? idOf(part, mRID)
          : named(part, names[0] === undefined ? part : nameOf(names[0]))
      return {
        code: '2.29',
        rule: 'NO-PART',
        reason: `The ${flow.objectType} ${label(task)} has no ${part} ${id.$}.`,
        id,
      }
    }),
  )
}

function dissolve(it: Case, before: Held): Outcome {
  const { task, flow, world } = it
  const stepped = step(flow.lifecycle, before.state, flow.trigger(before.object, undefined))
  if ('refusal' in stepped && !task.reported)
    return refuse(it, '6.1', stepped.refusal.rule, stepped.refusal.reason)
  const state = 'to' in stepped ? stepped.to : (flow.lifecycle.terminal.at(-1) ?? '')
  world.remove(before)
  const event = eventOf(it, before, { ...before, state, revision: before.revision + 1 }, 'delete')
  return { task, objectType: flow.objectType, errors: [], before, assigned: false, event }
}

/** A merged object has not been validated by anybody yet: it must be one that we could send. */
function checked(it: Case, before: Held | undefined, object: JsonObject): Outcome {
  const reason = it.context.incomplete(it.task.noun, object)
  return reason === undefined
    ? settle(it, before, object, false)
    : refuse(it, '5.8', 'INCOMPLETE', `As it would be then: ${reason}`)
}

/** Business rules, names and lifecycle; then the object is as it was asked for. */
function settle(
  it: Case,
  before: Held | undefined,
  object: JsonObject,
  assigned: boolean,
): Outcome {
  const { task, flow, world } = it
  const breaches = task.reported ? [] : (flow.rules?.(object) ?? [])
  if (breaches.length > 0) return refused(task, flow.objectType, ...breaches)
  const { mRID, names } = identityOf(object)
  const id = before?.id ?? idKey(mRID ?? '')
  const bearer = world.bearer(task.noun, names, id)
  if (bearer !== undefined)
    return refused(task, flow.objectType, duplicate(task, flow.objectType, bearer.held))
  const stepped = step(flow.lifecycle, before?.state ?? NONE, flow.trigger(before?.object, object))
  if ('refusal' in stepped) return refuse(it, '6.1', stepped.refusal.rule, stepped.refusal.reason)
  const after: Held = {
    noun: task.noun,
    id,
    state: stepped.to,
    object,
    revision: (before?.revision ?? 0) + 1,
  }
  if (isGone(flow.lifecycle, stepped.to)) world.remove(after)
  else world.put(after)
  const event = eventOf(it, before, after, before === undefined ? 'create' : 'change')
  return {
    task,
    objectType: flow.objectType,
    errors: [],
    after,
    assigned,
    event,
    ...(before === undefined ? {} : { before }),
  }
}

function eventOf(
  { task, flow, context }: Case,
  before: Held | undefined,
  after: Held,
  request: string,
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
  }
}
