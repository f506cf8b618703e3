// Compares what two sides have every day at a time, as the configuration says. Which day is done stands in the store: of several
// gateways one does it, and what fell into a time when none was there is made up for at the next start.

import { REPORTS } from '../../flows/report.ts'
import { member, writeJson } from '../../schema/json-text.ts'
import { idKey } from '../identity.ts'
import type { Reconciled, Topology } from '../parties/party.ts'
import type { Timers } from '../peer.ts'
import type { Clock, Log, Put, Store, StoredObject } from '../ports.ts'
import { heldOf } from '../world.ts'
import type { Reconciling } from './reconciling.ts'

/** What it needs from outside. */
export interface NightlyParts {
  readonly store: Pick<Store, 'objects' | 'commit'>
  readonly topology: () => Topology
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly begin: Reconciling['begin']
}

/** Looks until it is stopped. */
export interface Nightly {
  /** Begins what is due by now, and goes on, also when it was stopped before. */
  readonly begin: () => Promise<void>
  readonly stop: () => void
}

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000]
/** milliseconds after which it is looked again at the latest: another configuration may be in force */
const IDLE_MS = 600_000

/** Where it stands which day is done: under the name of each comparison. */
const DONE = `${REPORTS}.day`

/** The last time at which it was due, in milliseconds. */
export function lastDue({ atMinute }: Pick<Reconciled, 'atMinute'>, nowMs: number): number {
  const midnight = Math.floor(nowMs / DAY_MS) * DAY_MS
  const today = midnight + atMinute * MINUTE_MS
  return today <= nowMs ? today : today - DAY_MS
}

/** Over one store. */
export function createNightly(parts: NightlyParts): Nightly {
  const { store, topology, clock, timers, log } = parts
  let cancel: () => void = () => undefined
  let stopped = false

  async function look(): Promise<void> {
    cancel()
    for (const it of topology().reconciliations ?? [])
      try {
        await ifDue(it)
      } catch (err) {
        log.error({ err, reconciliation: it.id }, 'two sides could not be compared')
      }
    if (stopped) return
    const now = Date.parse(clock())
    const next = (topology().reconciliations ?? []).map((it) => lastDue(it, now) + DAY_MS - now)
    cancel = timers.after(Math.min(IDLE_MS, ...next), () => void look())
  }

  async function ifDue(it: Reconciled): Promise<void> {
    const due = new Date(lastDue(it, Date.parse(clock()))).toISOString()
    const [stored] = await store.objects(DONE, [idKey(it.id)], [])
    const last = stored === undefined ? undefined : String(member(heldOf(stored).object, 'at'))
    if (last !== undefined && last >= due) return
    const done = doneAt(it, due, stored)
    // The first day is the one that begins when it is configured.
    if (last === undefined) {
      await store.commit({ puts: [done], removals: [], events: [] })
      return
    }
    const { noun, source, target, ask } = it
    const begun = await parts.begin({ noun, source, target, ask, lists: {} }, [done])
    if (begun !== undefined)
      log.info({ reconciliation: it.id, noun, target }, 'two sides are compared')
  }

  return {
    begin: () => {
      stopped = false
      return look()
    },
    stop: () => {
      stopped = true
      cancel()
    },
  }
}

function doneAt({ id }: Reconciled, at: string, was: StoredObject | undefined): Put {
  const kept = { noun: DONE, id: idKey(id), state: 'kept', names: [], owner: '' }
  return { ...kept, body: writeJson({ at }), expect: was?.revision ?? 0 }
}
