// cimgate convert: one document in the other form, to standard output, or nothing at all.

import { convert } from '../../gateway/translate.ts'
import type { Form } from '../../gateway/translate.ts'
import { describe, readInput, UsageError, withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** What it is turned into. */
export interface ConvertCommand {
  /** default: the other form */
  readonly to?: Form
  readonly dialect?: string
}

/** @returns 0 converted · 1 refused, nothing printed · 2 no such file or dialect */
export function runConvert(
  tools: Tools,
  file: string,
  how: ConvertCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(tools, options, terminal, async (core) => {
    const bytes = await readInput(file, tools, core)
    const { validated, text, notes } = await converted(bytes, how, core)
    if (validated.findings.length > 0) await describe(file, validated, tools, terminal)
    for (const it of notes) terminal.err(`${it}\n`)
    if (text === undefined) return 1
    terminal.out(text)
    return 0
  })
}

async function converted(bytes: Uint8Array, { to, dialect }: ConvertCommand, core: Core) {
  if (dialect === undefined) return { ...(await convert(bytes, core, to)), notes: [] }
  // Dialects are many; they are loaded only where one is asked for.
  const { convertDialect } = await import('../../gateway/vendor.ts')
  const made = await convertDialect(bytes, dialect, to, core)
  if (made === undefined) throw new UsageError(`There is no dialect ${dialect}.`)
  return made
}
