// What a message asks for, object by object: its payload, its Payload/ID or the operations of its OperationSet.

import type { Verb } from '../envelope/verbs.ts'
import { isVerb, requestVerbOf, verbRow } from '../envelope/verbs.ts'
import { isObject, member, numberText } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { identityOf, idKey, isUuid } from './identity.ts'

/** One thing to be done with one object. */
export interface Task {
  readonly kind: 'create' | 'change' | 'delete' | 'removeParts' | 'unknown'
  readonly noun: string
  readonly object: JsonObject
  /** from an event: what it says has happened, whether or not we knew the object before */
  readonly reported: boolean
  /** the verb as written, for answers */
  readonly verb: string
  readonly operationId?: string
}

/** Everything that a message asks for. */
export interface Work {
  readonly tasks: readonly Task[]
  /** all or nothing (IEC 61968-100:2013 6.10) */
  readonly integrity: boolean
}

/** @param elementOf name of the object element of a noun; undefined for nouns without identified objects */
export function workOf(message: JsonObject, elementOf: (noun: string) => string | undefined): Work {
  const header = member(message, 'header')
  const verb = text(member(header, 'Verb')) ?? ''
  const set = entriesOf(member(message, 'payload')).find(([name]) => name === 'OperationSet')?.[1]
  if (set !== undefined) return operations(set, verb, elementOf)
  const noun = text(member(header, 'Noun')) ?? ''
  return {
    tasks: objectsIn(message, noun, elementOf).map((object) => taskOf(verb, noun, object)),
    integrity: false,
  }
}

function taskOf(verb: string, noun: string, object: JsonObject, operationId?: string): Task {
  const reported = verbRow(verb)?.kind === 'event'
  const asked = reported ? (requestVerbOf(verb) ?? verb) : verb
  const kind = asked === 'create' || asked === 'change' || asked === 'delete' ? asked : 'unknown'
  return {
    kind,
    noun,
    object,
    reported,
    verb,
    ...(operationId === undefined ? {} : { operationId }),
  }
}

function operations(
  set: Json,
  verb: string,
  elementOf: (noun: string) => string | undefined,
): Work {
  const list = member(set, 'Operation')
  const all: readonly Json[] = Array.isArray(list) ? list : []
  const reported = verbRow(verb)?.kind === 'event'
  return {
    tasks: all.flatMap((it) => operationTasks(it, reported, elementOf)),
    integrity: isTrue(member(set, 'enforceTransactionalIntegrity')),
  }
}

function operationTasks(
  operation: Json,
  reported: boolean,
  elementOf: (noun: string) => string | undefined,
): readonly Task[] {
  if (!isObject(operation)) return []
  const verb = text(member(operation, 'verb')) ?? ''
  const operationId = numberText(operation['operationId']) ?? text(operation['operationId'])
  const [root, content] =
    Object.entries(operation).find(([name]) => !OPERATION_PARTS.includes(name)) ?? []
  const noun = text(member(operation, 'noun')) ?? root ?? ''
  const objects =
    content === undefined || root === undefined ? [] : objectsOf(content, elementOf(root))
  const parts =
    isTrue(member(operation, 'elementOperation')) && ['delete', 'deleted'].includes(verb)
  return objects.map((object) => {
    const task = { ...taskOf(verb, noun, object, operationId), reported }
    return parts ? { ...task, kind: 'removeParts' as const } : task
  })
}

const OPERATION_PARTS: readonly string[] = [
  'operationId',
  'noun',
  'verb',
  'elementOperation',
  '#ext',
  '#order',
]

/** Objects of the payload; those that Payload/ID only names are objects with nothing but their identity. */
export function objectsIn(
  message: JsonObject,
  noun: string,
  elementOf: (noun: string) => string | undefined,
): readonly JsonObject[] {
  return entriesOf(member(message, 'payload')).flatMap(([name, value]) => {
    if (name === 'ID') return idsOf(value)
    return name === noun ? objectsOf(value, elementOf(name)) : []
  })
}

function objectsOf(content: Json, element: string | undefined): readonly JsonObject[] {
  const list = element === undefined ? undefined : member(content, element)
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** Payload is an object, or an array of one-key objects. */
export function entriesOf(payload: Json | undefined): readonly (readonly [string, Json])[] {
  const objects = Array.isArray(payload) ? payload : [payload]
  return objects.flatMap((it: Json | undefined) => (isObject(it) ? Object.entries(it) : []))
}

/** IDs as objects: kind says whether one is an mRID or a name; without kind a UUID is an mRID. */
export function idsOf(ids: Json | undefined): readonly JsonObject[] {
  const list: readonly Json[] = Array.isArray(ids) ? ids : []
  return list.map((it) => {
    const value = text(it) ?? text(member(it, '$')) ?? ''
    const kind = text(member(it, '@kind')) ?? (isUuid(value) ? 'uuid' : 'name')
    return kind === 'uuid' || kind === 'other' ? { mRID: value } : { Names: [{ name: value }] }
  })
}

/** The identities that a piece of work touches, so that they can be read at once. */
export function touched(
  work: Work,
): ReadonlyMap<string, { readonly ids: readonly string[]; readonly names: readonly string[] }> {
  const nouns = new Map<string, { ids: string[]; names: string[] }>()
  for (const { noun, object } of work.tasks) {
    const { mRID, names } = identityOf(object)
    const entry = nouns.get(noun) ?? { ids: [], names: [] }
    if (mRID !== undefined) entry.ids.push(idKey(mRID))
    entry.names.push(...names)
    nouns.set(noun, entry)
  }
  return nouns
}

/** The verb of the Header, when it is one. */
export function verbOf(message: JsonObject): Verb | undefined {
  const verb = text(member(member(message, 'header'), 'Verb'))
  return isVerb(verb) ? verb : undefined
}

export function text(it: Json | undefined): string | undefined {
  return typeof it === 'string' ? it : undefined
}

function isTrue(it: Json | undefined): boolean {
  return it === true || it === '1' || it === 'true'
}
