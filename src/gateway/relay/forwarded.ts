// A received message as it goes on to another party: generic, under our own ids, without what was agreed about the
// leg that it came on.

import type { JsonObject } from '../../schema/json-text.ts'
import { isObject, member } from '../../schema/json-text.ts'
import { inForm } from '../../schema/message-form.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { Refused } from '../../schema/typed-stem.ts'

/** What our own leg begins with. */
export interface LegStamp {
  /** also the CorrelationID: each leg has a pair of its own (IEC 61968-100:2013 6.9) */
  readonly messageID: string
  /** ISO 8601 with Z */
  readonly timestamp: string
  /** who speaks on this leg */
  readonly source: string
}

/** Where the answer goes and against whose replay it guards is a matter of one leg alone. */
const OF_ONE_LEG: readonly string[] = ['AsyncReplyFlag', 'ReplyAddress', 'ReplayDetection']

/**
 * The message for the next leg. What the Header says otherwise (Context, Revision, User, Comment, Property …) stays.
 * @param message valid, as CIM-JSON
 * @returns the message, or why it has no generic form
 */
export function forwarded(
  message: JsonObject,
  stamp: LegStamp,
  schemas: SchemaSet,
): { readonly message: JsonObject } | Refused {
  const made = inForm(message, 'generic', schemas)
  if ('refused' in made) return made
  const { messageID, timestamp, source } = stamp
  const own = { Timestamp: timestamp, Source: source, MessageID: messageID }
  const given = member(made.message, 'header')
  const kept = Object.entries(isObject(given) ? given : {}).filter(
    ([name]) => !OF_ONE_LEG.includes(name),
  )
  const header = { ...Object.fromEntries(kept), ...own, CorrelationID: messageID }
  return { message: { ...made.message, header } }
}
