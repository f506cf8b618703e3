// What subscriptions have earned in an event or a season: quantities at their prices. Whoever runs the programs calculates it,
// and here it is checked; a wrong amount is refused with both numbers.

import { SETTLEMENT } from '../lifecycles/settlement.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { CREDITED_BY_THE_CLOCK, collectingBy } from './credit-run.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Claim } from './flow.ts'
import { REPORT_VERBS } from './record.ts'
import { only } from './role.ts'
import { settledKeys, unbilledUnder } from './settled-event.ts'
import { settlementBreaches, settlementReferences } from './settlement-rules.ts'

/** The trigger that a status asks for, whatever it was before. */
const TRIGGERS: Readonly<Record<string, string>> = {
  ...{ CALCULATED: 'calculate', CALCULATION_DEFERRED: 'defer', AGGREGATED: 'collect' },
  ...{ SENT: 'sendToCIS', BILLED: 'ack', REJECTED: 'reject', VOID: 'void' },
}

export default defineFlow({
  id: 'program-settlement',
  noun: 'ProgramSettlements',
  objectType: 'ProgramSettlement',
  verbs: [...REPORT_VERBS, 'cancel', 'canceled', 'get'],
  pattern: 'EV',
  about:
    'tell what subscriptions have earned in an event or a season: exact sums, checked, each credited once',
  source: 'ST-01, ST-04, ST-05, G-AC36',
  lifecycle: SETTLEMENT,
  by: only('cpm'),
  trigger,
  status: STATUS,
  invariants: settlementBreaches,
  leadsTo: settlementReferences,
  claims: { inState: claims },
  under: unbilledUnder,
  choices: ({ creditRun }) => ({ turns: collectingBy(creditRun) }),
  next: [CREDITED_BY_THE_CLOCK],
  // What has been credited is what was calculated then.
  frozen: {
    rule: 'SET-FROZEN',
    freezes: [
      { members: ['ProgramSubscription', 'kind', 'quantityKind', 'stage', 'ProgramEvent'] },
      {
        members: ['amount', 'currency', 'intervals', 'period'],
        in: ['AGGREGATED', 'SENT', 'BILLED', 'REJECTED', 'VOID'],
        kept: 'told',
      },
    ],
  },
  asks: { cancel: asking('VOID') },
  steps: {
    defer: taking('defer', asking('CALCULATION_DEFERRED')),
    collect: taking('collect', asking('AGGREGATED')),
    void: taking('void', asking('VOID')),
  },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was = 'PENDING', is = 'PENDING'] = [before, after].map(statusOf)
  if (before === undefined) return is === 'PENDING' ? 'create' : (TRIGGERS[is] ?? 'create')
  if (was === is) return 'amend'
  if (was === 'CALCULATION_DEFERRED' && is === 'CALCULATED') return 'seasonClose'
  if (was === 'REJECTED' && is === 'AGGREGATED') return 'fix'
  return TRIGGERS[is] ?? 'reopen'
}

/** Nobody is paid twice for one event, whoever settles it again. */
function claims(settlement: JsonObject, state: string): readonly Claim[] {
  if (state === 'VOID' || state === 'deleted') return []
  const mRID = String(member(settlement, 'mRID') ?? '')
  return settledKeys(settlement).map((key) => ({
    key,
    rule: 'SET-EVENT',
    reason: `What ${mRID === '' ? 'it' : mRID} settles is settled already.`,
  }))
}
