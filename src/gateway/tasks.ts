// What a message asks for, object by object: its payload, its Payload/ID or the operations of its OperationSet.

import type { Verb } from '../envelope/verbs.ts'
import { isVerb, requestVerbOf, verbRow } from '../envelope/verbs.ts'
import { isObject, isTrue, member, numberText } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { objectsIn } from './content.ts'
import type { ContentOf, NounContent } from './content.ts'
import { identifiedIn } from './identified.ts'
import { idKey } from './identity.ts'

/** What a request verb asks for; `cancel` and `close` are steps of a lifecycle that leave the content alone. */
const KINDS = ['create', 'change', 'delete', 'cancel', 'close'] as const

/** `removeParts` is a delete with elementOperation; `nothing` a verb that is possible, without an object to it. */
export type TaskKind = (typeof KINDS)[number] | 'removeParts' | 'nothing' | 'unknown'

/** One thing to be done with one object. */
export interface Task {
  readonly kind: TaskKind
  readonly noun: string
  readonly object: JsonObject
  /** what an ID without kind may mean besides: a name, where no object has it as its mRID */
  readonly otherwise?: JsonObject
  /** from an event: what it says has happened, whether or not we knew the object before */
  readonly reported: boolean
  /** party that sends it; absent where it is nobody's message */
  readonly by?: string
  /** the verb as written, for answers */
  readonly verb: string
  /** the step of its lifecycle that the object is to take, and no other */
  readonly step?: string
  /** exactly as written */
  readonly operationId?: string
}

/** Everything that a message asks for. */
export interface Work {
  /** at least one: what names no object is a task too, so that nothing is ever answered OK unread */
  readonly tasks: readonly Task[]
  /** all or nothing (IEC 61968-100:2013 6.10) */
  readonly integrity: boolean
  /** in the order given, so that nothing is attempted behind an operation that has failed */
  readonly sequence: boolean
}

/** The same, each task by this step of its lifecycle where one is asked for. */
export function bySteps(work: Work, step: string | undefined): Work {
  return step === undefined ? work : { ...work, tasks: work.tasks.map((it) => ({ ...it, step })) }
}

/** @param message a valid request or event as CIM-JSON */
export function workOf(message: JsonObject, contentOf: ContentOf, by?: string): Work {
  const work = allOf(message, contentOf)
  return by === undefined ? work : { ...work, tasks: work.tasks.map((it) => ({ ...it, by })) }
}

function allOf(message: JsonObject, contentOf: ContentOf): Work {
  const header = member(message, 'header')
  const verb = text(member(header, 'Verb')) ?? ''
  const payload = entriesOf(member(message, 'payload'))
  const set = payload.find(([name]) => name === 'OperationSet')?.[1]
  if (set !== undefined) return operations(set, verb, contentOf)
  const noun = text(member(header, 'Noun')) ?? ''
  const objects = payload.flatMap(([name, value]) => {
    if (name === 'ID') return idsOf(value)
    return name === noun ? objectsOf(value, contentOf(name)).map((object) => ({ object })) : []
  })
  return { tasks: tasksOf(objects, { ...kindOf(verb), noun, verb }), ...LOOSE }
}

/** Objects side by side do not depend on each other. */
const LOOSE = { integrity: false, sequence: false }

type About = Omit<Task, keyof Named>

function tasksOf(objects: readonly Named[], about: About): readonly Task[] {
  if (objects.length > 0)
    return objects.map((it) => ({ ...about, ...it, object: withoutBlankId(it.object) }))
  const kind = about.kind === 'unknown' ? about.kind : 'nothing'
  return [{ ...about, kind, object: {} }]
}

/** A blank mRID is none: it is not to stand in the place of the one by which the object is kept. */
function withoutBlankId(object: JsonObject): JsonObject {
  const mRID = member(object, 'mRID')
  if (typeof mRID !== 'string' || mRID.trim() !== '') return object
  const { mRID: _blank, ...rest } = object
  return rest
}

function kindOf(verb: string): Pick<Task, 'kind' | 'reported'> {
  const reported = verbRow(verb)?.kind === 'event'
  const asked = reported ? (requestVerbOf(verb) ?? verb) : verb
  return { kind: KINDS.find((it) => it === asked) ?? 'unknown', reported }
}

function operations(set: Json, verb: string, contentOf: ContentOf): Work {
  const list = member(set, 'Operation')
  const all: readonly Json[] = Array.isArray(list) ? list : []
  const reported = verbRow(verb)?.kind === 'event'
  const tasks = all.flatMap((it) => (isObject(it) ? operationTasks(it, reported, contentOf) : []))
  return {
    tasks: tasks.length > 0 ? tasks : [EMPTY_SET],
    integrity: isTrue(member(set, 'enforceTransactionalIntegrity')),
    // What an event reports has happened, whatever we make of the one before.
    sequence: !reported && isTrue(member(set, 'enforceMsgSequence')),
  }
}

