// What a source has by its own list and has never told here: received in its name, so that it goes the way of every message,
// is judged as any other, and is on record from then on.

import type { Verb } from '../../envelope/verbs.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { idKey, identityOf } from '../identity.ts'
import { wayOf } from '../parties/index.ts'
import { inwardOn } from '../relay/inward.ts'
import type { InwardParts } from '../relay/inward.ts'
import { NOTHING_SENT, joined } from '../relay/outgoing.ts'
import type { Outgoing } from '../relay/outgoing.ts'
import type { Plan } from './plan.ts'
import { RECONCILIATION } from './reconciling.ts'
import type { ReconcilingParts } from './reconciling.ts'
import { ON_ITS_WAY } from './sides.ts'

/** What is to be received, and how many objects it is about. */
export interface Untold {
  readonly sent: Outgoing
  readonly count: number
  /** that are on their way already */
  readonly waiting: number
}

/** @param mRIDs of what the target lacks and nothing is kept of here */
export type TellFor = (mRIDs: readonly string[], plan: Plan, exchangeId: string) => Promise<Untold>

/** Over one store. */
export function untoldOn(parts: ReconcilingParts & InwardParts): TellFor {
  const inward = inwardOn(parts)

  return async (mRIDs, plan, exchangeId) => {
    const listed = new Map((plan.lists.source ?? []).map((it) => [keyOf(it), it]))
    const verb = verbFor(plan)
    const found = mRIDs.map((it) => listed.get(idKey(it))).filter((it) => it !== undefined)
    if (verb === undefined || found.length === 0)
      return { sent: NOTHING_SENT, count: 0, waiting: 0 }
    const open = await Promise.all(found.map((it) => isOnItsWay(it, plan)))
    const due = found.filter((_it, at) => open[at] !== true)
    const all = await Promise.all(due.map((it) => told(it, verb, plan, exchangeId)))
    return { sent: joined(all), count: due.length, waiting: found.length - due.length }
  }

  /** One message each, so that what is refused of one says nothing of another. */
  function told(object: JsonObject, verb: Verb, { noun, source }: Plan, exchangeId: string) {
    const origin = { id: '', exchangeId, at: parts.clock(), traceparent: '' }
    const about = [noun, identityOf(object).mRID ?? ''] as const
    const next = { from: source, verb, noun, draft: object, objects: [object] }
    return inward(next, { origin, flow: RECONCILIATION, about })
  }

  /** As the source would ask for it, or tell it, where that leads to the target. */
  function verbFor({ noun, source, target }: Plan): Verb | undefined {
    if (source === '') return undefined
    return (['create', 'created'] as const).find((verb) => {
      const choice = wayOf(parts.topology(), { noun, verb, from: source })
      return choice.kind === 'parties' && choice.parties.some(({ id }) => id === target)
    })
  }

  async function isOnItsWay(object: JsonObject, { noun }: Plan): Promise<boolean> {
    const { mRID = '' } = identityOf(object)
    const query = {
      direction: 'out',
      noun: [noun],
      key: mRID,
      state: ON_ITS_WAY,
      limit: 1,
    } as const
    return (await parts.store.legs(query)).legs.length > 0
  }
}

function keyOf(object: JsonObject): string {
  return idKey(identityOf(object).mRID ?? '')
}
