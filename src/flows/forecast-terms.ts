// Forecasts as events ask for them: whether there is one for a program and a time, and whether it is from before the time was
// planned.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { boundsOf, overlaps } from './interval.ts'
import { programKeys } from './program-terms.ts'
import { listOf } from './reference.ts'

const NOUN = 'LoadReductionForecasts'
const DAY_MS = 86_400_000

/** By what the newest forecast of a program for a day is found. */
export function forecastKey(program: string, date: string): string {
  return JSON.stringify([program, date])
}

/** What a flow `refers` to that asks for the forecast of a program for some time: a day is one of some place, so three. */
export function forecastReferences(
  program: Json | undefined,
  interval: Json | undefined,
  find: Around['find'],
): readonly Reference[] {
  const [start] = boundsOf(interval)
  if (!Number.isFinite(start)) return []
  const days = [-1, 0, 1].map((by) => new Date(start + by * DAY_MS).toISOString().slice(0, 10))
  return programKeys(program, find).flatMap((key) =>
    days.map((date) => ({
      noun: NOUN,
      object: undefined,
      claim: { rule: 'LRF-ORDER', key: forecastKey(key, date) },
    })),
  )
}

/** The newest forecast of the program that says something of this time; undefined where none is known here. */
export function forecastOf(
  program: Json | undefined,
  interval: Json | undefined,
  find: Around['find'],
): Placed | undefined {
  const found = forecastReferences(program, interval, find).flatMap((it) => find(it) ?? [])
  return found
    .filter(({ object }) =>
      listOf(object, 'intervals').some((it) => overlaps(member(it, 'interval'), interval)),
    )
    .toSorted((a, b) => predictedAt(b.object) - predictedAt(a.object))[0]
}

/** Milliseconds at which it was predicted; before everything where it does not say. */
export function predictedAt(forecast: JsonObject): number {
  return boundsOf({ start: member(forecast, 'predictionCreationDate') ?? '' })[0]
}

/** One sentence where a forecast is older than the planning of what it is for; undefined where it is not, or nobody can say. */
export function staleForecast(
  forecast: JsonObject,
  plannedAt: Json | undefined,
): string | undefined {
  const predicted = member(forecast, 'predictionCreationDate')
  if (typeof predicted !== 'string' || typeof plannedAt !== 'string') return undefined
  if (predictedAt(forecast) >= boundsOf({ start: plannedAt })[0]) return undefined
  return `The load reduction was forecast at ${predicted}, before the planning at ${plannedAt}.`
}
