// What a leg has become, as an event of the status feed: topic `messages/<MessageID>`, apart from the business events.

import { errorRow } from '../../envelope/errors.ts'
import type { Leg, MessageState } from '../ledger.ts'
import type { StatusEvent } from '../ports.ts'
import type { Verdict } from './verdict.ts'

/** Topics of delivery begin with it; no noun has this name. */
export const DELIVERY = 'messages'

/** When it happened, and why. */
interface Happening {
  /** ISO 8601 with Z */
  readonly at: string
  /** tries so far */
  readonly revision: number
  /** what the last try has come to; absent where a person has acted */
  readonly verdict?: Verdict
}

/** From one state to the next; the first one comes from none. */
interface Change {
  readonly from: MessageState | ''
  readonly to: MessageState
}

/** Of legs that were not there before. To be kept in the same unit. @param at ISO 8601 with Z */
export function entered(legs: readonly Leg[], at: string): readonly StatusEvent[] {
  return legs.map((leg) => transition(leg, { from: '', to: leg.state }, { at, revision: 0 }))
}

/**
 * To be kept in the same unit as the step.
 * @param leg as it was before
 */
export function transition(
  { messageID, flow, exchangeId, party }: Pick<Leg, 'messageID' | 'flow' | 'exchangeId' | 'party'>,
  { from, to }: Change,
  { at, revision, verdict }: Happening,
): StatusEvent {
  return {
    noun: DELIVERY,
    subject: messageID,
    verb: 'changed',
    flow,
    exchangeId,
    revision,
    at,
    state: to,
    previous: from,
    result: RESULTS[to] ?? 'OK',
    code: verdict === undefined ? '' : codeOf(verdict),
    owner: party,
  }
}

const RESULTS: Readonly<Partial<Record<MessageState, StatusEvent['result']>>> = {
  PARTIAL: 'PARTIAL',
  REJECTED: 'FAILED',
  FAILED: 'FAILED',
  PARKED: 'FAILED',
  EXPIRED: 'FAILED',
  CANCELED: 'FAILED',
  CLOSED: 'FAILED',
}

/** The peer's own code, else the one by which its sender hears of such a fault; empty when all is well. */
function codeOf({ said, outcome, code }: Verdict): string {
  const [first] = said?.errors ?? []
  if (first !== undefined) return first.code
  if (code !== undefined) return errorRow(code).replyCode
  switch (outcome) {
    case 'ok':
      return ''
    case 'unknown':
      return errorRow('peer-timeout').replyCode
    case 'technical':
      return errorRow('peer-unreachable').replyCode
    case 'business':
      return errorRow('peer-rejected').replyCode
  }
}
