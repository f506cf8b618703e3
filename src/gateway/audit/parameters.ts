// Parameters of GET /api/v1/audit, beside those of every list.

import type { Parameter } from '../operation.ts'

/** By the names that operations know them by. */
export const AUDIT_PARAMETERS = {
  what: {
    in: 'query',
    name: 'what',
    text: 'One kind of event of the audit log, or several with commas between them.',
    schema: { type: 'string' },
  },
  who: {
    in: 'query',
    name: 'who',
    text: 'Only what this party did; `cimgate` for what the gateway does by itself.',
    schema: { type: 'string' },
  },
  auditSince: {
    in: 'query',
    name: 'since',
    text: 'At this time or after (RFC 3339).',
    schema: { type: 'string', format: 'date-time' },
  },
  auditUntil: {
    in: 'query',
    name: 'until',
    text: 'Before this time.',
    schema: { type: 'string', format: 'date-time' },
  },
  seqAfter: {
    in: 'query',
    name: 'after',
    text: 'Only lines behind the one of this number: `next` of the page before.',
    schema: { type: 'integer', minimum: 0 },
  },
} as const satisfies Readonly<Record<string, Parameter>>
