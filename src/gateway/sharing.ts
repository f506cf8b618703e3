// How several gateways on one store share the work: each does its part of it, hears what the others have left to be done, and
// one at a time looks after what is due by the clock. A gateway that has its store alone does all of it.

import type { Alarms } from './delivery/alarms.ts'
import type { Dispatcher, Part } from './delivery/dispatcher.ts'
import type { createRetention } from './delivery/retention.ts'
import { DELIVERY } from './delivery/transition.ts'
import type { Files } from './files/index.ts'
import { shownRoles } from './node-role.ts'
import type { NodeRoles } from './node-role.ts'
import type { Timers } from './peer.ts'
import type { SequencedEvent, Store } from './ports.ts'
import type { Nightly } from './reconcile/nightly.ts'

/** What sharing needs from outside. */
export interface SharingParts {
  readonly store: Pick<Store, 'onEvents' | 'onDue' | 'onLost' | 'onTurn'>
  readonly timers: Timers
  readonly roles: NodeRoles
  readonly dispatcher: Pick<Dispatcher, 'wake' | 'lose'>
  readonly alarms: Pick<Alarms, 'begin' | 'stop'>
  readonly retention: Pick<ReturnType<typeof createRetention>, 'begin' | 'stop'>
  readonly nightly: Pick<Nightly, 'begin' | 'stop'>
  readonly files: Pick<Files, 'begin' | 'stop'>
}

/** The share of one gateway. */
export interface Sharing {
  readonly part: () => Part
  /** Begins with it. @returns how to end */
  readonly begin: () => () => void
  /** for people; empty where the store is not shared */
  readonly told: () => string
}

/** milliseconds in which a word of others wakes once */
const HINT_MS = 50

/** @param parts asked for when it begins: they ask for their part themselves */
export function sharingOf(
  { store, timers, roles }: Pick<SharingParts, 'store' | 'timers' | 'roles'>,
  parts: () => Pick<SharingParts, 'dispatcher' | 'alarms' | 'retention' | 'nightly' | 'files'>,
): Sharing {
  const isShared = store.onDue !== undefined
  let isOurTurn = !isShared && roles.has('scheduler')

  function watch(): void {
    void parts().alarms.begin()
    void parts().retention.begin()
    void parts().nightly.begin()
    parts().files.begin()
  }

  function take(isOurs: boolean): void {
    const { alarms, retention, nightly, files, dispatcher } = parts()
    isOurTurn = isOurs
    alarms.stop()
    retention.stop()
    nightly.stop()
    void files.stop()
    if (!isOurs) return
    watch()
    dispatcher.wake()
  }

  function begin(): () => void {
    const { wake, lose } = parts().dispatcher
    const ends = [
      store.onDue?.(wake),
      store.onLost?.(lose),
      isShared && roles.has('dispatch') ? store.onEvents(hinting(wake, timers)) : undefined,
      roles.has('scheduler') ? store.onTurn?.(take) : undefined,
    ]
    wake()
    if (isOurTurn) watch()
    return () => {
      for (const end of ends) end?.()
    }
  }

  return {
    part: () => ({ sends: roles.has('dispatch'), expires: isOurTurn }),
    begin,
    told: () => {
      if (!isShared) return ''
      return `role: ${shownRoles(roles)}${isOurTurn ? '; the scheduler' : ''}`
    },
  }
}

/** Something may have to be sent that another one has accepted. */
function hinting(wake: () => void, timers: Timers): (events: readonly SequencedEvent[]) => void {
  let isCalm = true
  return (events) => {
    const isNew = events.some((it) => it.noun === DELIVERY && it.state === 'QUEUED')
    if (!isNew || !isCalm) return
    isCalm = false
    timers.after(HINT_MS, () => {
      isCalm = true
      wake()
    })
  }
}
