// What a peer is: one party of the standard as a pure state machine. It hears a message and gives its next state, its answer
// and what it sends to others by itself. It knows no clock, no chance and no socket; whoever plays it hands them in.

import type { Observation } from '../finding.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** A message as a peer hears it. */
export interface Heard {
  /** octet by octet: two messages are the same where this is */
  readonly text: string
  /** undefined where it could not be read */
  readonly root: Node | undefined
  /** what is wrong in it, of a MUST: such a message is refused */
  readonly wrong: readonly Observation[]
  /** it is of a provider to whom nothing belongs that others have made */
  readonly isRival?: boolean
}

/** What the world is to a peer. */
export interface Tools {
  /** ISO 8601 with Z */
  readonly now: string
  /** one that follows from the words: other words, another one */
  readonly uuid: (...words: readonly string[]) => string
}

/** What comes back to the sender. */
export interface Answer {
  /** of HTTP, where the transport has such a thing */
  readonly status: number
  readonly message: Node
}

/** What a peer sends by itself: a request to another party, or an event. */
export interface Sent {
  readonly to: Role
  readonly message: Node
}

/** What a peer has to come back to later, by itself. */
export interface Wake {
  readonly afterMs: number
  /** what it is told then: whatever it has to know beyond its state */
  readonly word: string
}

/** What hearing one message comes to. */
export interface Turn<S> {
  readonly state: S
  /** undefined = it says nothing */
  readonly reply: Answer | undefined
  readonly sends: readonly Sent[]
  readonly wakes?: readonly Wake[]
}

/** A party. Its state is a value: whoever keeps an earlier one can play on from there. */
export interface Peer<S = unknown> {
  readonly role: Role
  /** what it can: `create DERGroups` */
  readonly takes: readonly string[]
  readonly start: S
  readonly hear: (state: S, message: Heard, tools: Tools) => Turn<S>
  /** What comes back to what it has sent; undefined = nothing has. Its turn has no reply: that is no question. */
  readonly answered?: (state: S, sent: Node, reply: Heard | undefined, tools: Tools) => Turn<S>
  /** The time that it asked for has come. */
  readonly woken?: (state: S, word: string, tools: Tools) => Turn<S>
}
