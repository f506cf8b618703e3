// One file on its way: copied, examined, told record by record, called otherwise at its source. Each step is kept before the next
// one, by name and content, so that it may end anywhere and go on there: nothing counts twice, and nothing is left out.

import { statusOf } from '../../flows/document-status.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { collectionsOf } from './collections.ts'
import { delivering } from './delivering.ts'
import type { Delivered, DeliveringParts } from './delivering.ts'
import { examined } from './examine.ts'
import type { Examined } from './examine.ts'
import type { Layout, Manifest } from './layout.ts'
import { missingFrom } from './missing.ts'
import { NO_COUNTS, itemsIn, notesOn } from './outcome.ts'
import type { Counts, FileOutcome, Notes } from './outcome.ts'
import { fileFault, isFileFault } from './ports.ts'
import type { FileSource, Listed, Shelf, Shelved } from './ports.ts'
import type { Records } from './record.ts'
import type { FolderRules } from './rules.ts'
import { calledOtherwise } from './tagging.ts'
import { countsIn, itemsOf } from './transfers.ts'
import type { Transfer, Transfers } from './transfers.ts'

/** A file that may be taken. */
export interface Candidate extends Listed {
  /** absent where the rules do without one */
  readonly manifest?: Manifest
  /** why its manifest cannot be used: then nor can the file */
  readonly fault?: string
}

/** Where the process can be ended in tests: see `shell/store/crash.ts`. */
export type FilePoint =
  | 'file-copied'
  | 'file-listed'
  | 'file-validated'
  | 'file-delivering'
  | 'file-collection'
  | 'file-delivered'
  | 'file-renamed'
  | 'file-reported'

/** What taking files needs from outside. */
export interface TransferParts extends DeliveringParts {
  readonly transfers: Transfers
  readonly records: Records
  readonly shelf: Shelf
}

/** Everything about the one file. */
interface Case {
  readonly candidate: Candidate
  readonly shelved: Shelved
  readonly source: FileSource
  readonly rules: FolderRules
  readonly transfer: Transfer
  readonly parts: TransferParts
}

/** Takes one file as far as it goes now. @throws whatever is no fault of the file, such as a folder or a store that does not answer */
export async function transferred(
  candidate: Candidate,
  source: FileSource,
  rules: FolderRules,
  parts: TransferParts,
): Promise<FileOutcome> {
  const { shelf, transfers, reached } = parts
  const copied = await copyOf(candidate, source, rules, shelf)
  if ('fault' in copied) return uncopied(candidate, copied.fault, source, rules)
  try {
    reached('file-copied')
    const { sha256, bytes } = copied
    const transfer = transfers.of({ candidate, rules, sha256, bytes })
    return await gone({ candidate, shelved: copied, source, rules, transfer, parts })
  } finally {
    await shelf.drop(copied.place)
  }
}

async function copyOf(
  { name }: Candidate,
  source: FileSource,
  { mostBytes }: FolderRules,
  shelf: Shelf,
): Promise<Shelved | { readonly fault: string }> {
  try {
    return await shelf.copy(source.open(name), mostBytes)
  } catch (error) {
    if (!isFileFault(error)) throw error
    return { fault: error.message }
  }
}

/** Not even a copy could be made of it, so that nobody can say which file it was. */
async function uncopied(
  candidate: Candidate,
  reason: string,
  source: FileSource,
  rules: FolderRules,
): Promise<FileOutcome> {
  const { name, manifest } = candidate
  const sha256 = manifest?.sha256 ?? ''
  const renamedTo = await calledOtherwise(candidate, 'failed', sha256, source, rules)
  const of = { transfer: '', fileName: name, sha256: '', counts: NO_COUNTS, items: [] }
  return { ...of, renamedTo, state: 'failed', code: '3.1', reason }
}

/** From wherever it has come to. */
async function gone(it: Case): Promise<FileOutcome> {
  const { transfer } = it
  const known = await transfer.find()
  const state = statusOf(known) ?? ''
  if (state === 'renamed') return repeated(it, 'The file was taken before, under this name.')
  if (state === 'delivered' && known !== undefined) return named(it, known)
  const other = state === '' || state === 'failed' ? await transfer.twin() : undefined
  if (other !== undefined)
    return repeated(it, `Its content was taken before, as ${other}: it is not taken again.`)
  await transfer.list(known)
  it.parts.reached('file-listed')
  try {
    return await taken(it, state)
  } catch (error) {
    if (!isFileFault(error)) throw error
    return failed(it, { reason: error.message, code: '5.8', counts: NO_COUNTS, items: [] })
  }
}

