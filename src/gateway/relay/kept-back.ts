// What is answered here although its way leads to a party: by what our own record says against it, and of what is not known
// to be the sender's, where the party has the objects of other providers, too.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Said } from '../answer.ts'
import type { Deciding } from '../deciding.ts'
import type { Memory } from '../guarded.ts'
import { idKey } from '../identity.ts'
import type { Choice } from '../parties/index.ts'
import type { Standing } from '../standing.ts'
import { verbOf } from '../tasks.ts'
import type { Work } from '../tasks.ts'
import { isBeingMade } from '../under-way.ts'
import { NOTHING_AGAINST, guardingOn } from './guarding.ts'
import type { Against } from './guarding.ts'
import type { Pending } from './waiting.ts'

/** What it is judged by. */
export interface KeepingParts {
  readonly deciding: Deciding
  readonly store: Pick<Memory, 'legs'>
  /** ids of flows whose rules are left to the parties */
  readonly unguarded: () => readonly string[]
  /** what our own record answers to a question, as its sender may look at it */
  readonly looked: (it: Pending) => Promise<Said>
}

/** What speaks against asking the party of a way. */
export type KeptBack = (
  it: Pending,
  how: {
    readonly work: Work
    readonly standing: Standing
    readonly choice: Extract<Choice, { readonly kind: 'parties' }>
  },
) => Promise<Against>

/** Over one record. */
export function keepingBack({ deciding, unguarded, looked, store }: KeepingParts): KeptBack {
  const guarding = guardingOn(deciding, unguarded, (task) => isBeingMade(store, task))

  return async (it, { work, standing, choice }) => {
    const [first] = choice.parties
    const isNear = standing.isNear(first?.id ?? '')
    if (verbOf(it.message) === 'get')
      return isNear ? NOTHING_AGAINST : { errors: await unseen(it, standing), each: [] }
    const { exchangeId = '' } = it.received
    const messageID = it.validated.messageID ?? ''
    return guarding.whole(work, { messageID, exchangeId, ...standing }, isNear)
  }

  /** What the party answered would not be shown; that it is there could be told by how it answers. */
  async function unseen(it: Pending, { asked }: Standing): Promise<readonly ReplyError[]> {
    const strange = new Set(asked?.strange)
    if (strange.size === 0) return []
    const { errors = [] } = await looked(it)
    return errors.filter(
      ({ code, id }) => !code.startsWith('0.') && id !== undefined && strange.has(idKey(id.$)),
    )
  }
}
