// What long operations and comparisons came to, for people and programs: runs over files, reservations, what two sides have, a
// party that fails every check. A report that asks somebody to act is an alarm for as long as it runs.

import { OPERATION } from '../lifecycles/operation.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import { REPORT_VERBS } from './record.ts'
import { ALARM, REPORTS } from './report.ts'
import { SUPPORT, only } from './role.ts'

export default defineFlow({
  id: 'operation-report',
  noun: REPORTS,
  objectType: 'OperationReport',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell what long operations and comparisons came to',
  source: 'SC-02, K2, K4',
  lifecycle: OPERATION,
  trigger,
  // Of what the gateway tells itself nobody asks who may.
  by: only(...SUPPORT, 'cpm', 'derms', 'lec', 'analytics'),
  status: {
    of: stateOf,
    written: (report, state, now, was) =>
      state === 'standing'
        ? STATUS.written({ ...report, severity: ALARM }, 'running', now, was)
        : STATUS.written(report, state, now, was),
  },
  criteria: {
    parameters: {
      kind: {
        about: 'What reports are about, such as enrollmentDrift.',
        like: (kind) => ({ kind }),
      },
    },
    isLike: (wanted, report) => member(wanted, 'kind') === member(report, 'kind'),
  },
  alarms: {
    standing: {
      said: (report) => ({
        reason: String(member(report, 'subject') ?? member(report, 'kind')),
        mend: String(member(report, 'reason') ?? 'See what the report says.'),
      }),
    },
  },
})

function stateOf(report: JsonObject): string | undefined {
  const value = statusOf(report)
  return value === 'running' && member(report, 'severity') === ALARM ? 'standing' : value
}

const TRIGGERS: Readonly<Record<string, string>> = {
  accepted: 'accept',
  running: 'run',
  standing: 'raise',
  succeeded: 'succeed',
  partial: 'part',
  failed: 'fail',
  timedOut: 'timeOut',
  cancelled: 'giveUp',
}

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const to = stateOf(after) ?? 'accepted'
  if (before !== undefined && stateOf(before) === to) return 'change'
  return TRIGGERS[to] ?? 'change'
}
