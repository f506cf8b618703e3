// SM-SR: the life of a service request, in the values of its status: that of a connection of a DER, with Engineering
// and the verification order, and the short one of every other kind. EPRI 3002014619 §5.4, §3 A to C.

import type { Lifecycle, Step } from './lifecycle.ts'

const BEFORE_REVIEW = ['submitted', 'registered', 'tariffSelected', 'agreed'] as const

const OPEN = [
  ...BEFORE_REVIEW,
  ...['engineeringReview', 'modelling', 'onHold', 'approved', 'verificationOrdered'],
  ...['verificationFailed', 'verified', 'connected', 'inProgress'],
]

const OVER = ['completed', 'rejected', 'withdrawn', 'cancelled']

const connection: readonly Step[] = [
  { from: 'submitted', trigger: 'register', to: 'registered', source: 'SR-02', guard: 'SR-KIND' },
  { from: 'registered', trigger: 'selectTariff', to: 'tariffSelected', source: 'SR-03' },
  { from: 'tariffSelected', trigger: 'selectTariff', to: 'tariffSelected', source: 'SR-03' },
  { from: 'tariffSelected', trigger: 'agree', to: 'agreed', source: 'CA-03', guard: 'SR-AGREE' },
  { from: 'agreed', trigger: 'startReview', to: 'engineeringReview', source: 'SR-04' },
  { from: 'engineeringReview', trigger: 'model', to: 'modelling', source: 'SR-05' },
  { from: 'modelling', trigger: 'result', to: 'engineeringReview', source: 'SR-05' },
  { from: 'engineeringReview', trigger: 'result', to: 'engineeringReview', source: 'SR-05' },
  {
    from: 'engineeringReview',
    trigger: 'approve',
    to: 'approved',
    source: 'SR-04, SR-07',
    guard: 'SR-AGREE',
  },
  { from: 'engineeringReview', trigger: 'hold', to: 'onHold', source: 'SR-06' },
  { from: 'onHold', trigger: 'release', to: 'engineeringReview', source: 'SR-06' },
  { from: 'engineeringReview', trigger: 'reject', to: 'rejected', source: 'SR-04' },
  { from: 'engineeringReview', trigger: 'needsInfo', to: 'submitted', source: 'SR-04' },
  { from: 'approved', trigger: 'orderVerification', to: 'verificationOrdered', source: 'SR-08' },
  { from: 'verificationOrdered', trigger: 'verify', to: 'verified', source: 'SR-08' },
  { from: 'verificationOrdered', trigger: 'failed', to: 'verificationFailed', source: 'SR-08' },
  {
    from: 'verificationFailed',
    trigger: 'orderVerification',
    to: 'verificationOrdered',
    source: 'SR-08',
  },
  {
    from: 'verificationOrdered',
    trigger: 'giveUpVerification',
    to: 'approved',
    source: 'ours, for SR-08: its order is cancelled or deleted, and another can be given',
  },
  { from: 'verified', trigger: 'connect', to: 'connected', source: 'SR-09' },
  { from: 'verified', trigger: 'commsOk', to: 'connected', source: 'SR-09' },
  { from: 'connected', trigger: 'complete', to: 'completed', source: 'SR-10, SR-11' },
]

/** I2: nobody is told of what is not approved, so nobody can acknowledge it. */
const notified: readonly Step[] = ['notified', 'unnotified'].flatMap((trigger) =>
  ['approved', 'verificationOrdered', 'verificationFailed', 'verified', 'connected'].map((it) => ({
    from: it,
    trigger,
    to: it,
    source: 'SR-11',
  })),
)

const short: readonly Step[] = [
  { from: 'submitted', trigger: 'begin', to: 'inProgress', source: 'SR-13', guard: 'SR-SHORT' },
  { from: 'inProgress', trigger: 'complete', to: 'completed', source: 'SR-13' },
  { from: 'inProgress', trigger: 'reject', to: 'rejected', source: 'SR-13' },
]

/** A customer's request for a service. */
export const SERVICE_REQUEST: Lifecycle = {
  id: 'SM-SR',
  about: 'A service request',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'submitted', source: 'SR-01, SR-13' },
    ...connection,
    ...notified,
    ...short,
    ...OPEN.map((it) => ({ from: it, trigger: 'change', to: it, source: 'SR-01' })),
    ...OPEN.map((from) => ({ from, trigger: 'withdraw', to: 'withdrawn', source: 'SR-12' })),
    ...OPEN.map((from) => ({ from, trigger: 'cancelRule', to: 'cancelled', source: 'SR-12' })),
    ...['submitted', ...OVER].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'SR-TERM',
      from: OVER,
      reason: 'The request is over; a new one is needed.',
    },
    {
      rule: 'SR-HOLD',
      from: ['onHold'],
      triggers: ['approve', 'orderVerification', 'verification', 'verify', 'connect', 'complete'],
      reason: 'It is on hold for an upgrade of the network until Engineering releases it.',
      code: '6.2',
    },
    {
      rule: 'SR-VERIFICATION',
      triggers: ['verification'],
      reason: 'It follows the service order of its verification, and is not set by hand.',
    },
    {
      rule: 'SR-ACK',
      triggers: ['acknowledgement'],
      reason:
        'dermsNotified follows the acknowledgement of DERMS Customer Support, and is not set by hand.',
    },
    {
      rule: 'SR-G1',
      triggers: ['startReview'],
      reason: 'Engineering reviews what is registered, has a tariff and is agreed.',
    },
    {
      rule: 'SR-G2',
      triggers: ['decide'],
      reason: 'It follows its registration and its interconnection review, and is not set by hand.',
    },
  ],
}
