// What became of one task, and how a refusal is said: code, rule, reason, and the ID of the object that is meant.

import type { Finding } from '../envelope/finding.ts'
import type { Saying } from '../flows/saying.ts'
import type { IdObject } from '../envelope/message-object.ts'
import { present } from '../envelope/message-object.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { knownByIn } from './identified.ts'
import { idKey, identityOf, isUuid, namePartsOf } from './identity.ts'
import { mended } from './mended.ts'
import type { StatusEvent } from './ports.ts'
import type { Task } from './tasks.ts'
import type { Held } from './world.ts'

/** What became of one task. */
export interface Outcome {
  readonly task: Task
  /** objectType of its ID in replies */
  readonly objectType: string
  /** none = accepted */
  readonly errors: readonly ReplyError[]
  /** where integrity has put other codes in their place: the errors as they were found */
  readonly causes?: readonly ReplyError[]
  /** where the schema does not allow what the object would be: what it says */
  readonly findings?: readonly Finding[]
  readonly before?: Held
  /** the object as it is now; absent when it is gone or refused */
  readonly after?: Held
  /** the mRID was assigned here */
  readonly assigned: boolean
  readonly event?: StatusEvent
  /** other objects whose steps went with it */
  readonly moved?: readonly MovedObject[]
  /** it says what is known already, and is told to nobody again */
  readonly isRepeated?: true
  /** it is there already under the key that is its own, and otherwise than it is asked for now */
  readonly isContested?: true
  /** of an event: what a request would have been refused by */
  readonly passed?: readonly ReplyError[]
  /** others are not to hear of it yet */
  readonly isUntold?: true
  /** what the state of the object says besides */
  readonly saying?: Saying
  /** what is told of it, and stands as an alarm, although it is accepted */
  readonly warnings?: readonly ReplyError[]
  /** what of it has not come about, although it is accepted as it is */
  readonly unfinished?: readonly ReplyError[]
}

/** Another object that a change has taken a step further. */
export interface MovedObject {
  readonly event: StatusEvent
  readonly object: JsonObject
  /** as it was before */
  readonly was: JsonObject
}

/** A refusal, to be made into a ReplyError. */
export type Refusal = Pick<ReplyError, 'code' | 'rule' | 'relatedID' | 'details'> & {
  readonly reason: string
  /** the object that is meant, where it is not the task's own */
  readonly id?: IdObject
  /** how it is mended; by default as the row of its rule says */
  readonly mend?: string
}

/** A task that is not carried out; each refusal becomes one Error. */
export function refused(task: Task, objectType: string, ...refusals: readonly Refusal[]): Outcome {
  const errors = refusals.map((it) => errorFor(task, objectType, it))
  return { task, objectType, errors, assigned: false }
}

function errorFor(task: Task, objectType: string, { mend, ...refusal }: Refusal): ReplyError {
  const id = refusal.id ?? idOfObject(task.object, objectType)
  const named = { ...(id === undefined ? {} : { id }), ...reference(task) }
  return mended({ level: 'FATAL', ...refusal, ...named }, mend)
}

/** There is no such object, as far as the sender may know. */
export function notFound(task: Task, objectType: string): Outcome {
  const reason = `The ${objectType} ${label(task)} does not exist.`
  return refused(task, objectType, { code: '99.1', rule: 'NOT-FOUND', reason })
}

/**
 * With integrity one failure undoes all: a failed operation says 5.3 and its own code in the details, the
 * others say 5.9.
 * @see IEC 61968-100:2013 6.10
 */
export function undone({ task, objectType, errors, assigned, findings }: Outcome): Outcome {
  const others: ReplyError = {
    code: '5.9',
    level: 'FATAL',
    reason: 'Not carried out: another operation of the set has failed.',
    details: 'Mend the operations that have failed, and send the set again.',
    ...reference(task),
  }
  const own = errors.map(({ details, ...it }) => ({
    ...it,
    code: '5.3',
    details: [`reply code ${it.code}`, details].filter((one) => one !== undefined).join('; '),
  }))
  const said = own.length === 0 ? [others] : own
  const found = findings === undefined ? {} : { findings }
  return { task, objectType, errors: said, causes: errors, assigned, ...found }
}

/**
 * An operation behind one that has failed, where the sequence is enforced: 5.2, transaction not attempted.
 * With integrity all are undone together, and it says the same as those before it.
 */
export function unattempted(task: Task, after: string | undefined, integrity: boolean): Outcome {
  const reason = `Not attempted: operation ${after ?? ''} before it has failed, and the sequence is enforced.`
  const details = 'Mend the operation that has failed, and send the set again.'
  const error: ReplyError = { code: '5.2', level: 'FATAL', reason, details, ...reference(task) }
  return { task, objectType: task.noun, errors: integrity ? [] : [error], assigned: false }
}

function reference(task: Task): { operationId?: string } {
  return task.operationId === undefined ? {} : { operationId: task.operationId }
}

/** EPRI DERG-1b: the ID says by which identity the object is known already. */
export function duplicate(
  task: Pick<Task, 'object' | 'noun'>,
  objectType: string,
  known: Pick<Held, 'object'>,
): Refusal {
  const [own, held] = [identityOf(task.object), identityOf(known.object)]
  const byId =
    own.mRID !== undefined && held.mRID !== undefined && idKey(own.mRID) === idKey(held.mRID)
  const name = byId ? undefined : own.names.find((it) => held.names.includes(it))
  const knownBy = byId || name !== undefined ? undefined : knownByIn(task.noun)
  if (knownBy !== undefined) {
    const { rule, reason } = knownBy
    return { code: '6.1', rule, reason, relatedID: idOf(objectType, held.mRID ?? '') }
  }
  const id =
    name === undefined ? idOf(objectType, own.mRID ?? held.mRID ?? '') : named(objectType, name)
  const by = name === undefined ? 'mRID' : 'name'
  const reason = `${/^[AEIO]/.test(objectType) ? 'An' : 'A'} ${objectType} with the ${by} ${id.$} exists already.`
  return { code: '6.1', rule: 'DUPLICATE', id, reason }
}

/** An object by its mRID, as replies name it. */
export function idOf(objectType: string, mRID: string): IdObject {
  return { $: mRID, '@kind': isUuid(mRID) ? 'uuid' : 'other', '@objectType': objectType }
}

/**
 * An object by one of its names; NameType and authority go along, so that whoever repeats the ID finds it.
 * @param key made by `nameKey`
 */
function named(objectType: string, key: string): IdObject {
  const { name, type, authority } = namePartsOf(key)
  return present({
    $: name,
    '@idType': type ?? undefined,
    '@idAuthority': authority ?? undefined,
    '@kind': 'name' as const,
    '@objectType': objectType,
  })
}

/** What has neither mRID nor Names, by its place in the message, from 0; the ID counts from 1. */
export function positionOf(objectType: string, at: number): IdObject {
  const id = { $: `${at + 1}`, '@idType': POSITION, '@kind': 'name', '@objectType': objectType }
  return id as IdObject
}

/** idType of the ID of what is known by its place alone */
export const POSITION = 'position'

/** The ID of an object by its mRID, else by its first name; undefined when it has neither. */
export function idOfObject(object: Json, objectType: string): IdObject | undefined {
  const { mRID, names } = identityOf(object)
  if (mRID !== undefined) return idOf(objectType, mRID)
  return names[0] === undefined ? undefined : named(objectType, names[0])
}

/** How the object of a task is called in a sentence. */
export function label(task: Task): string {
  return idOfObject(task.object, '')?.$ ?? 'without mRID and Names'
}
