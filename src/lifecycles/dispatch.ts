// SM-DSP: the life of a dispatch: recorded, altered, canceled. What is delivered because of it is told by other messages.

import type { Lifecycle } from './lifecycle.ts'

/** A dispatch as far as its messages tell. */
export const DISPATCH: Lifecycle = {
  id: 'SM-DSP',
  about: 'A dispatch of a DER group',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'present', source: 'DERGD-1a, GN-02' },
    { from: 'present', trigger: 'change', to: 'present', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'cancel', to: 'canceled', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'present', trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
    { from: 'canceled', trigger: 'delete', to: 'deleted', source: 'IEC 61968-100:2013 Annex B' },
  ],
}
