// The outcome of a message is known, and what follows from it could not be kept: its sender hears what the party has said, and
// that it is the gateway that has failed. Nothing else changes.

import type { Said } from '../answer.ts'
import { transition } from '../delivery/transition.ts'
import { UNKEPT, saidBy } from '../delivery/unkept.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { REPLY } from '../ledger.ts'
import type { Leg } from '../ledger.ts'
import { firstOf, isPieceOf } from './joined.ts'
import { toldLater } from './later-reply.ts'
import type { Relay, RelayParts } from './relay.ts'
import { restored } from './restored.ts'
import { failing, failureOf, stepTo, verdictOf } from './said.ts'
import { saidOfAll } from './refused-here.ts'
import type { Failing } from './said.ts'
import type { Waiting } from './waiting.ts'

/** @param waiting those who wait in this process */
export function unkeptOn(parts: RelayParts, waiting: Waiting): Relay['unkept'] {
  const { store, responder } = parts
  return async (leg, verdict) => {
    const origin = leg.answers === '' ? undefined : await store.leg(leg.answers)
    if (origin?.direction !== 'in' || origin.state !== 'ACCEPTED') return { unit: {} }
    if (!isPieceOf((await firstOf(leg, store)).id, origin.answers)) return { unit: {} }
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return { unit: {} }
    const { error, code } = failureTo(leg, verdict)
    // Where the party refuses the whole its word is enough.
    const refusal = verdict.said?.result === 'FAILED' ? verdict.said : undefined
    const told: Said = refusal ?? { result: 'FAILED', errors: [error] }
    const said = saidOfAll(told, it.received)
    const background = refusal === undefined ? { failure: code } : {}
    const answer = await responder.reply(it.received, it.validated, said, background)
    const step = stepTo(origin, said, answer)
    const later = toldLater(origin, it, answer, parts)
    const happened = { at: parts.clock(), revision: 0, verdict: verdictOf(said) }
    return {
      unit: {
        ...later,
        events: [transition(origin, step, happened), ...later.events],
        steps: [step],
        met: [{ kind: REPLY, key: origin.id }],
      },
      committed: () => waiting.answer(origin.id, answer),
    }
  }
}

function failureTo(leg: Leg, verdict: Verdict): Failing {
  const known = `${saidBy(leg, verdict)} The gateway could not keep what follows from that: do not send it again.`
  return failureOf(leg, verdict) ?? failing(UNKEPT, 'UNKEPT', known)
}
