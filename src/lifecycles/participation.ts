// SM-RSV: the life of one device in one stage of a programme event: reserved, called, and closed with its outcome; or it
// leaves before, because its customer does not want to, or because the stage, the device or the subscription has gone.

import type { Lifecycle, Step } from './lifecycle.ts'

const [RESERVE, OPT_OUT, OUTCOME] = ['RS-01', 'OO-01', 'EV-04']

/** Why a reservation is given up without the customer's asking for it: each is a step of its own, so that it can be told. */
const RELEASES: readonly Step[] = [
  ['eventCancelled', 'EV-03'],
  ['unavailable', 'UN-01'],
  ['unenrolled', 'EN-05'],
  ['replaced', 'EN-06'],
].map(([trigger = '', source = '']) => ({ from: 'RESERVED', trigger, to: 'RELEASED', source }))

const KEPT = ['RESERVED', 'OPTED_OUT', 'RELEASED', 'CALLED', 'MISSING', 'CLOSED'] as const

/** A device in a stage of a programme event. */
export const PARTICIPATION: Lifecycle = {
  id: 'SM-RSV',
  about: 'A device in a stage of a programme event',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'reserve', to: 'RESERVED', source: RESERVE },
    // That it was reserved is told when its stage is cancelled already.
    { from: '', trigger: 'reserveLate', to: 'RELEASED', source: 'EV-03' },
    { from: 'RESERVED', trigger: 'notify', to: 'RESERVED', source: 'EV-05' },
    { from: 'RESERVED', trigger: 'optOut', to: 'OPTED_OUT', source: OPT_OUT },
    // Asked for twice it is done once.
    { from: 'OPTED_OUT', trigger: 'optOut', to: 'OPTED_OUT', source: OPT_OUT },
    ...RELEASES,
    // Where what has begun may be stopped.
    { from: 'CALLED', trigger: 'eventCancelled', to: 'RELEASED', source: 'EV-03' },
    { from: 'RESERVED', trigger: 'call', to: 'CALLED', source: 'EV-02' },
    { from: 'CALLED', trigger: 'outcome', to: 'CLOSED', source: OUTCOME },
    { from: 'CALLED', trigger: 'outcomeCancelled', to: 'CLOSED', source: OUTCOME },
    { from: 'CALLED', trigger: 'overdue', to: 'MISSING', source: OUTCOME },
    { from: 'MISSING', trigger: 'outcome', to: 'CLOSED', source: OUTCOME },
    { from: 'MISSING', trigger: 'outcomeCancelled', to: 'CLOSED', source: OUTCOME },
    // Of what was not called nothing comes but that it was cancelled.
    { from: 'OPTED_OUT', trigger: 'outcomeCancelled', to: 'CLOSED', source: OUTCOME },
    { from: 'RELEASED', trigger: 'outcomeCancelled', to: 'CLOSED', source: OUTCOME },
    ...KEPT.map((it) => ({ from: it, trigger: 'change', to: it, source: RESERVE })),
    ...['RESERVED', 'OPTED_OUT', 'RELEASED', 'CLOSED'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'OUT-OPT',
      from: ['OPTED_OUT'],
      triggers: ['outcome'],
      reason:
        'The customer has opted out, so the device was not called; only the outcome cancelled fits.',
    },
    {
      rule: 'OUT-STATE',
      from: ['RESERVED', 'RELEASED'],
      triggers: ['outcome', 'outcomeCancelled'],
      reason: 'An outcome is that of a device that was called.',
    },
    {
      rule: 'OPT-STATE',
      triggers: ['optOut'],
      reason: 'A customer opts out of what is reserved.',
    },
  ],
}
