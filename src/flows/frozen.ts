// What of an object stays as it is once it is decided: members by the states that freeze them. A flow declares them, and every
// change that somebody asks for or tells of is judged by them; what a step of the gateway itself writes is not.

import { idKey } from '../envelope/mrid.ts'
import { isObject, member, numberText, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { decimalIn, decimalText } from './decimal.ts'
import type { Around, Breach, Placed } from './flow.ts'
import type { RuleName } from './rules/index.ts'

/** A member by its name, or something that is found in several of them. */
export type Member =
  string | { readonly name: string; readonly of: (object: JsonObject) => Json | undefined }

/** Members, and when they are frozen. */
export interface Freeze {
  readonly members: readonly Member[]
  /** states in which they are; absent = from the beginning */
  readonly in?: readonly string[]
  /** whose states these are, where not those of the object itself: the object of this noun that is named in a member */
  readonly of?: { readonly noun: string; readonly named: string }
  /** they are those of each item of a list; states are those of the items */
  readonly each?: Items
  /** from a time on that the object itself says */
  readonly since?: {
    /** `it has begun` */
    readonly when: string
    readonly hasCome: (object: JsonObject, now: string) => boolean
  }
  /** nor is the object cancelled, closed or deleted as long as they are frozen; nor is anybody believed who tells of that */
  readonly kept?: 'asked' | 'told'
  /** of some objects, or items, alone */
  readonly only?: {
    /** `a verification` */
    readonly what: string
    readonly is: (object: JsonObject) => boolean
  }
}

/** A list whose items have lives of their own. */
export interface Items {
  readonly list: string
  readonly all: (object: JsonObject) => readonly JsonObject[]
  readonly stateOf: (item: JsonObject) => string | undefined
  /** the item of an earlier list that this one is */
  readonly same: (
    item: JsonObject,
    at: number,
    old: readonly JsonObject[],
  ) => JsonObject | undefined
}

/** What a flow freezes, under one rule. */
export interface Frozen {
  readonly rule: Extract<RuleName, `${string}-FROZEN`>
  readonly freezes: readonly Freeze[]
}

/** One breach for each thing that would not stay as it is. @param after undefined = the object would be over, or gone */
export function frozenBreaches(
  { rule, freezes }: Frozen,
  after: JsonObject | undefined,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (before === undefined) return []
  if (after === undefined) return leaving({ rule, freezes }, before, around)
  const all = freezes.flatMap((it) =>
    it.each === undefined
      ? altered(it, after, before, around)
      : alteredItems(it, it.each, after, before.object),
  )
  return all.map((reason) => ({ rule, code: '6.1', reason }))
}

/** What of it holds whoever tells that the object has gone. */
export function keptForGood({ rule, freezes }: Frozen): Frozen {
  return { rule, freezes: freezes.filter(({ kept }) => kept === 'told') }
}

function leaving({ rule, freezes }: Frozen, before: Placed, around: Around): readonly Breach[] {
  return freezes.flatMap((it) => {
    const when = it.kept !== undefined ? frozenBy(it, before, around) : undefined
    const reason = `The object is neither cancelled nor closed nor deleted once ${when ?? ''}.`
    return when === undefined ? [] : [{ rule, code: '6.1', reason }]
  })
}

function altered(
  freeze: Freeze,
  after: JsonObject,
  before: Placed,
  around: Around,
): readonly string[] {
  if (freeze.only?.is(before.object) === false) return []
  const names = changed(freeze.members, before.object, after)
  const when = names.length === 0 ? undefined : frozenBy(freeze, before, around)
  return when === undefined ? [] : [sentence(names, when)]
}

/** Why it is frozen; undefined while it is not. */
function frozenBy(
  { in: states, of, since }: Freeze,
  before: Placed,
  { find, now }: Around,
): string | undefined {
  if (since !== undefined) return since.hasCome(before.object, now) ? since.when : undefined
  if (states === undefined) return 'it is made'
  const state =
    of === undefined
      ? before.state
      : find({ noun: of.noun, object: member(before.object, of.named) })?.state
  if (state === undefined || !states.includes(state)) return undefined
  return of === undefined ? `it is ${state}` : `its ${of.named} is ${state}`
}

/** Of each item of the earlier list; one that has vanished has lost all. */
function alteredItems(
  { members, in: states, only }: Freeze,
  { list, all, stateOf, same }: Items,
  after: JsonObject,
  before: JsonObject,
): readonly string[] {
  const old = all(before)
  const now = new Map(all(after).map((it, at) => [same(it, at, old), it] as const))
  return old.flatMap((item) => {
    if (only?.is(item) === false) return []
    const state = stateOf(item) ?? ''
    const names = changed(members, item, now.get(item) ?? {})
    const isFrozen = names.length > 0 && (states?.includes(state) ?? true)
    return isFrozen ? [sentence(names, `the ${list} is ${state}`)] : []
  })
}

function sentence(names: readonly string[], when: string): string {
  return `${names.join(', ')} cannot be changed once ${when}.`
}

function changed(
  members: readonly Member[],
  before: JsonObject,
  after: JsonObject,
): readonly string[] {
  return members
    .filter((it) => contentText(valueOf(it, before)) !== contentText(valueOf(it, after)))
    .map(nameOf)
}

function valueOf(it: Member, object: JsonObject): Json | undefined {
  return typeof it === 'string' ? member(object, it) : it.of(object)
}

/** As documentation and refusals name it. */
export function nameOf(it: Member): string {
  return typeof it === 'string' ? it : it.name
}

/** Members of an object that may be said once, when it is made: nobody changes them, whatever its state. */
export function saidOnce({ freezes }: Frozen): readonly string[] {
  return freezes
    .filter((it) => it.in === undefined && it.each === undefined)
    .flatMap((it) => it.members.map(nameOf))
    .map((it) => it.split('.')[0] ?? it)
}

/** Equal for equal content, however it is written: the order of lists, the case of UUIDs, the zeros of numbers say nothing. */
export function contentText(it: Json | undefined, name = ''): string {
  if (it === undefined) return ''
  if (Array.isArray(it)) {
    const all = it.map((one: Json) => contentText(one))
    return `[${all.toSorted().join()}]`
  }
  const decimal = numberText(it) === undefined ? undefined : decimalIn(it)
  if (decimal !== undefined) return decimalText(decimal)
  if (isObject(it)) {
    const names = Object.keys(it).toSorted()
    return `{${names.map((one) => `${one}:${contentText(it[one], one)}`).join()}}`
  }
  return writeJson(name === 'mRID' && typeof it === 'string' ? idKey(it) : it)
}
