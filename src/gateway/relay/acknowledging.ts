// Which messages go on by the word of the party that they are sent to: events that ask for an acknowledgement, and requests that
// are kept here before that party is asked.

import { isVerb, verbRow } from '../../envelope/verbs.ts'
import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { keptFirst } from '../../flows/acknowledged.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'

/** What an event of this noun needs an acknowledgement for; undefined where it needs none. */
export function acknowledging(noun: string, verb: string): Flow['acknowledged'] {
  return flowIn(noun, verb)?.acknowledged
}

/** The flow of an event, and of what is kept before its party is asked; any other request is answered by its reply. */
export function flowIn(noun: string, verb: string): Flow | undefined {
  const flow = isVerb(verb) ? flowFor(noun, verb) : undefined
  return isEventVerb(verb) || keptFirst(flow, verb) ? flow : undefined
}

function isEventVerb(verb: string): boolean {
  return isVerb(verb) && verbRow(verb)?.kind === 'event'
}

/** The event as it asks for its acknowledgement, where its flow needs one. */
export function askingForAck(message: JsonObject): JsonObject {
  const header = member(message, 'header')
  const text = (name: string) => String(member(header, name))
  const isAsking = isEventVerb(text('Verb'))
  if (!isAsking || flowIn(text('Noun'), text('Verb'))?.acknowledged === undefined) return message
  return { ...message, header: { ...(header as JsonObject), AckRequired: true satisfies Json } }
}
