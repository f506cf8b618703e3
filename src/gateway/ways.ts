// Which way a message goes: it stays here, leads to a party, or to nobody. A set of operations goes one way.

import type { ReplyError } from '../envelope/reply.ts'
import type { ContentOf } from './content.ts'
import type { Choice } from './parties/index.ts'
import type { Courier } from './relay/courier.ts'
import { routesApart } from './relay/routes-apart.ts'
import type { Pending } from './relay/waiting.ts'
import type { Background } from './responder.ts'
import type { Standing } from './standing.ts'
import { nounIn } from './tasks.ts'

/** A refusal, and what is kept of it. */
export interface Refused extends Pick<Background, 'failure'> {
  readonly errors: readonly ReplyError[]
  /** HELD is answered OK: it goes on by itself */
  readonly state: 'REJECTED' | 'PARKED' | 'HELD'
  /** false for what is on record already, and is asked for once more */
  readonly isKept?: boolean
  /** of what is parked */
  readonly reason?: string
}

/** @param courier absent = everything is local */
export function waysOf(courier: Courier | undefined, contentOf: ContentOf) {
  function chosen({ received, validated, message }: Pending, standing: Standing): Choice {
    const from = received.sender.party
    const { noun, verb } = validated
    const payload = nounIn(message) ?? noun ?? ''
    const routed = { noun: payload, verb: verb ?? '', from }
    return courier?.choose(routed, standing, message) ?? { kind: 'local' }
  }

  /** A set of operations that lead to several parties is no one message to any of them. */
  function wayIsOne({ message, received }: Pending, standing: Standing): Refused | undefined {
    if (courier === undefined) return undefined
    const from = received.sender.party
    const failing = routesApart(message, contentOf, (it) =>
      courier.choose({ ...it, from }, standing),
    )
    if (failing === undefined) return undefined
    return { errors: [failing.error], state: 'REJECTED', failure: failing.code }
  }

  return { chosen, wayIsOne }
}
