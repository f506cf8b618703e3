// One task of a decision once it is known what the object is to be: rules, names, lifecycle, event.

import type { Finding } from '../../envelope/finding.ts'
import type { Around, Breach, Flow, Placed } from '../../flows/flow.ts'
import { frozenBreaches, keptForGood } from '../../flows/frozen.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { isGone } from '../../lifecycles/lifecycle.ts'
import { member, sameJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { byAnother } from './by-role.ts'
import { claimed, release } from './claims.ts'
import type { ContentOf } from '../content.ts'
import { identifiedIn } from '../identified.ts'
import { hasIdentity, idKey, indexOfIdentities } from '../identity.ts'
import { duplicate, idOfObject, refused } from '../outcome.ts'
import type { MovedObject, Outcome, Refusal } from '../outcome.ts'
import { moved, movedBy } from './moves.ts'
import { ownerOf } from './owner.ts'
import type { Organisations } from '../parties/index.ts'
import { passedOver } from './passed.ts'
import { aroundOf, placed } from './placed.ts'
import { eventOf } from './status-event.ts'
import type { Gone } from '../ports.ts'
import type { Task } from '../tasks.ts'
import type { Held, World } from '../world.ts'

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
  /** false for a noun whose objects others keep, so that one that is not found may be there */
  readonly isKept: (noun: string) => boolean
  /** parties that have to know an object of a noun, by whose it is; by default nobody */
  readonly due?: (noun: string, owner: string) => readonly string[]
  /** mRIDs and names of all objects of the nouns that flows of the work watch */
  readonly identities?: ReadonlyMap<string, readonly string[]>
  readonly newId: () => string
  /** MessageID of the message; empty where it has none */
  readonly messageID: string
  /** of the objects that might be made: which there have been before; none by default */
  readonly gone?: readonly Gone[]
  /** nouns of which there are objects besides those that were read; none by default */
  readonly nouns?: ReadonlySet<string>
  /** ISO 8601 with Z */
  readonly now: string
  readonly exchangeId: string
  /** true where nobody else is to be told of it: what is on disk has arrived */
  readonly isLocal?: boolean
  /** false where that is no acknowledgement, because only a party can give it */
  readonly isOwn?: boolean
  /** of the sender, as flows name them; absent or none = nobody can tell */
  readonly roles?: readonly string[]
  /** true where the objects are those of a message that was judged as it was sent: they are complete */
  readonly isAsSent?: boolean
  /** true for what a party has carried out: recorded as it is, and no event of anybody */
  readonly isCarriedOut?: boolean
  /** the party that has carried it out, where it is known to have done so */
  readonly carriedOutBy?: string
  /** party that what is created belongs to */
  readonly owner: string
  /** the party of the provider by which one of these is served, as far as the sender may say so */
  readonly serving: (texts: readonly string[]) => string | undefined
  readonly organisations: Organisations
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

/** It says what is there already. */
export function repeated(
  it: Case,
  { repeats, saying }: Extract<ReturnType<typeof claimed>, { readonly repeats: Held }>,
): Outcome {
  const own = unchanged(it, repeats)
  return { ...own, isRepeated: true, ...(saying === undefined ? {} : { saying }) }
}

/** The object as merged; refused with 5.8 when its schema does not allow what it would be. */
export function settleMerged(
  it: Case,
  before: Held | undefined,
  object: JsonObject,
  request?: Verb,
): Outcome {
  if (before === undefined && it.context.isAsSent === true)
    return settle(it, before, object, false, request)
  const completed = it.context.complete(it.task.noun, object)
  if ('object' in completed) return settle(it, before, completed.object, false, request)
  const { findings } = completed
  return { ...refused(it.task, it.flow.objectType, ...findings.map(incomplete)), findings }
}

/** What its schema says of an object that is made of a kept one and a change. */
export function incomplete({ message, mend }: Finding): Refusal {
  const reason = `As it would be then: ${message}`
  return { code: '5.8', rule: 'INCOMPLETE', reason, details: mend }
}

/**
 * Business rules, names and lifecycle; then the object is as it was asked for.
 * @param request the verb that asks for what happens; by default create or change
 */
export function settle(
  it: Case,
  before: Held | undefined,
  object: JsonObject,
  assigned: boolean,
  request: Verb = before === undefined ? 'create' : 'change',
): Outcome {
  const { task, flow, world } = it
  const stranger = byAnother(it, before, settled(flow, before, object))
  if (stranger !== undefined) return refused(task, flow.objectType, stranger)
  const breaches = breachesOf(it, object, before)
  if (breaches.length > 0)
    return knownAgain(it, before, object) ?? refused(task, flow.objectType, ...breaches)
  const { mRID, names } = identifiedIn(task.noun, object)
  const id = before?.id ?? idKey(mRID ?? '')
  const bearer = world.bearer(task.noun, names, id)
  if (bearer !== undefined)
    return refused(task, flow.objectType, duplicate(task, flow.objectType, bearer))
  const to = placed(it, before, settled(flow, before, object))
  if ('refusal' in to) return refused(task, flow.objectType, to.refusal)
  // What is asked for is so already: no revision, no event, and nothing that goes with it.
  if (before?.state === to.state && sameJson(before.object, to.object)) return unchanged(it, before)
  const revision = world.nextRevision(task.noun, id)
  const owner = ownerOf(it, before, object)
  const after: Held = { noun: task.noun, id, ...to, revision, owner }
  const own = claimed(after, flow, { ...it, find: aroundOf(it).find })
  if ('repeats' in own) return repeated(it, own)
  if (!('keys' in own)) return refused(task, flow.objectType, own)
  const passed = passedOver(it, before, object)
  const isEnd = isGone(flow.lifecycle, to.state)
  const others = moved(it, before, object, isEnd)
  if ('refusals' in others) return refused(task, flow.objectType, ...others.refusals)
  const claims = own.keys.length === 0 ? {} : { claims: own.keys }
  release(own, world)
  const kept = keep(it, before, { ...after, ...claims }, isEnd ? 'delete' : request)
  const taken = [...others.taken, ...acknowledged(it, to.object)]
  return {
    ...kept,
    assigned,
    ...warned(it, object, before),
    ...(taken.length === 0 ? {} : { moved: taken }),
    ...(passed.length === 0 ? {} : { passed }),
    ...(task.reported || isTellable(it, to.object, before) ? {} : { isUntold: true }),
  }
}

/** What has come before, and is known by a key of its own, is that, whatever may be said against making it now. */
function knownAgain(it: Case, before: Held | undefined, object: JsonObject): Outcome | undefined {
  const { task, flow } = it
  if (before !== undefined) return undefined
  const to = placed(it, before, settled(flow, before, object))
  if ('refusal' in to) return undefined
  const held = { noun: task.noun, id: '', ...to }
  const own = claimed(held, flow, { ...it, find: aroundOf(it).find })
  return 'repeats' in own && own.saying !== undefined ? repeated(it, own) : undefined
}

function warned(it: Case, object: JsonObject, before: Held | undefined): Pick<Outcome, 'warnings'> {
  const all = it.flow.warnings?.(object, aroundOf(it), before) ?? []
  if (all.length === 0) return {}
  const { errors } = refused(it.task, it.flow.objectType, ...all.map(refusalOf))
  return { warnings: errors.map((one) => ({ ...one, level: 'WARNING' })) }
}

function settled(flow: Flow, before: Placed | undefined, object: JsonObject): JsonObject {
  return before === undefined ? object : (flow.settled?.(before.object, object) ?? object)
}

/**
 * The object is in the world as it is now, or gone with a terminal state.
 * @param request the verb that asks for what has happened
 */
export function keep(it: Case, before: Held | undefined, after: Held, request: Verb): Outcome {
  const { task, flow, world } = it
  if (isGone(flow.lifecycle, after.state)) world.remove(after)
  else world.put(after)
  const saying = flow.says?.(after.object, after.state, aroundOf(it))
  const open =
    before?.state === after.state ? [] : (flow.unfinished?.(after.object, after.state) ?? [])
  return {
    ...(saying === undefined ? {} : { saying }),
    ...(open.length === 0
      ? {}
      : { unfinished: refused(task, flow.objectType, ...open.map(refusalOf)).errors }),
    task,
    objectType: flow.objectType,
    errors: [],
    after,
    assigned: false,
    event: eventOf(it, before, after, request),
    ...(before === undefined ? {} : { before }),
  }
}

/** What is told to nobody else has arrived with us, and is acknowledged by that where we speak for whoever is to know. */
function acknowledged(it: Case, object: JsonObject): readonly MovedObject[] {
  const { task, flow, context } = it
  // What a party is asked to do, only that party has done.
  const isToldOnly = task.reported && flow.acknowledged?.asked === undefined
  const isHere = isToldOnly && task.kind !== 'delete' && context.isLocal === true
  const done = isHere
    ? movedBy(it, flow.acknowledged?.moves(object, context.isOwn !== false) ?? [])
    : { taken: [] }
  return 'taken' in done ? done.taken : []
}

function isTellable(it: Case, object: JsonObject, before: Placed | undefined): boolean {
  return (it.flow.tells?.(object, aroundOf(it), before) ?? []).length === 0
}

/** What an event tells has happened, whatever the rules of requests say to it. */
function breachesOf(it: Case, object: JsonObject, before: Placed | undefined): readonly Refusal[] {
  const { task, flow } = it
  const around = aroundOf(it)
  const wrong = (flow.invariants?.(object, around, before) ?? []).map(refusalOf)
  if (task.reported && it.context.isCarriedOut === true) return wrong
  // What would come of it need not be told beside what cannot be.
  const decided = frozenIn(it, object, around, before)
  if (decided.length > 0) return decided
  if (task.reported)
    return [...wrong, ...(flow.tells?.(object, around, before) ?? []).map(refusalOf)]
  // Merging hides what a change lists twice, so it is the message itself that is looked at.
  const twice = Object.keys(flow.parts ?? {}).flatMap((part) =>
    listedTwice(flow, part, task.object),
  )
  return [...(flow.rules?.(object, around, before) ?? []).map(refusalOf), ...wrong, ...twice]
}

/** What of an object would not stay as it was decided. @param object undefined = it would be over, or gone */
function frozenIn(
  { flow: { frozen } }: Case,
  object: JsonObject | undefined,
  around: Around,
  before: Placed | undefined,
): readonly Refusal[] {
  return frozen === undefined ? [] : frozenBreaches(frozen, object, around, before).map(refusalOf)
}

/** Why it cannot be over, or gone. What has ended elsewhere has ended, but for what cannot be undone by anybody. */
export function keptIn(it: Case, around: Around, before: Placed): readonly Refusal[] {
  const { task, flow, context } = it
  if (!task.reported) return frozenIn(it, undefined, around, before)
  if (flow.frozen === undefined || context.isCarriedOut === true) return []
  return frozenBreaches(keptForGood(flow.frozen), undefined, around, before).map(refusalOf)
}

/** A breach as it is refused. */
export function refusalOf({ about, ...breach }: Breach): Refusal {
  const id = about === undefined ? undefined : idOfObject(about.object, about.objectType)
  return id === undefined ? breach : { ...breach, id }
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
