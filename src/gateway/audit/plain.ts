// Texts as they may stand in a line of the audit log: on one line, as wide as it looks, and of bounded length. What a sender
// has written can neither begin a line of its own, nor colour or turn round what others read there.

import type { AuditEntry } from './entry.ts'

/** Characters of each field, at most. */
export const LONGEST = {
  at: 40,
  who: 200,
  from: 100,
  what: 60,
  subject: 500,
  details: 2_000,
} as const satisfies Readonly<Record<keyof AuditEntry, number>>

/** Controls, line and paragraph separators, formats such as right-to-left marks, halves of characters, what Unicode does not know. */
const UNPLAIN = /[\p{C}\p{Zl}\p{Zp}\\]/gu

/** An entry whose fields are plain. */
export function plainEntry(entry: AuditEntry): Required<AuditEntry> {
  const { at, who, from = '', what, subject, details } = entry
  const all = { at, who, from, what, subject, details }
  return Object.fromEntries(
    (Object.keys(LONGEST) as (keyof AuditEntry)[]).map((it) => [it, plain(all[it], LONGEST[it])]),
  ) as unknown as Required<AuditEntry>
}

/** Each character that is not plain as its number, `\u{1b}`; a backslash doubled, so that no two texts become the same. */
export function plain(text: string, longest: number): string {
  const cut = Array.from(text.slice(0, longest * 2 + 2))
  const isCut = cut.length > longest || text.length > longest * 2 + 2
  const short = isCut ? `${cut.slice(0, longest - 1).join('')}…` : text
  return short.replace(UNPLAIN, (it) =>
    it === '\\' ? '\\\\' : `\\u{${(it.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
