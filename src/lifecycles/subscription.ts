// SM-SUB: the life of a subscription, in the values of its status and of its syncState: what the DERMS has not acknowledged is
// pending, whatever it is. Oracle functional overview, Enrollment/Unenrollment; Oracle 22C release notes, Enrollment
// Synchronization.

import type { Lifecycle, Step } from './lifecycle.ts'

/** How far the other side has taken what a subscription is. */
const SYNC_STATES = ['pending', 'overdue', 'synced', 'partial', 'failed'] as const

type Sync = (typeof SYNC_STATES)[number]

/** The customer does not take part yet, does, or does no longer. */
const SUBSCRIBED = ['INACTIVE', 'ACTIVE', 'CLOSED'] as const

/** What a subscription is, and how far the other side has taken that: `ACTIVE_synced`. */
function subscriptionState(value: (typeof SUBSCRIBED)[number], sync: Sync): string {
  return `${value}_${sync}`
}

const ANNEX_B = 'IEC 61968-100:2013 Annex B'

/** From a value, however far it is synchronized, to another that the other side has to be told of. */
function told(
  from: (typeof SUBSCRIBED)[number],
  trigger: string,
  to: (typeof SUBSCRIBED)[number],
  it: Pick<Step, 'source' | 'guard'>,
): readonly Step[] {
  return SYNC_STATES.map((sync) => ({
    from: subscriptionState(from, sync),
    trigger,
    to: subscriptionState(to, 'pending'),
    ...it,
  }))
}

/** The word of the DERMS, whenever it comes. A closed one that is acknowledged is over. */
const acknowledged: readonly Step[] = SUBSCRIBED.flatMap((value) =>
  SYNC_STATES.filter((sync) => value !== 'CLOSED' || sync !== 'synced').flatMap((sync) => {
    const from = subscriptionState(value, sync)
    const to = (is: Sync) => subscriptionState(value, is)
    return [
      { from, trigger: 'acknowledge', to: to('synced'), source: 'EN-04' },
      { from, trigger: 'acknowledgePartly', to: to('partial'), source: 'EN-04, G-AC15' },
      { from, trigger: 'fail', to: to('failed'), source: 'EN-04' },
    ]
  }),
)

/** Not acknowledged in its time: told again, and shown, until it is. */
const lapsed: readonly Step[] = SUBSCRIBED.flatMap((value) =>
  (['pending', 'overdue'] as const).map((sync) => ({
    from: subscriptionState(value, sync),
    trigger: 'lapse',
    to: subscriptionState(value, 'overdue'),
    source: 'EN-04, EN-05, K2',
  })),
)

/** What is closed is told once more as it is, until its DERMS has taken it. */
const toldAgain: readonly Step[] = SYNC_STATES.filter((sync) => sync !== 'synced').map((sync) => ({
  from: subscriptionState('CLOSED', sync),
  trigger: 'tellAgain',
  to: subscriptionState('CLOSED', 'pending'),
  source: 'EN-05, K2',
}))

const OVER = 'CLOSED_synced'

/** A subscription of a customer to a programme. */
export const SUBSCRIPTION: Lifecycle = {
  id: 'SM-SUB',
  about: 'A subscription to a programme: what it is, and how far the DERMS has acknowledged that',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'create', to: 'INACTIVE_pending', source: 'EN-03' },
    { from: '', trigger: 'activate', to: 'ACTIVE_pending', source: 'EN-03, K1' },
    ...told('INACTIVE', 'activate', 'ACTIVE', { source: 'EN-03, K1' }),
    ...told('INACTIVE', 'change', 'INACTIVE', { source: 'EN-03' }),
    ...told('ACTIVE', 'change', 'ACTIVE', { source: 'EN-03' }),
    ...told('ACTIVE', 'replaceDevice', 'ACTIVE', { source: 'EN-06' }),
    ...told('INACTIVE', 'close', 'CLOSED', { source: 'EN-05' }),
    ...told('ACTIVE', 'close', 'CLOSED', { source: 'EN-05' }),
    ...acknowledged,
    ...lapsed,
    ...toldAgain,
    { from: OVER, trigger: 'delete', to: 'deleted', source: ANNEX_B },
    ...SYNC_STATES.map((sync) => ({
      from: subscriptionState('INACTIVE', sync),
      trigger: 'delete',
      to: 'deleted',
      source: ANNEX_B,
    })),
  ],
  refusals: [
    {
      rule: 'SUB-CLOSED',
      from: SYNC_STATES.map((it) => subscriptionState('CLOSED', it)),
      reason: 'The subscription is closed; who wants to take part again enrolls again.',
    },
    {
      rule: 'SUB-CLOSE',
      triggers: ['delete'],
      reason: 'What has been active is closed, so that its DERMS hears of it.',
    },
  ],
}
