// What a leg becomes by a reply that has come by itself.

import { answeredWith } from '../delivery/outcome.ts'
import { unkept } from '../delivery/unkept.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg, LegStep } from '../ledger.ts'
import type { Pending } from './waiting.ts'

/** @param cause why what follows from it is not kept */
export function stepOf(
  asked: Leg,
  verdict: Verdict,
  { received, validated }: Pending,
  cause: unknown,
): LegStep {
  const { kind, said, reason } = verdict
  const done = said?.result === 'PARTIAL' ? 'PARTIAL' : 'ACKED'
  const outcome = { to: kind === 'done' ? done : 'PARKED', reason } as const
  return {
    leg: asked.id,
    from: asked.state,
    ...(cause === undefined ? outcome : unkept(asked, verdict, outcome, cause)),
    // It has arrived, whatever had become of the try.
    slot: { kind: 'drop' },
    answered:
      verdict.kept === undefined
        ? {
            reply: new TextDecoder().decode(received.bytes),
            replyMessageID: validated.messageID ?? '',
            replyStatus: 200,
            replyContentType: 'application/xml',
          }
        : answeredWith(verdict.kept, validated.messageID ?? ''),
  }
}
