// What was answered to a leg that is over, from what was kept of it.

import type { Leg } from '../ledger.ts'
import type { Party } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import type { DispatchParts } from './dispatcher.ts'
import { isMessage } from './readable.ts'
import { verdictOn } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** As when it came. */
export async function answeredTo(
  leg: Leg,
  parts: Pick<DispatchParts, 'topology' | 'judge' | 'queried'>,
): Promise<Verdict> {
  const { replyStatus: status, replyContentType: contentType, reply, reason } = leg
  if (status === 0)
    return verdictOn(leg, {
      answer: { kind: 'unreachable', reason, sent: false, permanent: true },
    })
  const bytes = new TextEncoder().encode(reply)
  const party = parts.topology().parties.find((it) => it.id === leg.party)
  // Nothing is kept of an answer that could not be read.
  const isLost = leg.state === 'PARKED' && reply === ''
  const unusable = isLost ? { unusable: { reason: LOST, lasting: true } } : {}
  const answer = { kind: 'answered', status, contentType, bytes, ...unusable } as const
  return judgedAnswer(leg, answer, party, parts)
}

const LOST = 'could not be used.'

/** What an answer means, once a judge has read what is a message in it. @param party absent when there is none any more */
export async function judgedAnswer(
  leg: Leg,
  answer: PeerAnswer,
  party: Party | undefined,
  { judge, queried }: Pick<DispatchParts, 'judge' | 'queried'>,
): Promise<Verdict> {
  const isRead = answer.kind === 'answered' && isMessage(answer, party)
  return verdictOn(leg, {
    answer,
    ...(party === undefined ? {} : { party }),
    ...(queried === undefined ? {} : { queried }),
    ...(isRead ? { validated: await judge(answer.bytes) } : {}),
  })
}
