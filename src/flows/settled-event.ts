// What a settlement is of: a subscription, and a stage of an event or a season. By that it is found, and is there once.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Claim, Reference } from './flow.ts'
import { keysOf } from './reference.ts'

/** participations of one subscription in one stage that are looked for: one for each device */
const MOST_DEVICES = 16

/** The keys of a subscription in a stage of an event, or in the event where no stage is named. */
export function participationKeys(object: Json | undefined): readonly string[] {
  const stage = member(object, 'stage') ?? member(object, 'ProgramEvent')
  return keysOf(member(object, 'ProgramSubscription')).flatMap((subscription) =>
    keysOf(stage).map((it) => JSON.stringify([subscription, it])),
  )
}

/** By what a participation is found from the settlement of its subscription; the last devices of very many are not. */
export function participationClaims(participation: JsonObject): readonly Claim[] {
  return participationKeys(participation).map((key) => ({
    key,
    rule: 'SET-OUTCOME',
    reason: 'More devices of the subscription than are looked at take part in the stage.',
    places: MOST_DEVICES,
    clashes: () => false,
  }))
}

/** Where the participations of what is settled may be. */
export function participationReferences(settlement: JsonObject): readonly Reference[] {
  return participationKeys(settlement).flatMap((key) =>
    Array.from({ length: MOST_DEVICES }, (_, place) => ({
      noun: 'EventParticipations',
      object: undefined,
      claim: { rule: 'SET-OUTCOME', key, place },
    })),
  )
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
