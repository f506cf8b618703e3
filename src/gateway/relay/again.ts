// A message that no route took, received once more because a person says so: as if its sender had sent it now, except that
// nobody waits for the answer.

import type { Leg } from '../ledger.ts'
import type { Answer, Received } from '../received.ts'
import { nounIn } from '../tasks.ts'
import type { Courier } from './courier.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'

/** What receiving needs. */
export interface AgainParts extends RestoreParts {
  readonly courier: Pick<Courier, 'choose' | 'standings'>
  readonly receive: (received: Received) => Promise<Answer>
}

/** @returns why it is still not taken; undefined when it is on its way, or done here */
export async function receivedAgain(leg: Leg, parts: AgainParts): Promise<string | undefined> {
  const pending = await restored(leg, parts)
  if (pending === undefined) return 'It cannot be read any more; have it sent again.'
  const { received, message } = pending
  const { choose, standings } = parts.courier
  const standing = await standings.of(message, received.sender)
  const about = { noun: nounIn(message) ?? leg.noun, verb: leg.verb, from: leg.party }
  const choice = choose(about, standing)
  if (choice.kind === 'none') return choice.reason
  let refusal: string | undefined
  await parts.receive({
    ...received,
    // Whoever drives it a second time drives nothing twice.
    repeatKey: `redrive ${leg.id}`,
    again: true,
    prefersAsync: true,
    told: ({ result, errors }) => {
      refusal = result === 'FAILED' ? errors.map((it) => it.reason ?? it.code).join(' ') : undefined
    },
  })
  return refusal
}

/** The same over one exchange. */
export function againBy(parts: AgainParts): (leg: Leg) => Promise<string | undefined> {
  return (leg) => receivedAgain(leg, parts)
}
