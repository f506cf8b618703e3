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
  { topology, judge }: Pick<DispatchParts, 'topology' | 'judge'>,
): Promise<Verdict> {
  const { replyStatus: status, replyContentType: contentType, reply, reason } = leg
  if (status === 0)
    return verdictOn(leg, {
      answer: { kind: 'unreachable', reason, sent: false, permanent: true },
    })
  const bytes = new TextEncoder().encode(reply)
  const party = topology().parties.find((it) => it.id === leg.party)
  return judgedAnswer(leg, { kind: 'answered', status, contentType, bytes }, party, judge)
}

/** What an answer means, once a judge has read what is a message in it. @param party absent when there is none any more */
export async function judgedAnswer(
  leg: Leg,
  answer: PeerAnswer,
  party: Party | undefined,
  judge: DispatchParts['judge'],
): Promise<Verdict> {
  const isRead = answer.kind === 'answered' && isMessage(answer, party)
  return verdictOn(leg, {
    answer,
    ...(party === undefined ? {} : { party }),
    ...(isRead ? { validated: await judge(answer.bytes) } : {}),
  })
}
