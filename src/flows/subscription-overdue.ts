// A subscription that its DERMS has not acknowledged in time, or has refused: told again, and an alarm until that is mended
// (EN-04, EN-05, K2).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Drift } from './drift.ts'
import type { Flow } from './flow.ts'
import { lapsing } from './lapsing.ts'
import type { Following } from './next.ts'
import type { Quantities } from './quantities.ts'
import { keysOf } from './reference.ts'
import type { Standing } from './standing-alarm.ts'
import { unregistered, valueOf } from './subscription-sync.ts'
import type { Turns } from './turns.ts'

/** By when it has to be acknowledged; told again, it has as long once more. */
export function lapsingIn({ acknowledgedWithin }: Pick<Quantities, 'acknowledgedWithin'>): Turns {
  return lapsing(({ state, object }) => {
    const since = Date.parse(String(member(object, 'syncRequestedDateTime')))
    return /_(?:pending|overdue)$/.test(state) ? since + acknowledgedWithin : undefined
  })
}

/** The same content once more, in its place among all that is told of the subscription. */
export const TOLD_AGAIN: Following = {
  when: 'its DERMS has not acknowledged it in time',
  source: 'EN-04, EN-05',
  from: 'cpm',
  verb: 'change',
  noun: 'ProgramSubscriptions',
  isDoneHere: true,
  isOurs: true,
  dueIn: ['INACTIVE_overdue', 'ACTIVE_overdue', 'CLOSED_overdue'],
  objects: (_before, after) => (after.state.endsWith('_overdue') ? [after.object] : []),
}

/** K2: closed here and active there, or the other way round. */
export const SUBSCRIPTION_DRIFT: Drift = {
  ended: (it) => valueOf(it) === 'CLOSED',
  pending: pendingSince,
  unmet: (it, state) => {
    const [value = '', sync = ''] = state.split('_')
    const how = UNMET[sync]
    if (how === undefined) return undefined
    const why = sync === 'failed' ? member(it, 'syncReason') : undefined
    return `It is ${value}, and its DERMS ${how}${typeof why === 'string' ? `: ${why}` : '.'}`
  },
}

/** That a request has come is no word of what has become of it. */
function pendingSince(subscription: JsonObject, state: string): string | undefined {
  const [value = '', sync] = state.split('_')
  if (sync !== 'pending') return undefined
  const since = member(subscription, 'syncRequestedDateTime')
  const told = typeof since === 'string' ? `, which it has been told at ${since}` : ''
  return `It is ${value}, and its DERMS has not acknowledged that yet${told}.`
}

const UNMET: Readonly<Record<string, string>> = {
  failed: 'has not made it so',
  partial: 'has not made it so for each device',
  overdue: 'has not acknowledged that in its time',
}

/** By state. */
export const UNACKNOWLEDGED: NonNullable<Flow['alarms']> = {
  INACTIVE_overdue: overdue('is told of'),
  ACTIVE_overdue: overdue('is active'),
  CLOSED_overdue: overdue('is closed'),
  ACTIVE_failed: refused('active'),
  CLOSED_failed: refused('closed'),
  ACTIVE_partial: partly('active'),
  CLOSED_partial: partly('closed'),
}

function overdue(what: string): Standing {
  return {
    said: (it) => ({
      reason: `Subscription ${labelOf(it)} ${what}, and its DERMS has not acknowledged that in its time (4.1).`,
      mend: 'It is told again by itself; see why the DERMS does not acknowledge, or tell what it has done: POST program-subscriptions/{mRID}:ack.',
    }),
  }
}

function refused(what: string): Standing {
  return {
    said: (it) => ({
      reason: `Subscription ${labelOf(it)} is ${what}, and its DERMS has refused that: ${String(member(it, 'syncReason') ?? 'it has not said why')}`,
      mend: 'Mend what the DERMS has refused it for, and change the subscription, so that it is told again.',
    }),
  }
}

function partly(what: string): Standing {
  return {
    said: (it) => {
      const devices = unregistered(it).map(({ reason }) => reason)
      return {
        reason: `Subscription ${labelOf(it)} is ${what}, and its DERMS has not made it so for each device: ${devices.join(' ')}`,
        mend: 'See why the head-end system has not done it; when it has, the DERMS says so of each device: POST program-subscriptions/{mRID}:ack. A change of the subscription tells it again.',
      }
    },
  }
}

function labelOf(subscription: JsonObject): string {
  return keysOf(subscription)[0] ?? ''
}
