// What becomes of the objects that a message asks about: from the objects as they are to the objects as they
// are to be, with one result for each task. EPRI's cases DERG-1 to DERG-9 are decided here, for any noun.

import type { Flow } from '../../flows/flow.ts'
import { errorRow } from '../../envelope/errors.ts'
import { isVerb } from '../../envelope/verbs.ts'
import { isOver, step } from '../../lifecycles/lifecycle.ts'
import { member, sameJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { noteBegun } from './begun.ts'
import { byAnother } from './by-role.ts'
import { claimed } from './claims.ts'
import { OWN_ID, withId } from '../identity.ts'
import { noteHistory } from './history.ts'
import { newObject } from './new-object.ts'
import { inKnownOrder } from './known-order.ts'
import { madeBefore } from './made-before.ts'
import { merged } from '../merge.ts'
import { idOfObject, label, notFound, refused, unattempted, undone } from '../outcome.ts'
import type { Outcome, Refusal } from '../outcome.ts'
import type { StatusEvent, StoredObject } from '../ports.ts'
import { without } from './removal.ts'
import type { MissingPart } from './removal.ts'
import { keep, keptIn, refusalOf, refuse, settle, settleMerged, unchanged } from './settle.ts'
import { eventOf } from './status-event.ts'
import type { Case, DecideContext } from './settle.ts'
import type { Task, Work } from '../tasks.ts'
import { movedBy } from './moves.ts'
import { allIn, aroundOf, byNow, steppedTo, taken } from './placed.ts'
import { raised } from './version.ts'
import { noteTold } from './synchronized.ts'
import { worldOf } from '../world.ts'
import type { Held, World } from '../world.ts'

/** What is to be stored, and what is to be said. */
export interface Decision {
  /** one for each task, in their order */
  readonly outcomes: readonly Outcome[]
  readonly world: World
  readonly events: readonly StatusEvent[]
}

/**
 * Decides all tasks one after the other, each in the world that those before it have left.
 * @param stored every object that `touched(work)` names, as far as it exists
 */
export function decide(
  work: Work,
  stored: readonly StoredObject[],
  context: DecideContext,
): Decision {
  const world = worldOf(stored, context.gone, context.nouns)
  const outcomes = performed(work, world, context)
  const undo = work.integrity && outcomes.some((it) => it.errors.length > 0)
  if (undo) return { outcomes: outcomes.map(undone), world: worldOf(stored), events: [] }
  noteHistory(outcomes, world, context)
  noteTold(outcomes, world, context)
  noteBegun(outcomes, world, context)
  return { outcomes, world, events: outcomes.flatMap(eventsOf) }
}

/** The change itself, then the steps of others that go with it. */
function eventsOf({ event, moved = [] }: Outcome): readonly StatusEvent[] {
  return event === undefined ? [] : [event, ...moved.map((it) => it.event)]
}

/** In the order of the message; in an enforced sequence nothing is attempted behind the operation that failed first. */
function performed(work: Work, world: World, context: DecideContext): readonly Outcome[] {
  const outcomes: Outcome[] = []
  let failed: Task | undefined
  for (const [at, task] of work.tasks.entries()) {
    const stops = work.sequence && failed !== undefined
    const outcome =
      stops && failed?.operationId !== task.operationId
        ? unattempted(task, failed?.operationId, work.integrity)
        : perform(meant(task, world), at, world, context)
    outcomes.push(outcome)
    if (failed === undefined && outcome.errors.length > 0) failed = task
  }
  return outcomes
}

/** An ID without kind is a name only where no object has it as its mRID, and one has it as its name. */
function meant({ otherwise, ...task }: Task, world: World): Task {
  if (otherwise === undefined || world.find(task.noun, task.object).kind !== 'none') return task
  const isName = world.find(task.noun, otherwise).kind !== 'none'
  return isName ? { ...task, object: otherwise } : task
}

function perform(task: Task, at: number, world: World, context: DecideContext): Outcome {
  const flow = flowFor(task, context)
  if (flow === undefined || task.kind === 'unknown') return impossible(task, context)
  if (task.kind === 'nothing') return refused(task, flow.objectType, NOTHING)
  const it: Case = { task, at, flow, world, context }
  const found = world.find(task.noun, task.object)
  const isHidden = found.kind !== 'none' && !context.isShown(found.held.owner)
  if (isHidden && (task.kind !== 'create' || task.reported)) return unknown(it)
  if (task.kind === 'create' && !task.reported)
    return create(it, found.kind === 'none' ? undefined : found.held)
  if (found.kind === 'several')
    return refuse(it, '2.29', 'ID-1', 'mRID and Names belong to different objects.')
  return found.kind === 'one' ? alter(it, byNow(it, found.held)) : absent(it)
}

const NOTHING: Refusal = {
  code: '1.7',
  rule: 'NO-OBJECT',
  reason: 'The message names no object that this could be done with.',
}

/** Inside an OperationSet the flow is that of its execute, as far as the noun has the operation's own verb too. */
function flowFor(task: Task, { flow }: DecideContext): Flow | undefined {
  const verb = task.kind === 'removeParts' ? 'change' : task.verb
  const own = isVerb(verb) ? flow(task.noun, verb) : undefined
  if (task.operationId === undefined || own === undefined) return own
  return flow(task.noun, task.reported ? 'executed' : 'execute')
}

function impossible(task: Task, { flow }: DecideContext): Outcome {
  const isKnown = flow(task.noun, 'get') !== undefined
  const reason = isKnown
    ? `${task.verb} is not possible with ${task.noun}.`
    : `Nothing is known about ${task.noun}.`
  const { replyCode: code, remedy: mend } = errorRow(isKnown ? 'unsupported-verb' : 'unknown-noun')
  return refused(task, task.noun, { code, reason, mend })
}

function create(it: Case, before: Held | undefined): Outcome {
  const { task } = it
  if (before !== undefined) return madeBefore(it, before)
  const object = newObject(it)
  const assigned = member(task.object, 'mRID') !== member(object, 'mRID')
  return settle(it, undefined, object, assigned)
}

/** Also of what belongs to others: nobody learns from us that it is there. */
function unknown({ task, flow }: Case): Outcome {
  const breach = flow.unseen?.(task.object, task.kind, task.reported)
  if (breach !== undefined) return refused(task, flow.objectType, refusalOf(breach))
  return notFound(task, flow.objectType)
}

/** What a change or delete names does not exist; an event tells of what we have not seen yet. */
function absent(it: Case): Outcome {
  const { task } = it
  if (!task.reported) return unknown(it)
  const breach = it.context.isCarriedOut
    ? undefined
    : it.flow.unseen?.(task.object, task.kind, true)
  if (breach !== undefined) return refused(task, it.flow.objectType, refusalOf(breach))
  // Of what is over there is nothing left to know.
  if (task.kind !== 'create' && task.kind !== 'change') return unchanged(it)
  return settledAs(it, undefined, newObject(it))
}

/** What is as the message tells it as a whole was judged with the message; all else is put together here. */
function settledAs(it: Case, before: Held | undefined, object: JsonObject): Outcome {
  const { task, context } = it
  const isAsTold = task.kind === 'create' && object === task.object && context.isCarriedOut !== true
  return isAsTold ? settle(it, before, object, false) : settleMerged(it, before, object)
}

function alter(it: Case, before: Held): Outcome {
  switch (it.task.kind) {
    case 'delete':
      return dissolve(it, before)
    case 'cancel':
    case 'close':
      return proceed(it, before, it.task.kind)
    case 'removeParts':
      return removeParts(it, before)
    default:
      return change(it, before)
  }
}

/** A change is merged; a report of the creation of what we know already tells of it as a whole. */
function change(it: Case, before: Held): Outcome {
  const { task } = it
  const named = as(before, task)
  const isWhole = task.kind === 'create' || it.flow.isWhole === true
  const after = isWhole ? counted(it, before, named) : merged(before.object, named)
  return altered(it, before, after)
}

/** The mRID stays as it was first written, whatever the case in which a UUID is repeated. */
function as(before: Held, task: Task): JsonObject {
  const own = member(before.object, OWN_ID)
  if (own !== undefined) return { ...task.object, [OWN_ID]: own }
  const mRID = String(member(before.object, 'mRID') ?? before.id)
  return member(task.object, 'mRID') === mRID ? task.object : withId(mRID, task.object)
}

/** The version is our own count, so an object that is told of without it keeps what we have counted. */
function counted({ flow: { version } }: Case, before: Held, whole: JsonObject): JsonObject {
  const own = version === undefined ? undefined : member(before.object, version)
  return version === undefined || own === undefined ? whole : { [version]: own, ...whole }
}

function removeParts(it: Case, before: Held): Outcome {
  const { after, missing } = without(before.object, it.task.object)
  // What a report says is gone may have been gone before.
  if (missing.length === 0 || it.task.reported) return altered(it, before, after)
  const { task, flow } = it
  return refused(task, flow.objectType, ...missing.map((one) => noPart(it, one, before)))
}

function altered(it: Case, before: Held, after: JsonObject): Outcome {
  const { task, flow, context } = it
  // A report that repeats what we know changes nothing, and so is no event.
  const ordered =
    flow.unordered === undefined ? after : inKnownOrder(flow.unordered, before.object, after)
  const isSame = sameJson(ordered, before.object)
  if (task.reported && isSame) return unchanged(it, before)
  const next = isSame ? ordered : raised(flow, before.object, task.object, ordered, context.now)
  return settledAs(it, before, next)
}

function noPart({ task, flow }: Case, { part, item }: MissingPart, group: Held): Refusal {
  const objectType = flow.parts?.[part]?.objectType ?? part
  const id = idOfObject(item, objectType)
  const owner = idOfObject(group.object, flow.objectType)
  return {
    code: '2.29',
    rule: 'NO-PART',
    reason: `The ${flow.objectType} ${label(task)} has no ${objectType}${id === undefined ? '' : ` ${id.$}`}.`,
    ...(id === undefined ? {} : { id }),
    ...(id === undefined || owner === undefined ? {} : { relatedID: owner }),
  }
}

/** The content stays as it is, but for what the flow writes into it; a report of a step that has been taken already is nothing new. */
function proceed(it: Case, before: Held, trigger: 'cancel' | 'close'): Outcome {
  const { task, flow } = it
  const asks = flow.asks?.[trigger]
  if (asks !== undefined && !isOver(flow.lifecycle, before.state))
    return settleMerged(it, before, asks(merged(before.object, as(before, task))), trigger)
  const stepped = step(flow.lifecycle, before.state, trigger)
  if ('to' in stepped) return left(it, before, stepped.to, trigger)
  if (task.reported) return unchanged(it, before)
  return refused(task, flow.objectType, { code: '6.1', ...stepped.refusal })
}

/** In its new state it claims what that allows it, and others go along. */
function left(it: Case, before: Held, state: string, trigger: 'cancel' | 'close'): Outcome {
  const { task, flow, world } = it
  const around = aroundOf(it)
  const stranger = byAnother(it, before, before.object, trigger)
  if (stranger !== undefined) return refused(task, flow.objectType, stranger)
  const decided = keptIn(it, around, before)
  if (decided.length > 0) return refused(task, flow.objectType, ...decided)
  const others = movedBy(it, flow.leaves?.(before.object, around) ?? [])
  if ('refusals' in others) return refused(task, flow.objectType, ...others.refusals)
  const { claims: _released, ...rest } = before
  const after = { ...rest, state, revision: world.nextRevision(task.noun, before.id) }
  const own = claimed(after, flow, { ...it, find: around.find })
  if ('code' in own) return refused(task, flow.objectType, own)
  if ('repeats' in own) return unchanged(it, before)
  const claims = own.keys.length === 0 ? {} : { claims: own.keys }
  const kept = keep(it, before, { ...after, ...claims }, trigger)
  return others.taken.length === 0 ? kept : { ...kept, moved: others.taken }
}

function dissolve(it: Case, before: Held): Outcome {
  const { task, flow, world } = it
  const stranger = byAnother(it, before, undefined)
  if (stranger !== undefined) return refused(task, flow.objectType, stranger)
  const decided = keptIn(it, aroundOf(it), before)
  if (decided.length > 0) return refused(task, flow.objectType, ...decided)
  const gone = taken(it, before.object, steppedTo(it, before, undefined))
  if ('refusal' in gone && !task.reported) return refused(task, flow.objectType, gone.refusal)
  // What has been dissolved elsewhere is gone, whatever our table says about the way there.
  const state = 'state' in gone ? gone.state : (flow.lifecycle.terminal.at(-1) ?? '')
  const others = movedBy(it, [
    ...(flow.leaves?.(before.object, aroundOf(it)) ?? []),
    ...(flow.ends?.(before.object, aroundOf(it).find, (search) => allIn(it, search)) ?? []),
  ])
  if ('refusals' in others) return refused(task, flow.objectType, ...others.refusals)
  world.remove(before)
  const revision = world.nextRevision(task.noun, before.id)
  const event = eventOf(it, before, { ...before, state, revision }, 'delete')
  const moved = others.taken.length === 0 ? {} : { moved: others.taken }
  return { task, objectType: flow.objectType, errors: [], before, assigned: false, event, ...moved }
}
