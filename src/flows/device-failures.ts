// What it says of a DERMS that it fails one check after the other: that it cannot ask its devices, and not that they are all
// out of order (K4).

import type { JsonObject } from '../schema/json-text.ts'
import type { CheckOutcome } from './device-check.ts'
import { outcomeOf } from './device-check.ts'
import type { Failures } from './asking.ts'
import { ALARM, REPORTS, reportOf } from './report.ts'

/** Of a check that nobody has answered, or that its party is not able to ask, nobody has said that it failed. */
const SAYS: Readonly<Record<CheckOutcome, ReturnType<Failures['saidBy']>>> = {
  open: 'nothing',
  reachable: 'able',
  unreachable: 'able',
  unknown: 'able',
  unsupported: 'nothing',
  failed: 'failed',
  timedOut: 'nothing',
}

/** Of checks. */
export const CHECK_FAILURES: Failures = {
  quantity: 'failuresInARow',
  saidBy: (check) => SAYS[outcomeOf(check)],
  suspected: (check, party, many) => ({
    ...check,
    commState: 'unknown',
    status: {
      ...(check['status'] as JsonObject | undefined),
      value: 'unsupported',
      reason: why(party, many),
    },
  }),
  report: ({ party, failed, now, isOver }) => ({
    noun: REPORTS,
    object: reportOf(
      {
        // One for each party, so that it ends where it began.
        mRID: `device-status-checks-of-${party}`,
        kind: 'deviceStatusCheck',
        now,
        value: isOver ? 'succeeded' : 'running',
      },
      isOver ? ended(party) : standing(party, failed),
    ),
  }),
}

/** Reply code of what its party has failed at: a matter of systems, not of who takes part. */
const FAILED = '5.3'

function standing(party: string, failed: readonly string[]): JsonObject {
  const reason = `${why(party, failed.length)} See whether it is set up to ask its devices; or write deviceStatusCheck: unsupported into its profile.`
  return {
    failedCount: failed.length,
    severity: ALARM,
    subject: `${party} fails every check of a device.`,
    reason,
    text: reason,
    totalCount: failed.length,
    items: failed.map((mRID) => ({
      code: FAILED,
      outcome: 'FAILED',
      about: { mRID, objectType: 'EndDeviceStatus' },
    })),
  }
}

function ended(party: string): JsonObject {
  const subject = `${party} answers checks of devices again.`
  return { severity: 'information', subject, text: subject }
}

function why(party: string, many: number): string {
  return `${party} has failed the last ${many} checks, so it is likely that it cannot ask; that says nothing of the device.`
}
