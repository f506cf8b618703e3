// What a settlement is of: a subscription, and a stage of an event or a season. By that it is found, and is there once.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { SUBSCRIBED_DEVICE } from './device-key.ts'
import type { Reference } from './flow.ts'
import { participationKeys as deviceStageKeys } from './participation-refs.ts'
import { keysOf, listOf } from './reference.ts'
import type { Search } from './search.ts'

/** The keys of a subscription in a stage of an event, or in the event where no stage is named. */
export function participationKeys(object: Json | undefined): readonly string[] {
  const stage = member(object, 'stage') ?? member(object, 'ProgramEvent')
  return keysOf(member(object, 'ProgramSubscription')).flatMap((subscription) =>
    keysOf(stage).map((it) => JSON.stringify([subscription, it])),
  )
}

/** Where the participations of what is settled may be: those of the devices of its subscription, as far as that is known. */
export function participationReferences(
  settlement: JsonObject,
  subscription: Json | undefined,
): readonly Reference[] {
  const stage = member(settlement, 'stage')
  return listOf(subscription, 'EndDevices').flatMap((EndDevice) =>
    deviceStageKeys({ EndDevice, ...(stage === undefined ? {} : { stage }) }).map((key) => ({
      noun: 'EventParticipations',
      object: undefined,
      claim: { rule: SUBSCRIBED_DEVICE, key },
    })),
  )
}

/** Texts under which settlements of a subscription are found that no bill has yet. */
export function unbilledUnder(settlement: JsonObject, state: string): readonly string[] {
  return UNBILLED.includes(state) ? keysOf(member(settlement, 'ProgramSubscription')) : []
}

/** States in which a settlement waits for a credit. */
const UNBILLED: readonly string[] = ['CALCULATED', 'AGGREGATED', 'REJECTED']

/** All that a subscription has earned and nobody has credited yet. */
export function unbilledOf(subscription: JsonObject): readonly Search[] {
  const own = keysOf(subscription)
  return own.map((under) => ({
    noun: 'ProgramSettlements',
    under,
    has: (it) => keysOf(member(it, 'ProgramSubscription')).some((key) => own.includes(key)),
  }))
}

/** What of a subscription is paid for once: a stage of an event, or a season. */
export function settledKeys(settlement: JsonObject): readonly string[] {
  const quantity = String(member(settlement, 'quantityKind') ?? '')
  if (member(settlement, 'kind') !== 'season')
    return participationKeys(settlement).map((it) => `event ${quantity} ${it}`)
  const start = String(member(member(settlement, 'period'), 'start') ?? '')
  return keysOf(member(settlement, 'ProgramSubscription')).map(
    (it) => `season ${quantity} ${JSON.stringify([it, start])}`,
  )
}
