// SM-STG: the life of one stage of a programme event, as far as it is told to others: what comes before it is scheduled
// stays inside of the DERMS. The event itself is where its stages together are.

import type { Lifecycle } from './lifecycle.ts'

const [PLAN, RUN, END] = ['EV-01', 'EV-02', 'EV-03']

/** A stage of a programme event, in the words of the DERMS. */
export const STAGE: Lifecycle = {
  id: 'SM-STG',
  about: 'A stage of a programme event; the event is where its stages together are',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'schedule', to: 'SCHEDULED', source: PLAN },
    { from: 'SCHEDULED', trigger: 'change', to: 'SCHEDULED', source: PLAN },
    { from: 'SCHEDULED', trigger: 'start', to: 'IN_PROGRESS', source: RUN },
    { from: 'SCHEDULED', trigger: 'cancel', to: 'CANCELED', source: END },
    // What is lost of it, and what is said of its outcome, may still come to be known.
    ...['IN_PROGRESS', 'COMPLETED', 'CANCELED'].map((it) => ({
      from: it,
      trigger: 'change',
      to: it,
      source: RUN,
    })),
    { from: 'IN_PROGRESS', trigger: 'complete', to: 'COMPLETED', source: RUN },
    // Where an operator may stop what has begun.
    { from: 'IN_PROGRESS', trigger: 'stop', to: 'CANCELED', source: END },
    ...['SCHEDULED', 'COMPLETED', 'CANCELED'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'STG-LATE',
      from: ['IN_PROGRESS', 'COMPLETED'],
      triggers: ['cancel'],
      reason: 'A stage is cancelled before it starts.',
    },
    {
      rule: 'STG-NOTSCHED',
      from: [''],
      triggers: ['start', 'complete', 'cancel'],
      reason: 'A stage begins as SCHEDULED.',
    },
    {
      rule: 'STG-ORDER',
      from: ['SCHEDULED'],
      triggers: ['complete'],
      reason: 'It has to be IN_PROGRESS first.',
    },
  ],
}
