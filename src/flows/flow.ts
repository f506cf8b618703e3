// What a flow is: one business use of noun and verb, as data. Routes, topics, documentation and tests are derived.

import type { Verb } from '../envelope/verbs.ts'
import type { Lifecycle } from '../lifecycles/lifecycle.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** Something that a business rule does not allow. */
export interface Breach {
  /** rule id, carried in details as `rule=<id>` */
  readonly rule: string
  /** reply code */
  readonly code: string
  readonly reason: string
}

/** A list inside the object whose items are objects of their own, such as the members of a group. */
export interface Part {
  /** objectType of their IDs in replies */
  readonly objectType: string
  /** rule that forbids to list one of them twice */
  readonly twice: string
}

/** One flow; every field is data or a pure function. */
export interface Flow {
  /** also the name of its file and of its folder in samples/ */
  readonly id: string
  readonly noun: string
  readonly verbs: readonly Verb[]
  /** RR = request and reply, EV = event */
  readonly pattern: 'RR' | 'EV'
  /** one sentence for the README */
  readonly about: string
  /** flow ids of the catalogue and cases of EPRI */
  readonly source: string
  /** objectType of IDs in replies */
  readonly objectType: string
  readonly lifecycle: Lifecycle
  /** which step of the lifecycle a change from one content to another is; absent = does not exist before or after */
  readonly trigger: (before: JsonObject | undefined, after: JsonObject | undefined) => string
  /** what the business does not allow of an object as it would be */
  readonly rules?: (after: JsonObject) => readonly Breach[]
  /** by the name of the member that holds them */
  readonly parts?: Readonly<Record<string, Part>>
  /** member of the object that counts its changes: raised by each change that does not set it itself */
  readonly version?: string
}

/** Keeps a declaration's exact type. */
export function defineFlow<const F extends Flow>(flow: F): F {
  return flow
}
