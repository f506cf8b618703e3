// What all flows share whose objects are only kept: no rules, a record's lifecycle.

import { RECORD } from '../lifecycles/record.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Flow } from './flow.ts'

/** Also the behaviour of every noun that has no flow of its own. */
export const RECORDED = {
  lifecycle: RECORD,
  trigger: (before: JsonObject | undefined, after: JsonObject | undefined) =>
    before === undefined ? 'create' : after === undefined ? 'delete' : 'change',
} as const

/** Everything that can be done with a record but asking for it. */
export const REPORT_VERBS = [
  'create',
  'change',
  'delete',
  'execute',
  'created',
  'changed',
  'deleted',
  'executed',
] as const

/** Steps that end what a record is about and keep it. */
const ENDING_VERBS = ['cancel', 'close', 'canceled', 'closed'] as const

/** The flow of a noun that has none: its objects are kept and given back. */
export function recordFlow(noun: string, objectType: string): Flow {
  return {
    ...RECORDED,
    id: 'record',
    noun,
    objectType,
    verbs: [...REPORT_VERBS, ...ENDING_VERBS, 'get'],
    pattern: 'RR',
    about: 'keep objects and give them back',
    source: 'DESIGN.md: without a configuration every noun is local',
  }
}
