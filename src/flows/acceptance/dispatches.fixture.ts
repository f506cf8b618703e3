// For tests only: dispatches of groups.

import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'

export const DISPATCHES = 'DERGroupDispatches'

/** What a dispatch is to be like, where that matters. */
export interface Wanted {
  readonly parameter?: string
  readonly unit?: string
  readonly numbers?: readonly number[]
  readonly start?: string
  readonly interval?: string
}

/** Two hours from nine, unless something else is wanted. @param of the group */
export function dispatch(of: JsonObject, it: Wanted = {}): Identified {
  const { parameter = 'activePower', unit = 'W', numbers = [1, 2] } = it
  const DispatchSchedule = {
    curveStyleKind: 'constantYValue',
    startTime: it.start ?? '2026-07-14T09:00:00Z',
    timeIntervalDuration: 1,
    timeIntervalUnit: it.interval ?? 'h',
    DERCurveData: numbers.map((intervalNumber) => ({ intervalNumber, nominalYValue: 5 })),
  }
  const DERMonitorableParameter = {
    DERParameter: parameter,
    yMultiplier: 'k',
    yUnit: unit,
    DispatchSchedule: [DispatchSchedule],
  }
  const { mRID } = of
  return { mRID: fresh(), EndDeviceGroup: { mRID: mRID ?? '', DERMonitorableParameter } }
}
