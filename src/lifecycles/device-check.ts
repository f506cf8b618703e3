// SM-DSC: the check whether a device can be reached, from the question to the one answer. Oracle 22C release notes, Device
// Status Check; SM-OPS of an operation, with what may come of this one.

import type { Lifecycle, Step } from './lifecycle.ts'

const [ASKED, ANSWERED, KEPT] = ['DC-01', 'DC-02', 'IEC 61968-100:2013 Annex B']

/** What a question may come to: the trigger, and the state that it leads to. */
const ENDS = [
  ['answer', 'answered'],
  ['miss', 'unreachable'],
  ['lack', 'unsupported'],
  ['fail', 'failed'],
  ['timeOut', 'timedOut'],
] as const

/** A question that nobody has answered yet. */
const OPEN = ['accepted', 'sent'] as const

const STATES = [...OPEN, ...ENDS.map(([, state]) => state), 'late']

/** One answer for each question: what comes behind it is kept, and changes none. */
export const DEVICE_CHECK: Lifecycle = {
  id: 'SM-DSC',
  about: 'A check whether a device can be reached',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'ask', to: 'accepted', source: ASKED },
    // A DERMS tells of devices that nobody has asked about, too.
    { from: '', trigger: 'send', to: 'sent', source: ASKED },
    { from: '', trigger: 'comeLate', to: 'late', source: ANSWERED },
    { from: 'accepted', trigger: 'send', to: 'sent', source: ASKED },
    ...['', ...OPEN].flatMap(ended),
    { from: 'timedOut', trigger: 'comeLate', to: 'late', source: `${ANSWERED}, G-AC7` },
    // Where a DERMS fails every check, no single failure says anything of its device.
    { from: 'failed', trigger: 'suspect', to: 'unsupported', source: 'K4' },
    ...STATES.map((it) => ({ from: it, trigger: 'change', to: it, source: KEPT })),
    ...STATES.map((it) => ({ from: it, trigger: 'delete', to: 'deleted', source: KEPT })),
  ],
  refusals: [
    {
      rule: 'DSC-ONCE',
      triggers: ['ask', 'send', 'comeLate', 'suspect', ...ENDS.map(([trigger]) => trigger)],
      reason: 'A check has one answer, and that stays.',
    },
  ],
}

function ended(from: string): readonly Step[] {
  return ENDS.map(([trigger, to]) => ({ from, trigger, to, source: ANSWERED }))
}
