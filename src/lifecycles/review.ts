// SM-IR: the life of an interconnection review, in the values of its status. EPRI 3002014619 §5.4, §3 B and B.a.

import type { Lifecycle } from './lifecycle.ts'

const OPEN = ['engineeringReview', 'modelling', 'onHold']

/** What Engineering and Operations find about a connection. */
export const REVIEW: Lifecycle = {
  id: 'SM-IR',
  about: 'An interconnection review',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'engineeringReview', source: 'SR-04', guard: 'SR-G1' },
    { from: 'engineeringReview', trigger: 'model', to: 'modelling', source: 'SR-05' },
    { from: 'modelling', trigger: 'result', to: 'engineeringReview', source: 'SR-05' },
    { from: 'engineeringReview', trigger: 'result', to: 'engineeringReview', source: 'SR-05' },
    {
      from: 'engineeringReview',
      trigger: 'approve',
      to: 'approved',
      source: 'SR-04',
      guard: 'SR-G2',
    },
    { from: 'engineeringReview', trigger: 'hold', to: 'onHold', source: 'SR-06' },
    { from: 'onHold', trigger: 'release', to: 'engineeringReview', source: 'SR-06' },
    { from: 'engineeringReview', trigger: 'reject', to: 'rejected', source: 'SR-04' },
    // Engineering does not wait for ever for a study that never comes back.
    { from: 'modelling', trigger: 'reject', to: 'rejected', source: 'SR-04, SR-05' },
    { from: 'engineeringReview', trigger: 'needsInfo', to: 'needsInfo', source: 'SR-04' },
    ...OPEN.map((it) => ({ from: it, trigger: 'change', to: it, source: 'SR-04' })),
    ...['engineeringReview', 'approved', 'rejected', 'needsInfo'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'SR-HOLD',
      from: ['onHold'],
      triggers: ['approve'],
      reason: 'It is on hold for an upgrade of the network until Engineering releases it.',
      code: '6.2',
    },
    {
      rule: 'SR-G2',
      triggers: ['approve'],
      reason: 'Operations models the connection before Engineering approves it.',
    },
  ],
}
