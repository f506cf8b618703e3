// What a scenario is: how one figure of EPRI 3002014619 begins, and what is due to pass because of it.

import type { Sending } from './party.ts'

/** A message that is due, and what is to come of it. */
export interface Due {
  /** row of the catalogue of flows */
  readonly flow: string
  readonly from: string
  readonly to: string
  /** verb and noun */
  readonly message: string
  /** `ServiceRequests: submitted > registered`, each change that comes with it */
  readonly changes: readonly string[]
  /** reply, OK by default */
  readonly reply: string
}

/** One figure. */
export interface Scenario {
  /** `4-2` */
  readonly id: string
  readonly title: string
  /** what is sent first, one after the other; the rest is for the tables of the parties */
  readonly begins: readonly (readonly [party: string, sending: Sending])[]
  readonly due: readonly Due[]
}

/** A row of `due`. @param changes parted by `;`, empty for none */
export function due(flow: string, way: string, message: string, changes = '', reply = 'OK'): Due {
  const [from = '', to = ''] = way.split(' > ')
  return {
    flow,
    from,
    to,
    message,
    changes: changes === '' ? [] : changes.split('; '),
    reply,
  }
}
