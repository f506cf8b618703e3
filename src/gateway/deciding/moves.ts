// Steps of other objects that go with a change: registering a device moves the request that it belongs to. All of them
// are taken, or the change is refused with the reasons of those that are not.

import type { Verb } from '../../envelope/verbs.ts'
import type { Flow, Move } from '../../flows/flow.ts'
import type { Search } from '../../flows/search.ts'
import { isGone, step } from '../../lifecycles/lifecycle.ts'
import type { Stepped } from '../../lifecycles/lifecycle.ts'
import { isObject } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { claimed } from './claims.ts'
import { idOfObject } from '../outcome.ts'
import { ownerOf } from './owner.ts'
import type { MovedObject, Refusal } from '../outcome.ts'
import { allIn, aroundOf, byNow, referred, keeps, steppedTo, taken } from './placed.ts'
import type { Case } from './settle.ts'
import { eventOf } from './status-event.ts'
import { raised } from './version.ts'
import type { Held } from '../world.ts'

/** The steps taken, or why they are not. */
export type Moved =
  { readonly taken: readonly MovedObject[] } | { readonly refusals: readonly Refusal[] }

interface Taken {
  readonly its: Case
  readonly before: Held
  readonly after: Held
  readonly verb: Verb
}

type One = Taken | { readonly refusal: Refusal } | undefined

/**
 * Takes them in the world; nothing is changed there when one of them is refused.
 * @param isEnd the object is gone with the change
 */
export function moved(
  it: Case,
  before: Held | undefined,
  after: JsonObject,
  isEnd: boolean,
): Moved {
  const { find } = aroundOf(it)
  const all = (search: Search) => allIn(it, search)
  const own = it.flow.moves?.(before?.object, after, find, all, it.context.now) ?? []
  // What its end means for others already says all that its last change does.
  const ends = isEnd ? (it.flow.ends?.(before?.object ?? after, find, all) ?? []) : []
  return movedBy(it, isEnd ? ends : own)
}

/** The same for steps that follow from something else than a change. */
export function movedBy(it: Case, moves: readonly Move[]): Moved {
  const steps: Taken[] = []
  const refusals: Refusal[] = []
  // One after the other: an object may take several, each from where the one before has left it.
  for (const move of moves) {
    const done = one(it, move)
    if (done === undefined) continue
    if ('refusal' in done) {
      refusals.push(done.refusal)
      continue
    }
    steps.push(done)
    if (isGone(done.its.flow.lifecycle, done.after.state)) it.world.remove(done.after)
    else it.world.put(done.after)
  }
  if (refusals.length > 0) {
    for (const { before } of steps.toReversed()) it.world.put(before)
    // What is reported has happened, whether or not the other object could follow.
    return it.task.reported ? { taken: [] } : { refusals }
  }
  return {
    taken: steps.map((one) => ({
      event: eventOf(one.its, one.before, one.after, one.verb),
      object: one.after.object,
      was: one.before.object,
    })),
  }
}

/** Undefined where no objects of that kind are kept, so that nobody can tell, and where the step need not be taken. */
function one(it: Case, move: Move): One {
  const { noun, object, optional = false } = move
  const { context, world } = it
  const flow = context.flow(noun, 'change')
  const found = referred(world, move)
  // What the sender may not know of is as what is not there.
  const held = found !== undefined && context.isShown(found.owner) ? found : undefined
  if (flow === undefined || (held === undefined && (optional || !keeps(it, noun)))) return undefined
  const stepped =
    held === undefined
      ? { refusal: unknown(flow, object) }
      : further({ ...it, flow, task: { ...it.task, noun, object: held.object } }, held, move)
  return optional && stepped !== undefined && 'refusal' in stepped ? undefined : stepped
}

/** Triggers that are verbs: the flow says what they ask for. */
const VERBS = ['cancel', 'close'] as const

/** The object as the step leaves it, with what it claims in its new state. */
function further(its: Case, held: Held, { trigger, change }: Move): One {
  const { flow, world } = its
  const verb = VERBS.find((it) => it === trigger)
  const asks = change ?? (verb === undefined ? undefined : flow.asks?.[verb])
  const asked = asks?.(held.object) ?? held.object
  const wanted =
    change === undefined ? asked : raised(flow, held.object, {}, asked, its.context.now)
  const isAsked = trigger === undefined || (change === undefined && asks !== undefined)
  const stepped = isAsked ? steppedTo(its, held, wanted) : steppedBy(its, held, trigger)
  const to = taken(its, wanted, stepped, held.object)
  if ('refusal' in to) return { refusal: { ...to.refusal, ...about(flow, held.object) } }
  const revision = world.nextRevision(held.noun, held.id)
  const { claims: _released, ...rest } = held
  const owner = change === undefined ? held.owner : ownerOf(its, held, to.object)
  const after: Held = { ...rest, ...to, revision, owner }
  const own = claimed(after, flow, { ...its, find: aroundOf(its).find })
  if ('repeats' in own) return undefined
  if (!('keys' in own)) return { refusal: own }
  const claims = own.keys.length === 0 ? {} : { claims: own.keys }
  const endVerb = isGone(flow.lifecycle, after.state) ? 'delete' : undefined
  return { its, before: held, after: { ...after, ...claims }, verb: endVerb ?? verb ?? 'change' }
}

/** From the state that it is in, else from that which it is in by now. */
function steppedBy(its: Case, held: Held, trigger: string): Stepped {
  const { lifecycle } = its.flow
  const stepped = step(lifecycle, held.state, trigger)
  return 'to' in stepped ? stepped : step(lifecycle, byNow(its, held).state, trigger)
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
