// SM-UNA: a time in which devices are not to be called: planned, begun, over, or cancelled before that.

import type { Lifecycle } from './lifecycle.ts'

const SOURCE = 'UN-01'

/** A time without some devices. */
export const UNAVAILABILITY: Lifecycle = {
  id: 'SM-UNA',
  about: 'A time in which devices are not to be called',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'planned', source: SOURCE },
    // Known to have begun already.
    { from: '', trigger: 'begin', to: 'active', source: SOURCE },
    { from: 'planned', trigger: 'change', to: 'planned', source: SOURCE },
    { from: 'planned', trigger: 'begin', to: 'active', source: SOURCE },
    { from: 'active', trigger: 'change', to: 'active', source: SOURCE },
    { from: 'planned', trigger: 'close', to: 'ended', source: SOURCE },
    { from: 'active', trigger: 'close', to: 'ended', source: SOURCE },
    { from: 'planned', trigger: 'cancel', to: 'cancelled', source: SOURCE },
    { from: 'active', trigger: 'cancel', to: 'cancelled', source: SOURCE },
    ...['planned', 'active', 'ended', 'cancelled'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
}
