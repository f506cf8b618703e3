// The same for what is written of flows.

import { FLOWS } from '../../../flows/index.ts'
import type { Flow } from '../../../flows/flow.ts'
import type { Case } from './cases-of-sending.fixture.ts'

const LEADING = (FLOWS as readonly Flow[])
  .filter((it) => it.next !== undefined)
  .map((it) => it.id)
  .join(', ')

/** As `CASES`. */
export const FLOWING = {
  strayPolicies: [
    [
      'flows: {der-group-form: {dissolveWhenEmpty: true}}',
      '1:45: flows.der-group-form.dissolveWhenEmpty: dissolveWhenEmpty is written in the flow der-group-remove-members, and has no effect in der-group-form.',
    ],
    [
      'flows: {der-group-form: {sumTolerance: 0}}',
      '1:40: flows.der-group-form.sumTolerance: sumTolerance is written in the flow der-group-status-report, and has no effect in der-group-form.',
    ],
    ['flows: {der-group-status-report: {sumTolerance: 0}}'],
    ['flows: {der-group-form: {exclusiveMembership: true, dissolveWhenEmpty: false}}'],
  ],
  unorchestratedChoices: [
    [
      'flows: {program-settlement: {creditRun: weekly}}',
      '1:41: flows.program-settlement.creditRun: without orchestrate: true settlements are collected, and credited only by whoever sends a SettlementCredit; write it, or creditRun: never.',
    ],
    ['flows: {program-settlement: {creditRun: weekly, orchestrate: true}}'],
    ['flows: {program-settlement: {creditRun: never}}'],
  ],
  unknownFlows: [
    [
      'flows: {work-requests: {orchestrate: true}}',
      '1:9: flows.work-requests: there is no flow work-requests; did you mean work-request.',
    ],
    [
      'flows: {der-group-query: {orchestrate: true}, work-request: {orchestrate: true}}',
      `1:40: flows.der-group-query.orchestrate: cimgate has nothing to send in the flow der-group-query; leave it out, or write one of ${LEADING}.`,
    ],
    ['flows: {der-group-query: {orchestrate: false}}'],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
