// Answers a get: by the identities that the query names, or all objects of the noun.

import type { ReplyError } from '../envelope/reply.ts'
import type { Flow } from '../flows/flow.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Said } from './answer.ts'
import { hasIdentity, idKey, identityOf, nameOf, sameIdentity } from './identity.ts'
import { objectField } from './nouns.ts'
import { idOf, named } from './outcome.ts'
import type { Store } from './ports.ts'
import { idsOf, text } from './tasks.ts'
import { heldOf } from './world.ts'

/** Most objects that one reply carries; a query for more is answered in part (reply code 0.2). */
const MOST_OBJECTS = 10_000

export interface QueryParts {
  readonly store: Store
  readonly schemas: SchemaSet
  readonly flow: (noun: string, verb: string) => Flow | undefined
}

/** @param message a get, with the query's own noun or the object's in its Header */
export async function query(message: JsonObject, parts: QueryParts): Promise<Said> {
  const asked = text(member(member(message, 'header'), 'Noun')) ?? ''
  const noun = parts.schemas.catalogue.queried(asked) ?? asked
  const flow = parts.flow(noun, 'get')
  if (flow === undefined)
    return {
      result: 'FAILED',
      errors: [{ code: '2.9', level: 'FATAL', reason: `get is not possible with ${noun}.` }],
    }
  const field = objectField(parts.schemas, noun)
  const wanted = wantedIn(message, parts.schemas)
  const found =
    wanted.length === 0
      ? await all(parts.store, noun)
      : await some(parts.store, noun, field?.decl.name, wanted)
  const missing = wanted.filter((it) => !found.objects.some((one) => matches(one, it.object)))
  const errors = [...missing.map((it) => unknown(flow, it.object)), ...(found.more ? [MORE] : [])]
  return saidOf(noun, field?.decl.name ?? '', found.objects, errors)
}

function saidOf(
  noun: string,
  element: string,
  objects: readonly JsonObject[],
  errors: readonly ReplyError[],
): Said {
  const payload = objects.length === 0 ? {} : { payload: { [noun]: { [element]: objects } } }
  if (errors.length === 0) return { result: 'OK', ...payload }
  if (objects.length === 0) return { result: 'FAILED', errors }
  return {
    result: 'PARTIAL',
    errors: [...(errors.includes(MORE) ? [] : [SOME]), ...errors],
    ...payload,
  }
}

const SOME: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: 'Some of what was asked for does not exist.',
}
const MORE: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: `More than ${MOST_OBJECTS} objects match; the first are given.`,
  details: 'Name the objects that are wanted.',
}

/** An object that the query names, and the element it was named by. */
interface Wanted {
  readonly element: string | undefined
  readonly object: JsonObject
}

/** Identified elements of the query profile in Request, and Request/ID. */
function wantedIn(message: JsonObject, schemas: SchemaSet): readonly Wanted[] {
  const request = member(message, 'request')
  const ids = idsOf(member(request, 'ID')).map((object) => ({ element: undefined, object }))
  const roots = isObject(request)
    ? Object.entries(request).filter(([name]) => schemas.catalogue.isNoun(name))
    : []
  const named = roots
    .flatMap(([, root]) => (isObject(root) ? Object.entries(root) : []))
    .flatMap(([element, list]) => identified(list).map((object) => ({ element, object })))
  return [...ids, ...named]
}

function identified(list: Json): readonly JsonObject[] {
  return Array.isArray(list)
    ? list.filter((it): it is JsonObject => isObject(it) && hasIdentity(it))
    : []
}

interface FoundObjects {
  readonly objects: readonly JsonObject[]
  readonly more: boolean
}

async function all(store: Store, noun: string): Promise<FoundObjects> {
  const { objects, next } = await store.page(noun, { limit: MOST_OBJECTS })
  return { objects: objects.map((it) => heldOf(it).object), more: next !== null }
}

/** By key where the query names the object itself; by search where it names something inside it, such as the group of a forecast. */
async function some(
  store: Store,
  noun: string,
  element: string | undefined,
  wanted: readonly Wanted[],
): Promise<FoundObjects> {
  if (wanted.some((it) => it.element !== undefined && it.element !== element)) {
    const { objects, more } = await all(store, noun)
    return { objects: objects.filter((it) => wanted.some((one) => matches(it, one.object))), more }
  }
  const identities = wanted.map((it) => identityOf(it.object))
  const ids = identities.flatMap((it) => (it.mRID === undefined ? [] : [idKey(it.mRID)]))
  const stored = await store.objects(
    noun,
    ids,
    identities.flatMap((it) => it.names),
  )
  const objects = stored.map((it) => heldOf(it).object)
  return {
    objects: objects.filter((it) => wanted.some((one) => matches(it, one.object))),
    more: false,
  }
}

/** The object itself, or one of the objects directly inside it. */
function matches(object: JsonObject, wanted: JsonObject): boolean {
  return (
    sameIdentity(object, wanted) ||
    Object.values(object).some((it) => isObject(it) && sameIdentity(it, wanted))
  )
}

function unknown(flow: Flow, object: JsonObject): ReplyError {
  const { mRID, names } = identityOf(object)
  const id =
    mRID !== undefined
      ? idOf(flow.objectType, mRID)
      : named(flow.objectType, nameOf(names[0] ?? '["","",""]'))
  return {
    code: '99.1',
    level: 'FATAL',
    rule: 'NOT-FOUND',
    reason: `The ${flow.objectType} ${id.$} does not exist.`,
    id,
  }
}
