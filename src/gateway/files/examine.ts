// The first reading of a file: every record is looked at before any is taken, so that a file of which nothing may be taken leaves
// nothing behind. Memory does not grow with it: one bit a line, and what comes twice is found on disk.

import { faultsIn, placesIn, rowOf } from '../../flows/file-columns.ts'
import type { FileKind, Row } from '../../flows/file-kind.ts'
import type { Layout, Manifest } from './layout.ts'
import { noMarks } from './marks.ts'
import type { Marks } from './marks.ts'
import type { Item, Notes } from './outcome.ts'
import { fileFault } from './ports.ts'
import type { Line, Shelf, Shelved, Twins } from './ports.ts'
import type { FolderRules } from './rules.ts'

/** What was found. */
export interface Examined {
  readonly records: number
  readonly rejected: number
  readonly collapsed: number
  /** lines that are not to be taken */
  readonly left: Marks
  /** names of the columns, in their order */
  readonly places: readonly string[]
}

/** What examining needs. */
export interface ExamineParts {
  readonly shelf: Shelf
  readonly rules: Pick<FolderRules, 'kind' | 'twice' | 'wrong'>
  readonly notes: Notes
}

/** @throws {CimError} `malformed`: where nothing of it may be taken */
export async function examined(
  shelved: Shelved,
  layout: Layout,
  manifest: Manifest | undefined,
  parts: ExamineParts,
): Promise<Examined> {
  const { shelf, rules, notes } = parts
  const places = await placesOf(shelved, layout, rules.kind, shelf)
  const left = noMarks()
  const twins = await shelf.twins(shelved.bytes)
  try {
    const { records, wrong } = await readOnce(shelved, { layout, places, left, twins }, parts)
    if (manifest !== undefined && manifest.recordCount !== records)
      throw fileFault(
        `It has ${records} records, and its manifest says ${manifest.recordCount}: it is not whole.`,
      )
    if (wrong > 0 && rules.wrong === 'rejectFile')
      throw fileFault(`${wrong} of its ${records} records are wrong, and none is to be taken then.`)
    const { rejected, collapsed } = await sortOut(twins, left, parts)
    await notes.close()
    return { records, rejected: wrong + rejected, collapsed, left, places }
  } finally {
    await twins.drop()
  }
}

async function placesOf(
  { place }: Shelved,
  layout: Layout,
  kind: FileKind,
  shelf: Shelf,
): Promise<readonly string[]> {
  if (!layout.header) return kind.columns.map((it) => it.name)
  const found = placesIn(await shelf.header(place, layout), kind)
  if ('fault' in found) throw fileFault(found.fault)
  return found.places
}

interface Reading {
  readonly layout: Layout
  readonly places: readonly string[]
  readonly left: Marks
  readonly twins: Twins
}

async function readOnce(
  { place }: Shelved,
  { layout, places, left, twins }: Reading,
  { shelf, rules: { kind }, notes }: ExamineParts,
): Promise<{ readonly records: number; readonly wrong: number }> {
  let [records, wrong] = [0, 0]
  for await (const block of shelf.lines(place, layout)) {
    for (const it of block) {
      records += 1
      const judged = judgedLine(it, places, kind)
      if ('row' in judged) {
        const waiting = twins.add(it.line, kind.keyOf(judged.row), it.values.join('\u0000'))
        if (waiting !== undefined) await waiting
        continue
      }
      wrong += 1
      left.mark(it.line)
      await notes.add(wrongItem(it.line, judged.reason))
    }
  }
  return { records, wrong }
}

/** A record as the columns have it, or why it is none. */
function judgedLine(
  { values }: Line,
  places: readonly string[],
  kind: FileKind,
): { readonly row: Row } | { readonly reason: string } {
  const row = rowOf(values, places)
  if (row === undefined)
    return {
      reason: `The record has ${values.length} values, and there are ${places.length} columns.`,
    }
  const faults = faultsIn(row, kind)
  return faults.length === 0 ? { row } : { reason: `${faults.join('; ')}.` }
}

function wrongItem(line: number, reason: string): Item {
  return { lines: [line], outcome: 'FAILED', code: '5.8', rule: 'FILE-RECORD', reason }
}

/** Of what comes twice: the same to the letter is one record, and what contradicts is for the policy. */
async function sortOut(
  twins: Twins,
  left: Marks,
  { rules: { kind, twice: policy }, notes }: ExamineParts,
): Promise<{ readonly rejected: number; readonly collapsed: number }> {
  let [rejected, collapsed] = [0, 0]
  for await (const { lines, isSame } of twins.found()) {
    const [first = 0] = lines
    const last = lines.at(-1) ?? 0
    if (!isSame && policy === 'rejectFile')
      throw fileFault(
        `The lines ${shownLines(lines)} contradict each other: they have the same ${kind.keyIs}. The file is to be taken as a whole or not at all.`,
      )
    const kept = isSame || policy === 'firstWins' ? first : policy === 'lastWins' ? last : undefined
    for (const it of lines) if (it !== kept) left.mark(it)
    if (kept === undefined) rejected += lines.length
    else collapsed += lines.length - 1
    await notes.add(twiceItem(lines, kind, { isSame, kept }))
  }
  return { rejected, collapsed }
}

function twiceItem(
  lines: readonly number[],
  { keyIs }: FileKind,
  { isSame, kept }: { readonly isSame: boolean; readonly kept: number | undefined },
): Item {
  const what = isSame ? 'are the same' : `have the same ${keyIs} and contradict each other`
  const came = kept === undefined ? 'none of them is taken' : `line ${kept} is taken`
  const reason = `The lines ${shownLines(lines)} ${what}; ${came}.`
  const rejected = { outcome: 'FAILED', code: '6.1' } as const
  const passed = { outcome: 'SKIPPED', code: '0.0' } as const
  return { lines, ...(kept === undefined ? rejected : passed), rule: 'DEV-DUP', reason }
}

function shownLines(lines: readonly number[]): string {
  const shown = lines.slice(0, 10).join(', ')
  return lines.length > 10 ? `${shown} and ${lines.length - 10} more` : shown
}
