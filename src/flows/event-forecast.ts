// What an event is planned on: for each of its stages a load reduction is forecast, as far as forecasts are kept here. One that
// was made before the stage was planned is told of, and does.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Placed, Reference } from './flow.ts'
import { forecastOf, forecastReferences, staleForecast } from './forecast-terms.ts'
import { programReferences } from './program-terms.ts'
import { keysOf } from './reference.ts'
import type { Saying } from './saying.ts'
import { stagesOf } from './stages.ts'

/** The program of an event, and the forecasts for its stages. */
export function forecastsFor(event: JsonObject, find: Around['find']): readonly Reference[] {
  const program = member(event, 'DemandResponseProgram')
  const intervals = stagesOf(event).map((it) => member(it, 'interval'))
  return [
    ...programReferences(program),
    ...intervals.flatMap((it) => forecastReferences(program, it, find)),
  ]
}

/** What a new event lacks: a stage without any forecast is planned on nothing. */
export function forecastBreaches(
  event: JsonObject,
  { find, keeps }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (before !== undefined || !keeps('LoadReductionForecasts')) return []
  const program = member(event, 'DemandResponseProgram')
  return stagesOf(event)
    .filter((it) => (statusOf(it) ?? 'SCHEDULED') === 'SCHEDULED')
    .filter((it) => forecastOf(program, member(it, 'interval'), find) === undefined)
    .map((stage) => ({
      ...({ rule: 'EVT-PRE', code: '6.1' } as const),
      reason: `No load reduction is forecast for the time of the stage ${keysOf(stage)[0] ?? ''}.`,
      about: { objectType: 'ProgramEventStage', object: stage },
    }))
}

/** The first stage whose newest forecast is older than its planning. */
export function saidOfForecasts(
  event: JsonObject,
  _state: string,
  around: Around | undefined,
): Saying | undefined {
  if (around === undefined) return undefined
  const program = member(event, 'DemandResponseProgram')
  for (const stage of stagesOf(event)) {
    const found = forecastOf(program, member(stage, 'interval'), around.find)
    const planned = member(event, 'createdDateTime')
    const stale = found === undefined ? undefined : staleForecast(found.object, planned)
    if (stale !== undefined)
      return { code: '0.0', reason: `Stage ${keysOf(stage)[0] ?? ''}: ${stale}` }
  }
  return undefined
}
