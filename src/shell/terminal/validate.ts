// cimgate validate: judges files one by one and reports each as soon as it is judged.

import type { Verdict } from '../../envelope/finding.ts'
import { formOf, judgeForm } from '../../gateway/translate.ts'
import type { TranslateParts } from '../../gateway/translate.ts'
import type { ValidateOptions, Validated } from '../../gateway/ports.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Files as they are found; `error` when one cannot be read. */
export interface FoundFile {
  readonly file: string
  readonly error?: string
}

/** What one file comes to in a report. */
export interface FileResult {
  readonly file: string
  readonly schema: string | null
  readonly verdict: Verdict
  readonly noun: string | null
  readonly verb: string | null
  readonly findings: Validated['findings']
  readonly source: string
}

export interface ValidateParts extends TranslateParts {
  readonly files: AsyncIterable<FoundFile>
  readonly read: (file: string) => Promise<Uint8Array>
  /** text of a report, piece by piece; concatenated it is one document */
  readonly report: {
    readonly begin: () => string
    readonly file: (result: FileResult) => string
    readonly end: () => string
  }
  /** shows how many files are done, on a terminal */
  readonly progress: (done: number) => void
}

/** @returns 0 all valid · 1 findings · 2 something could not be read */
export async function validateFiles(
  parts: ValidateParts,
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  let done = 0
  terminal.out(parts.report.begin())
  for await (const { file, error } of parts.files) {
    const bytes =
      error === undefined ? await parts.read(file).catch((reason: Error) => reason.message) : error
    if (typeof bytes === 'string') {
      terminal.err(`${file}: ${bytes}\n`)
      exit = 2
      continue
    }
    const result = await judgeFile(file, bytes, parts, options)
    terminal.out(parts.report.file(result))
    if (result.verdict !== 'valid' && exit === 0) exit = 1
    done += 1
    parts.progress(done)
  }
  terminal.out(parts.report.end())
  return exit
}

async function judgeFile(
  file: string,
  bytes: Uint8Array,
  parts: TranslateParts,
  options: ValidateOptions,
): Promise<FileResult> {
  const { validated } = await judgeForm(bytes, formOf(bytes), parts, options)
  const { verdict, noun, verb, findings, schema } = validated
  return {
    file,
    schema: schema ?? null,
    verdict,
    noun,
    verb,
    findings,
    source: findings.length === 0 ? '' : new TextDecoder().decode(bytes),
  }
}
