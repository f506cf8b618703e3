// What the exchange takes and gives: a message with its sender, and the answer in the form in which it goes back.

import type { Aliases } from '../envelope/aliases.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import type { Result } from '../envelope/message-object.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Right } from './access/rights.ts'
import type { Decision } from './deciding/decide.ts'
import type { Validated } from './ports.ts'

/** Who sent it, and what is agreed with them. */
export interface Sender {
  readonly party: string
  /** ids of envelope rules that are only warnings for this sender */
  readonly tolerate?: readonly string[]
  readonly aliases?: Aliases
  /** what it may write as Header/Source; absent = anything */
  readonly sources?: readonly string[]
  /** what it may do; absent = everything */
  readonly rights?: readonly Right[]
  /** sees the messages of all parties: the right `allParties` */
  readonly operator?: boolean
  /** address that the request has come from, for the audit log */
  readonly from?: string
  /** topics of the status feed that it may listen to; absent = all */
  readonly topics?: readonly string[]
}

/** What the sender has seen of an object that it wants to change (If-Match of RFC 9110 13.1.1). */
export interface Expectation {
  readonly noun: string
  /** identity key of the object */
  readonly id: string
  /** revisions, any of which will do */
  readonly revisions: readonly string[]
}

/** An object of a message that is refused here while the others go on. */
export interface RefusedHere {
  /** its place among all of the message, from 0 */
  readonly at: number
  readonly errors: readonly ReplyError[]
}

/** A message as the exchange takes it. */
export interface Received {
  readonly bytes: Uint8Array
  readonly sender: Sender
  /** SHA-256 of what identifies the message, hex */
  readonly bodyHash: string
  /** overrides the MessageID for recognizing repeats (Idempotency-Key) */
  readonly repeatKey?: string
  readonly expect?: Expectation
  /** the step of its lifecycle that the object of a change is to take, and no other */
  readonly step?: string
  /** the caller wants to be told later (Prefer: respond-async) */
  readonly prefersAsync?: boolean
  /** milliseconds that the caller waits for another party (Prefer: wait) */
  readonly waitMs?: number
  /** a collection of a long list: decided on as it is, however many records it has */
  readonly isPart?: true
  /** written by the gateway itself, of what came in another form */
  readonly isOurs?: true
  /** what it holds compressed, where that is at hand: a long list */
  readonly list?: string
  /** a collection that is answered object by object: places of those that were refused before, and are not in the message */
  readonly batch?: readonly number[]
  /** what is said to it by what it was found to mean where it came in; absent = that is to be decided */
  readonly foregone?: Foregone
  /** what of it is refused here, in its order, and the message with that, as CIM-JSON; absent = nothing */
  readonly refusedHere?: { readonly all: readonly RefusedHere[]; readonly message: JsonObject }
  /** of the conversation that it begins, where that is known already */
  readonly exchangeId?: string
  /** The gateway itself takes up once more what it has received before: no replay. */
  readonly again?: true
  /** W3C trace context that it came with */
  readonly traceparent?: string
  /**
   * The sender has never seen these bytes, so that lines and columns in them would mislead: he has written the `message` in
   * CIM-JSON, or asked for something about an `object`, and is answered likewise.
   */
  readonly unseen?: 'message' | 'object'
  /** the path of its vendor by which it has come: it is acknowledged as that path is, however late */
  readonly vendorPath?: string
  /** hears what is said, before it has the form in which it goes back; the last is what counts */
  readonly told?: (answer: Unrendered) => void
  /** what goes back; by default the reply as XML */
  readonly render?: (answer: Unrendered) => Rendered
  /** a reply is read as `render` has it and by nobody else, so that it is not written as XML */
  readonly isUnwritten?: true
}

/** What is said to a message that goes to nobody and changes nothing: it is kept, and answered. */
export type Foregone = Pick<Unrendered, 'result' | 'errors'>

/** A body as it goes back, and as it goes back again when the message is repeated. */
export interface Rendered {
  readonly text: string
  /** what goes back where it is no text */
  readonly bytes?: Uint8Array
  /** of HTTP */
  readonly status: number
  readonly contentType: string
}

/** What was decided, before it has the form in which it goes back. */
export interface Unrendered {
  readonly kind: 'reply' | 'fault'
  readonly result: Result
  readonly errors: readonly ReplyError[]
  /** for the log */
  readonly exchangeId?: string
  /** XML text of the reply or fault, without declaration */
  readonly xml: string
  readonly validated: Validated
  /** objects that come back in the reply, as CIM-JSON */
  readonly payload?: Json
  /** what has been or is to be stored; absent when nothing was decided */
  readonly decision?: Decision
  /** places of objects that were refused here: of these nothing stands in the decision, nor in what comes back */
  readonly refusedHere?: ReadonlySet<number>
  /** the error that kept it from being decided, where it has a row of its own */
  readonly failure?: ErrorCode
}

/** An answer with what HTTP says beside it. */
export interface Answer {
  readonly rendered: Rendered
  /** the same as XML, outside its carrier and without declaration; absent in a stored reply */
  readonly xml?: string
  /** the same before it had a form; absent in a stored reply */
  readonly said?: Unrendered
  /** for the HTTP headers; empty in a fault */
  readonly messageID: string
  /** empty where the request had nothing to be tied to */
  readonly correlationID: string
  /** entity tag of the one object that it is about; absent = of none, or of several */
  readonly etag?: string
  /** on which the message has come, where the rest is told later: the key of tracking */
  readonly leg?: string
  /** true when this is the stored reply to a repeated message */
  readonly repeated: boolean
  /** milliseconds after which it may be otherwise (Retry-After) */
  readonly retryAfterMs?: number
}
