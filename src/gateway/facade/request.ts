// What the façade is asked and what it answers, free of HTTP, and what of a request goes into its message.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Heading } from './message.ts'
import { isUuid } from '../identity.ts'
import type { JsonBody } from '../json-findings.ts'
import { KEYED } from '../message-record.ts'
import type { Preference } from '../prefer.ts'
import type { Rendered, Sender } from '../received.ts'

/** A request to a resource, free of HTTP. */
export interface FacadeRequest {
  readonly noun: string
  readonly sender: Sender
  /** path of the request, for problem documents */
  readonly path: string
  /** hash over method, path and body: tells a repeated request from another one under the same key */
  readonly bodyHash: string
  readonly traceparent: string
  readonly idempotencyKey?: string
  /** how long the caller waits for another party */
  readonly prefer?: Preference
  /** revisions that If-Match allows; absent = any */
  readonly ifMatch?: readonly string[]
}

/** An answer, free of HTTP. */
export interface FacadeAnswer {
  readonly rendered: Rendered
  readonly headers: Readonly<Record<string, string>>
}

/** Which objects of a collection are wanted. */
export interface ListQuery {
  /** objects at most */
  readonly limit: number
  /** cursor of an earlier page */
  readonly after?: string
  /** text of a name, of whatever NameType */
  readonly name?: string
  /** what objects are to be like, where the noun's flow has criteria */
  readonly like?: JsonObject
}

/** The resources. Reading rejects with a CimError `overloaded` when the store fails; the others answer that as 503. */
export interface Facade {
  /** 201, or 200 when a part was refused */
  readonly create: (request: FacadeRequest, body: JsonBody) => Promise<FacadeAnswer>
  /** 200 with the object; 412 when If-Match does not hold */
  readonly change: (request: FacadeRequest, mRID: string, body: JsonBody) => Promise<FacadeAnswer>
  /** 201 with an object that was not there, else as `change` */
  readonly put: (request: FacadeRequest, mRID: string, body: JsonBody) => Promise<FacadeAnswer>
  /** 200; 412 when If-Match does not hold */
  readonly remove: (request: FacadeRequest, mRID: string) => Promise<FacadeAnswer>
  /** 200 with the object after the step of its lifecycle; 404 with the triggers that there are; 409 when its state does not allow it */
  readonly trigger: (
    request: FacadeRequest,
    mRID: string,
    name: string,
    body?: JsonBody,
  ) => Promise<FacadeAnswer>
  /** 200 with ETag */
  readonly read: (request: FacadeRequest, mRID: string) => Promise<FacadeAnswer>
  /** 200 with who was a member at an instant, or in all the time there is; 404 when nothing is known of the object */
  readonly members: (request: FacadeRequest, mRID: string, at?: string) => Promise<FacadeAnswer>
  /** 200; 404 when there is no such member */
  readonly removeMember: (
    request: FacadeRequest,
    mRID: string,
    key: string,
  ) => Promise<FacadeAnswer>
  /** MessageID and CorrelationID of an answer that no message was needed for, as if the request had been one */
  readonly ids: () => FacadeAnswer['headers']
  /** 200; `next` is the cursor of the next page or null */
  readonly list: (request: FacadeRequest, query: ListQuery) => Promise<FacadeAnswer>
}

/** Header of the message that a request becomes. */
export function heading({ noun, sender }: FacadeRequest, verb: string): Heading {
  return { verb, noun, source: sender.party }
}

/** The payload that names an object and says nothing else of it. */
export function named(mRID: string): JsonObject {
  return { ID: [{ '@kind': isUuid(mRID) ? 'uuid' : 'other', $: mRID }] }
}

/** By what a request is known again; undefined where it has no Idempotency-Key. */
export function repeatKey({ idempotencyKey }: FacadeRequest): string | undefined {
  return idempotencyKey === undefined ? undefined : `${KEYED}${idempotencyKey}`
}
