// cimgate check: a configuration and a store judged, without starting anything.

import { UsageError } from './terminal.ts'
import type { CommonOptions, ExitCode, Terminal } from './terminal.ts'

/** What is to be judged, and how. */
export interface CheckCommand {
  /** prints the configuration with every key, instead of what there is in it */
  readonly print: boolean
  /** folder of a store that is judged, too */
  readonly data?: string
  /** address of a server whose store is judged, too */
  readonly database?: string
}

/** A configuration as it was found. */
export interface CheckedConfig {
  /** lines for people, each with its place */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** what is in it, in a few words */
  readonly about: string
  /** all of it, as YAML */
  readonly text: string
}

/** A store as it was found. */
export interface CheckedStore {
  /** `new` nothing is in it yet · `in-use` a gateway runs on it, which keeps others out */
  readonly verdict: 'sound' | 'new' | 'in-use' | 'broken'
  /** what is wrong and how to mend it, a sentence or two each */
  readonly faults: readonly string[]
  /** what was found, by its name */
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** What the command needs of the rest. */
export interface CheckTools {
  /** @throws {UsageError} when the file cannot be read at all */
  readonly config: (options: CommonOptions) => Promise<CheckedConfig>
  /** undefined = there is no such folder */
  readonly store: (folder: string) => Promise<CheckedStore | undefined>
  /** @returns what was found, and the address without its secrets */
  readonly server: (address: string) => Promise<readonly [CheckedStore, shown: string]>
}

/** @returns 0 all is fine · 1 it is not · 2 something cannot be read */
export async function runCheck(
  tools: CheckTools,
  { print, data, database }: CheckCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const isNamed = data !== undefined || database !== undefined
  const isStoreAlone = isNamed && options.config === undefined && !print
  const config = isStoreAlone ? 0 : await checkConfig(tools, { print }, options, terminal)
  const store = data === undefined ? 0 : await checkStore(tools, data, terminal, print)
  const server = database === undefined ? 0 : await checkServer(tools, database, terminal, print)
  return config === 0 && store === 0 && server === 0 ? 0 : 1
}

async function checkConfig(
  tools: CheckTools,
  { print }: CheckCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { errors, warnings, about, text } = await tools.config(options)
  const tell = print ? terminal.err : terminal.out
  const verdict = errors.length > 0 ? '✗ invalid' : '✓ valid'
  const name = options.config ?? 'defaults, without a file'
  tell(`${verdict}  ${name}${errors.length > 0 ? '' : `  ${about}`}\n`)
  for (const it of errors) tell(`  ${it}\n`)
  for (const it of warnings) tell(`  warning: ${it}\n`)
  if (errors.length > 0) tell(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}.\n`)
  if (print && errors.length === 0) terminal.out(text)
  return errors.length === 0 ? 0 : 1
}

function counted({ length }: readonly unknown[], what: string): string {
  return `${length === 0 ? 'no' : length} ${what}${length === 1 ? '' : 's'}`
}

const SIGNS: Readonly<Record<CheckedStore['verdict'], string>> = {
  sound: '✓ sound',
  new: '✓ new',
  'in-use': '– in use',
  broken: '✗ broken',
}

async function checkStore(
  tools: CheckTools,
  folder: string,
  terminal: Terminal,
  print: boolean,
): Promise<ExitCode> {
  const found = await tools.store(folder)
  if (found === undefined) throw new UsageError(`${folder}: there is no such folder.`)
  return told(found, folder, print ? terminal.err : terminal.out)
}

async function checkServer(
  tools: CheckTools,
  address: string,
  terminal: Terminal,
  print: boolean,
): Promise<ExitCode> {
  const [found, shown] = await tools.server(address)
  return told(found, shown, print ? terminal.err : terminal.out)
}

function told(found: CheckedStore, name: string, tell: Terminal['out']): ExitCode {
  tell(`${SIGNS[found.verdict]}  ${name}\n`)
  for (const it of found.faults) tell(`  ${it}\n`)
  const width = Math.max(0, ...found.facts.map(([name]) => name.length))
  for (const [name, value] of found.facts) tell(`  ${name.padEnd(width)}  ${value}\n`)
  return found.verdict === 'broken' ? 1 : 0
}
