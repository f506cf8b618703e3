// The exchange with what it refuses in the audit log: who has sent it, from where, and by which rules it was refused; nothing of
// what is in it.

import type { Exchange } from '../exchange.ts'
import { heardOf, knownNames } from '../meter.ts'
import type { Peer } from '../peer.ts'
import type { Validated } from '../ports.ts'
import type { Received, Unrendered } from '../received.ts'
import { EVENT_OF } from './events.ts'
import type { EventName } from './events.ts'
import type { Recorder } from './recorder.ts'

/** rules that a line names */
const MOST_RULES = 5

/** The same exchange. */
export function auditedExchange(
  exchange: Exchange,
  { note }: Pick<Recorder, 'note'>,
  isNoun: (noun: string) => boolean,
): Exchange {
  const about = aboutBy(isNoun)
  return {
    ...exchange,
    receive: async (received) => {
      const { answer, last } = await heardOf(exchange, received)
      // What the gateway takes up again was told of when it came.
      if (answer.repeated || received.again === true || last === undefined) return answer
      const what = last.result === 'FAILED' ? eventOf(last) : undefined
      const rules = last.errors.flatMap(({ rule, code }) => [rule ?? code])
      if (what !== undefined) note(what, about(received, last.validated, rules))
      return answer
    },
    keepRefused: async (received, validated, answer) => {
      await exchange.keepRefused(received, validated, answer)
      const rules = validated.findings.map(({ rule }) => rule)
      note('message-refused', about(received, validated, rules))
    },
  }
}

/** A refusal that business or a failure of ours is the reason of is none of security. */
function eventOf({ failure, errors, validated }: Unrendered): EventName | undefined {
  if (errors.some(({ rule }) => rule === 'MSG-REPLAY')) return 'replay'
  const own = failure === undefined ? undefined : EVENT_OF[failure]
  if (own !== undefined) return own
  if (validated.verdict === 'refused') return 'document-refused'
  const isInvalid = validated.verdict === 'invalid' || validated.verdict === 'not-well-formed'
  return isInvalid || validated.verdict === 'no-schema' ? 'message-refused' : undefined
}

/** Rules alone: a value that is wrong is a value of the message. */
function aboutBy(isNoun: (noun: string) => boolean) {
  return ({ sender }: Received, validated: Validated, rules: readonly string[]) => {
    const { party: who, from = '' } = sender
    const all = [...new Set(rules)]
    const more = all.length > MOST_RULES ? ` and ${all.length - MOST_RULES} more` : ''
    const details = `rule=${all.slice(0, MOST_RULES).join(',')}${more}`
    const { verb, noun } = knownNames(validated, isNoun)
    return { who, from, subject: [verb, noun].filter((it) => it !== null).join(' '), details }
  }
}

/** The peers, with what the gateway may not ask, and who does not take it for who it is. */
export function auditedPeer(peer: Peer, { note }: Pick<Recorder, 'note'>): Peer {
  return {
    ...peer,
    send: async (party, leg, signal) => {
      const answer = await peer.send(party, leg, signal)
      const about = { who: party.id, subject: leg.id }
      if (answer.kind === 'answered' && UNPROVEN.includes(answer.status))
        note('peer-refused-us', { ...about, details: `HTTP ${answer.status}` })
      if (answer.kind === 'unreachable' && answer.forbidden === true)
        note('address-refused', { ...about, details: 'not one of the addresses of the party' })
      return answer
    },
  }
}

/** What HTTP says of credentials that are none, or not enough. */
const UNPROVEN: readonly number[] = [401, 403, 407]
