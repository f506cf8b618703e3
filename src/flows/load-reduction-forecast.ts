// By how much the load at points of service can be lowered on a day, as the DERMS foresees it. Of two forecasts for one point,
// program and day the one that was made later holds, in whatever order they come.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Placed } from './flow.ts'
import { forecastKey, predictedAt } from './forecast-terms.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { programKeys, programReferences } from './program-terms.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, listOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { only } from './role.ts'

export default defineFlow({
  ...RECORDED,
  id: 'load-reduction-forecast',
  noun: 'LoadReductionForecasts',
  objectType: 'LoadReductionForecast',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell what load reduction is foreseen for a point and a day; the later forecast holds',
  source: 'LF-01',
  by: only('derms'),
  invariants,
  refers: (it) => [pointOf(it), ...programReferences(member(it, 'DemandResponseProgram'))],
  claims: { knowing: claims },
  servedBy: (it) => [member(it, 'UsagePoint') ?? {}],
})

function invariants(it: JsonObject, around: Around, before: Placed | undefined): readonly Breach[] {
  return [
    ...unnamed('UsagePoint', keysOf(member(it, 'UsagePoint'))),
    ...unnamed('DemandResponseProgram', keysOf(member(it, 'DemandResponseProgram'))),
    ...unknownAmong([pointOf(it)], around),
    ...backwardBreaches('LRF-INTERVAL', ['intervals.interval'], it, before?.object),
    ...otherDays(it),
    ...(before !== undefined && isOlder(it, before.object) ? [OLDER] : []),
  ]
}

/** The day is one of some place, from where it begins first on earth to where it ends last. */
const [EARLIEST_MS, LATEST_MS] = [-14 * 3_600_000, (24 + 12) * 3_600_000]

/** What is foreseen for one day says nothing of another one. */
function otherDays(it: JsonObject): readonly Breach[] {
  const date = String(member(it, 'date') ?? '')
  const [day] = boundsOf({ start: `${date.slice(0, 10)}T00:00:00Z` })
  const at = listOf(it, 'intervals').findIndex((one) => {
    const [start, end] = boundsOf(member(one, 'interval'))
    return start < day + EARLIEST_MS || end > day + LATEST_MS
  })
  if (at < 0) return []
  const reason = `intervals[${at}] is at no place within the date of the forecast, ${date}.`
  return [{ rule: 'LRF-DATE', code: '6.1', reason }]
}

const LATER = 'A forecast for the same point, program and day is known that was made later.'
const OLDER: Breach = { rule: 'LRF-ORDER', code: '6.1', reason: LATER }

function pointOf(forecast: JsonObject): Named {
  const object = member(forecast, 'UsagePoint')
  return { noun: 'UsagePointConfig', object, code: '2.12', what: 'usage point' }
}

/** What does not say when it was made is as new as it comes. */
function isOlder(it: JsonObject, than: JsonObject): boolean {
  const [own, other] = [predictedAt(it), predictedAt(than)]
  return Number.isFinite(own) && own < other
}

/** One for each point and day; and for events that of whichever point is the newest for the program and day. */
function claims(forecast: JsonObject, state: string, find: Around['find']): readonly Claim[] {
  if (state !== 'present') return []
  const date = String(member(forecast, 'date') ?? '')
  const takes = (other: JsonObject) => !isOlder(forecast, other)
  return programKeys(member(forecast, 'DemandResponseProgram'), find).flatMap((program) => [
    ...keysOf(member(forecast, 'UsagePoint')).map((point) => ({
      ...({ rule: 'LRF-ORDER', reason: LATER, takes } as const),
      key: JSON.stringify([point, program, date]),
    })),
    {
      ...({ rule: 'LRF-ORDER', reason: LATER, takes, yields: true } as const),
      key: forecastKey(program, date),
    },
  ])
}
