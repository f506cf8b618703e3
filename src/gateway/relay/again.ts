// A message that no route took, received once more because a person says so: as if its sender had sent it now, except that
// nobody waits for the answer.

import { businessRule } from '../../flows/rules/index.ts'
import type { Leg } from '../ledger.ts'
import type { Answer, Received } from '../received.ts'
import { nounIn } from '../tasks.ts'
import type { Courier } from './courier.ts'
import { toldLater } from './later-reply.ts'
import type { LaterParts, ToldLater } from './later-reply.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'

/** What receiving needs. */
export interface AgainParts extends RestoreParts, LaterParts {
  readonly courier: Pick<Courier, 'choose' | 'standings'>
  readonly receive: (received: Received) => Promise<Answer>
}

/** Why a message is not taken. */
export interface NotTaken {
  readonly reason: string
  /** what it waits for may still come */
  readonly isHeld: boolean
  /** what tells its sender so, who has had another answer before */
  readonly told?: () => ToldLater
}

/** @returns why it is still not taken; undefined when it is on its way, or done here */
async function receivedAgain(leg: Leg, parts: AgainParts): Promise<NotTaken | undefined> {
  const pending = await restored(leg, parts)
  if (pending === undefined)
    return { reason: 'It cannot be read any more; have it sent again.', isHeld: true }
  const { received, message } = pending
  const { choose, standings } = parts.courier
  const standing = await standings.of(message, received.sender)
  const about = { noun: nounIn(message) ?? leg.noun, verb: leg.verb, from: leg.party }
  const choice = choose(about, standing)
  if (choice.kind === 'none') return { reason: choice.reason, isHeld: true }
  let refusal: NotTaken | undefined
  const answer = await parts.receive({
    ...received,
    // Whoever drives it a second time drives nothing twice.
    repeatKey: `redrive ${leg.id}`,
    again: true,
    prefersAsync: true,
    told: ({ result, errors }) => {
      if (result !== 'FAILED') return
      const reason = errors.map((it) => it.reason ?? it.code).join(' ')
      refusal = { reason, isHeld: errors.some(({ rule }) => businessRule(rule)?.isHold === true) }
    },
  })
  return refusal && { ...refusal, told: () => toldLater(leg, pending, answer, parts) }
}

/** The same over one exchange. */
export function againBy(parts: AgainParts): (leg: Leg) => Promise<NotTaken | undefined> {
  return (leg) => receivedAgain(leg, parts)
}
