// What every command needs: the terminal it speaks to, and the tools that main.ts hands in.

import { CimError, ERRORS } from '../../envelope/errors.ts'
import type { Validate, Validated } from '../../gateway/ports.ts'
import type { Documents } from '../../gateway/route.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { FileResult } from './validate.ts'

/** Standard output for results, standard error for everything else. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** standard output is a terminal, and colours are wanted there */
  readonly colour: boolean
  /** somebody watches standard error, and nothing else */
  readonly watched: boolean
  /** columns */
  readonly width: number
}

/** What a command ends with: fine, findings, or not done at all. */
export type ExitCode = 0 | 1 | 2

/** Something that the user asked for cannot be done: exit code 2, one sentence each. */
export class UsageError extends Error {}

/** Options that every command has. */
export interface CommonOptions {
  readonly xsd: readonly string[]
  readonly config?: string
  /** folder whose imported sets of schemas are used, as far as it exists */
  readonly data?: string
  /** as in the configuration */
  readonly officialOnly?: boolean
}

/** An XSD file that was left out, and why. */
export interface LeftOut {
  readonly path: string
  readonly reason: string
}

/** Schemas and judge, opened for one command. */
export interface Core {
  readonly schemas: SchemaSet
  readonly unreadable: readonly LeftOut[]
  readonly validate: Validate
  /** octets of a message as it arrives, at most */
  readonly bodyBytes: number
  /** A schema file as it is on disk; undefined when it is gone, or another one by now. */
  readonly source: (file: SchemaFile) => Promise<string | undefined>
  /** Tries a schema file out, in a worker. @returns why it cannot be used; undefined when it can */
  readonly check: (location: string) => Promise<string | undefined>
  /** Tries to make samples of the nouns of a schema, in a worker. @returns why there can be none, one sentence each, without a stop */
  readonly trySamples: (location: string) => Promise<readonly string[]>
  /** where the gateway has its documents made; undefined = where it runs */
  readonly documents: Documents | undefined
  readonly close: () => Promise<void>
}

/** One report in pieces; put behind each other they are the whole document. */
export interface Report {
  readonly begin: () => string
  readonly file: (result: FileResult) => string
  readonly end: () => string
}

/** The other units of the shell, as far as commands need them; each is loaded when it is used. */
export interface Tools {
  /** @throws {UsageError} when the schemas or the configuration cannot be used */
  readonly open: (options: CommonOptions) => Promise<Core>
  readonly files: (paths: readonly string[]) => AsyncIterable<FoundFile>
  /** @throws {Error} its message says why the file cannot be read */
  readonly read: (file: string, limitBytes: number) => Promise<Uint8Array>
  /** true when the data folder has a set of this key */
  readonly hasSet: (data: string, key: string) => boolean
  /** @returns the folder in which the set is kept */
  readonly keepSet: (data: string, set: KeptSet) => Promise<string>
  readonly report: (format: string, terminal: Pick<Terminal, 'colour' | 'width'>) => Promise<Report>
}

/** A set that is to be kept. */
export interface KeptSet {
  readonly key: string
  readonly source: string
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** Files as they are found; `error` when one cannot be read. */
export interface FoundFile {
  readonly file: string
  readonly error?: string
}

/** Opens the schemas for as long as a command uses them, and says which of them are left out. */
export async function withCore(
  tools: Tools,
  options: CommonOptions,
  terminal: Terminal,
  use: (core: Core) => Promise<ExitCode>,
): Promise<ExitCode> {
  const core = await tools.open(options)
  try {
    for (const it of core.unreadable) terminal.err(leftOut(it))
    for (const it of await warningsOf(core)) terminal.err(`${it.place}: ${it.message}\n`)
    return await use(core)
  } catch (error) {
    throw blamed(error)
  } finally {
    await core.close()
  }
}

/** What is not right with the folders of `--xsd`, though their files can be read. Looked for only where there are some. */
export async function warningsOf(
  core: Pick<Core, 'schemas'>,
): Promise<readonly { readonly place: string; readonly message: string }[]> {
  const given = core.schemas.catalogue.files.filter((it) => !it.shipped && it.edition === undefined)
  if (given.length === 0) return []
  const { oddNamespaces, unresolvedIn } = await import('./references.ts')
  return [...unresolvedIn(core), ...oddNamespaces(given)]
}

/** A schema that asks for too much, or for what cannot be, is no defect of cimgate: its owner is told. */
function blamed(error: unknown): unknown {
  if (!(error instanceof CimError) || error.code !== 'unusable-schema') return error
  const { remedy } = ERRORS[error.code]
  return new UsageError(`${error.message.replace(/\.$/, '')}. The schema is at fault. ${remedy}`)
}

function leftOut({ path, reason }: LeftOut): string {
  return `${path} is left out: ${reason.replace(/\.*$/, '')}.\n`
}

/**
 * The bytes of one document that a command names; `-` is standard input.
 * @throws {UsageError} when it cannot be read
 */
export function readInput(file: string, { read }: Tools, { bodyBytes }: Core): Promise<Uint8Array> {
  return read(file === '-' ? '<stdin>' : file, bodyBytes).catch((error: Error) => {
    throw new UsageError(`${file}: ${error.message}`)
  })
}

/** The findings of one document for people, on standard error, without colours. */
export async function describe(
  file: string,
  validated: Validated,
  tools: Tools,
  terminal: Terminal,
): Promise<void> {
  const report = await tools.report('text', { colour: false, width: terminal.width })
  terminal.err(report.file({ file, schema: null, source: '', ...validated }))
}
