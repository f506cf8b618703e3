// cimgate schemas list: the catalogue as a table. What import and diff do stands in their own files.

import type { NounEntry } from '../../schema/catalogue.ts'
import { missingIn, unresolvedIn } from './references.ts'
import { table } from './table.ts'
import { UsageError, withCore } from './terminal.ts'
import type { CommonOptions, ExitCode, Terminal, Tools } from './terminal.ts'

/** What `schemas` is asked to do, and how. */
export interface SchemasCommand {
  /** folder for import, noun for diff */
  readonly target?: string
  /** edition key of what is imported */
  readonly as?: string
  readonly replace?: boolean
  /** edition key of what is compared */
  readonly edition?: string
  readonly format: 'text' | 'json'
}

const COLUMNS: readonly (readonly [string, (it: Listed) => string])[] = [
  ['noun', (it) => it.noun],
  ['part', (it) => it.part || '–'],
  ['edition', (it) => it.key],
  ['use', useOf],
  ['variant', (it) => (it.derived ? `${it.variant} (derived)` : it.variant)],
  ['status', (it) => it.status],
  ['namespace', namespaceOf],
  ['file', (it) => it.path],
  ['sha256', (it) => it.sha256.slice(0, DIGITS)],
]

interface Listed extends NounEntry {
  readonly isShadowed: boolean
}

/** hexadecimal digits that tell two files apart at a glance */
const DIGITS = 12

/** What has no namespace is judged as a document of its own. */
export function namespaceOf({ payloadNs }: NounEntry): string {
  return payloadNs === '' ? 'none: no Payload takes it' : payloadNs
}

/** `selected` where no namespace is given, `by namespace` only, or `shadowed` by another file of the same namespace. */
function useOf({ isShadowed, selected }: Listed): string {
  return isShadowed ? 'shadowed' : selected ? 'selected' : 'by namespace'
}

/** @returns 0 · 1 findings · 2 no such action, or what it is about is not there */
export async function runSchemas(
  tools: Tools,
  action: string,
  command: SchemasCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (action === 'list') return list(tools, command, options, terminal)
  if (action === 'import') {
    const { runImport } = await import('./import.ts')
    return runImport(tools, command, options, terminal)
  }
  if (action === 'diff') {
    const { runDiff } = await import('./diff.ts')
    return runDiff(tools, command, options, terminal)
  }
  throw new UsageError(
    `There is no "schemas ${action}"; there are "schemas list", "schemas import DIR" and "schemas diff NOUN".`,
  )
}

/** @returns 0 · 1 some file is no schema and was left out, or asks for one that is not there */
function list(
  tools: Tools,
  { format }: SchemasCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(tools, options, terminal, async (core) => {
    const { catalogue } = core.schemas
    const rows: readonly Listed[] = [
      ...catalogue.nouns.map((it) => ({ ...it, isShadowed: false })),
      ...catalogue.shadowed.map((it) => ({ ...it, isShadowed: true })),
    ]
    terminal.out(format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : table(COLUMNS, rows))
    const imported = catalogue.files.filter((it) => it.edition !== undefined)
    const missing = imported.flatMap((it) => missingIn(it, core))
    for (const { place, message } of missing) terminal.err(`${place}: ${message}\n`)
    // Those of the other folders have been told already.
    const faults = core.unreadable.length + missing.length + unresolvedIn(core).length
    return faults === 0 ? 0 : 1
  })
}
