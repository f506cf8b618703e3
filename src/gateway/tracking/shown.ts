// Legs as the tracking interface shows them: facts, then what was found, tried, sent and answered.

import { shownFinding } from '../relay/refused-here.ts'
import { isObject, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Attempt, Leg, LegFacts } from '../ledger.ts'
import { shownMessageID } from '../turned-away.ts'

/** octets of a body that is shown among others; a longer one is asked for by its link */
const MOST_SHOWN = 256 * 1024

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

/** What is shown of a leg. */
export interface Showing {
  /** leg with the answer that was given later */
  readonly later?: string | undefined
  /** also what stands in the message: its octets, and what is quoted of it */
  readonly isWhole: boolean
}

/** A leg with all that is known of it but its bodies. */
export function legOf(
  leg: Leg,
  attempts: readonly Attempt[],
  { later, isWhole }: Showing,
): JsonObject {
  const raw = `/api/v1/messages/${leg.id}/raw`
  const octets = {
    request: raw,
    ...(leg.reply === '' ? {} : { reply: `${raw}?part=reply` }),
    ...(later === undefined ? {} : { later: `/api/v1/messages/${later}/raw` }),
  }
  return {
    ...factsOf(leg),
    findings: findingsOf(leg, isWhole),
    attempts: attempts.map(({ leg: _same, ...it }) => it),
    links: { exchange: `/api/v1/exchanges/${leg.exchangeId}`, ...(isWhole ? octets : {}) },
  }
}

/** The same as one hop of a conversation, with both bodies as text where they are text and not too long. */
export function hopOf(leg: Leg, attempts: readonly Attempt[], isWhole: boolean): JsonObject {
  const [request, reply] = isWhole ? [shownText(leg.request), shownText(leg.reply)] : [null, null]
  return { ...legOf(leg, attempts, { isWhole }), request, reply }
}

function findingsOf({ findings }: Leg, isWhole: boolean): Json {
  const read = readJson(findings === '' ? '[]' : findings)
  const all = 'value' in read ? read.value : []
  if (!Array.isArray(all)) return all
  if (isWhole) return all.map((it) => (isObject(it) ? shownFinding(it) : it))
  return all.filter(isObject).map((it) => ({ ...picked(it), ...WITHHELD }))
}

/** What a finding says without a word of the message: which rule was broken, and where. */
function picked(finding: JsonObject): JsonObject {
  return Object.fromEntries(QUOTELESS.map((name) => [name, finding[name] ?? null]))
}

const QUOTELESS = ['layer', 'rule', 'severity', 'clause', 'path', 'line', 'column'] as const
const WITHHELD = { message: 'What was found is shown to whoever has the right payload.' }

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
