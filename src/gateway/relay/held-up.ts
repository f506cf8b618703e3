// What it means for what the gateway orchestrates that a party has carried out a part only of what it was asked: objects that
// wait for the rest stand out until they have gone on.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { identityOf } from '../identity.ts'
import type { Awaited, Leg } from '../ledger.ts'
import { lookedUp } from '../looked-up.ts'
import type { Topology } from '../parties/party.ts'
import type { Clock, Log, NewId, Store, Unit } from '../ports.ts'
import { STANDING } from '../watched.ts'

/** What it needs from outside. */
export interface HeldUpParts {
  readonly deciding: Pick<Deciding, 'workOf' | 'flow'>
  readonly store: Pick<Store, 'objects'>
  readonly topology: () => Topology
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Pick<Log, 'warn'>
}

type Alarms = Required<Pick<Unit, 'awaits' | 'audit'>>

const NONE: Alarms = { awaits: [], audit: [] }

/**
 * The alarms to be kept with the outcome.
 * @param refused what the party has refused, as the message that asks for it
 * @param leg by which it was asked
 */
export async function heldUpBy(
  refused: JsonObject | undefined,
  leg: Pick<Leg, 'id' | 'exchangeId' | 'party' | 'messageID'>,
  { deciding, store, topology, clock, newId, log }: HeldUpParts,
): Promise<Alarms> {
  const { orchestrated = [] } = topology()
  if (refused === undefined || orchestrated.length === 0) return NONE
  const all = deciding
    .workOf(refused)
    .tasks.flatMap(({ noun, verb, object }) => deciding.flow(noun, verb)?.holdsUp?.(object) ?? [])
  if (all.length === 0) return NONE
  const find = await lookedUp(() => all, {}, store)
  const keys = all.flatMap((it) => {
    const [held, flow] = [find(it), deciding.flow(it.noun, 'change')]
    const { mRID } = identityOf(held?.object)
    const isWaiting = held !== undefined && flow?.alarms?.[held.state]?.isOfHeldUp === true
    return isWaiting && orchestrated.includes(flow.id) ? [`${it.noun} ${mRID ?? ''}`] : []
  })
  const at = clock()
  const { id, exchangeId, party, messageID } = leg
  const common = { kind: STANDING, exchangeId, leg: id, dueAt: at, state: 'overdue' } as const
  const awaits = [...new Set(keys)].map((key): Awaited => ({ id: newId(), key, ...common }))
  for (const { key } of awaits)
    log.warn({ key, party, messageID, exchangeId }, 'a party has carried out a part of it only')
  const said = { at, who: 'cimgate', what: 'alarm held up', details: exchangeId }
  return { awaits, audit: awaits.map(({ key: subject }) => ({ ...said, subject })) }
}
