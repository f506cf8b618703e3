// Lines on their way into the audit log: many at a time, in their order, each once. What the store cannot take now waits, as
// much as there is room for; what there is no room for leaves a line that says how much it was.

import type { Timers } from '../peer.ts'
import type { Clock, Log, Store } from '../ports.ts'
import { GAP } from './chain.ts'
import type { AuditEntry } from './entry.ts'
import { plainEntry } from './plain.ts'

/** Takes lines. */
export interface Outlet {
  readonly put: (entries: readonly AuditEntry[]) => void
  /** Resolves when all is on disk, or cannot be brought there. */
  readonly close: () => Promise<void>
}

/** lines that wait, at most: 10 MB of the longest */
export const MOST_WAITING = 4_000
/** lines of one unit */
const AT_ONCE = 200
/** milliseconds between two tries */
const AGAIN_MS = 1_000
/** lines of others among which ours are looked for, when nobody knows whether they were kept */
const AMONG = 500
const NOTHING = { puts: [], removals: [], events: [] }

/** Over one store. */
export function createOutlet(parts: {
  readonly store: Pick<Store, 'commit' | 'audit'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}): Outlet {
  const { store, clock, timers, log } = parts
  let waiting: AuditEntry[] = []
  let lost = { count: 0, firstAt: '' }
  let fault: { readonly at: string; readonly code: string } | undefined
  let isInDoubt = false
  let running: Promise<void> | undefined
  let cancel: (() => void) | undefined
  let isClosed = false

  function put(entries: readonly AuditEntry[]): void {
    const room = MOST_WAITING - waiting.length
    waiting.push(...entries.slice(0, room))
    const [first] = entries.slice(room)
    if (first !== undefined)
      lost = { count: lost.count + entries.length - room, firstAt: lost.firstAt || first.at }
    if (cancel === undefined) start()
  }

  function start(): void {
    running ??= run().finally(() => (running = undefined))
  }

  async function run(): Promise<void> {
    // What happens in one turn of the loop goes together.
    await Promise.resolve()
    while (waiting.length > 0 || lost.count > 0) if (!(await one())) return later()
  }

  /** @returns false when the store cannot take anything now */
  async function one(): Promise<boolean> {
    const some = waiting.slice(0, AT_ONCE)
    const told = some.length === waiting.length ? notices() : []
    try {
      if (!isInDoubt || !(await isKept(some)))
        await store.commit({ ...NOTHING, audit: [...some, ...told] })
      else if (told.length > 0) await store.commit({ ...NOTHING, audit: told })
    } catch (error) {
      return failed(error)
    }
    isInDoubt = false
    waiting = waiting.slice(some.length)
    if (told.length > 0) [lost, fault] = [{ count: 0, firstAt: '' }, undefined]
    return true
  }

  /** What the store itself has kept from being written. */
  function notices(): readonly AuditEntry[] {
    const at = clock()
    const common = { at, who: 'cimgate', from: '', subject: 'store' }
    return [
      ...(fault === undefined
        ? []
        : [{ ...common, what: 'store-fault', details: `${fault.code} since ${fault.at}` }]),
      ...(lost.count === 0 ? [] : [{ ...common, what: GAP, subject: 'audit', details: gap(at) }]),
    ]
  }

  function gap(at: string): string {
    return `${lost.count} lines of ${lost.firstAt} to ${at} could not be kept: the store was away for too long.`
  }

  function failed(error: unknown): boolean {
    const { code = 'internal', written } = error as {
      readonly code?: string
      readonly written?: string
    }
    fault ??= { at: clock(), code }
    isInDoubt ||= written === 'unknown'
    log.error({ err: error, waiting: waiting.length }, 'lines of the audit log wait for the store')
    return false
  }

  /** A unit is there as a whole or not at all: it is enough to find its first line with the others behind it. */
  async function isKept(some: readonly AuditEntry[]): Promise<boolean> {
    const lines = await store.audit({ before: Number.MAX_SAFE_INTEGER, limit: AMONG })
    const there = lines.map((it) => textOf(it)).reverse()
    const ours = some.map((it) => textOf(plainEntry(it)))
    return there.some((_, at) => ours.every((it, n) => there[at + n] === it))
  }

  function later(): void {
    if (isClosed) return
    cancel = timers.after(AGAIN_MS, () => {
      cancel = undefined
      start()
    })
  }

  async function close(): Promise<void> {
    isClosed = true
    cancel?.()
    cancel = undefined
    start()
    await running
    if (waiting.length > 0)
      log.error({ lines: waiting.length }, 'lines of the audit log could not be kept')
  }

  return { put, close }
}

function textOf({ at, who, from = '', what, subject, details }: AuditEntry): string {
  return JSON.stringify([at, who, from, what, subject, details])
}
