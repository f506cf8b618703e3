// One try: a message sent to its party, and what the party says, judged. Whatever fails on the way out may have sent it.

import type { Leg } from '../ledger.ts'
import type { Party, Topology } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { judgedAnswer } from './answered.ts'
import type { DispatchParts } from './dispatcher.ts'
import type { Tried } from './outcome.ts'
import { UNKEPT, messageOf } from './unkept.ts'
import type { Verdict } from './verdict.ts'

/** @param cut gives the try up */
type SentTo = (leg: Leg, cut: AbortSignal) => Promise<Pick<Tried, 'answer' | 'verdict'>>

/** Sends to the parties of a topology. */
export function sendingBy(parts: DispatchParts): SentTo {
  const { log } = parts

  async function answerOf(leg: Leg, party: Party | undefined, cut: AbortSignal) {
    if (party === undefined) return unknownParty(leg)
    try {
      return await parts.peer.send(party, leg, cut)
    } catch (err) {
      log.error({ err, leg: leg.id }, 'sending a message has failed')
      return failedOn(err)
    }
  }

  return async (leg, cut) => {
    const party = partyOf(leg, parts.topology())
    const answer = await answerOf(leg, party, cut)
    try {
      return { answer, verdict: await judgedAnswer(leg, answer, party, parts) }
    } catch (err) {
      log.error({ err, leg: leg.id }, 'the answer to a message could not be read')
      return { answer, verdict: unread(leg, err) }
    }
  }
}

const NOTHING = { operationSets: false, collections: false }

/** Where nobody has to say who he is there is nobody to look up: what he is told later goes to the address that he has named. */
function partyOf({ party: id, verb }: Leg, { parties }: Topology): Party | undefined {
  const known = parties.find((it) => it.id === id)
  if (known !== undefined || parties.length > 0 || verb !== 'reply') return known
  const none = { proofs: [], sources: [], tolerate: [], replyAddresses: [] }
  return { id, org: '', aliases: {}, mixedBatch: 'partial', profile: NOTHING, ...none }
}

function failedOn(err: unknown): PeerAnswer {
  const reason = `The gateway has failed while it was sent: ${messageOf(err)}`
  return { kind: 'unreachable', reason, sent: true, permanent: false }
}

function unknownParty({ party }: Leg): PeerAnswer {
  const reason = `The configuration has no party ${party} any more; put it back and redrive the message, or close it.`
  return { kind: 'unreachable', reason, sent: false, permanent: true }
}

/** Its party may have done it; asked again, it says so again. */
function unread({ party }: Leg, err: unknown): Verdict {
  const reason = `${party} has answered, and the gateway could not read it: ${messageOf(err)}`
  return { kind: 'failed', outcome: 'unknown', code: UNKEPT, reason }
}
