// SM-REC: a record that is only kept: created, changed, cancelled or closed, deleted. For nouns without a flow.

import type { Lifecycle } from './lifecycle.ts'

/** A record without a life of its own. */
export const RECORD: Lifecycle = {
  id: 'SM-REC',
  about: 'A record that is kept',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'present', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'change', to: 'present', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'cancel', to: 'canceled', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'close', to: 'closed', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'canceled', trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'closed', trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
  ],
}
