// The records of a list that have failed, once more because a person says so: those that can be carried out, in collections
// of their own, under new MessageIDs. What was accepted is not sent a second time.

import type { Leg, LegFacts, LedgerUnit } from '../ledger.ts'
import type { Clock, NewId } from '../ports.ts'
import { isOver } from '../relay/joined.ts'
import { readDraft, writeDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { slotsOf } from './lanes.ts'
import { collectionsOf, outcomesOf } from './run.ts'
import type { RunStore } from './run.ts'

/** What it needs from outside. */
export interface RetryingParts {
  readonly store: RunStore
  readonly clock: Clock
  readonly newId: NewId
  readonly priorityOf: (leg: Leg) => number
}

/** What is to be sent, or one sentence why nothing is. */
export type Retried = Required<Pick<LedgerUnit, 'legs' | 'slots'>> | { readonly reason: string }

/** @param origin leg of a list */
export async function failedAgain(origin: LegFacts, parts: RetryingParts): Promise<Retried> {
  const { store, clock } = parts
  const all = await collectionsOf(origin, store)
  if (!all.flat().every(isOver))
    return { reason: 'It is still being carried out; wait until every collection is over.' }
  const legs: Leg[] = []
  for (const turns of all) {
    const [first] = turns
    if (first === undefined || (first.state === 'ACKED' && turns.length === 1)) continue
    const leg = await store.leg(first.id)
    const failed = (await outcomesOf(turns, store)).flatMap(({ entry, result }) =>
      result === 'FAILED' && entry.object !== undefined ? [entry.index] : [],
    )
    if (leg !== undefined && failed.length > 0) legs.push(again(leg, failed, parts))
  }
  if (legs.length === 0)
    return {
      reason:
        'No record has failed that could be carried out as it is; send those that are wrong anew.',
    }
  const now = clock()
  const [late] = legs.filter(({ notAfter }) => notAfter !== '' && notAfter <= now)
  if (late !== undefined) return { reason: `Its time has passed (${late.notAfter}).` }
  const [first] = legs
  const priority = first === undefined ? 0 : parts.priorityOf(first)
  return { legs, slots: slotsOf(legs, { priority, dueAt: now }) }
}

function again(leg: Leg, failed: readonly number[], { newId, clock }: RetryingParts): Leg {
  const messageID = newId()
  return {
    ...leg,
    ...{ id: newId(), messageID, correlationID: messageID, at: clock(), replayOf: leg.id },
    ...{ state: 'QUEUED', reason: '', findings: '[]', late: false },
    ...{ reply: '', replyMessageID: '', replyStatus: 0, replyContentType: '', replyETag: '' },
    request: writeDraft(only(readDraft(leg), failed)),
  }
}

/** The draft with the records at these places alone. */
function only(draft: Draft, places: readonly number[]): Draft {
  const own = places.map((it) => it - draft.from)
  const { rows, objects } = draft
  return {
    ...draft,
    places,
    ...(rows === undefined ? {} : { rows: own.flatMap((at) => (rows[at] ? [rows[at]] : [])) }),
    ...(objects === undefined
      ? {}
      : { objects: own.flatMap((at) => (objects[at] ? [objects[at]] : [])) }),
  }
}
