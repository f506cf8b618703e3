// An event that asks for an acknowledgement which nobody can give: no party has the role, and our own word does not count. It
// is awaited from the first moment on, so that an alarm stands until a party of that role has acknowledged.

import { member } from '../../schema/json-text.ts'
import { objectsIn } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { identityOf } from '../identity.ts'
import { ACKNOWLEDGEMENT } from '../ledger.ts'
import type { Awaited } from '../ledger.ts'
import { isOwn, isThere } from '../parties/spoken-for.ts'
import type { Topology } from '../parties/party.ts'
import type { NewId } from '../ports.ts'
import { acknowledging } from './acknowledging.ts'
import { acknowledgementKey } from './acknowledgement-key.ts'
import type { Origin } from './awaited.ts'
import type { Pending } from './waiting.ts'

/** What it needs from outside. */
export interface UnacknowledgedParts {
  readonly topology: () => Topology
  readonly contentOf: ContentOf
  readonly newId: NewId
}

/** One for each object of the event; none where somebody can acknowledge it. */
export function unacknowledged(
  { validated, message }: Pick<Pending, 'validated' | 'message'>,
  { id: leg, exchangeId, at: dueAt }: Pick<Origin, 'id' | 'exchangeId' | 'at'>,
  { topology, contentOf, newId }: UnacknowledgedParts,
): readonly Awaited[] {
  const { noun, verb } = validated
  const roles = acknowledging(noun ?? '', verb ?? '')?.by
  const content = contentOf(noun ?? '')
  const now = topology()
  if (roles === undefined || content === undefined || isOwn(now) || isThere(roles, now)) return []
  const root = member(member(message, 'payload'), noun ?? '')
  return objectsIn(root ?? {}, content).flatMap((it) => {
    const { mRID } = identityOf(it)
    if (mRID === undefined) return []
    const key = acknowledgementKey(mRID, roles)
    return [{ id: newId(), kind: ACKNOWLEDGEMENT, key, exchangeId, leg, dueAt, state: 'open' }]
  })
}
