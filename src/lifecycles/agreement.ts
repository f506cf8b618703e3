// SM-AG: the life of a customer agreement, in the values of its status. EPRI 3002014619 §5.7.

import type { Lifecycle } from './lifecycle.ts'

const ANNEX_B = 'IEC 61968-100:2013 Annex B'

/** An agreement of a customer about a tariff. */
export const AGREEMENT: Lifecycle = {
  id: 'SM-AG',
  about: 'A customer agreement',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'proposed', source: 'CA-02' },
    { from: 'proposed', trigger: 'amend', to: 'proposed', source: 'CA-02' },
    { from: 'proposed', trigger: 'offer', to: 'offered', source: 'CA-02' },
    { from: 'offered', trigger: 'amend', to: 'offered', source: 'CA-02' },
    { from: 'offered', trigger: 'sign', to: 'active', source: 'CA-03' },
    { from: 'offered', trigger: 'decline', to: 'void', source: 'CA-03' },
    { from: 'offered', trigger: 'expire', to: 'void', source: 'CA-03' },
    { from: 'active', trigger: 'amend', to: 'active', source: 'CA-06' },
    { from: 'active', trigger: 'changeProvider', to: 'active', source: 'CA-05' },
    { from: 'active', trigger: 'suspend', to: 'suspended', source: 'CA-06' },
    // Its terms rest, and who is in a group changes meanwhile: contracts are released before a group is dissolved.
    { from: 'suspended', trigger: 'regroup', to: 'suspended', source: 'GF-03, GD-03' },
    { from: 'suspended', trigger: 'resume', to: 'active', source: 'CA-06' },
    { from: 'active', trigger: 'close', to: 'terminated', source: 'CA-06' },
    { from: 'suspended', trigger: 'close', to: 'terminated', source: 'CA-06' },
    { from: 'active', trigger: 'supersede', to: 'superseded', source: 'CA-06' },
    { from: 'proposed', trigger: 'delete', to: 'deleted', source: ANNEX_B },
    { from: 'void', trigger: 'delete', to: 'deleted', source: ANNEX_B },
    { from: 'terminated', trigger: 'delete', to: 'deleted', source: ANNEX_B },
    { from: 'superseded', trigger: 'delete', to: 'deleted', source: ANNEX_B },
  ],
  refusals: [
    {
      rule: 'CA-SM',
      triggers: ['sign'],
      reason: 'A customer signs what has been offered (status offered).',
    },
  ],
}
