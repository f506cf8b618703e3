// The records of one file told, collection by collection, never many ahead of those that whoever they are for has acknowledged, and
// what has come of each.

import { CimError } from '../../envelope/errors.ts'
import type { Ledger, LegFacts } from '../ledger.ts'
import type { Timers } from '../peer.ts'
import { isOver } from '../relay/joined.ts'
import type { Collection } from './collections.ts'
import type { Item, Notes } from './outcome.ts'
import { tellingBy } from './telling.ts'
import type { Answered, Told, TellingParts } from './telling.ts'
import type { FilePoint } from './transfer.ts'

/** What delivering needs from outside. */
export interface DeliveringParts extends Omit<TellingParts, 'store'> {
  readonly store: TellingParts['store'] & Pick<Ledger, 'legs'>
  readonly timers: Timers
  readonly reached: (point: FilePoint) => void
  /** true when nothing more is to be begun */
  readonly isEnding: () => boolean
}

/** What has come of the collections of a file. */
export interface Delivered {
  readonly taken: number
  readonly rejected: number
  readonly outdated: number
  /** all that was told has been acknowledged, or has come to another end */
  readonly isSettled: boolean
  /** why the rest was not told; empty where all of it was */
  readonly stopped: string
  /** the code of that */
  readonly code: string
}

/** collections that may be told and not yet acknowledged: what a party that is away leaves in the outbox of one file */
const AHEAD = 20
/** milliseconds between two looks at what is not acknowledged */
const LOOK_MS = 200
/** milliseconds that a file waits for acknowledgements before others have their turn */
const PATIENCE_MS = 60_000

/** collections that are received side by side: while one is written, the next one is read and judged */
const BESIDE = 2

/** @throws {CimError} `overloaded` where the store cannot answer now: it goes on from there later */
export async function delivering(
  collections: AsyncIterable<Collection>,
  told: Told,
  notes: Notes,
  parts: DeliveringParts,
): Promise<Delivered> {
  const tell = tellingBy(parts)
  const settled = settledBy(notes, parts)
  const under: UnderWay[] = []
  let all: Came = { taken: 0, rejected: 0, outdated: 0 }
  let isHeld = false

  /** What has come of them is told in their order. */
  async function takeDownTo(count: number): Promise<void> {
    for (let [first] = under; first !== undefined && under.length > count; [first] = under) {
      const answered = await first.answering
      under.shift()
      all = together(all, await cameOf(first.it, answered, told, notes))
      settled.note(first.it, answered)
      parts.reached('file-collection')
    }
  }

  try {
    for await (const it of collections) {
      isHeld = parts.isEnding() || !(await settled.upTo(it.n - AHEAD))
      if (isHeld) break
      under.push(begun(it, tell(it, told)))
      await takeDownTo(BESIDE - 1)
      if (all.stopped !== undefined) break
    }
    await takeDownTo(0)
    if (all.stopped !== undefined) return { ...all, isSettled: true, ...all.stopped }
    if (isHeld) return { ...all, ...UNDER_WAY }
    return { ...all, isSettled: await settled.upTo(Infinity), stopped: '', code: '' }
  } finally {
    await Promise.allSettled(under.map((it) => it.answering))
  }
}

interface UnderWay {
  readonly it: Collection
  readonly answering: Promise<Answered>
}

/** What fails meanwhile is told when it is its turn. */
function begun(it: Collection, answering: Promise<Answered>): UnderWay {
  answering.catch(() => undefined)
  return { it, answering }
}

function together(all: Came, came: Came): Came {
  const stopped = all.stopped ?? came.stopped
  return {
    taken: all.taken + came.taken,
    rejected: all.rejected + came.rejected,
    outdated: all.outdated + came.outdated,
    ...(stopped === undefined ? {} : { stopped }),
  }
}

const UNDER_WAY = { isSettled: false, stopped: '', code: '' } as const

interface Came extends Pick<Delivered, 'taken' | 'rejected' | 'outdated'> {
  readonly stopped?: Pick<Delivered, 'stopped' | 'code'>
}

async function cameOf(
  { objects, lines }: Collection,
  { refused }: Answered,
  { rules: { kind } }: Told,
  notes: Notes,
): Promise<Came> {
  const whole = refused.find((it) => it.at < 0)
  if (whole !== undefined) {
    // What fails on our side is told to be sent again, and it is: by the next run.
    if (whole.code === '5.1' || whole.code === '5.3') throw new CimError('overloaded', whole.reason)
    const { code, reason } = whole
    return { taken: 0, rejected: objects.length, outdated: 0, stopped: { stopped: reason, code } }
  }
  let outdated = 0
  for (const { at, code, rule, reason } of refused) {
    const isOld = kind.outdatedBy?.includes(rule) ?? false
    if (isOld) outdated += 1
    const outcome = isOld ? 'SKIPPED' : 'FAILED'
    await notes.add({ lines: [lines[at] ?? 0], outcome, code, rule, reason })
  }
  const taken = objects.length - refused.length
  return { taken, rejected: refused.length - outdated, outdated }
}

/** What was told in the conversation of one collection. */
interface Conversation extends Pick<Collection, 'n' | 'lines'>, Pick<Answered, 'exchangeId'> {}

/** Follows what collections were told on, in their order. */
function settledBy(notes: Notes, { store, timers, isEnding }: DeliveringParts) {
  const waiting: Conversation[] = []
  let patienceMs = PATIENCE_MS

  /** False where something is still open. */
  async function look({ exchangeId, lines }: Conversation): Promise<boolean> {
    const { legs } = await store.legs({ exchangeId, direction: 'out', limit: 100 })
    if (!legs.every(isOver)) return false
    for (const it of legs) if (it.state !== 'ACKED') await notes.add(unacknowledged(it, lines))
    return true
  }

  return {
    note: ({ n, lines }: Collection, { exchangeId }: Answered) =>
      void waiting.push({ n, exchangeId, lines: [lines[0] ?? 0, lines.at(-1) ?? 0] }),
    /** Resolves with true when all up to that one are over, with false when that takes too long. */
    upTo: async (n: number): Promise<boolean> => {
      for (let [first] = waiting; first !== undefined && first.n <= n; [first] = waiting) {
        if (await look(first)) waiting.shift()
        else if (patienceMs <= 0 || isEnding()) return false
        else {
          patienceMs -= LOOK_MS
          await new Promise<void>((done) => timers.after(LOOK_MS, done))
        }
      }
      return true
    },
  }
}

function unacknowledged(
  { party, state, reason, id }: LegFacts,
  [first = 0, last = 0]: readonly number[],
): Item {
  const what = state === 'PARTIAL' ? 'has taken only a part of' : 'has not taken'
  return {
    lines: [first],
    outcome: 'FAILED',
    code: state === 'PARTIAL' ? '0.2' : '5.2',
    rule: 'FILE-UNDELIVERED',
    reason:
      `${party} ${what} the records from line ${first} to ${last}: the message ${id} is ${state}. ${reason}`.trim(),
  }
}
