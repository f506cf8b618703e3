// One report for each run over a folder, with what has come of every file: kept, and told whom it concerns. It is on disk together
// with the mark on each file that it has been reported, so that a crash neither loses a file nor reports one twice.

import reportFlow from '../../flows/operation-report.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { statusOf } from '../../flows/document-status.ts'
import type { Clock, NewId } from '../ports.ts'
import { MOST_ITEMS } from './outcome.ts'
import type { Counts, FileOutcome, Item } from './outcome.ts'
import type { Change, Records } from './record.ts'
import type { FolderRules } from './rules.ts'
import { TRANSFERS, countsIn } from './transfers.ts'

/** What one run has come to. */
export interface Ran {
  readonly startedAt: string
  /** in the order in which they were taken */
  readonly files: readonly FileOutcome[]
  /** what kept it from going on, or what is missing, and is no matter of one file */
  readonly problems: readonly Item[]
}

/** What reporting needs from outside. */
export interface ReportParts {
  readonly records: Records
  readonly clock: Clock
  readonly newId: NewId
  /** as Header/Source of what the gateway tells of its own */
  readonly source: string
}

/** Keeps the report of a run, and tells it. @returns its mRID */
export async function reported(
  run: Ran,
  rules: Pick<FolderRules, 'id' | 'kind'>,
  { records, clock, newId, source }: ReportParts,
): Promise<string> {
  const mRID = newId()
  const object = { mRID, createdDateTime: clock(), ...reportOf(run, rules) }
  const report: Change = { noun: reportFlow.noun, kind: 'create', object }
  const marks = run.files.filter(isOver).map((it): Change => {
    const status = { value: stateOf(it), remark: `${MARK}${mRID}` }
    return { noun: TRANSFERS, kind: 'change', object: { mRID: it.transfer, status } }
  })
  await records.keep([report, ...marks], { from: source })
  return mRID
}

const MARK = 'OperationReport '

/** True where nothing more is to come of a file that has a record. */
function isOver({ transfer, state }: FileOutcome): boolean {
  return transfer !== '' && (state === 'done' || state === 'failed')
}

/** A file of which a run before this process has not reported. */
export interface Unreported {
  /** id of the folder */
  readonly folder: string
  readonly outcome: FileOutcome
}

/** States in which nothing more is to be told of a file. */
const ENDED = ['delivered', 'renamed', 'failed']

/** All of them. @param folderOf the folder that a record is about; undefined for one that a message has told of */
export async function unreported(
  records: Records,
  folderOf: (transfer: JsonObject) => string | undefined,
): Promise<readonly Unreported[]> {
  const all: Unreported[] = []
  for await (const it of records.all(TRANSFERS)) {
    const state = statusOf(it)
    const isTold = String(member(member(it, 'status'), 'remark') ?? '').startsWith(MARK)
    // What was delivered and is there no more was called otherwise, and that was not noted any more.
    if (!ENDED.includes(state ?? '') || isTold) continue
    const folder = folderOf(it)
    if (folder !== undefined) all.push({ folder, outcome: outcomeIn(it) })
  }
  return all
}

function outcomeIn(transfer: JsonObject): FileOutcome {
  const text = (name: string) => String(member(transfer, name) ?? '')
  const isFailed = statusOf(transfer) === 'failed'
  const counts = countsIn(transfer)
  return {
    transfer: text('mRID'),
    fileName: text('fileName'),
    sha256: text('sha256'),
    renamedTo: text('renamedTo'),
    state: isFailed ? 'failed' : 'done',
    code: isFailed ? '5.8' : counts.rejected > 0 ? '0.2' : '0.0',
    reason: isFailed ? String(member(member(transfer, 'status'), 'reason') ?? '') : '',
    counts,
    items: [],
  }
}

function stateOf({ state }: FileOutcome): string {
  return { done: 'renamed', skipped: 'renamed', failed: 'failed', underWay: 'delivering' }[state]
}

