// SM-SET: what a subscription has earned in an event or a season, until it stands on a bill; and SM-CRD, the credit by which
// it gets there.

import type { Lifecycle } from './lifecycle.ts'

const [SETTLED, CREDITED] = ['ST-04, ST-05', 'ST-06']
const OPEN = ['PENDING', 'CALCULATION_DEFERRED', 'CALCULATED'] as const

/** A settlement, in the values of its status. */
export const SETTLEMENT: Lifecycle = {
  id: 'SM-SET',
  about: 'What a subscription has earned, from its quantities to the bill',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'PENDING', source: SETTLED },
    // What somebody else has calculated may be told at once, and so may that it waits for its season.
    { from: '', trigger: 'calculate', to: 'CALCULATED', source: SETTLED },
    { from: '', trigger: 'defer', to: 'CALCULATION_DEFERRED', source: 'ST-05' },
    { from: 'PENDING', trigger: 'calculate', to: 'CALCULATED', source: SETTLED },
    { from: 'PENDING', trigger: 'defer', to: 'CALCULATION_DEFERRED', source: 'ST-05' },
    { from: 'CALCULATION_DEFERRED', trigger: 'seasonClose', to: 'CALCULATED', source: 'ST-05' },
    ...OPEN.map((from) => ({ from, trigger: 'amend', to: from, source: SETTLED })),
    { from: 'CALCULATED', trigger: 'collect', to: 'AGGREGATED', source: CREDITED },
    { from: 'AGGREGATED', trigger: 'sendToCIS', to: 'SENT', source: CREDITED },
    { from: 'SENT', trigger: 'ack', to: 'BILLED', source: CREDITED },
    { from: 'SENT', trigger: 'reject', to: 'REJECTED', source: CREDITED },
    { from: 'REJECTED', trigger: 'fix', to: 'AGGREGATED', source: CREDITED },
    ...[...OPEN, 'AGGREGATED'].map((from) => ({
      ...{ from, trigger: 'void', to: 'VOID', source: SETTLED },
    })),
    // What money has followed from stays, so that nothing is ever paid for twice: what is billed its flow freezes.
    ...['PENDING', 'VOID', 'BILLED'].map((from) => ({
      ...{ from, trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
    })),
  ],
}

/** A credit, in the values of its status: what was rejected is credited anew, by another credit. */
export const CREDIT: Lifecycle = {
  id: 'SM-CRD',
  about: 'A credit about settlements, on its way to the bill',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'sent', source: CREDITED },
    { from: 'sent', trigger: 'change', to: 'sent', source: CREDITED },
    { from: 'sent', trigger: 'bill', to: 'billed', source: CREDITED },
    { from: 'sent', trigger: 'reject', to: 'rejected', source: CREDITED },
    // Only where its flow does not freeze it: of what is on its way, or billed, nobody takes back that it is.
    ...['sent', 'billed', 'rejected'].map((from) => ({
      ...{ from, trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
    })),
  ],
}
