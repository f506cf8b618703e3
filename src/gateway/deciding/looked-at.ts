// What the rules of flows look at besides the objects of a message: objects that these name, and whoever has what they claim.

import type { Flow, Reference } from '../../flows/flow.ts'
import type { Search } from '../../flows/search.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { begunBy, begunOf } from './begun.ts'
import { claimKey, claimKeys } from './claims.ts'
import { identifiedIn } from '../identified.ts'
import { idKey } from '../identity.ts'
import { merged } from '../merge.ts'
import { foundIn, referred } from './placed.ts'
import type { StoredObject } from '../ports.ts'
import type { Keys, Task, Work } from '../tasks.ts'
import { worldOf } from '../world.ts'
import type { World } from '../world.ts'

type FlowOf = (noun: string, verb: string) => Flow | undefined

/**
 * Keys by noun; none where no flow of the work looks at anything else.
 * @param known the objects of the work itself, and what has been looked at already: that may lead to more
 */
export function lookedAt(
  work: Work,
  known: readonly StoredObject[],
  flowOf: FlowOf,
): ReadonlyMap<string, Keys> {
  const nouns = new Map<string, { ids: string[]; names: string[] }>()
  const curious = work.tasks.filter(({ noun, verb }) => looks(flowOf(noun, verb)))
  if (curious.length === 0) return nouns
  const world = worldOf(known)
  const find = (it: Reference) => referred(world, it)
  const all = (it: Search) => foundIn(world, it)
  const add = (noun: string, { ids, names }: Keys) => {
    const entry = nouns.get(noun) ?? { ids: [], names: [] }
    entry.ids.push(...ids)
    entry.names.push(...names)
    nouns.set(noun, entry)
  }
  for (const task of curious) {
    const flow = flowOf(task.noun, task.verb)
    if (flow === undefined) continue
    const object = filledFor(flow, asAsked(task, world, flow), task, world)
    add(task.noun, { ids: [], names: claimKeys(flow, object, { find, by: task.by }) })
    if (flow.begins !== undefined) add(begunOf(task.noun), { ids: [begunBy(task)], names: [] })
    const named = [...(flow.refers?.(object) ?? []), ...(flow.leadsTo?.(object, find, all) ?? [])]
    for (const it of named) add(it.noun, keysOf(it))
  }
  return nouns
}

/** What has to be searched for, once it is known what the objects of the work name. */
export function searchesOf(
  work: Work,
  known: readonly StoredObject[],
  flowOf: FlowOf,
): readonly Search[] {
  const searching = work.tasks.filter(({ noun, verb }) => flowOf(noun, verb)?.searches)
  if (searching.length === 0) return []
  const world = worldOf(known)
  const find = (it: Reference) => referred(world, it)
  return searching.flatMap((task) => {
    const found = world.find(task.noun, task.object)
    const before = found.kind === 'one' ? found.held.object : undefined
    const flow = flowOf(task.noun, task.verb)
    const after = asAsked(task, world, flow)
    return flow?.searches?.(before, after, find, task.kind === 'delete') ?? []
  })
}

/** True where what is looked at may lead to more. */
export function looksFurther(work: Work, flowOf: FlowOf): boolean {
  return work.tasks.some(({ noun, verb }) => {
    const { leadsTo, claims } = flowOf(noun, verb) ?? {}
    return (leadsTo ?? claims?.knowing) !== undefined
  })
}

/** Keys by noun that have been asked for. */
export type Asked = Map<string, Set<string>>

/** The keys that have not been asked for yet, each once: from now on they have. */
export function unasked(keys: ReadonlyMap<string, Keys>, asked: Asked): ReadonlyMap<string, Keys> {
  const fresh = new Map<string, Keys>()
  for (const [noun, { ids, names }] of keys) {
    const known = asked.get(noun) ?? new Set()
    asked.set(noun, known)
    const isNew = (it: string) => known.size < known.add(it).size
    const kept = { ids: ids.filter(isNew), names: names.filter(isNew) }
    if (kept.ids.length + kept.names.length > 0) fresh.set(noun, kept)
  }
  return fresh
}

function looks(flow: Flow | undefined): boolean {
  const { claims, refers, leadsTo, registers } = flow ?? {}
  return (claims ?? refers ?? leadsTo ?? registers) !== undefined
}

/** A new one with what follows from what it refers to, as far as that is known. */
function filledFor(flow: Flow, object: JsonObject, { noun, ...task }: Task, world: World) {
  if (flow.filled === undefined || world.find(noun, task.object).kind !== 'none') return object
  return flow.filled(object, (it) => referred(world, it))
}

/** The object as it would be, as far as what it names goes; a verb without content says what it is to be. */
function asAsked({ noun, object, kind }: Task, world: World, flow: Flow | undefined): JsonObject {
  const found = world.find(noun, object)
  if (found.kind !== 'one') return object
  const after = merged(found.held.object, object)
  return kind === 'cancel' || kind === 'close' ? (flow?.asks?.[kind]?.(after) ?? after) : after
}

/** The keys by which a store has what is referred to. */
export function keysOf({ noun, object, claim }: Reference): Keys {
  if (claim !== undefined) return { ids: [], names: [claimKey(claim)] }
  const { mRID, names } = identifiedIn(noun, object)
  return { ids: mRID === undefined ? [] : [idKey(mRID)], names }
}
