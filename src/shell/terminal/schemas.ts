// cimgate schemas list: the catalogue as a table.

import type { NounEntry } from '../../schema/catalogue.ts'
import type { Terminal } from './terminal.ts'

const COLUMNS: readonly (readonly [string, (it: NounEntry) => string])[] = [
  ['noun', (it) => it.noun],
  ['part', (it) => it.part || '–'],
  ['edition', (it) => it.edition || '–'],
  ['variant', (it) => it.variant],
  ['status', (it) => it.status],
  ['namespace', (it) => it.payloadNs],
  ['file', (it) => it.path],
  ['sha256', (it) => it.sha256.slice(0, 12)],
]

/** @param unreadable files that were left out, with the reason */
export function listSchemas(
  nouns: readonly NounEntry[],
  unreadable: readonly { readonly path: string; readonly reason: string }[],
  terminal: Terminal,
): 0 | 1 {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...nouns.map((it) => COLUMNS.map(([, value]) => value(it))),
  ]
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  for (const row of rows)
    terminal.out(
      `${row
        .map((it, at) => it.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
  for (const it of unreadable) terminal.err(`${it.path} is left out: ${it.reason}\n`)
  return unreadable.length === 0 ? 0 : 1
}
