// The audit log judged: line by line, with memory for two of them. The first line that is not what was written ends it,
// because of all behind it nothing is proved any more.

import type { Digest } from '../access/proofs.ts'
import { FORGOTTEN, anchorText, hashOf } from './chain.ts'
import type { Anchor, AuditLine, ChainEnds } from './chain.ts'

/** What is wrong with a log, at the first line where something is. */
export interface Broken {
  readonly kind: keyof typeof KINDS
  /** number of the line */
  readonly seq: number
  /** one sentence */
  readonly found: string
}

/** What is to be told of each kind of break. */
export const KINDS = {
  missing: 'lines are missing',
  repeated: 'a line is there again, or not in its place',
  'text-changed': 'the text of a line is not what was written',
  'hash-changed': 'the hash of a line is not what was written',
  foreign: 'a line is not of this chain',
  beginning: 'the beginning is missing',
  cut: 'the end is missing',
  beyond: 'there are lines behind the end',
  anchor: 'the line of the anchor is not there',
  unreadable: 'a line cannot be read',
} as const

/** What has been found. */
export interface Verified {
  readonly broken?: Broken
  /** up to which it is proved */
  readonly proved: Anchor
  readonly lines: number
  /** times of the first and the last line that is proved */
  readonly firstAt: string
  readonly lastAt: string
}

/** A judge of one log. */
export interface ChainJudge {
  /** @returns false when nothing more needs to be read */
  readonly take: (line: AuditLine) => boolean
  /** When there is no more line. @param head where the log ends, if that is known only now */
  readonly end: (head?: Anchor) => Verified
}

/**
 * @param ends without a head where that stands behind the lines
 * @param kept an anchor that was kept elsewhere: the line has to be there
 */
export function chainJudge(
  { beginning, ...ends }: Pick<ChainEnds, 'beginning'> & Partial<ChainEnds>,
  digest: Digest,
  kept?: Anchor,
): ChainJudge {
  let { head } = ends
  let last = beginning
  let lines = 0
  let [firstAt, lastAt] = ['', '']
  let broken: Broken | undefined
  let isAnchored = kept === undefined || isSame(kept, beginning)
  let isBegun = beginning.seq === 0
  /** the line that does not fit, until the next one says why */
  let doubted: { readonly line: AuditLine; readonly computed: string } | undefined

  const breakAt = (kind: Broken['kind'], seq: number, found: string) => {
    broken = { kind, seq, found }
    return false
  }

  function take(line: AuditLine): boolean {
    if (broken !== undefined) return false
    if (doubted !== undefined) return explained(doubted, line)
    if (line.seq > last.seq + 1) return breakAt('missing', last.seq + 1, gap(last.seq, line.seq))
    if (line.seq !== last.seq + 1) return breakAt('repeated', line.seq, misplaced(line, last))
    if (head !== undefined && line.seq > head.seq)
      return breakAt('beyond', line.seq, beyond(line, head))
    const computed = hashOf(last.hash, line, digest)
    if (computed !== line.hash) {
      doubted = { line, computed }
      return true
    }
    proved(line)
    return true
  }

  function proved(line: AuditLine): void {
    last = { seq: line.seq, hash: line.hash }
    lines += 1
    firstAt ||= line.at
    lastAt = line.at
    if (kept !== undefined && isSame(kept, last)) isAnchored = true
    const { what, subject, details } = line
    if (what === FORGOTTEN && subject === `1-${beginning.seq}` && details === beginning.hash)
      isBegun = true
  }

  /** The hash of the next line is made of one of the two: of that which stands there, or of that which ought to. */
  function explained({ line, computed }: NonNullable<typeof doubted>, next?: AuditLine): boolean {
    const follows = (hash: string) =>
      next === undefined
        ? head?.seq === line.seq && head.hash === hash
        : next.seq === line.seq + 1 && next.hash === hashOf(hash, next, digest)
    if (follows(line.hash)) return breakAt('text-changed', line.seq, changed(line, 'text'))
    if (follows(computed)) return breakAt('hash-changed', line.seq, changed(line, 'hash'))
    return breakAt('foreign', line.seq, foreign(line))
  }

  function end(found = head): Verified {
    head = found
    if (broken === undefined && doubted !== undefined) explained(doubted)
    if (broken === undefined) atEnd()
    const facts = { proved: last, lines, firstAt, lastAt }
    return broken === undefined ? facts : { ...facts, broken }
  }

  function atEnd(): void {
    if (head === undefined) breakAt('cut', last.seq + 1, HEADLESS)
    else if (last.seq < head.seq) breakAt('cut', last.seq + 1, ended(last, head))
    else if (last.hash !== head.hash) breakAt('foreign', last.seq, otherHead(last))
    else if (!isBegun) breakAt('beginning', 1, unbegun(beginning))
    else if (!isAnchored && kept !== undefined) breakAt('anchor', kept.seq, unanchored(kept, last))
  }

  return { take, end }
}

const HEADLESS = 'The last line, which says where the log ends, is missing: it was cut off.'

function isSame(kept: Anchor, { seq, hash }: Anchor): boolean {
  return kept.hash === hash && (kept.seq === -1 || kept.seq === seq)
}

function gap(last: number, next: number): string {
  const [from, to] = [last + 1, next - 1]
  return from === to ? `Line ${from} is missing.` : `Lines ${from} to ${to} are missing.`
}

function misplaced({ seq }: AuditLine, last: Anchor): string {
  return `Line ${seq} stands behind line ${last.seq}, where line ${last.seq + 1} is due: it was put in, or lines were put in another order.`
}

function beyond({ seq }: AuditLine, head: Anchor): string {
  return `Line ${seq} stands behind line ${head.seq}, the newest that the gateway has written: it was put in.`
}

function changed({ seq, at }: AuditLine, what: 'text' | 'hash'): string {
  return what === 'text'
    ? `Line ${seq} (${at}) has another text than the one that was written.`
    : `Line ${seq} (${at}) has another hash than the one that was written; its text is whole.`
}

function foreign({ seq, at }: AuditLine): string {
  return `Line ${seq} (${at}) does not belong here: its hash follows neither from the line before, nor do those behind it follow from it. It is of another log, or all from there on was written anew.`
}

function ended(last: Anchor, head: Anchor): string {
  const lines =
    last.seq + 1 === head.seq
      ? `Line ${head.seq} is missing`
      : `Lines ${last.seq + 1} to ${head.seq} are missing`
  return `${lines} at the end.`
}

function otherHead({ seq }: Anchor): string {
  return `Line ${seq} is the newest, and its hash is not the one that the gateway has noted: all was written anew up to there, or what was noted was changed.`
}

function unbegun({ seq }: Anchor): string {
  return `Lines 1 to ${seq} are missing, and no line says that they were forgotten because of their age.`
}

function unanchored(kept: Anchor, last: Anchor): string {
  const which = kept.seq === -1 ? `the hash ${kept.hash}` : anchorText(kept)
  return kept.seq > last.seq
    ? `The anchor is of line ${kept.seq}, and the log ends with line ${last.seq}: its end was cut off.`
    : `No line has ${which}: the log was written anew since, or the anchor is of another log, or of a line that is forgotten by now.`
}
