// A request for work: Engineering approves it before anything is done, and its end is told.

import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import { enrollmentsIn, installationBreaches, installationMoves } from './installation.ts'
import type { Following } from './next.ts'
import { REJECTED_WORK, workNotices } from './work-next.ts'
import { SUPPORT } from './role.ts'
import {
  WORKS,
  WORK_ITEMS,
  WORK_OVER,
  WORK_VERBS,
  steppedBy,
  triggersTaken,
  withStatus,
  workIntervals,
  workTrigger,
} from './work.ts'

/** What Engineering has approved goes to whoever does the work. */
const HANDED_OVER: Following = {
  when: 'Engineering has approved it',
  source: 'WR-03',
  from: 'dso-eng',
  verb: 'create',
  noun: 'WorkRequests',
  objects: (before, { state, object }) =>
    before?.state === 'waitingOnApproval' && state === 'approved' ? [object] : [],
}

/** From the approval of Engineering to the end. */
const APPROVED_ON = [
  ...['approved', 'waitingToBeScheduled', 'waitingOnMaterial', 'scheduled', 'dispatched'],
  ...['enroute', 'onSite', 'inProgress', 'completed'],
]

export default defineFlow({
  ...WORKS,
  id: 'work-request',
  noun: 'WorkRequests',
  objectType: 'WorkRequest',
  verbs: WORK_VERBS,
  pattern: 'RR',
  about: 'ask for work; nothing is scheduled that Engineering has not approved',
  source: 'WR-01 to WR-04, EPRI 3002014619 §5.6',
  stepped: steppedBy((status) =>
    status === 'waitingOnApproval' ? 'create' : workTrigger('', status),
  ),
  next: [HANDED_OVER, ...workNotices('WorkRequest'), REJECTED_WORK],
  rules: (after, _around, before) => workIntervals(after, before),
  frozen: {
    rule: 'WRK-FROZEN',
    freezes: [
      { members: ['kind', 'type'], each: WORK_ITEMS, in: APPROVED_ON },
      { ...WORK_OVER, each: WORK_ITEMS },
    ],
  },
  links: ['customer', 'ProgramEnrollment'],
  refers: enrollmentsIn,
  invariants: installationBreaches,
  moves: installationMoves,
  // Engineering approves before work management does anything (EPRI 3002014619 §5.6).
  by: {
    steps: {
      create: [...SUPPORT, 'dso-eng', 'cpm'],
      approve: ['dso-eng'],
      // Whoever has asked for it may also do without it, by cancel: that is no word of Engineering.
      reject: ['dso-eng'],
      change: [...SUPPORT, 'dso-eng', 'wms', 'cpm'],
      cancel: [...SUPPORT, 'dso-eng', 'wms', 'cpm'],
      delete: [...SUPPORT, 'dso-eng', 'cpm'],
    },
    otherwise: ['wms', 'dso-eng'],
    told: ['dso-eng', 'wms'],
    taken: triggersTaken,
  },
  steps: {
    approve: taking('approve', (it) => withStatus(it, 'approved')),
    reject: taking('reject', (it) => withStatus(it, 'cancelled')),
  },
})
