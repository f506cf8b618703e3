// What was to come and has not: looked for when it is due, told once, and never forgotten silently.

import type { Awaited, Ledger } from '../ledger.ts'
import type { Timers } from '../peer.ts'
import type { Clock, Log, Store } from '../ports.ts'
import { mendOf } from '../tracking/alarms.ts'
import type { Consequence } from './dispatcher.ts'
import type { Over } from './over.ts'

/** What looking needs from outside. */
export interface AlarmParts {
  readonly store: Pick<Store, 'commit'> & Pick<Ledger, 'overdue' | 'nextDue' | 'leg'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** what a reply that has not come changes for the message that waits for it */
  readonly overdue: (awaited: Awaited) => Promise<Consequence>
  /** what becomes of an object whose time is over; undefined for what is awaited from somebody */
  readonly over?: Over
}

/** Looks until it is stopped. */
export interface Alarms {
  readonly look: () => Promise<void>
  /** Looks at once, and goes on, also when it was stopped before. */
  readonly begin: () => Promise<void>
  /** Something is due then, ISO 8601 with Z: it may be the next. */
  readonly expect: (dueAt: string) => void
  readonly stop: () => void
}

const AT_ONCE = 100
/** milliseconds after which it is looked again at the latest: so late an alarm may be, at most */
const IDLE_MS = 5_000

/** Looks at once, and then whenever something is due. */
export function createAlarms(parts: AlarmParts): Alarms {
  const { store, clock, timers, log } = parts
  let cancel: () => void = () => undefined
  let stopped = false
  let nextAt = Infinity
  /** ids of what could not be raised the last time */
  let failing: ReadonlySet<string> = new Set()

  async function look(): Promise<void> {
    cancel()
    nextAt = Infinity
    try {
      // What cannot be raised is asked for each time again, and keeps nothing else back.
      const limit = AT_ONCE + failing.size
      const now = clock()
      const due = await store.overdue(now, limit)
      const failed = new Set<string>()
      for (const it of due) if (!(await raised(it))) failed.add(it.id)
      failing = failed
      lookIn(due.length === limit ? 0 : failing.size > 0 ? IDLE_MS : await untilNext(now))
    } catch (err) {
      log.error({ err }, 'what is overdue could not be looked for')
      lookIn(IDLE_MS)
    }
  }

  /** @returns false when it has failed: told once, and tried again as long as it is due */
  async function raised(it: Awaited): Promise<boolean> {
    try {
      await raise(it)
      return true
    } catch (err) {
      const { id, kind, key, exchangeId, leg, dueAt } = it
      const about = { err, id, kind, key, exchangeId, leg, dueAt, mend: mendOf(exchangeId) }
      if (!failing.has(id)) log.error(about, 'that something has not come in time cannot be kept')
      return false
    }
  }

  function lookIn(ms: number): void {
    if (stopped) return
    cancel()
    nextAt = Date.parse(clock()) + ms
    cancel = timers.after(ms, () => void look())
  }

  /** While it is being looked, what is due next is asked for at the end. */
  function expect(dueAt: string): void {
    const at = Date.parse(dueAt)
    if (at < nextAt && nextAt !== Infinity) lookIn(Math.max(0, at - Date.parse(clock())))
  }

  /** @param asked what was due by then is raised, or waits to be sent, which is not looked for here */
  async function untilNext(asked: string): Promise<number> {
    const next = await store.nextDue(asked)
    const ms = next === undefined ? IDLE_MS : Date.parse(next) - Date.parse(clock())
    return Math.min(IDLE_MS, Math.max(ms, 100))
  }

  async function raise(awaited: Awaited): Promise<void> {
    const over = await parts.over?.(awaited)
    if (over !== undefined) return taken(over)
    const { unit, committed } = await parts.overdue(awaited)
    const { id, kind, key, exchangeId, leg, dueAt } = awaited
    const done = await store.commit({
      puts: [],
      removals: [],
      events: [],
      ...unit,
      overdue: [id],
      audit: [
        { at: clock(), who: 'cimgate', what: 'overdue', subject: `${kind} ${key}`, details: dueAt },
        ...(unit.audit ?? []),
      ],
    })
    if (done.kind !== 'committed') return
    const about = await store.leg(leg)
    const { party = '', noun = '', verb = '', messageID = '' } = about ?? {}
    log.warn(
      { kind, key, party, noun, verb, exchangeId, messageID, leg, dueAt, mend: mendOf(exchangeId) },
      'a message that was to come has not come',
    )
    committed?.()
  }

  /** Somebody else may have been quicker: then it is looked again. */
  async function taken({ unit, committed }: Consequence): Promise<void> {
    const done = await store.commit({ puts: [], removals: [], events: [], ...unit })
    if (done.kind === 'committed') committed?.()
  }

  return {
    look,
    begin: () => {
      stopped = false
      return look()
    },
    expect,
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
