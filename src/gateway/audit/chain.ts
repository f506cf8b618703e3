// The audit log as a chain: each line has the hash of itself and of all before it, so that none can be changed, taken out or
// put between without its hash, and all behind it, being others. Whoever has one hash can prove the whole log up to it.

import type { Digest } from '../access/proofs.ts'
import type { AuditEntry } from './entry.ts'
import { plainEntry } from './plain.ts'

/** A line as it is kept. */
export interface AuditLine extends Required<AuditEntry> {
  /** from 1, without a gap, over all nodes of one store */
  readonly seq: number
  /** SHA-256 over the hash before it and the line, hex */
  readonly hash: string
}

/** A place in a chain: the line of that number has that hash. */
export interface Anchor {
  /** 0 = before the first line */
  readonly seq: number
  /** empty before the first line */
  readonly hash: string
}

/** Where a chain begins and ends, as its store knows it. */
export interface ChainEnds {
  /** newest line */
  readonly head: Anchor
  /** last line that was forgotten because of its age */
  readonly beginning: Anchor
}

/** Before the first line. */
export const NO_LINE: Anchor = { seq: 0, hash: '' }

/** `what` of the line that says which lines were forgotten; its `details` are the hash of the last of them. */
export const FORGOTTEN = 'forgotten'

/** `what` of the line that says that something is not in the log. */
export const GAP = 'log-gap'

/** before all that is hashed: no hash of anything else is one of a line */
const VERSION = 'cimgate-audit-1'

/** The hash of a line behind the one with the hash `previous`. JSON keeps apart what stands in its members. */
export function hashOf(previous: string, line: Omit<AuditLine, 'hash'>, digest: Digest): string {
  const { seq, at, who, from, what, subject, details } = line
  return digest(JSON.stringify([VERSION, previous, seq, at, who, from, what, subject, details]))
}

/** Entries as the lines behind an anchor. */
export function chained(
  entries: readonly AuditEntry[],
  behind: Anchor,
  digest: Digest,
): readonly AuditLine[] {
  let last = behind
  return entries.map((entry) => {
    const line = { seq: last.seq + 1, ...plainEntry(entry) }
    last = { seq: line.seq, hash: hashOf(last.hash, line, digest) }
    return { ...line, hash: last.hash }
  })
}

/** What is noted when lines have been forgotten. */
export function forgottenTo({ seq, hash }: Anchor, at: string): AuditEntry {
  return { at, who: 'cimgate', what: FORGOTTEN, subject: `1-${seq}`, details: hash }
}

/** An anchor as people keep it. */
export function anchorText({ seq, hash }: Anchor): string {
  return `${seq}:${hash}`
}

/** @returns undefined when it is none; `seq` is -1 where only a hash is given */
export function anchorIn(text: string): Anchor | undefined {
  const [, seq = '-1', hash = ''] = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return hash === '' ? undefined : { seq: Number(seq), hash }
}
