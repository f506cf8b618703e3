// cimgate schemas import: an official or foreign set of schemas, checked file by file and then kept in the data folder as
// a whole. With a finding nothing is kept: a set in half would judge messages by what it happens to have.

import { catalogueOf } from '../../schema/catalogue.ts'
import type { CatalogueEntry, NounEntry, SchemaFile } from '../../schema/catalogue.ts'
import { editionKey, keyFault } from '../../schema/edition.ts'
import { compareEditions, counted } from './diff.ts'
import { missingIn, oddNamespaces } from './references.ts'
import type { Finding } from './references.ts'
import { namespaceOf } from './schemas.ts'
import type { SchemasCommand } from './schemas.ts'
import { table } from './table.ts'
import { UsageError } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** A folder of schemas beside those that are shipped. */
interface OpenedSet extends Core {
  readonly folder: string
  /** those of the folder */
  readonly files: readonly SchemaFile[]
  /** nouns that are shipped */
  readonly shipped: readonly NounEntry[]
}

/** @returns 0 kept · 1 findings, nothing kept · 2 not readable, or a key that cannot be used */
export async function runImport(
  tools: Tools,
  { target: folder, as, replace = false }: SchemasCommand,
  { data = './data' }: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (folder === undefined) throw new UsageError('Say which folder: cimgate schemas import DIR.')
  refuseKey(as, replace, data, tools)
  const set = await open(folder, tools)
  try {
    const findings = await check(set, terminal)
    if (findings.length > 0) return refuse(findings, folder, terminal)
    const key = as ?? keyOf(set, folder)
    refuseKey(key, replace, data, tools)
    for (const { place, message } of await warnings(set)) terminal.err(`${place}: ${message}\n`)
    terminal.out(table(COLUMNS, foundIn(set, key)))
    const place = await tools.keepSet(data, { key, source: folder, files: namesOf(set.files) })
    terminal.out(`\nimported as ${key} into ${place}: ${said(set.files.length, 'file')}\n`)
    return 0
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${folder} cannot be imported: ${(error as Error).message}`)
  } finally {
    await set.close()
  }
}

async function open(folder: string, tools: Tools): Promise<OpenedSet> {
  const core = await tools.open({ xsd: [folder] })
  const { files } = core.schemas.catalogue
  return {
    ...core,
    folder,
    files: files.filter((it) => !it.shipped),
    shipped: catalogueOf(files.filter((it) => it.shipped)).nouns,
  }
}

function refuseKey(key: string | undefined, replace: boolean, data: string, tools: Tools): void {
  if (key === undefined) return
  const fault = keyFault(key)
  if (fault !== undefined) throw new UsageError(`${fault}; name one with --as KEY.`)
  if (!replace && tools.hasSet(data, key))
    throw new UsageError(
      `${data} has a set ${key} already; replace it with --replace, or name another key with --as KEY.`,
    )
}

function refuse(findings: readonly Finding[], folder: string, terminal: Terminal): ExitCode {
  for (const { place, message } of findings) terminal.out(`${place}: ${message}\n`)
  terminal.out(`\n${said(findings.length, 'finding')}: nothing of ${folder} is imported.\n`)
  return 1
}

/** Read, parsed, references resolved, compiled by the engine, compiled as a model. */
async function check(set: OpenedSet, terminal: Terminal): Promise<readonly Finding[]> {
  const unreadable = set.unreadable.map(({ path, reason }) => ({
    place: path,
    message: `${reason.replace(/\.$/, '')}.`,
  }))
  const missing = set.files.flatMap((it) => missingIn(it, set))
  // What needs a file that is not there need not be compiled to know that it does not.
  if (unreadable.length + missing.length > 0) return [...unreadable, ...missing]
  const findings: Finding[] = []
  for (const [at, file] of set.files.entries()) {
    if (terminal.watched) terminal.err(`\r${at + 1} of ${said(set.files.length, 'file')} checked`)
    const failure = await set.check(file.location)
    if (failure !== undefined && isOwner(file, set)) findings.push(placed(failure, file))
  }
  if (terminal.watched) terminal.err('\r\x1b[K')
  if (findings.length === 0 && set.files.every((it) => !hasRoot(it, set)))
    return [
      {
        place: set.folder,
        message: 'No file declares a payload, so there is nothing to judge by.',
      },
    ]
  return findings
}

/** What keeps nothing from being judged: the set is kept all the same. */
async function warnings(set: OpenedSet): Promise<readonly Finding[]> {
  const found: Finding[] = [...oddNamespaces(set.files)]
  for (const file of set.files.filter((it) => hasRoot(it, set)))
    for (const it of await set.trySamples(file.location)) {
      const fault = it.startsWith('no sample') ? it : `no samples can be made: ${it}`
      found.push({
        place: file.path,
        message: `${fault.replace(/\.$/, '')}. Messages are judged all the same.`,
      })
    }
  return found
}

/** A failure that tells its own place needs no other. */
function placed(failure: string, { path }: SchemaFile): Finding {
  const [start = '', place = path] = /^(\S+:\d+:\d+): /.exec(failure) ?? []
  return { place, message: `${failure.slice(start.length)}.` }
}

/** A file that others include may be nothing by itself. */
function isOwner(file: SchemaFile, { schemas }: OpenedSet): boolean {
  return schemas.catalogue.entries.some((it) => it.file === file)
}

function hasRoot(file: SchemaFile, { schemas }: OpenedSet): boolean {
  return schemas.catalogue.entries.some((it) => it.file === file && it.nouns.length > 0)
}

/** The key that most of its nouns suggest. */
function keyOf({ schemas, shipped }: OpenedSet, folder: string): string {
  const own = schemas.catalogue.entries.filter((it) => !it.file.shipped && it.nouns.length > 0)
  const votes = new Map<string, number>()
  for (const entry of own)
    for (const noun of entry.nouns) {
      const key = editionKey(entry.targetNamespace, partFor(entry, noun, shipped, folder))
      votes.set(key, (votes.get(key) ?? 0) + 1)
    }
  return [...votes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'none'
}

/** By what is shipped under that name, else by a path such as `61968-9/…` or `part9/…`. */
function partFor(
  { file }: CatalogueEntry,
  noun: string,
  shipped: readonly NounEntry[],
  folder: string,
): string {
  const known = shipped.find((it) => it.noun === noun && it.part !== '')?.part
  const path = `${folder}/${file.path}`
  return known ?? /61968-(\d+)(?!\d)/.exec(path)?.[1] ?? /part-?(\d+)/i.exec(path)?.[1] ?? ''
}

function namesOf(files: readonly SchemaFile[]) {
  return files.map(({ location, sha256 }) => ({
    name: location.split('/').slice(2).join('/'),
    sha256,
  }))
}

interface Row extends NounEntry {
  readonly against: string
}

const COLUMNS: readonly (readonly [string, (it: Row) => string])[] = [
  ['noun', (it) => it.noun],
  ['edition', (it) => it.key],
  ['variant', (it) => (it.derived ? `${it.variant} (derived)` : it.variant)],
  ['namespace', namespaceOf],
  ['file', (it) => it.path],
  ['against what is shipped', (it) => it.against],
]

function foundIn({ schemas: { catalogue }, shipped }: OpenedSet, key: string): readonly Row[] {
  return catalogue.nouns
    .filter((it) => it.status === 'imported')
    .map((it) => ({ ...it, key, against: against(it) }))

  function against({ noun, derived, variant, key: own }: NounEntry): string {
    if (derived || variant === 'unconstrained') return ''
    if (!shipped.some((it) => it.noun === noun)) return 'not shipped'
    const compared = compareEditions(catalogue, noun, own)
    return 'problem' in compared ? '' : counted(compared.differences)
  }
}

function said(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
