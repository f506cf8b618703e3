// SM-WRK: the life of one work of a service order or work request, in the values of statusKind (IEC 61968-6).
// EPRI 3002014619 §5.5 (service order, unchanged) and §5.6 (work request: Engineering first).

import type { Lifecycle, Step } from './lifecycle.ts'

/** The way of a crew, in order; an application may leave out what it does not report. */
const PROGRESS = [
  ['scheduled', ''],
  ['dispatched', 'dispatch'],
  ['enroute', 'leave'],
  ['onSite', 'arrive'],
  ['inProgress', 'start'],
  ['completed', 'complete'],
] as const

const BEFORE_WORK = [
  'waitingOnApproval',
  'approved',
  'waitingToBeScheduled',
  'waitingOnMaterial',
  'scheduled',
] as const

const OPEN = [...BEFORE_WORK, 'dispatched', 'enroute', 'onSite', 'inProgress', 'completed'] as const

const progress: readonly Step[] = PROGRESS.flatMap(([from], at) =>
  PROGRESS.slice(at + 1).map(([to, trigger]) => ({ from, trigger, to, source: 'SO-02, WR-03' })),
)

/** A service order has no gate of Engineering and comes as far on its way as its sender says. */
const orders: readonly Step[] = ['', 'waitingOnApproval'].flatMap((from) =>
  OPEN.filter((it) => it !== 'completed' && it !== from).map((to) => ({
    from,
    trigger: `order_${to}`,
    to,
    source: 'SO-01',
  })),
)

/** What is asked of a work's status; to delete it is none of these. */
const MOVES = [
  ...['approve', 'reject', 'queue', 'schedule', 'lackMaterial', 'dispatch', 'leave', 'arrive'],
  ...['start', 'complete', 'close', 'cancel', 'change', 'waitingOnApproval'],
]

/** A work in a service order or work request. */
export const WORK: Lifecycle = {
  id: 'SM-WRK',
  about: 'A work of a service order or work request; `order_…` is a service order as it comes',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'waitingOnApproval', source: 'WR-01' },
    ...orders,
    { from: 'waitingOnApproval', trigger: 'approve', to: 'approved', source: 'WR-02' },
    { from: 'waitingOnApproval', trigger: 'reject', to: 'cancelled', source: 'WR-02' },
    { from: 'approved', trigger: 'queue', to: 'waitingToBeScheduled', source: 'WR-03' },
    { from: 'approved', trigger: 'schedule', to: 'scheduled', source: 'WR-03' },
    { from: 'waitingToBeScheduled', trigger: 'schedule', to: 'scheduled', source: 'WR-03' },
    { from: 'approved', trigger: 'lackMaterial', to: 'waitingOnMaterial', source: 'WR-03' },
    { from: 'scheduled', trigger: 'lackMaterial', to: 'waitingOnMaterial', source: 'WR-03' },
    { from: 'waitingOnMaterial', trigger: 'approve', to: 'approved', source: 'WR-03' },
    { from: 'waitingOnMaterial', trigger: 'schedule', to: 'scheduled', source: 'WR-03' },
    ...progress,
    { from: 'dispatched', trigger: 'schedule', to: 'scheduled', source: 'SO-02' },
    { from: 'completed', trigger: 'close', to: 'closed', source: 'SO-02, WR-04' },
    ...OPEN.filter((it) => it !== 'completed').map((from) => ({
      from,
      trigger: 'cancel',
      to: 'cancelled',
      source: 'SO-02, WR-04',
    })),
    ...OPEN.map((it) => ({ from: it, trigger: 'change', to: it, source: 'SO-02, WR-04' })),
    ...[...BEFORE_WORK, 'closed', 'cancelled'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'WR-ENG',
      from: ['', 'waitingOnApproval'],
      triggers: MOVES,
      reason:
        'Engineering approves a work request before anything is done for it (statusKind approved).',
    },
    {
      rule: 'WRK-ORDER',
      triggers: MOVES,
      reason: 'A work goes forward; only dispatched goes back to scheduled.',
    },
  ],
}
