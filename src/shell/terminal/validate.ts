// cimgate validate: judges files one by one and reports each as soon as it is judged.

import type { Verdict } from '../../envelope/finding.ts'
import { formOf } from '../../gateway/form.ts'
import type { TranslateParts } from '../../gateway/translate.ts'
import type { ValidateOptions, Validated } from '../../gateway/ports.ts'
import { gathered } from './gathered.ts'
import { progressOn } from './progress.ts'
import { withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, FoundFile, Terminal, Tools } from './terminal.ts'

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

/** How files are judged and shown. */
export interface ValidateCommand extends Pick<ValidateOptions, 'only' | 'strict'> {
  readonly format: string
}

/** @returns 0 all valid · 1 findings · 2 something could not be read; the others are judged all the same */
export function runValidate(
  tools: Tools,
  paths: readonly string[],
  { format, ...how }: ValidateCommand,
  options: CommonOptions,
  outer: Terminal,
): Promise<ExitCode> {
  const terminal = gathered(outer)
  return withCore(tools, options, terminal, async (core) => {
    const report = await tools.report(format, terminal)
    const progress = progressOn(terminal)
    let exit: ExitCode = 0
    terminal.out(report.begin())
    for await (const found of tools.files(paths)) {
      const result = await resultOf(found, tools, core, how)
      progress.clear()
      if ('error' in result) terminal.err(`${found.file}: ${result.error}\n`)
      else terminal.out(report.file(result))
      exit = graver(exit, result)
      progress.step()
    }
    progress.clear()
    terminal.out(report.end())
    return exit
  }).finally(terminal.flush)
}

interface Unreadable {
  readonly error: string
}

function graver(exit: ExitCode, result: FileResult | Unreadable): ExitCode {
  if ('error' in result) return 2
  return exit === 0 && result.verdict !== 'valid' ? 1 : exit
}

async function resultOf(
  { file, error }: FoundFile,
  { read }: Tools,
  core: Core,
  how: ValidateOptions,
): Promise<FileResult | Unreadable> {
  if (error !== undefined) return { error }
  const bytes = await read(file, core.bodyBytes).catch((it: Error) => ({ error: it.message }))
  return 'error' in bytes ? bytes : judgeFile(file, bytes, core, how)
}

async function judgeFile(
  file: string,
  bytes: Uint8Array,
  parts: TranslateParts,
  options: ValidateOptions,
): Promise<FileResult> {
  const validated =
    formOf(bytes) === 'xml'
      ? await parts.validate.judge(bytes, options)
      : await judgeJson(bytes, parts, options)
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

/** What belongs to JSON alone is loaded when the first one comes: most batches have none. */
async function judgeJson(
  bytes: Uint8Array,
  parts: TranslateParts,
  options: ValidateOptions,
): Promise<Validated> {
  const { judgeForm } = await import('../../gateway/translate.ts')
  return (await judgeForm(bytes, 'json', parts, options)).validated
}
