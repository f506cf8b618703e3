// What was answered to a leg that is over, from what was kept of it.

import type { Leg } from '../ledger.ts'
import type { Answered } from '../peer.ts'
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
  const answer: Answered = { kind: 'answered', status, contentType, bytes }
  const party = topology().parties.find((it) => it.id === leg.party)
  const validated = isMessage(answer, party) ? await judge(bytes) : undefined
  const from = party === undefined ? {} : { party }
  return verdictOn(leg, { answer, ...from, ...(validated === undefined ? {} : { validated }) })
}
