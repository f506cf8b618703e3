// Reports on operations as flows and the gateway write them.

import type { JsonObject } from '../schema/json-text.ts'

/** noun of reports */
export const REPORTS = 'OperationReports'

/** severity of a report that asks somebody to act for as long as it runs */
export const ALARM = 'alarm'

/** What stands in every report. */
export interface ReportBegun {
  readonly mRID: string
  readonly kind: string
  /** ISO 8601 with Z */
  readonly now: string
  /** of its status */
  readonly value: string
}

/** A report with its times. */
export function reportOf({ mRID, kind, now, value }: ReportBegun, more: JsonObject): JsonObject {
  return { mRID, createdDateTime: now, kind, ...more, status: { dateTime: now, value } }
}
