// Legs as the tracking interface shows them: facts, then what was found, tried, sent and answered.

import { readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Attempt, Leg, LegFacts } from '../ledger.ts'
import { shownMessageID } from '../turned-away.ts'

/** octets of a body that is shown among others; a longer one is asked for by its link */
export const MOST_SHOWN = 256 * 1024

/** Facts in a fixed order; the same for a whole leg. */
export function factsOf(leg: LegFacts): JsonObject {
  const facts = FACTS.map((name) => [name, leg[name]] as const)
  return { ...Object.fromEntries(facts), messageID: shownMessageID(leg) }
}

/** What lists show of a leg, in their order. */
export const FACTS = [
  'id',
  'exchangeId',
  'direction',
  'party',
  'verb',
  'noun',
  'state',
  'reason',
  'messageID',
  'correlationID',
  'flow',
  'at',
  'notAfter',
  'orderKey',
  'answers',
  'replayOf',
  'late',
  'contentType',
  'target',
  'bodyHash',
  'replyMessageID',
  'replyStatus',
  'replyContentType',
  'replyETag',
  'traceparent',
] as const satisfies readonly (keyof LegFacts)[]

/** A leg with all that is known of it but its bodies. */
export function legOf(leg: Leg, attempts: readonly Attempt[], later?: string): JsonObject {
  const raw = `/api/v1/messages/${leg.id}/raw`
  return {
    ...factsOf(leg),
    findings: findingsOf(leg),
    attempts: attempts.map(({ leg: _same, ...it }) => it),
    links: {
      exchange: `/api/v1/exchanges/${leg.exchangeId}`,
      request: raw,
      ...(leg.reply === '' ? {} : { reply: `${raw}?part=reply` }),
      ...(later === undefined ? {} : { later: `/api/v1/messages/${later}/raw` }),
    },
  }
}

/** The same as one hop of a conversation, with both bodies as text where they are text and not too long. */
export function hopOf(leg: Leg, attempts: readonly Attempt[]): JsonObject {
  return { ...legOf(leg, attempts), request: shownText(leg.request), reply: shownText(leg.reply) }
}

function findingsOf({ findings }: Leg): Json {
  const read = readJson(findings === '' ? '[]' : findings)
  return 'value' in read ? read.value : []
}

function shownText(text: string): string | null {
  return text.length > MOST_SHOWN || PACKED.test(text) ? null : text
}

/** how the ledger keeps octets that are no text */
const PACKED = /^data:application\/octet-stream;base64,/

/** The octets of a body as they were received or sent. */
export function octetsOf(text: string): Uint8Array {
  if (!PACKED.test(text)) return new TextEncoder().encode(text)
  return Uint8Array.from(atob(text.replace(PACKED, '')), (it) => it.charCodeAt(0))
}
