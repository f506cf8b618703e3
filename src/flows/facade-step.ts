// What a step with a name of its own in the façade is: the change of the object that it stands for.

import type { Verb } from '../envelope/verbs.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** A step of the façade: the object as it is asked to be. */
export type FacadeStep = NamedStep | FilledStep

/** A step of the lifecycle: that one is taken, or none; taken twice it is none that the state allows. */
export interface NamedStep {
  /** of the lifecycle */
  readonly trigger: string
  readonly change: (object: JsonObject) => JsonObject
}

/** A member of the body of a step. */
export interface TakenMember {
  readonly about: string
  /** where in the object it comes to stand, `thirdParty.provider` */
  readonly at: string
  /** another name under which it may be written */
  readonly also?: string
}

/** Members of the body of a step, by their names. */
export type Taken = Readonly<Record<string, TakenMember>>

/** A step whose request has a body. */
export interface FilledStep {
  /** of the lifecycle, where it is that one alone, or none */
  readonly trigger?: string
  /** by the name of the member; all of them have to be there */
  readonly takes: Taken
  /** what may be there besides */
  readonly mayTake?: Taken
  /** it answers a question: whoever was asked replies by it */
  readonly answers?: true
  /** the verb of its message, where it is not a change: a step that tells is an event */
  readonly verb?: Verb
  readonly change: (object: JsonObject, body: JsonObject) => JsonObject
}

/** Steps of items, by the list that they are in and their names: the item as it is asked to be. */
export type ItemSteps = Readonly<
  Record<string, Readonly<Record<string, (item: JsonObject) => JsonObject>>>
>

/** A step by its trigger. */
export function taking(trigger: string, change: NamedStep['change']): NamedStep {
  return { trigger, change }
}
