// What an answer says of each object of its message, in their order: as it was decided here, or as a party has said it of the objects
// that it names.

import type { ReplyError } from '../envelope/reply.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { identityOf, namePartsOf } from './identity.ts'
import { POSITION } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { Unrendered } from './received.ts'
import { businessKeysOf } from './relay/business-keys.ts'

/** What is said of one object. */
export interface ItemSaid {
  /** why it has not been done; none = it has */
  readonly errors: readonly ReplyError[]
  /** what else: that it is only on its way, or has been there before */
  readonly notes: readonly ReplyError[]
  /** by which it is known from now on */
  readonly mRID: string | undefined
}

/** @param objects of the message that was sent, in their order */
export function itemsSaid(said: Unrendered, objects: readonly Json[]): readonly ItemSaid[] {
  const { refusedHere = NO_PLACES } = said
  // Of those that were not sent on nothing is known but why.
  const placeOf = new Map<number, number>()
  for (const at of objects.keys()) if (!refusedHere.has(at)) placeOf.set(at, placeOf.size)
  const among = <T>(all: readonly T[], at: number): T | undefined => all[placeOf.get(at) ?? -1]
  const outcomes = said.decision?.outcomes ?? []
  const isDecided = outcomes.length === placeOf.size
  const kept = isDecided ? objects.map((_, at) => among(outcomes, at)?.after?.object ?? null) : []
  // Where nothing has failed it only goes on later.
  const isError = (it: ReplyError) => said.result !== 'OK' && isFailure(it)
  const { about, orphans } = attributed(said.errors, { objects, kept, isError })
  const done = isDecided ? NOBODY : doneIn(outcomes)
  const back = returnedIn(said, placeOf.size)
  const later = said.errors.filter((it) => it.code === '0.3').slice(0, 1)
  // All has failed by what is said of the whole. In part: what is said of nothing that anybody sent may be about any of them.
  const rest = said.result === 'FAILED' ? said.errors.slice(0, 1) : orphans
  const all = objects.map((object, at): ItemSaid => {
    const own = about.get(at) ?? []
    const isHere = refusedHere.has(at)
    const outcome = isDecided ? among(outcomes, at) : undefined
    const notes = [...new Set([...(isHere ? [] : later), ...own.filter((it) => !isError(it))])]
    const mRID = identityOf(outcome?.after?.object).mRID ?? identityOf(among(back, at)).mRID
    // What a party has done is done, also where our own record of it cannot be whole.
    if (outcome !== undefined)
      return { mRID, notes, errors: said.result === 'OK' ? [] : outcome.errors }
    const errors = own.filter(isError)
    const isDone =
      said.result === 'OK' ||
      done.has(identityOf(object).mRID ?? '') ||
      own.some(({ code }) => code === '0.0')
    return { mRID, notes, errors: errors.length > 0 || isDone ? errors : rest }
  })
  return isDecided ? all : withMade(all, outcomes)
}

/** Where only a part has been done by our own record, what was made is that of what has not failed, in their order. */
function withMade(all: readonly ItemSaid[], outcomes: readonly Outcome[]): readonly ItemSaid[] {
  const made = outcomes.map((it) => identityOf(it.after?.object).mRID)
  const done = all.filter(({ errors }) => errors.length === 0)
  if (made.length !== done.length || outcomes.some(({ errors }) => errors.length > 0)) return all
  let next = 0
  return all.map((it) => (it.errors.length > 0 ? it : { ...it, mRID: made[next++] ?? it.mRID }))
}

const NO_PLACES: ReadonlySet<number> = new Set()

const NOBODY: ReadonlySet<string> = new Set()

function isFailure({ code }: ReplyError): boolean {
  return !code.startsWith('0.')
}

/** mRIDs of what a party has done by our own record. */
function doneIn(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const done = outcomes.filter(({ errors }) => errors.length === 0)
  return new Set(done.flatMap(({ task }) => identityOf(task.object).mRID ?? []))
}

interface Attributed {
  /** by the places of the objects */
  readonly about: ReadonlyMap<number, readonly ReplyError[]>
  /** errors about nothing that was sent */
  readonly orphans: readonly ReplyError[]
}

interface Meant {
  readonly objects: readonly Json[]
  /** what each has become, where that is known */
  readonly kept: readonly Json[]
  readonly isError: (it: ReplyError) => boolean
}

/** Errors name an object by its place, its mRID or one of its names; or by what it is about, as a device that is reserved. */
function attributed(errors: readonly ReplyError[], { objects, kept, isError }: Meant): Attributed {
  const places = placesBy(objects, (it, at) => [...keysIn(it), ...keysIn(kept[at] ?? null)])
  let inside: ReadonlyMap<string, readonly number[]> | undefined
  const within = (key: string) => (inside ??= placesBy(objects, keysInside)).get(key) ?? []
  const about = new Map<number, ReplyError[]>()
  const orphans: ReplyError[] = []
  for (const error of errors) {
    const { id } = error
    const isPlace = id?.['@idType'] === POSITION
    const key = id?.$ ?? ''
    const found = isPlace ? [Number(key) - 1] : (places.get(key) ?? within(key))
    const belonging = found.length > 1 ? new Set(within(error.relatedID?.$ ?? '')) : new Set()
    const narrowed = found.filter((at) => belonging.has(at))
    const named = narrowed.length > 0 ? narrowed : found
    // Of a message about one object nothing need be named.
    const own = id === undefined && objects.length === 1 && !isError(error) ? [0] : named
    if (own.length === 0 && isError(error)) orphans.push(error)
    for (const at of own) about.set(at, [...(about.get(at) ?? []), error])
  }
  return { about, orphans }
}

function placesBy(
  objects: readonly Json[],
  keysOf: (object: Json, at: number) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  objects.forEach((object, at) => {
    for (const key of new Set(keysOf(object, at))) {
      const known = places.get(key)
      if (known === undefined) places.set(key, [at])
      else known.push(at)
    }
  })
  return places
}

function keysInside(object: Json): readonly string[] {
  return isObject(object) ? businessKeysOf({ payload: object }).map(([, key]) => key) : []
}

function keysIn(object: Json): readonly string[] {
  const { mRID, names } = identityOf(object)
  return [...(mRID === undefined ? [] : [mRID]), ...names.map((it) => namePartsOf(it).name)]
}

/** The objects that a party has given back, where all are there. */
function returnedIn({ payload }: Unrendered, count: number): readonly Json[] {
  const [root] = isObject(payload) ? Object.values(payload) : []
  const [list] = isObject(root) ? Object.values(root).filter((it) => Array.isArray(it)) : []
  return Array.isArray(list) && list.length === count ? list : []
}
