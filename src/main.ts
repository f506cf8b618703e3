// The composition root: the only place, with main/, where the parts are put together. What only some commands need is
// loaded by them, so that all start fast.

import { messageFiles, readMessage } from './shell/files.ts'
import type { ValidateOptions } from './gateway/ports.ts'
import { openCore } from './main/core.ts'
import type { Running, ServeCommand } from './main/serve.ts'
import { countingReporter } from './shell/report/index.ts'
import type { Format } from './shell/report/index.ts'
import { hasSet, keepSet } from './shell/schema-sets.ts'
import { runValidate as validate } from './shell/terminal/validate.ts'
import type { CommonOptions, ExitCode, Terminal, Tools } from './shell/terminal/terminal.ts'
import { builtFacts } from './shell/xml-in/xsd-facts.ts'

export type { Running, ServeCommand } from './main/serve.ts'
export { FORMATS } from './shell/report/index.ts'
export { terminalOf } from './shell/terminal/streams.ts'
export { UsageError } from './shell/terminal/terminal.ts'
export type { CommonOptions, ExitCode, Terminal } from './shell/terminal/terminal.ts'

const TOOLS: Tools = {
  open: (options) => openCore(options, builtFacts()),
  files: messageFiles,
  read: readMessage,
  hasSet,
  keepSet: (data, set) => keepSet(data, { ...set, importedAt: new Date().toISOString() }),
  report: (format, layout) => countingReporter(format as Format, layout),
}

/** cimgate validate */
export function runValidate(
  paths: readonly string[],
  how: Pick<ValidateOptions, 'only' | 'strict'> & { readonly format: Format },
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return validate(TOOLS, paths, how, options, terminal)
}

/** cimgate convert */
export async function runConvert(
  file: string,
  how: import('./shell/terminal/convert.ts').ConvertCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const convert = await import('./shell/terminal/convert.ts')
  return convert.runConvert(TOOLS, file, how, options, terminal)
}

/** cimgate sample */
export async function runSample(
  noun: string,
  how: import('./shell/terminal/sample.ts').SampleCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const sample = await import('./shell/terminal/sample.ts')
  return sample.runSample(TOOLS, noun, how, options, terminal)
}

/** cimgate schemas */
export async function runSchemas(
  action: string,
  how: import('./shell/terminal/schemas.ts').SchemasCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const schemas = await import('./shell/terminal/schemas.ts')
  return schemas.runSchemas(TOOLS, action, how, options, terminal)
}

/** cimgate send */
export async function runSend(
  file: string,
  how: import('./shell/terminal/send.ts').SendCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const [send, { SEND_TOOLS }] = await Promise.all([
    import('./shell/terminal/send.ts'),
    import('./main/send.ts'),
  ])
  return send.runSend({ ...TOOLS, ...SEND_TOOLS }, file, how, options, terminal)
}

/** cimgate check */
export async function runCheck(
  how: import('./shell/terminal/check.ts').CheckCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const [check, { CHECK_TOOLS }] = await Promise.all([
    import('./shell/terminal/check.ts'),
    import('./main/check.ts'),
  ])
  return check.runCheck(CHECK_TOOLS, how, options, terminal)
}

/** cimgate audit */
export async function runAudit(
  action: string,
  how: import('./shell/terminal/audit.ts').AuditCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const [audit, { AUDIT_TOOLS }] = await Promise.all([
    import('./shell/terminal/audit.ts'),
    import('./main/audit.ts'),
  ])
  return audit.runAudit(action, how, AUDIT_TOOLS, terminal)
}

/** cimgate serve: resolves when it is ready. */
export async function serve(how: ServeCommand, options: CommonOptions): Promise<Running> {
  const serving = await import('./main/serve.ts')
  return serving.serve(how, options)
}

/** Waits until the server is to end. @returns why, for people */
export async function untilStopped(): Promise<string> {
  const { stopped } = await import('./shell/stopped.ts')
  return stopped()
}
