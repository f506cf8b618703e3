// The state that an object is in once it is as it was asked for, by the table of its lifecycle and the guards of its flow.

import type { Around, Reference } from '../../flows/flow.ts'
import type { Search } from '../../flows/search.ts'
import { ledgerOf, unawareOf } from '../../flows/sync-ledger.ts'
import { NONE, statesOf, step } from '../../lifecycles/lifecycle.ts'
import type { Stepped } from '../../lifecycles/lifecycle.ts'
import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { hasBegun } from './begun.ts'
import { claimKey } from './claims.ts'
import { staysAs } from './history.ts'
import { underPrefix } from '../index-keys.ts'
import type { Refusal } from '../outcome.ts'
import { textsOf } from './registered.ts'
import type { Case, DecideContext } from './settle.ts'
import type { Held, World } from '../world.ts'

/** An object with its new state, or why there is no such step. */
export type PlacedOrNot =
  { readonly state: string; readonly object: JsonObject } | { readonly refusal: Refusal }

/** What a report tells of an object that we have not seen is where the object says it is. */
export function placed(it: Case, before: Held | undefined, object: JsonObject): PlacedOrNot {
  const { flow, task } = it
  const own = flow.status?.of(object)
  const isNews = task.reported && before === undefined
  if (isNews && own !== undefined && statesOf(flow.lifecycle).includes(own))
    return { state: own, object: stamped(it, object, own) }
  return taken(it, object, steppedAsAsked(it, before, object), before?.object)
}

function stamped({ flow: { status }, context }: Case, object: JsonObject, state: string) {
  return status?.isFull === true ? status.written(object, state, context.now) : object
}

/** A step that is asked for by its name is that one or none: taken twice it would be a change like any other. */
function steppedAsAsked(it: Case, before: Held | undefined, object: JsonObject): Stepped {
  const { flow, task } = it
  const { step: asked } = task
  const stepped = steppedTo(it, before, object)
  if (asked === undefined || before === undefined) return stepped
  if (flow.trigger(before.object, object, aroundOf(it)) === asked) return stepped
  const own = step(flow.lifecycle, before.state, asked)
  return 'refusal' in own ? own : stepped
}

/** By the flow's own way to step, else by the trigger that the change is. */
export function steppedTo(
  it: Case,
  before: Held | undefined,
  object: JsonObject | undefined,
): Stepped {
  const { flow } = it
  if (flow.stepped !== undefined && object !== undefined) return flow.stepped(before, object)
  const trigger = flow.trigger(before?.object, object, aroundOf(it))
  return step(flow.lifecycle, before?.state ?? NONE, trigger)
}

/** A step with its guard asked and its state written. @param was the object before it */
export function taken(
  it: Case,
  object: JsonObject,
  stepped: Stepped,
  was?: JsonObject,
): PlacedOrNot {
  const { flow, context, task } = it
  if ('refusal' in stepped) return { refusal: { code: '6.1', ...stepped.refusal } }
  const { to, guard } = stepped
  // What has happened elsewhere has happened, whatever our record holds of what had to be first.
  const reason =
    guard === undefined || task.reported ? undefined : flow.guards?.[guard]?.(object, aroundOf(it))
  if (guard !== undefined && reason !== undefined)
    return { refusal: { code: '6.1', rule: guard, reason } }
  return { state: to, object: flow.status?.written(object, to, context.now, was) ?? object }
}

/** What rules and guards may look at. */
export function aroundOf(it: Case): Around {
  const { world, context } = it
  return {
    now: context.now,
    keeps: (noun) => keeps(it, noun),
    knows: (noun) => world.keeps(noun),
    makes: (noun) => context.isKept(noun),
    identities: (noun) => context.identities?.get(noun) ?? [],
    all: (search) => allIn(it, search),
    hasBegun: () => hasBegun(world, it.task),
    unaware: (reference) => unaware(it, reference),
    find: (reference) => {
      const held = referred(world, reference)
      return held !== undefined && context.isShown(held.owner) ? held : undefined
    },
  }
}

/** Of what is not there nobody can tell. */
function unaware({ world, context }: Case, reference: Reference): readonly string[] {
  const held = referred(world, reference)
  if (held === undefined) return []
  const ledger = world.find(ledgerOf(held.noun), { mRID: held.id })
  const known = ledger.kind === 'one' ? ledger.held.object : undefined
  return unawareOf(known, context.due?.(held.noun, held.owner) ?? [])
}

/** What steps of other objects are taken with that nobody names. */
export function allIn({ world, context }: Case, search: Search): readonly Held[] {
  if (!isSearched(search, context)) return []
  return foundIn(world, search).filter(
    ({ owner }) => isOf(owner, search.of, context) && context.isShown(owner),
  )
}

/** What others keep is not searched for, unless all that has been told of it, or has passed here, is enough. */
export function isSearched(
  { noun, historyOf, under }: Search,
  { isKept }: Pick<DecideContext, 'isKept'>,
): boolean {
  return historyOf !== undefined || under !== undefined || isKept(noun)
}

/** What has been searched for, whoever may know of it; the stays of a history as the noun tells them. */
export function foundIn(
  world: World,
  { noun, has, historyOf, under = '' }: Search,
): readonly Held[] {
  const stays = historyOf === undefined ? [] : staysAs(noun, world)
  const all = under === '' ? world.all(noun) : world.all(noun).filter(isUnder(under))
  return [...all, ...stays].filter(({ object }) => has(object))
}

/** By its keys, as the store finds it: to ask each object would take all of them for each device of a subscription. */
function isUnder(text: string): (held: Held) => boolean {
  const prefix = underPrefix(text)
  return ({ id, claims = [] }) => claims.includes(`${prefix}${id}`)
}

/** True for what belongs to an organisation, as far as that is asked for. */
export function isOf(
  owner: string,
  organisation: Json | undefined,
  { organisations }: Pick<DecideContext, 'organisations'>,
): boolean {
  return organisation === undefined || organisations.isOwned(owner, textsOf([organisation]))
}

/** What has ended by the clock has ended for whatever is to be done now. */
export function byNow(it: Case, held: Held): Held {
  const state = it.flow.byNow?.(held, aroundOf(it)) ?? held.state
  return state === held.state ? held : { ...held, state }
}

/** True where an object of the noun that is not found does not exist. */
export function keeps({ world, context }: Pick<Case, 'world' | 'context'>, noun: string): boolean {
  return context.isKept(noun) && world.keeps(noun)
}

/** What a flow refers to: the object that is named, or whoever has a claim. */
export function referred(world: World, { noun, object, claim }: Reference): Held | undefined {
  return claim === undefined ? heldIn(world, noun, object) : world.claimant(noun, claimKey(claim))
}

/** The one object that is named. */
export function heldIn(world: World, noun: string, named: Json | undefined): Held | undefined {
  const found = isObject(named) ? world.find(noun, named) : undefined
  return found?.kind === 'one' ? found.held : undefined
}