function reportOf(run: Ran, rules: Pick<FolderRules, 'id' | 'kind'>): JsonObject {
  const { files, problems, startedAt } = run
  const of = (...states: readonly FileOutcome['state'][]) =>
    files.filter((it) => states.includes(it.state)).length
  const failed = of('failed')
  const isWhole = failed === 0 && problems.length === 0 && files.every((it) => it.code === '0.0')
  const items = [
    ...problems,
    ...files.filter((it) => it.state === 'failed').map(asItem),
    ...files.flatMap((it) => it.items),
  ]
  const value = isWhole ? 'succeeded' : of('done', 'skipped') > 0 ? 'partial' : 'failed'
  return {
    failedCount: failed,
    kind: 'fileTransfer',
    ...(failed + problems.length === 0 ? {} : { severity: 'alarm' }),
    skippedCount: of('skipped'),
    subject: `${rules.id}: ${subjectOf(run)}`,
    succeededCount: of('done'),
    text: textOf(run),
    totalCount: files.length,
    ...(files.length === 0 ? {} : { files: files.map(reportedFile) }),
    interval: { start: startedAt },
    ...(items.length === 0 ? {} : { items: items.slice(0, MOST_ITEMS).map(reportedItem) }),
    status: { value },
  }
}

function asItem({ code, reason, fileName }: FileOutcome): Item {
  const outcome = 'FAILED' as const
  return { lines: [], outcome, code, rule: 'FILE-FAILED', reason: `${fileName}: ${reason}` }
}

function reportedFile(it: FileOutcome): JsonObject {
  const { fileName, reason, counts, renamedTo, sha256 } = it
  return {
    fileName,
    ...(reason === '' ? {} : { reason }),
    recordCount: counts.records,
    ...(renamedTo === '' ? {} : { renamedTo }),
    ...(sha256 === '' ? {} : { sha256 }),
    status: { value: stateOf(it) },
  }
}

function reportedItem({ code, rule, lines, outcome, reason }: Item): JsonObject {
  return {
    code,
    details: `rule=${rule}`,
    ...(lines.length === 0 ? {} : { lineNumber: [...lines] }),
    outcome,
    reason,
  }
}

function subjectOf({ files, problems }: Ran): string {
  const count = (state: FileOutcome['state'], says: string) => {
    const n = files.filter((it) => it.state === state).length
    return n === 0 ? [] : [`${n} ${says}`]
  }
  const parts = [
    ...count('done', 'taken'),
    ...count('failed', 'failed'),
    ...count('skipped', 'taken before'),
    ...count('underWay', 'under way'),
    ...(problems.length === 0
      ? []
      : [problems.length === 1 ? 'a problem' : `${problems.length} problems`]),
  ]
  return parts.length === 0 ? 'nothing to do' : parts.join(', ')
}

/** For people: no values of records, because they may say something of a customer. */
function textOf({ files, problems }: Ran): string {
  const paragraphs = [
    ...problems.map((it) => it.reason),
    ...files.map(paragraphOf),
    ...(files.length + problems.length === 0 ? ['No file was there to be taken.'] : []),
  ]
  return paragraphs.join('\n\n')
}

const SAYS: Readonly<Record<FileOutcome['state'], string>> = {
  done: 'taken',
  failed: 'FAILED, nothing more of it is taken',
  skipped: 'not taken again',
  underWay: 'under way',
}

/** lines about single records of one file that people read */
const MOST_SHOWN = 20

function paragraphOf(it: FileOutcome): string {
  const { fileName, renamedTo, state, reason, counts, items } = it
  const name = renamedTo === '' ? fileName : `${fileName} (now ${renamedTo})`
  const more = items.length > MOST_SHOWN ? [`  … and more; the report lists them.`] : []
  return [
    `${name}: ${SAYS[state]}. ${reason}`.trim(),
    ...(counts.records === 0 ? [] : [`  ${countText(counts)}`]),
    ...items.slice(0, MOST_SHOWN).map((one) => `  ${shownItem(one)}`),
    ...more,
  ].join('\n')
}

function countText({ records, taken, rejected, collapsed, outdated }: Counts): string {
  const parts = [
    `${taken} taken`,
    ...(rejected === 0 ? [] : [`${rejected} not taken`]),
    ...(collapsed === 0 ? [] : [`${collapsed} the same as another`]),
    ...(outdated === 0 ? [] : [`${outdated} out of date`]),
  ]
  return `${records} records: ${parts.join(', ')}.`
}

function shownItem({ lines, reason, rule }: Item): string {
  const at = lines.length === 1 ? `line ${lines[0]}: ` : ''
  return `${at}${reason} [${rule}]`
}
