// cimgate convert: one document in the other form, to standard output, or nothing at all.

import { convert } from '../../gateway/translate.ts'
import type { Form, TranslateParts } from '../../gateway/translate.ts'
import { convertDialect } from '../../gateway/vendor.ts'
import type { Validated } from '../../gateway/ports.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface ConvertParts extends TranslateParts {
  /** findings as lines for people */
  readonly describe: (validated: Validated) => string
}

export interface ConvertOptions {
  readonly to?: Form
  readonly dialect?: string
}

/** @returns 0 converted · 1 refused, nothing printed · 2 no such dialect */
export async function convertFile(
  bytes: Uint8Array,
  { to, dialect }: ConvertOptions,
  parts: ConvertParts,
  terminal: Terminal,
): Promise<ExitCode> {
  const converted =
    dialect === undefined
      ? { ...(await convert(bytes, parts, to)), notes: [] }
      : await convertDialect(bytes, dialect, to, parts)
  if (converted === undefined) {
    terminal.err(`There is no dialect ${dialect ?? ''}.\n`)
    return 2
  }
  if (converted.validated.findings.length > 0) terminal.err(parts.describe(converted.validated))
  for (const it of converted.notes) terminal.err(`${it}\n`)
  if (converted.text === undefined) return 1
  terminal.out(converted.text)
  return 0
}
