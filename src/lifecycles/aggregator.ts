// SM-AGG: an aggregator, in the values of its status. Whoever takes aggregators on closes them, and may take one on again.

import type { Lifecycle } from './lifecycle.ts'

const ANNEX_B = 'IEC 61968-100:2013 Annex B'

/** Open for new enrollments, or not. */
export const AGGREGATOR: Lifecycle = {
  id: 'SM-AGG',
  about: 'An aggregator, open for enrollments or closed',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'active', source: 'MD-03' },
    { from: '', trigger: 'createClosed', to: 'closed', source: 'MD-03' },
    { from: 'active', trigger: 'change', to: 'active', source: 'MD-03' },
    { from: 'active', trigger: 'close', to: 'closed', source: 'MD-03' },
    { from: 'closed', trigger: 'change', to: 'closed', source: 'MD-03' },
    { from: 'closed', trigger: 'reopen', to: 'active', source: 'MD-03' },
    { from: 'active', trigger: 'delete', to: 'deleted', source: ANNEX_B },
    { from: 'closed', trigger: 'delete', to: 'deleted', source: ANNEX_B },
  ],
}
