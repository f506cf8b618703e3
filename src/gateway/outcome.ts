// What became of one task, and how a refusal is said: code, rule, reason, and the ID of the object that is meant.

import type { IdObject } from '../envelope/message-object.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { idKey, identityOf, isUuid, nameOf } from './identity.ts'
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
  readonly before?: Held
  /** the object as it is now; absent when it is gone or refused */
  readonly after?: Held
  /** the mRID was assigned here */
  readonly assigned: boolean
  readonly event?: StatusEvent
}

/** A refusal, to be made into a ReplyError. */
export interface Refusal {
  readonly code: string
  readonly rule?: string
  readonly reason: string
  /** the object that is meant, where it is not the task's own */
  readonly id?: IdObject
}

export function refused(task: Task, objectType: string, ...refusals: readonly Refusal[]): Outcome {
  return {
    task,
    objectType,
    errors: refusals.map((it) => errorFor(task, objectType, it)),
    assigned: false,
  }
}

function errorFor(task: Task, objectType: string, refusal: Refusal): ReplyError {
  const id = refusal.id ?? ownId(task, objectType)
  return { level: 'FATAL', ...refusal, ...(id === undefined ? {} : { id }), ...reference(task) }
}

function ownId(task: Task, objectType: string): IdObject | undefined {
  const { mRID, names } = identityOf(task.object)
  if (mRID !== undefined) return idOf(objectType, mRID)
  return names[0] === undefined ? undefined : named(objectType, nameOf(names[0]))
}

/** With integrity one failure undoes all: a failed operation keeps its reason as 5.3, the others say 5.9. */
export function undone({ task, objectType, errors, assigned }: Outcome): Outcome {
  const others: ReplyError = {
    code: '5.9',
    level: 'FATAL',
    reason: 'Not carried out: another operation of the set has failed.',
    ...reference(task),
  }
  const own = errors.map((it) => ({ ...it, code: '5.3', details: `reply code ${it.code}` }))
  return { task, objectType, errors: own.length === 0 ? [others] : own, assigned }
}

function reference(task: Task): { operationId?: string } {
  return task.operationId === undefined ? {} : { operationId: task.operationId }
}

/** EPRI DERG-1b: the ID says by which identity the object is known already. */
export function duplicate(task: Task, objectType: string, known: Held): Refusal {
  const [own, held] = [identityOf(task.object), identityOf(known.object)]
  const byId =
    own.mRID !== undefined && held.mRID !== undefined && idKey(own.mRID) === idKey(held.mRID)
  const name = byId ? undefined : own.names.find((it) => held.names.includes(it))
  const id =
    name === undefined
      ? idOf(objectType, own.mRID ?? held.mRID ?? '')
      : named(objectType, nameOf(name))
  return {
    code: '6.1',
    rule: 'DUPLICATE',
    id,
    reason: `A ${objectType} with the ${name === undefined ? 'mRID' : 'name'} ${id.$} exists already.`,
  }
}

/** An object by its mRID, as replies name it. */
export function idOf(objectType: string, mRID: string): IdObject {
  return { $: mRID, '@kind': isUuid(mRID) ? 'uuid' : 'other', '@objectType': objectType }
}

/** An object by one of its names. */
export function named(objectType: string, name: string): IdObject {
  return { $: name, '@kind': 'name', '@objectType': objectType }
}

/** How the object of a task is called in a sentence. */
export function label(task: Task): string {
  const { mRID, names } = identityOf(task.object)
  return mRID ?? (names[0] === undefined ? 'without mRID and Names' : nameOf(names[0]))
}
