// A message whose way leads to a party, as far as our own record has nothing against it: what is refused of a collection is told
// object by object, and the others go on. All or nothing goes where the message asks for that, and where a batch that has
// failed in part is called FAILED.

import type { ReplyError } from '../../envelope/reply.ts'
import { businessRule } from '../../flows/rules/index.ts'
import type { MixedBatch } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Leg } from '../ledger.ts'
import type { Choice } from '../parties/index.ts'
import type { Patience } from '../patience.ts'
import type { Answer } from '../received.ts'
import type { Standing } from '../standing.ts'
import type { Work } from '../tasks.ts'
import type { Refused } from '../ways.ts'
import type { Courier } from './courier.ts'
import { NOTHING_AGAINST } from './guarding.ts'
import { turnedBack } from './held-back.ts'
import type { KeptBack } from './kept-back.ts'
import { withoutRefused } from './refused-here.ts'
import type { Pending } from './waiting.ts'

/** What it needs from outside. */
export interface SendingOnParts {
  readonly keptBack: KeptBack
  readonly refused: (it: Pending, how: Refused) => Promise<Answer>
  /** nothing is left to be sent on, because it is there already */
  readonly known: (it: Pending, decision: Decision) => Promise<Answer>
  readonly contentOf: ContentOf
  readonly patience?: Pick<Patience, 'outlasts'>
  readonly mixedBatch: MixedBatch
}

/** A message on its way to a party. */
export interface SendingOn {
  readonly work: Work
  readonly standing: Standing
  readonly choice: Extract<Choice, { readonly kind: 'parties' }>
  readonly again: (leg: Leg) => Promise<Answer>
}

/** Over one record. */
export function sendingOn(parts: SendingOnParts) {
  const { keptBack, patience, contentOf, mixedBatch } = parts

  return async (
    { forward }: Pick<Courier, 'forward'>,
    it: Pending,
    { work, standing, choice, again }: SendingOn,
  ): Promise<Answer> => {
    let against = NOTHING_AGAINST
    const judged = async () => {
      against = await keptBack(it, { work, standing, choice })
      return against.errors
    }
    const errors = await (patience?.outlasts(it, work, judged) ?? judged())
    const isWhole = work.integrity || work.sequence || mixedBatch === 'failed'
    if (errors.length > 0 && (isWhole || errors.some(isOfAll)))
      return parts.refused(it, turnedBack(errors, it.received))
    const { known = against.each, decision } = against
    if (errors.length === 0 && against.known === undefined)
      return forward(it, choice, again, standing.owner)
    const some = withoutRefused(it, known, contentOf)
    if (some !== undefined) return forward(some, choice, again, standing.owner)
    const isOver = against.known !== undefined && known.every((all) => all.length > 0)
    if (isOver && decision !== undefined) return parts.known(it, decision)
    return errors.length > 0
      ? parts.refused(it, turnedBack(errors, it.received))
      : forward(it, choice, again, standing.owner)
  }
}

/** What waits for something goes on as a whole when that has come; of what is in part another provider's nothing goes. */
function isOfAll({ rule }: ReplyError): boolean {
  return rule === 'NOT-FOUND' || businessRule(rule)?.isHold === true
}
