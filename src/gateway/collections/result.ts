// What became of the records of a collection: kept with its leg in place of the answer, because an answer of hundreds of
// errors is long, and says nothing of records that were never sent.

import type { ReplyError } from '../../envelope/reply.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { isOver } from '../relay/joined.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import { refusedBy } from '../relay/accepted.ts'
import { failureOf } from '../relay/said.ts'
import type { Entry } from './draft.ts'

/** A record that was not accepted. */
export interface Failure {
  /** place in the list, from 0 */
  readonly index: number
  readonly code: string
  readonly rule?: string
  readonly reason?: string
  readonly details?: string
}

/** What is kept of a collection. */
export interface CollectionResult {
  readonly count: number
  readonly failed: readonly Failure[]
  /** the party has it, and its reply is still to come: only what was refused here is known */
  readonly open?: true
}

/** As text. */
export function writeResult(it: CollectionResult): string {
  return JSON.stringify({ collection: it })
}

/** What was kept; undefined for a leg that has come to no result of its own. */
export function readResult({ reply }: Pick<Leg, 'reply'>): CollectionResult | undefined {
  if (!reply.startsWith('{"collection":')) return undefined
  return (JSON.parse(reply) as { readonly collection: CollectionResult }).collection
}

/** Why a record was not written, as it is told. */
export function failureIn({ index, wrong }: Entry): readonly Failure[] {
  if (wrong === undefined) return []
  const { code, rule, reason, mend } = wrong
  return [{ index, code, rule, reason, details: mend }]
}

/** @param index of the record in the list */
export function failureBy(index: number, error: ReplyError): Failure {
  const { code, reason, details = '' } = error
  const [, stated, rest] = /^(?:.*?\b)?rule=([\w-]+);?\s*([^]*)$/.exec(details) ?? []
  const rule = error.rule ?? stated
  const said = stated === undefined ? details : (rest ?? '')
  return {
    index,
    code,
    ...(rule === undefined ? {} : { rule }),
    ...(reason === undefined ? {} : { reason }),
    ...(said === '' ? {} : { details: said }),
  }
}

/**
 * What a reply says of the records that were sent. An Error that names none of them is about all, where nothing was accepted.
 * @param sent in the order of the message
 */
export function failuresIn(
  sent: readonly Entry[],
  message: JsonObject,
  { said, reply = {} }: Verdict,
  contentOf: ContentOf,
): readonly Failure[] {
  const errors = said?.errors ?? []
  const places = refusedBy(message, reply, contentOf)
  const failed = new Map<number, Failure>()
  for (const [at, error] of errors.entries())
    for (const place of places[at] ?? []) {
      const index = sent[place]?.index
      if (index !== undefined && !failed.has(index)) failed.set(index, failureBy(index, error))
    }
  if (said?.result !== 'FAILED') return inOrder(failed.values())
  const whole = errors.find(
    (it, at) => (places[at] ?? []).length === 0 && !it.code.startsWith('0.'),
  )
  const about = whole ?? errors[0] ?? { code: '5.3', reason: 'It was refused without a reason.' }
  for (const { index } of sent) if (!failed.has(index)) failed.set(index, failureBy(index, about))
  return inOrder(failed.values())
}

/** By their places. */
export function inOrder(all: Iterable<Failure>): readonly Failure[] {
  return [...all].sort((one, other) => one.index - other.index)
}

/**
 * What is known of a collection now; undefined while it is open. Of one that ended without an answer all records have failed.
 * @param indexes places of its records
 */
export function outcomeOf(
  leg: Leg,
  indexes: readonly number[],
): Pick<CollectionResult, 'failed'> | undefined {
  const own = readResult(leg)
  if (own !== undefined && own.open === undefined && isDecided(leg)) return own
  if (!isOver(leg)) return undefined
  if (leg.state === 'ACKED') return { failed: [] }
  const error = endedBy(leg)
  return { failed: indexes.map((index) => failureBy(index, error)) }
}

/** Its party has said what became of each of its records. */
function isDecided({ state }: Pick<LegFacts, 'state'>): boolean {
  return state === 'ACKED' || state === 'PARTIAL'
}

/** Why nothing came of a collection that is over. */
function endedBy(leg: Leg): ReplyError {
  const { state, reason } = leg
  if (state === 'CANCELED' || state === 'CLOSED')
    return { code: '6.5', level: 'FATAL', rule: 'BY-PERSON', reason }
  const ended: Verdict = { kind: 'failed', outcome: 'technical', reason }
  const verdict: Verdict =
    state === 'EXPIRED' ? { ...ended, code: 'peer-unreachable', rule: 'EXPIRED' } : ended
  return failureOf(leg, verdict)?.error ?? { code: '5.2', level: 'FATAL', reason }
}
