// What objects share with nobody, or with few: kept in the store's index of names, which is unique within a noun, so
// that two messages at the same time cannot both have it.

import type { Around, Claim, Flow, Reference } from '../../flows/flow.ts'
import type { Saying } from '../../flows/saying.ts'
import { statesOf } from '../../lifecycles/lifecycle.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { claimText, underPrefix } from '../index-keys.ts'
import { idOfObject } from '../outcome.ts'
import type { Refusal } from '../outcome.ts'
import { keysRegistered, registrations } from './registered.ts'
import type { Case } from './settle.ts'
import type { Held, World } from '../world.ts'

/** Every key under which somebody may have what this object claims in any of its states. */
export function claimKeys(
  flow: Flow,
  object: JsonObject,
  { find, by = '' }: ClaimedBy,
): readonly string[] {
  if (flow.claims === undefined) return keysRegistered(flow, object)
  // In most states it claims the same.
  const own = new Map<string, Claim>()
  for (const claim of inAnyState(flow, object, { find, by })) {
    const text = `${claim.rule} ${claim.key}`
    if ((own.get(text)?.places ?? 0) < (claim.places ?? 1)) own.set(text, claim)
  }
  return [...new Set([...[...own.values()].flatMap(keysOf), ...keysRegistered(flow, object)])]
}

/** The rules by which somebody may have what this object claims in any of its states, as far as that one is the same. */
export function claimRules(flow: Flow, object: JsonObject): readonly string[] {
  return inAnyState(flow, object, { find: NOTHING_KNOWN, by: '' }).flatMap(({ rule, rival }) =>
    rival ? [] : rule,
  )
}

/** Each as often as it is claimed. */
function inAnyState(
  { claims: { always, ...others } = {}, lifecycle }: Pick<Flow, 'claims' | 'lifecycle'>,
  object: JsonObject,
  by: ClaimedBy,
): readonly Claim[] {
  const states = (others.inState ?? others.knowing) ? statesOf(lifecycle) : []
  return [
    ...(always?.(object) ?? []),
    ...states.flatMap((state) => claimsOf({ claims: others }, { object, state }, by)),
  ]
}

/** What it claims in the state that it is in. */
function claimsOf(
  { claims: { always, inState, knowing } = {} }: Pick<Flow, 'claims'>,
  { object, state }: Pick<Held, 'object' | 'state'>,
  { find, by = '' }: ClaimedBy,
): readonly Claim[] {
  return [
    ...(always?.(object) ?? []),
    ...(inState?.(object, state) ?? []),
    ...(knowing?.(object, state, find, by) ?? []),
  ]
}

/** What is known, and the party that sends it. */
interface ClaimedBy extends Pick<Around, 'find'> {
  readonly by?: string | undefined
}

/** True where the flow tells by a key of the object's own whether another one is the same. */
export function tellsTheSame(
  held: Pick<Held, 'object' | 'state'>,
  flow: Flow,
  by: ClaimedBy,
): boolean {
  return claimsOf(flow, held, by).some(({ same }) => same !== undefined)
}

const NOTHING_KNOWN = () => undefined

/** The keys that an object takes, or who has them already; `repeats` where that one says the same. */
export function claimed(
  { noun, id, object, state }: Pick<Held, 'noun' | 'id' | 'object' | 'state'>,
  flow: Flow,
  { world, task, context, find }: Pick<Case, 'world' | 'task' | 'context'> & Pick<Around, 'find'>,
): Claiming | { readonly repeats: Held; readonly saying?: Saying } | Refusal {
  const keys: string[] = []
  const taken: Held[] = []
  for (const claim of claimsOf(flow, { object, state }, { find, by: task.by })) {
    const places = keysOf(claim).map((key) => ({ key, held: world.claimant(noun, key) }))
    const others = places.flatMap(({ held }) => (held === undefined || held.id === id ? [] : held))
    const clash = others.find((it) => claim.clashes?.(it.object) ?? true)
    if (clash !== undefined && claim.same?.(clash.object)) return repeating(clash, claim)
    if (clash !== undefined && claim.takes?.(clash.object)) {
      keys.push(...keysOf(claim))
      taken.push(clash)
      continue
    }
    if (clash !== undefined && claim.yields === true) continue
    if (clash !== undefined) return clashing(claim, clash, flow, context)
    const free = places.find(({ held }) => held === undefined || held.id === id)
    if (free === undefined) return { code: '3.2', rule: claim.rule, reason: FULL }
    keys.push(free.key)
  }
  const shared = flow.under?.(object, state).map((it) => `${underPrefix(it)}${id}`) ?? []
  return { keys: [...keys, ...shared, ...registrations({ noun, id, object }, flow, world)], taken }
}

function repeating(repeats: Held, { repeated }: Claim) {
  return repeated === undefined ? { repeats } : { repeats, saying: repeated }
}

/** What an object claims, and from whom it takes that. */
export interface Claiming {
  readonly keys: readonly string[]
  readonly taken: readonly Held[]
}

/** Those from whom something is taken no longer have it; nothing else about them changes, and nobody is told of it. */
export function release({ keys, taken }: Claiming, world: World): void {
  for (const it of new Set(taken)) {
    const claims = (it.claims ?? []).filter((key) => !keys.includes(key))
    world.put({ ...it, claims, revision: world.nextRevision(it.noun, it.id) })
  }
}

const FULL = 'As many objects as may share this share it already.'

/** Who has it is told to whoever may know of it. */
function clashing(
  { rule, reason, reasonBy, code }: Claim,
  other: Held,
  flow: Flow,
  { isShown }: Pick<Case['context'], 'isShown'>,
): Refusal {
  const clash = { code: code?.(other.object) ?? '6.1', rule }
  if (!isShown(other.owner)) return { ...clash, reason }
  const id = idOfObject(other.object, flow.objectType)
  return {
    ...clash,
    reason: reasonBy?.(other.object) ?? `${reason} ${flow.objectType} ${id?.$ ?? other.id} has it.`,
    ...(id === undefined ? {} : { relatedID: id }),
  }
}

/** The key of a claim; of one that several can have, that of one place. */
export function claimKey({ rule, key, place = 0 }: NonNullable<Reference['claim']>): string {
  return claimText(rule, key, place)
}

function keysOf({ rule, key, places = 1 }: Claim): readonly string[] {
  return Array.from({ length: places }, (_, place) => claimKey({ rule, key, place }))
}
