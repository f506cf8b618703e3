// SM-ENR: the life of an application to take part in a programme, in the values of its status. It is never active: a
// subscription follows when it is completed. Oracle functional overview, Enrollment/Unenrollment.

import type { Lifecycle, Step } from './lifecycle.ts'

/** States in which an application is still worked on. */
const ENROLLING = ['PENDING', 'validating', 'installing', 'deviceCheck', 'ERROR'] as const

const ANNEX_B = 'IEC 61968-100:2013 Annex B'

/** Somebody wants to leave the programme, and the subscription has not been closed yet. */
const LEAVING = ['UNENROLLING', 'UNENROLL_OVERDUE'] as const

/** What follows is closed, and with that the enrollment is over, whoever has asked for it. */
const unenrolled: readonly Step[] = ['COMPLETED', ...LEAVING].map((from) => ({
  from,
  trigger: 'unenrolled',
  to: 'UNENROLLED',
  source: 'EN-05',
}))

/** Whoever works on applications may tell of the end of several steps at once; nobody may ask for that. */
const told: readonly Step[] = ENROLLING.flatMap((from) =>
  ['validating', 'installing', 'deviceCheck', 'COMPLETED', 'REJECTED', 'ERROR']
    .filter((to) => to !== from)
    .map((to) => ({ from, trigger: `tell_${to}`, to, source: 'EN-01', guard: 'ENR-ORDER' })),
)

/** An application of a customer for a programme. */
export const ENROLLMENT: Lifecycle = {
  id: 'SM-ENR',
  about:
    'An enrollment: the application of a customer for a programme; `tell_…` is what is told of it, never asked',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'receive', to: 'PENDING', source: 'EN-01' },
    { from: 'PENDING', trigger: 'validate', to: 'validating', source: 'EN-01' },
    { from: 'validating', trigger: 'ineligible', to: 'REJECTED', source: 'EN-01' },
    {
      from: 'validating',
      trigger: 'workRequested',
      to: 'installing',
      source: 'EN-02',
      guard: 'ENR-WORK',
    },
    {
      from: 'validating',
      trigger: 'bringYourOwn',
      to: 'deviceCheck',
      source: 'EN-01',
      guard: 'ENR-INSTALL',
    },
    {
      from: 'installing',
      trigger: 'installed',
      to: 'deviceCheck',
      source: 'EN-02',
      guard: 'ENR-KEY',
    },
    { from: 'installing', trigger: 'installFailed', to: 'ERROR', source: 'EN-02' },
    { from: 'deviceCheck', trigger: 'ok', to: 'COMPLETED', source: 'DC-02', guard: 'ENR-CHECK' },
    // Whether that is enough is a matter of policy: what cannot be asked has not failed.
    {
      from: 'deviceCheck',
      trigger: 'unsupported',
      to: 'COMPLETED',
      source: 'DC-02, K4',
      guard: 'ENR-CHECK',
    },
    { from: 'deviceCheck', trigger: 'failed', to: 'ERROR', source: 'DC-02' },
    { from: 'ERROR', trigger: 'retry', to: 'deviceCheck', source: 'EN-01', guard: 'ENR-KEY' },
    ...told,
    ...ENROLLING.map((from) => ({ from, trigger: 'cancel', to: 'CANCELLED', source: 'EN-01' })),
    ...ENROLLING.map((it) => ({ from: it, trigger: 'change', to: it, source: 'EN-01' })),
    { from: 'COMPLETED', trigger: 'close', to: 'UNENROLLING', source: 'EN-05, K2' },
    ...LEAVING.map((from) => ({
      from,
      trigger: 'lapse',
      to: 'UNENROLL_OVERDUE',
      source: 'G-AC13, K2',
    })),
    ...unenrolled,
    ...['PENDING', 'REJECTED', 'CANCELLED', 'UNENROLLED'].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: ANNEX_B,
    })),
  ],
  refusals: [
    {
      rule: 'ENR-SM',
      triggers: ['ACTIVE', 'INACTIVE'],
      reason: 'An enrollment is never active: what is active is the subscription that follows it.',
    },
    {
      rule: 'ENR-ENTRY',
      from: [''],
      reason: 'An enrollment comes as PENDING, and goes on from there.',
    },
  ],
}
