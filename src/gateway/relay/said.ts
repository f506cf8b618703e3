// What is said to the sender of a relayed message when it is not the peer that speaks.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Said } from '../answer.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg, LegStep } from '../ledger.ts'
import { stateOf } from '../message-record.ts'
import type { Answer } from '../received.ts'

/** Received, and on its way: what becomes of it is told later (0.3). */
export const ACKNOWLEDGED: Said = {
  result: 'OK',
  errors: [{ code: '0.3', level: 'INFORM', reason: 'Received; what becomes of it is told later.' }],
}

/** No reply in time. */
export const TIMEOUT: ReplyError = {
  code: '4.1',
  level: 'FATAL',
  rule: 'PEER-TIMEOUT',
  reason: 'The party that this was forwarded to has not answered in time.',
  details: 'Ask for the message by its MessageID before it is sent again: it may have arrived.',
}

/** A leg that has been parked before anybody was asked. */
export function unsendable(leg: Leg | undefined): ReplyError | undefined {
  if (leg !== undefined && leg.state !== 'PARKED') return undefined
  const reason = leg?.reason ?? 'The route leads to nobody.'
  return { code: '5.2', level: 'FATAL', rule: 'NOT-SENT', reason }
}

/** What a peer says that does not speak CIM. */
export function saidBy({ party }: Leg, { kind, reason }: Verdict): Said {
  if (kind === 'done') return { result: 'OK' }
  const error: ReplyError = {
    code: '5.3',
    level: 'FATAL',
    rule: 'PEER-FAULT',
    reason: `${party} has not carried it out: ${reason}`,
  }
  return { result: 'FAILED', errors: [error] }
}

/** An answer that has been given already (0.3) stays what it was. */
export function stepTo(origin: Leg, { result }: Said, { rendered, messageID }: Answer): LegStep {
  const answered = {
    reply: rendered.text,
    replyMessageID: messageID,
    replyStatus: rendered.status,
    replyContentType: rendered.contentType,
  }
  return {
    leg: origin.id,
    from: 'ACCEPTED',
    to: stateOf(result),
    reason: '',
    ...(origin.replyStatus === 0 ? { answered } : {}),
  }
}
