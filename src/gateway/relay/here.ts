// Receives a message of our own as if the party in whose name it is had sent it now. Received is done: what it leads to has
// legs of its own. What has been done by somebody else already is done, too.

import type { Flow } from '../../flows/flow.ts'
import { claimRules } from '../deciding/claims.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Tried } from '../delivery/outcome.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Memory } from '../guarded.ts'
import { idKey } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import type { Answer, Received } from '../received.ts'
import type { Standings } from '../standing.ts'
import { nounIn } from '../tasks.ts'
import type { Courier } from './courier.ts'
import { causeOf, dueInOf, inNameOf } from './inward.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'
import type { Pending } from './waiting.ts'

/** What receiving needs. */
export interface HereParts extends RestoreParts {
  readonly receive: (received: Received) => Promise<Answer>
  readonly courier: Pick<Courier, 'choose'>
  readonly standings: Pick<Standings, 'of' | 'seen'>
  readonly store: Pick<Memory, 'objects'>
  readonly workOf: Deciding['workOf']
  readonly flow: (noun: string, verb: string) => Flow | undefined
  /** what an answer means for the leg */
  readonly judged: (leg: Leg, answer: PeerAnswer) => Promise<Verdict>
}

/** What became of a message that is received here; undefined for one that goes to a party. */
export type Here = (leg: Leg) => Promise<Pick<Tried, 'answer' | 'verdict'>> | undefined

/** Over one exchange. */
export function receivingHere(parts: HereParts): Here {
  async function taken(leg: Leg, party: string): Promise<Pick<Tried, 'answer' | 'verdict'>> {
    // Two tries of the same message are the same for whoever receives it.
    const own = { ...leg, party, bodyHash: leg.messageID }
    const pending = await restored(own, parts)
    if (pending === undefined) return refused('It cannot be read any more.')
    const none = await strayed(pending, leg)
    if (none !== undefined) return refused(none)
    const gone = await stale(leg)
    if (gone !== undefined) return without({ kind: 'canceled', outcome: 'ok', reason: gone })
    for (let turn = 1; ; turn += 1) {
      const { isRefusedBefore, answer, verdict } = await received(leg, pending, turn)
      // What was refused then has changed nothing, and may be right by now.
      if (!isRefusedBefore) return { answer, verdict: settled(verdict, pending) }
    }
  }

  /** Why no route takes it; asked before it is received, because that would be parked a second time. */
  async function strayed({ message, received }: Pending, leg: Leg): Promise<string | undefined> {
    const standing = await parts.standings.of(message, received.sender)
    const about = { noun: nounIn(message) ?? leg.noun, verb: leg.verb, from: received.sender.party }
    const choice = parts.courier.choose(about, standing, message)
    return choice.kind === 'none' ? choice.reason : undefined
  }

  /** Why it is not due any more: the object that it follows from has gone on. */
  async function stale(leg: Leg): Promise<string | undefined> {
    const { noun, subject } = causeOf(leg)
    const states = dueInOf(leg)
    if (states === undefined) return undefined
    const [held] = await parts.store.objects(noun, [idKey(subject)], [])
    if (held !== undefined && states.includes(held.state)) return undefined
    return `It is not due any more: what it follows from is ${held?.state ?? 'gone'}.`
  }

  async function received(leg: Leg, pending: Pending, turn: number) {
    const repeatKey = turn === 1 ? leg.messageID : `${leg.messageID} ${turn}`
    try {
      const it = await parts.receive({
        ...pending.received,
        ...{ repeatKey, again: true, prefersAsync: true },
      })
      const answer = answerOf(it)
      const verdict = await parts.judged(leg, answer)
      const isRefused = verdict.kind === 'refused' || verdict.kind === 'failed' || isPart(verdict)
      return { isRefusedBefore: it.repeated && isRefused, answer, verdict }
    } catch (error) {
      const answer = failing((error as Error).message)
      return { isRefusedBefore: false, answer, verdict: await parts.judged(leg, answer) }
    }
  }

  /** Acknowledged is received; a clash with what is there already means that the same was done before. */
  function settled(verdict: Verdict, { message }: Pending): Verdict {
    if (verdict.kind === 'received') return DONE
    // What is left of it has to be done, too.
    if (isPart(verdict)) return { ...verdict, kind: 'refused', outcome: 'business' }
    if (verdict.kind !== 'refused' || !isDoneBefore(verdict, message)) return verdict
    return { ...DONE, reason: `It has been done already: ${verdict.reason}` }
  }

  function isDoneBefore({ said }: Verdict, message: Pending['message']): boolean {
    const { errors = [] } = said ?? {}
    const rules = new Set(
      parts.workOf(message).tasks.flatMap(({ noun, verb, object }) => {
        const flow = parts.flow(noun, verb)
        return flow === undefined ? [] : claimRules(flow, object)
      }),
    )
    return errors.length > 0 && errors.every((it) => rules.has(ruleIn(it.details)))
  }

  return (leg) => {
    const party = inNameOf(leg)
    return party === undefined ? undefined : taken(leg, party)
  }
}

function isPart({ said }: Verdict): boolean {
  return said?.result === 'PARTIAL'
}

const DONE: Verdict = { kind: 'done', outcome: 'ok', reason: '' }

function answerOf({ rendered: { text, status, contentType } }: Answer): PeerAnswer {
  return { kind: 'answered', status, contentType, bytes: new TextEncoder().encode(text) }
}

function failing(reason: string): PeerAnswer {
  return { kind: 'unreachable', reason, sent: true, permanent: false }
}

function refused(reason: string): Pick<Tried, 'answer' | 'verdict'> {
  return without({ kind: 'refused', outcome: 'technical', reason })
}

/** Nothing was received. */
function without(verdict: Verdict): Pick<Tried, 'answer' | 'verdict'> {
  const { reason } = verdict
  return { answer: { kind: 'unreachable', reason, sent: false, permanent: true }, verdict }
}

function ruleIn(details: string | undefined): string {
  return /\brule=([\w-]+)/.exec(details ?? '')?.[1] ?? ''
}
