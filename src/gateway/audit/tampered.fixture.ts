// Logs that somebody has had his hands in, made from a seed: what was done, and at which line it has to be found at the latest.

import { createHash } from 'node:crypto'
import type { AuditEntry } from './entry.ts'
import { FORGOTTEN, NO_LINE, chained, forgottenTo } from './chain.ts'
import type { Anchor, AuditLine, ChainEnds } from './chain.ts'
import { chainJudge } from './verified.ts'
import type { Verified } from './verified.ts'

/** @returns hex */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A log with its ends. */
export interface Log {
  readonly lines: readonly AuditLine[]
  readonly ends: ChainEnds
  /** what the operator has kept of it elsewhere */
  readonly kept?: Anchor
}

/** What was done to a log. */
export interface Tampering {
  readonly name: string
  readonly log: Log
  /** the line where it has to be found; absent = anywhere */
  readonly seq?: number
  readonly kinds: readonly string[]
}

/** Whole numbers below `below`, the same for the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function entryOf(n: number, more: Partial<AuditEntry> = {}): AuditEntry {
  const at = new Date(Date.UTC(2026, 10, 1) + n * 1_000).toISOString()
  const what = ['login', 'login-refused', 'resend', 'configuration'][n % 4] ?? ''
  return {
    at,
    who: `party-${n % 3}`,
    from: '192.0.2.7',
    what,
    subject: `s-${n}`,
    details: '',
    ...more,
  }
}

/** A whole log, whose first lines have been forgotten. */
export function wholeLog(count: number, forgotten = 0, salt = ''): Log {
  const first = chained(
    Array.from({ length: forgotten + count }, (_, n) => entryOf(n, { details: salt })),
    NO_LINE,
    sha256,
  )
  const beginning = first[forgotten - 1] ?? NO_LINE
  const kept = first.slice(forgotten)
  const lines =
    forgotten === 0
      ? kept
      : [
          ...kept,
          ...chained([forgottenTo(beginning, entryOf(count).at)], kept.at(-1) ?? beginning, sha256),
        ]
  const head = lines.at(-1) ?? beginning
  return { lines, ends: { head: placeOf(head), beginning: placeOf(beginning) } }
}

function placeOf({ seq, hash }: Anchor): Anchor {
  return { seq, hash }
}

/** What a judge says of it. */
export function judged({ lines, ends, kept }: Log): Verified {
  const judge = chainJudge(ends, sha256, kept)
  for (const line of lines) if (!judge.take(line)) break
  return judge.end()
}

type Tamper = (log: Log, at: number, pick: (below: number) => number) => Omit<Tampering, 'name'>

const FIELDS = ['at', 'who', 'from', 'what', 'subject', 'details'] as const

/** All behind a line, with hashes that are right again: what somebody with the program at hand would write. */
function rewritten(
  { lines }: Log,
  at: number,
  entries: readonly AuditEntry[],
): readonly AuditLine[] {
  const before = lines.slice(0, at)
  const first = lines[at]
  const last = before.at(-1) ?? { seq: (first?.seq ?? 1) - 1, hash: '' }
  return [...before, ...chained(entries, last, sha256)]
}

