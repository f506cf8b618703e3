// What a step with a name of its own in the façade is: the change of the object that it stands for.

import type { JsonObject } from '../schema/json-text.ts'

/** A step of the façade: the object as it is asked to be. */
export type FacadeStep = NamedStep | FilledStep

/** A step of the lifecycle: that one is taken, or none; taken twice it is none that the state allows. */
export interface NamedStep {
  /** of the lifecycle */
  readonly trigger: string
  readonly change: (object: JsonObject) => JsonObject
}

/** A step whose request has a body, all members of which have to be there. */
export interface FilledStep {
  /** by the name of the member: what it is, and where in the object it comes to stand, `thirdParty.provider` */
  readonly takes: Readonly<Record<string, { readonly about: string; readonly at: string }>>
  readonly change: (object: JsonObject, body: JsonObject) => JsonObject
}

/** A step by its trigger. */
export function taking(trigger: string, change: NamedStep['change']): NamedStep {
  return { trigger, change }
}
