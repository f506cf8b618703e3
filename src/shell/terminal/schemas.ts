// cimgate schemas list: the catalogue as a table.

import type { NounEntry } from '../../schema/catalogue.ts'
import { UsageError, withCore } from './terminal.ts'
import type { CommonOptions, ExitCode, Terminal, Tools } from './terminal.ts'

const COLUMNS: readonly (readonly [string, (it: NounEntry) => string])[] = [
  ['noun', (it) => it.noun],
  ['part', (it) => it.part || '–'],
  ['edition', (it) => it.edition || '–'],
  ['variant', (it) => it.variant],
  ['status', (it) => it.status],
  ['namespace', (it) => it.payloadNs],
  ['file', (it) => it.path],
  ['sha256', (it) => it.sha256.slice(0, DIGITS)],
]

/** hexadecimal digits that tell two files apart at a glance */
const DIGITS = 12

/** @returns 0 · 1 some file is no schema and was left out · 2 no such action */
export async function runSchemas(
  tools: Tools,
  action: string,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (action !== 'list')
    throw new UsageError(`There is no "schemas ${action}"; there is "schemas list".`)
  return withCore(tools, options, terminal, async ({ schemas, unreadable }) => {
    terminal.out(table(schemas.catalogue.nouns))
    return unreadable.length === 0 ? 0 : 1
  })
}

function table(nouns: readonly NounEntry[]): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...nouns.map((it) => COLUMNS.map(([, value]) => value(it))),
  ]
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((it, at) => it.padEnd(widths[at] ?? 0)).join('  ')
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('')
}
