// What has to come after a message by the rules of the configuration, and what the message itself has fulfilled.

import { shifted } from '../delivery/outcome.ts'
import type { Awaited, LedgerUnit } from '../ledger.ts'
import { expectedAfter, metBy } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import type { NewId } from '../ports.ts'
import type { Pending } from './waiting.ts'

/** A leg that others come from. */
export interface Origin {
  readonly id: string
  readonly exchangeId: string
  /** ISO 8601 with Z */
  readonly at: string
  readonly traceparent: string
}

/** To be kept in the unit in which the message is accepted. */
export function awaitedBy(
  { received, validated, message }: Pending,
  { id, exchangeId, at }: Pick<Origin, 'id' | 'exchangeId' | 'at'>,
  { topology, newId }: { readonly topology: () => Topology; readonly newId: NewId },
): Required<Pick<LedgerUnit, 'awaits' | 'met'>> {
  const { noun, verb } = validated
  const it = { noun: noun ?? '', verb: verb ?? '', from: received.sender.party }
  const awaits = expectedAfter(topology(), it, message).map(({ kind, key, withinMs }): Awaited => ({
    id: newId(),
    kind,
    key,
    exchangeId,
    leg: id,
    dueAt: shifted(at, withinMs),
    state: 'open',
  }))
  return { awaits, met: metBy(topology(), it, message) }
}