const TAMPERINGS: Readonly<Record<string, Tamper>> = {
  'a field altered': (log, at, pick) => {
    const field = FIELDS[pick(FIELDS.length)] ?? 'who'
    const lines = log.lines.map((it, n) => (n === at ? { ...it, [field]: `${it[field]}x` } : it))
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds: ['text-changed'] }
  },
  'two fields shifted into each other': (log, at) => {
    const lines = log.lines.map((it, n) =>
      n === at ? { ...it, who: `${it.who}${it.from}`, from: '' } : it,
    )
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds: ['text-changed'] }
  },
  'a hash altered': (log, at, pick) => {
    const digit = pick(64)
    const flip = (hash: string) =>
      `${hash.slice(0, digit)}${hash[digit] === '0' ? '1' : '0'}${hash.slice(digit + 1)}`
    const lines = log.lines.map((it, n) => (n === at ? { ...it, hash: flip(it.hash) } : it))
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds: ['hash-changed'] }
  },
  'lines deleted': (log, at, pick) => {
    const lines = log.lines.toSpliced(at, 1 + pick(5))
    const kinds = ['missing', 'cut']
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds }
  },
  'lines deleted, and the others numbered anew': (log, at) => {
    const gone = log.lines.toSpliced(at, 1)
    const lines = gone.map((it, n) => ({ ...it, seq: log.lines[n]?.seq ?? 0 }))
    const kinds = ['foreign', 'cut', 'text-changed', 'hash-changed']
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds }
  },
  'the end cut off': (log, at) => ({
    log: { ...log, lines: log.lines.slice(0, at) },
    seq: log.lines[at]?.seq ?? 0,
    kinds: ['cut'],
  }),
  'the end cut off, and the newest line noted anew': (log, at) => {
    const lines = log.lines.slice(0, at)
    const head = placeOf(lines.at(-1) ?? log.ends.beginning)
    const kept = log.ends.head
    const ends = { ...log.ends, head }
    // Where lines had been forgotten, the line that says so is gone, too.
    return { log: { lines, ends, kept }, kinds: ['anchor', 'beginning'] }
  },
  'all emptied': (log) => ({
    log: { lines: [], ends: { head: NO_LINE, beginning: NO_LINE }, kept: log.ends.head },
    kinds: ['anchor'],
  }),
  'two lines exchanged': (log, at, pick) => {
    const other = (at + 1 + pick(log.lines.length - 1)) % log.lines.length
    const [low, high] = [Math.min(at, other), Math.max(at, other)]
    const lines = log.lines.map((it, n) =>
      n === low ? (log.lines[high] ?? it) : n === high ? (log.lines[low] ?? it) : it,
    )
    return { log: { ...log, lines }, seq: log.lines[low]?.seq ?? 0, kinds: ['missing', 'beyond'] }
  },
  'two texts exchanged': (log, at, pick) => {
    const other = (at + 1 + pick(log.lines.length - 1)) % log.lines.length
    const [one, two] = [log.lines[at], log.lines[other]]
    if (one === undefined || two === undefined) throw new Error('too short')
    const swap = (it: AuditLine, by: AuditLine) => ({ ...by, seq: it.seq, hash: it.hash })
    const lines = log.lines.map((it, n) =>
      n === at ? swap(it, two) : n === other ? swap(it, one) : it,
    )
    const seq = Math.min(one.seq, two.seq)
    return { log: { ...log, lines }, seq, kinds: ['text-changed', 'foreign'] }
  },
  'a line put in': (log, at) => {
    const [line] = chained([entryOf(9_999)], log.lines[at - 1] ?? log.ends.beginning, sha256)
    if (line === undefined) throw new Error('none')
    const lines = log.lines.toSpliced(at, 0, line)
    return { log: { ...log, lines }, kinds: ['repeated', 'foreign', 'beyond'] }
  },
  'a line put behind the end': (log) => {
    const lines = [...log.lines, ...chained([entryOf(9_999)], log.ends.head, sha256)]
    return { log: { ...log, lines }, seq: log.ends.head.seq + 1, kinds: ['beyond'] }
  },
  'a line put behind the end, and noted': (log) => {
    const lines = [
      ...log.lines.slice(0, -1),
      ...chained([entryOf(9_999)], log.lines.at(-2) ?? NO_LINE, sha256),
    ]
    const ends = { ...log.ends, head: placeOf(lines.at(-1) ?? NO_LINE) }
    return { log: { lines, ends, kept: log.ends.head }, kinds: ['anchor', 'beginning'] }
  },
  'a line twice': (log, at) => {
    const line = log.lines[at]
    const lines = line === undefined ? log.lines : log.lines.toSpliced(at, 0, line)
    return { log: { ...log, lines }, seq: line?.seq ?? 0, kinds: ['repeated'] }
  },
  'the line of another log': (log, at) => {
    const other = wholeLog(log.lines.length, log.ends.beginning.seq, 'other').lines[at]
    const lines = log.lines.map((it, n) => (n === at && other !== undefined ? other : it))
    const isSame = other?.what === FORGOTTEN
    const kinds = isSame ? ['text-changed', 'foreign', 'beginning'] : ['foreign']
    return { log: { ...log, lines }, seq: log.lines[at]?.seq ?? 0, kinds }
  },
  'all behind a line written anew': (log, at) => {
    const changed = log.lines.slice(at).map((it, n) => (n === 0 ? { ...it, who: 'nobody' } : it))
    return { log: { ...log, lines: rewritten(log, at, changed) }, kinds: ['foreign', 'beginning'] }
  },
  'all behind a line written anew, and the newest noted': (log, at) => {
    const changed = log.lines.slice(at).map((it, n) => (n === 0 ? { ...it, who: 'nobody' } : it))
    const lines = rewritten(log, at, changed)
    const ends = { ...log.ends, head: placeOf(lines.at(-1) ?? NO_LINE) }
    return { log: { lines, ends, kept: log.ends.head }, kinds: ['anchor', 'beginning'] }
  },
  'the first lines deleted, and the beginning noted anew': (log, at) => {
    const count = Math.max(1, at)
    const lines = log.lines.slice(count)
    const beginning = placeOf(log.lines[count - 1] ?? NO_LINE)
    return { log: { ...log, lines, ends: { ...log.ends, beginning } }, kinds: ['beginning'] }
  },
  'the newest noted as another': (log) => ({
    log: { ...log, ends: { ...log.ends, head: { ...log.ends.head, hash: sha256('x') } } },
    seq: log.ends.head.seq,
    kinds: ['foreign'],
  }),
  'the first line left out': (log) => ({
    log: { ...log, lines: log.lines.slice(1) },
    seq: log.lines[0]?.seq ?? 0,
    kinds: ['missing'],
  }),
}

/** Names of all that is done to a log. */
export const TAMPERING_NAMES = Object.keys(TAMPERINGS)

/** One tampering. @param n which of them, and where, with what */
export function tampering(n: number): Tampering {
  const name = TAMPERING_NAMES[n % TAMPERING_NAMES.length] ?? ''
  const pick = chance(n + 1)
  const log = wholeLog(20 + pick(20), n % 3 === 0 ? 7 : 0)
  // Never the last one, which has a row of its own.
  const at = pick(log.lines.length - 2)
  const made = TAMPERINGS[name]?.(log, at, pick)
  if (made === undefined) throw new Error(name)
  return { name, ...made }
}
