// SM-DSP: the life of a dispatch: recorded, altered, canceled, over. What is delivered because of it is told by other messages.

import type { Lifecycle } from './lifecycle.ts'

const ANNEX_B = 'IEC 61968-100:2013 Annex B'

/** A dispatch as far as its messages tell. */
export const DISPATCH: Lifecycle = {
  id: 'SM-DSP',
  about: 'A dispatch of a DER group',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'present', source: 'DERGD-1a, GN-02' },
    { from: '', trigger: 'createOver', to: 'ended', source: 'DERGD-1a' },
    { from: 'present', trigger: 'change', to: 'present', source: ANNEX_B },
    { from: 'present', trigger: 'cancel', to: 'canceled', source: ANNEX_B },
    { from: 'present', trigger: 'close', to: 'ended', source: ANNEX_B },
    { from: 'ended', trigger: 'change', to: 'ended', source: ANNEX_B },
    ...['present', 'canceled', 'ended'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: ANNEX_B,
    })),
  ],
}