async function taken(it: Case, state: string): Promise<FileOutcome> {
  const { candidate, rules, shelved, transfer, parts } = it
  const { shelf, reached } = parts
  assureMeant(candidate, shelved)
  const layout = candidate.manifest ?? rules.layout
  await shelf.drop(itemsOf(transfer.id))
  const notes = notesOn(shelf, itemsOf(transfer.id))
  const seen = await examined(shelved, layout, candidate.manifest, { shelf, rules, notes })
  if (state !== 'delivering' && state !== 'validated')
    await transfer.step('validated', { recordCount: seen.records, recordsRejected: seen.rejected })
  reached('file-validated')
  if (state !== 'delivering') await transfer.step('delivering')
  reached('file-delivering')
  const groups = new Set<string>()
  const came = await deliveredOf(it, seen, layout, notes, groups)
  if (came.isSettled && came.stopped === '') await noteMissing(it, { seen, layout, groups }, notes)
  await notes.close()
  const counts = countsOf(seen, came)
  const items = notes.items()
  if (came.stopped !== '')
    return failed(it, { reason: came.stopped, code: came.code, counts, items })
  if (!came.isSettled)
    return {
      ...facts(it),
      renamedTo: '',
      state: 'underWay',
      code: '0.3',
      reason: UNDER_WAY,
      counts,
      items,
    }
  const isNothing = counts.taken === 0 && counts.rejected > 0
  if (isNothing) return failed(it, { reason: NOTHING, code: '0.2', counts, items })
  await transfer.step('delivered', {
    recordsTaken: counts.taken,
    recordsRejected: counts.rejected,
    ...transfer.reason(counts),
  })
  reached('file-delivered')
  return named(it, await transfer.find())
}

const UNDER_WAY = 'Not all of it has been acknowledged yet.'
const NOTHING = 'None of its records could be taken.'

/** @throws {CimError} `malformed` */
function assureMeant({ name, manifest, fault }: Candidate, { bytes, sha256 }: Shelved): void {
  if (fault !== undefined) throw fileFault(fault)
  if (manifest === undefined) return
  if (manifest.fileName !== name)
    throw fileFault(`Its manifest is about ${manifest.fileName}, not about this file.`)
  if (manifest.sizeBytes !== bytes)
    throw fileFault(
      `It has ${bytes} octets, and its manifest says ${manifest.sizeBytes}: it is not whole.`,
    )
  if (manifest.sha256 !== sha256)
    throw fileFault('Its SHA-256 is not that of its manifest: it is not the file that was meant.')
}

function deliveredOf(
  { candidate, shelved, rules, transfer, parts }: Case,
  seen: Examined,
  layout: Layout,
  notes: Notes,
  groups: Set<string>,
): Promise<Delivered> {
  const { shelf, digest } = parts
  const facts = { transferKind: candidate.manifest?.transferKind ?? 'incremental' } as const
  const collections = collectionsOf(shelved.place, layout, seen, { shelf, rules, digest, groups })
  return delivering(collections, { transfer: transfer.id, rules, facts }, notes, parts)
}

/** EV-04/AC4: what the file should have been about, too. */
async function noteMissing(it: Case, { seen, layout, groups }: Read, notes: Notes): Promise<void> {
  const { kind } = it.rules
  const { shelf, records } = it.parts
  const lines = () => shelf.lines(it.shelved.place, layout)
  for await (const item of missingFrom({ kind, places: seen.places, groups, lines }, records))
    await notes.add(item)
}

/** A file as it has been read. */
interface Read {
  readonly seen: Examined
  readonly layout: Layout
  readonly groups: ReadonlySet<string>
}

function countsOf({ records, rejected, collapsed }: Examined, came: Delivered): Counts {
  const { taken: all, outdated } = came
  return { records, taken: all, rejected: rejected + came.rejected, collapsed, outdated }
}

/** All of it is where it belongs: only its name is left to be changed. */
async function named(it: Case, known: JsonObject | undefined): Promise<FileOutcome> {
  const { candidate, shelved, source, rules, transfer, parts } = it
  const renamedTo = await calledOtherwise(candidate, 'done', shelved.sha256, source, rules)
  parts.reached('file-renamed')
  await transfer.step('renamed', { renamedTo })
  const counts = countsIn(known)
  const items = await itemsIn(parts.shelf, itemsOf(transfer.id))
  const code = counts.rejected > 0 ? '0.2' : '0.0'
  return { ...facts(it), renamedTo, state: 'done', code, reason: '', counts, items }
}

type Why = Pick<FileOutcome, 'reason' | 'code' | 'counts' | 'items'>

async function failed(it: Case, why: Why): Promise<FileOutcome> {
  const { candidate, shelved, source, rules, transfer } = it
  await transfer.fail(why.reason, why.counts)
  const renamedTo = await calledOtherwise(candidate, 'failed', shelved.sha256, source, rules)
  return { ...facts(it), renamedTo, state: 'failed', ...why }
}

async function repeated(it: Case, reason: string): Promise<FileOutcome> {
  const { candidate, shelved, source, rules } = it
  const renamedTo = await calledOtherwise(candidate, 'done', shelved.sha256, source, rules)
  const of = { ...facts(it), renamedTo, counts: NO_COUNTS, items: [] }
  return { ...of, transfer: '', state: 'skipped', code: '0.0', reason }
}

function facts({ candidate, shelved, transfer }: Case) {
  return { transfer: transfer.id, fileName: candidate.name, sha256: shelved.sha256 }
}
