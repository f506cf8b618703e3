// SM-OPS: a long operation or a comparison, from its beginning to what it came to, as reports tell of it. Flows §6; SC-02,
// RS-04, K2, K4.

import type { Lifecycle, Step } from './lifecycle.ts'

const TOLD = 'SC-02, RS-04, K2, K4'

/** By trigger: what an operation may come to. */
const ENDS = [
  ['succeed', 'succeeded'],
  ['part', 'partial'],
  ['fail', 'failed'],
  ['timeOut', 'timedOut'],
  ['giveUp', 'cancelled'],
] as const

const ENDED = ENDS.map(([, state]) => state)
const OPEN = ['accepted', 'running', 'standing'] as const
const STATES = [...OPEN, ...ENDED]

/** `standing`: it runs, and somebody has to act; it ends by itself when that is mended. */
export const OPERATION: Lifecycle = {
  id: 'SM-OPS',
  about: 'An operation that is reported on',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'accept', to: 'accepted', source: TOLD },
    ...['', 'accepted'].map((from) => ({ from, trigger: 'run', to: 'running', source: TOLD })),
    ...['', 'accepted', 'running'].map(raised),
    { from: 'standing', trigger: 'run', to: 'running', source: TOLD },
    ...['', ...OPEN].flatMap(ended),
    // What was mended may go wrong again.
    ...ENDED.map(raised),
    ...STATES.map((it) => ({ from: it, trigger: 'change', to: it, source: TOLD })),
    ...STATES.map((it) => ({ from: it, trigger: 'delete', to: 'deleted', source: TOLD })),
  ],
}

function raised(from: string): Step {
  return { from, trigger: 'raise', to: 'standing', source: 'K4' }
}

function ended(from: string): readonly Step[] {
  return ENDS.map(([trigger, to]) => ({ from, trigger, to, source: TOLD }))
}
