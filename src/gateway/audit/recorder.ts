// Writes into the audit log what happens, without making whoever meets it wait. A stranger can cause as many events as he
// likes and only so many lines: the first of a kind has one, what is the same within a while is counted in one more.

import type { Timers } from '../peer.ts'
import type { Clock, Log, Store } from '../ports.ts'
import type { AuditEntry } from './entry.ts'
import { EVENTS } from './events.ts'
import type { EventName, EventRow } from './events.ts'
import { createOutlet } from './outlet.ts'

/** Who, from where, about what. */
export type Happening = Partial<Pick<AuditEntry, 'who' | 'from' | 'subject' | 'details'>>

/** The way into the audit log for what is no part of another unit. */
export interface Recorder {
  /** Never throws, never waits; on disk soon. */
  readonly note: (what: EventName, it?: Happening) => void
  /** On disk when it resolves. @throws {StoreError} when it is not */
  readonly write: (what: EventName, it?: Happening) => Promise<void>
  /** Resolves when all that was noted, and what was counted so far, is on disk, or is not to be kept any more. */
  readonly close: () => Promise<void>
}

/** What a recorder needs from outside. */
export interface RecorderParts {
  readonly store: Pick<Store, 'commit' | 'audit'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

/** Of one kind, as many pairs of party and address as are counted apart; the others are counted together. */
export const MOST_APART = 32

interface Count {
  readonly entry: AuditEntry
  more: number
  firstAt: string
  lastAt: string
}

/** For those that are too many to be counted apart. */
const OTHERS = 'others'

/** Over one store. */
export function createRecorder({ store, clock, timers, log }: RecorderParts): Recorder {
  const outlet = createOutlet({ store, clock, timers, log })
  const counts = new Map<EventName, Map<string, Count>>()
  const cancels = new Map<EventName, () => void>()

  function entryOf(what: EventName, it: Happening): AuditEntry {
    const { who = 'cimgate', from = '', subject = '', details = '' } = it
    return { at: clock(), who, from, what, subject, details }
  }

  function note(what: EventName, it: Happening = {}): void {
    const entry = entryOf(what, it)
    const { windowMs }: EventRow = EVENTS[what]
    if (windowMs === undefined) return outlet.put([entry])
    const known = counts.get(what) ?? new Map<string, Count>()
    counts.set(what, known)
    const own = `${entry.who} ${entry.from}`
    const isApart = known.has(own) || known.size < MOST_APART
    const count = known.get(isApart ? own : OTHERS)
    if (count !== undefined) return again(count, entry.at)
    const first = isApart ? entry : { ...entry, who: '', from: '', subject: '' }
    known.set(isApart ? own : OTHERS, { entry: first, more: isApart ? 0 : 1, ...timesOf(entry.at) })
    if (isApart) outlet.put([entry])
    if (!cancels.has(what))
      cancels.set(
        what,
        timers.after(windowMs, () => tell(what)),
      )
  }

  /** What goes on is counted on; what has stopped is as new when it comes again. */
  function tell(what: EventName, isLast = false): void {
    cancels.get(what)?.()
    cancels.delete(what)
    const known = counts.get(what) ?? new Map<string, Count>()
    const told = [...known].filter(([, { more }]) => more > 0)
    outlet.put(told.map(([key, it]) => summary(it, key === OTHERS, clock())))
    const { windowMs = 0 }: EventRow = EVENTS[what]
    known.clear()
    if (isLast || told.length === 0) return
    for (const [key, { entry }] of told)
      if (key !== OTHERS) known.set(key, { entry, more: 0, ...timesOf('') })
    cancels.set(
      what,
      timers.after(windowMs, () => tell(what)),
    )
  }

  async function write(what: EventName, it: Happening = {}): Promise<void> {
    await store.commit({ puts: [], removals: [], events: [], audit: [entryOf(what, it)] })
  }

  async function close(): Promise<void> {
    for (const what of [...counts.keys()]) tell(what, true)
    await outlet.close()
  }

  return { note, write, close }
}

function timesOf(at: string): Pick<Count, 'firstAt' | 'lastAt'> {
  return { firstAt: at, lastAt: at }
}

function again(count: Count, at: string): void {
  count.more += 1
  count.lastAt = at
  if (count.more === 1) count.firstAt = at
}

function summary(
  { entry, more, firstAt, lastAt }: Count,
  isOthers: boolean,
  at: string,
): AuditEntry {
  const of = isOthers ? 'more, of others and from elsewhere,' : 'more of the same'
  return { ...entry, at, details: `${more} ${of} from ${firstAt} to ${lastAt}` }
}

/** For tests and tools that keep no log. */
export const NO_RECORDER: Recorder = {
  note: () => undefined,
  write: async () => undefined,
  close: async () => undefined,
}
