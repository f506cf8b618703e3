// What is answered here although its way leads to a party: by what our own record says against it, and of what is not known
// to be the sender's, where the party has the objects of other providers, too.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Said } from '../answer.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Memory } from '../guarded.ts'
import { idKey, identityOf, namePartsOf } from '../identity.ts'
import type { MessageState } from '../ledger.ts'
import type { Choice } from '../parties/index.ts'
import type { Standing } from '../standing.ts'
import { member } from '../../schema/json-text.ts'
import { text, verbOf } from '../tasks.ts'
import type { Task, Work } from '../tasks.ts'
import type { IsMade } from './behind.ts'
import { NOTHING_AGAINST, guardingOn } from './guarding.ts'
import type { Against } from './guarding.ts'
import type { Pending } from './waiting.ts'

/** What it is judged by. */
export interface KeepingParts {
  readonly deciding: Deciding
  readonly store: Pick<Memory, 'legs'>
  readonly isMade: IsMade
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

/** States of a message of which something has been done, be it after its time. */
const DONE: readonly MessageState[] = ['ACKED', 'PARTIAL', 'EXPIRED']

/** Over one record. */
export function keepingBack({
  deciding,
  unguarded,
  looked,
  store,
  isMade,
}: KeepingParts): KeptBack {
  const guarding = guardingOn(deciding, unguarded, { isMade, hasMade })

  return async (it, { work, standing, choice }) => {
    const [first] = choice.parties
    const isNear = standing.isNear(first?.id ?? '')
    if (verbOf(it.message) === 'get')
      return isNear ? NOTHING_AGAINST : { errors: await unseen(it, standing), each: [] }
    const { exchangeId = '' } = it.received
    const messageID = it.validated.messageID ?? ''
    return guarding.whole(work, { messageID, exchangeId, ...standing }, isNear)
  }

  /** What another one has made, or has sent to another party, is not known there by that. */
  async function hasMade({ noun, by = '', object }: Task): Promise<boolean> {
    const { mRID, names } = identityOf(object)
    const own = member(object, deciding.flow(noun, 'create')?.batch?.by ?? '')
    const keys = [mRID, ...names.slice(0, 1).map((it) => namePartsOf(it).name), text(own ?? null)]
    const created = { direction: 'in', noun: [noun], verb: ['create'], party: by } as const
    for (const key of keys) {
      if (key === undefined) continue
      const { legs } = await store.legs({ ...created, key, state: DONE, limit: 1 })
      if (legs.length > 0) return true
    }
    return false
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