const EMPTY_SET: Task = {
  kind: 'unknown',
  noun: 'OperationSet',
  verb: 'execute',
  object: {},
  reported: false,
}

function operationTasks(
  operation: JsonObject,
  reported: boolean,
  contentOf: ContentOf,
): readonly Task[] {
  const verb = text(member(operation, 'verb')) ?? ''
  const [root, content] =
    Object.entries(operation).find(([name]) => !OPERATION_PARTS.includes(name)) ?? []
  const objects =
    content === undefined || root === undefined ? [] : objectsOf(content, contentOf(root))
  const { kind } = kindOf(verb)
  const removes = kind === 'delete' && isTrue(member(operation, 'elementOperation'))
  const operationId = numberText(operation['operationId']) ?? text(operation['operationId'])
  const named = objects.map((object) => ({ object }))
  return tasksOf(named, {
    kind: removes ? 'removeParts' : kind,
    noun: text(member(operation, 'noun')) ?? root ?? '',
    reported,
    verb,
    ...(operationId === undefined ? {} : { operationId }),
  })
}

/** Members of an operation beside what it is about. */
export const OPERATION_PARTS: readonly string[] = [
  'operationId',
  'noun',
  'verb',
  'elementOperation',
  '#ext',
  '#order',
]

function objectsOf(root: Json, noun: NounContent | undefined): readonly JsonObject[] {
  return noun === undefined ? [] : objectsIn(root, noun)
}

/** Payload is an object, or an array of one-key objects. */
export function entriesOf(payload: Json | undefined): readonly (readonly [string, Json])[] {
  const objects = Array.isArray(payload) ? payload : [payload]
  return objects.flatMap((it: Json | undefined) => (isObject(it) ? Object.entries(it) : []))
}

/** The objects of a noun that stand in a payload by themselves: not those of an OperationSet. */
export function objectsFor(payload: Json | undefined, content: NounContent): readonly JsonObject[] {
  return entriesOf(payload).flatMap(([name, root]) =>
    name === content.noun ? objectsIn(root, content) : [],
  )
}

/** An object, or the identity of one, and what that may mean besides. */
export type Named = Pick<Task, 'object' | 'otherwise'>

/**
 * IDs as objects with nothing but their identity: kind says whether one is an mRID or a name, without kind it is
 * an mRID, otherwise a name. The idType of a name is its NameType, the idAuthority that type's authority.
 */
export function idsOf(ids: Json | undefined): readonly Named[] {
  const list: readonly Json[] = Array.isArray(ids) ? ids : []
  return list.map((it) => {
    const value = text(it) ?? text(member(it, '$')) ?? ''
    const kind = text(member(it, '@kind'))
    const [byId, byName] = [{ mRID: value }, { Names: [nameOfId(it, value)] }]
    if (kind === undefined) return { object: byId, otherwise: byName }
    return { object: kind === 'uuid' || kind === 'other' ? byId : byName }
  })
}

function nameOfId(id: Json, name: string): JsonObject {
  const [type, authority] = [text(member(id, '@idType')), text(member(id, '@idAuthority'))]
  if (type === undefined) return { name }
  const by = authority === undefined ? {} : { NameTypeAuthority: { name: authority } }
  return { name, NameType: { name: type, ...by } }
}

/** Keys by which a store is asked for objects of one noun. */
export interface Keys {
  readonly ids: readonly string[]
  readonly names: readonly string[]
}

/** The identities that a piece of work touches, by noun, so that they can be read at once. */
export function touched(work: Work): ReadonlyMap<string, Keys> {
  const nouns = new Map<string, { ids: string[]; names: string[] }>()
  for (const { noun, ...it } of work.tasks) {
    const entry = nouns.get(noun) ?? { ids: [], names: [] }
    for (const { mRID, names } of [it.object, it.otherwise].map((one) => identifiedIn(noun, one))) {
      if (mRID !== undefined) entry.ids.push(idKey(mRID))
      entry.names.push(...names)
    }
    nouns.set(noun, entry)
  }
  return nouns
}

/** The verb of the Header, when it is one. */
export function verbOf(message: JsonObject): Verb | undefined {
  const verb = text(member(member(message, 'header'), 'Verb'))
  return isVerb(verb) ? verb : undefined
}

/** The Noun of the Header. */
export function nounIn(message: JsonObject): string | undefined {
  return text(member(member(message, 'header'), 'Noun'))
}

/** A string; undefined for anything else. */
export function text(it: Json | undefined): string | undefined {
  return typeof it === 'string' ? it : undefined
}
