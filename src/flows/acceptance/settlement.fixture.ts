// For tests only: what is settled for one subscription in one event, and what is credited of it.

import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'

/** Two hours of an event. */
export const HOURS = [
  { start: '2026-07-13T21:00:00Z', end: '2026-07-13T22:00:00Z' },
  { start: '2026-07-13T22:00:00Z', end: '2026-07-13T23:00:00Z' },
] as const

export const energy = (value: Json, multiplier = 'k') => ({ multiplier, unit: 'Wh', value })
export const price = (amount: Json, currency = 'USD') => ({
  ...{ amount, currency },
  per: { multiplier: 'k', unit: 'Wh' },
})

/** What was avoided in two hours: 1.205 kWh and 830 Wh. */
export const QUANTITIES = [energy(1.205), energy(830, 'none')]
export const PRICES = [price(0.415), price(0.2875)]
/** 0.500075 and 0.238625, rounded once */
export const AMOUNT = 0.74

export const intervals = (more: readonly JsonObject[] = []) =>
  HOURS.map((interval, at) => ({
    interval,
    price: PRICES[at] ?? null,
    quantity: QUANTITIES[at] ?? null,
    ...more[at],
  }))

/** A settlement that is calculated, of a subscription and a stage of its own. */
export function settlement(more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    amount: AMOUNT,
    currency: 'USD',
    kind: 'event',
    quantityKind: 'kWhAvoided',
    intervals: intervals(),
    ProgramSubscription: { mRID: fresh() },
    stage: { mRID: fresh() },
    status: { value: 'CALCULATED' },
    ...more,
  }
}

/** The same before anything is known of it. */
export function pending(more: JsonObject = {}): Identified {
  const { amount: _amount, intervals: _intervals, ...rest } = settlement()
  return { ...rest, status: { value: 'PENDING' }, ...more } as Identified
}

/** A credit about settlements. */
export function credit(of: readonly JsonObject[], amount: Json, more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    amount,
    currency: 'USD',
    trigger: 'periodic',
    CustomerAccount: { Names: [{ name: 'A-1', NameType: { name: 'cisAccountId' } }] },
    period: { start: '2026-06-14T00:00:00Z', end: '2026-07-14T00:00:00Z' },
    sourceSettlements: of.map((it) => ({ mRID: it['mRID'] ?? '' })),
    ...more,
  }
}
