// What became of a message and of each object in it, in our own words; the shapes of vendors stand in acknowledgement.ts.

import type { Json, JsonObject } from '../schema/json-text.ts'

/**
 * What became of something: `done`; `refused` by the business, so that no repetition mends it; `failed` technically, so that
 * another try may succeed.
 */
export type Fate = 'done' | 'refused' | 'failed'

/** One object of a message, and what became of it. */
export interface ItemAck {
  /** by which the vendor knows it: what it has called it itself; empty = it has not */
  readonly id: string
  /** what else it is known by, under the vendor's own names */
  readonly beside?: Readonly<Record<string, string>>
  /** true where that is the id of a message, which dacsMessageId says (Oracle mapping guide 22C, 2.5) */
  readonly isMessage?: true
  readonly fate: Fate
  /** it has been there already, as it is */
  readonly exists?: true
  /** reply code of IEC 61968-100, where it is known */
  readonly code: string
  /** what there is to say; empty = nothing */
  readonly text: string
  /** by which the object is known from now on */
  readonly mRID?: string
}

/** What became of a message. */
export interface Ack {
  readonly items: readonly ItemAck[]
  /** of what has no item of its own */
  readonly whole: Fate
  /** why, where no item says it */
  readonly text: string
  /** what the vendor knows the message by, where it is not told in the answer to that */
  readonly about?: string
}

/** An acknowledgement as it is written. */
export interface AckWritten {
  readonly status: number
  readonly body: Json
}

/** What the writer knows besides. */
export interface AckContext {
  /** ISO 8601 with Z */
  readonly at: string
  /** the objects as the vendor has them: only who is answered by them asks for them */
  readonly objects: () => readonly JsonObject[]
  /** status of HTTP that goes with the reply code of what went wrong */
  readonly status: number
}

/** What became of all of it: `partial` = of some this and of some that. */
export function fateOf({ items, whole }: Ack): Fate | 'partial' {
  const fates = new Set(items.map((it) => it.fate))
  if (fates.size === 0) return whole
  // What has stopped for a technical fault is that as a whole, whatever was done before.
  if (whole === 'failed' && fates.has('failed')) return 'failed'
  if (fates.size > 1 && fates.has('done')) return 'partial'
  // Where nothing is done, one try more may do what failed technically.
  return fates.has('failed') ? 'failed' : ([...fates][0] ?? whole)
}
