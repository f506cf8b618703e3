// cimgate convert: one document in another form, to standard output, or nothing at all.

import { convert, isWithoutCounterpart } from '../../gateway/convert.ts'
import type { Converted, ConvertOptions } from '../../gateway/convert.ts'
import { describe, readInput, UsageError, withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** What it is turned into. */
export interface ConvertCommand extends ConvertOptions {
  readonly dialect?: string
}

/** @returns 0 converted · 1 refused, nothing printed · 2 no such file or dialect, or options that exclude each other */
export function runConvert(
  tools: Tools,
  file: string,
  how: ConvertCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(tools, options, terminal, async (core) => {
    const bytes = await readInput(file, tools, core)
    const made = await converted(bytes, how, core)
    const { validated, text, notes } = made
    if (validated.findings.length > 0) await describe(file, validated, tools, terminal)
    for (const it of notes) terminal.err(`${it}\n`)
    if (isWithoutCounterpart(made)) terminal.err(sentence(made))
    if (text === undefined) return 1
    terminal.out(text)
    return 0
  })
}

/** Whoever reads only this is not to think that the message is wrong. */
function sentence({ validated }: Converted): string {
  const what = validated.verdict === 'valid' ? 'the message is valid, but it' : 'the message'
  return `Not converted: ${what} has no counterpart in the form asked for.\n`
}

async function converted(bytes: Uint8Array, { dialect, ...how }: ConvertCommand, core: Core) {
  if (dialect === undefined) return { ...(await convert(bytes, core, how)), notes: [] }
  if (how.form !== undefined || how.payload !== undefined)
    throw new UsageError(
      '--dialect is about JSON of a vendor; --form and --payload are about CIM messages.',
    )
  // Dialects are many; they are loaded only where one is asked for.
  const { convertDialect } = await import('../../gateway/vendor.ts')
  const made = await convertDialect(bytes, dialect, how.to, core)
  if (made === undefined) throw new UsageError(`There is no dialect ${dialect}.`)
  return made
}
