// Looks into folders by their schedules, one at a time, on the one node whose turn it is. A run that is cut off goes on where the next
// one begins.

import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Timers } from '../peer.ts'
import type { Log } from '../ports.ts'
import type { FileSource } from './ports.ts'
import { reported, unreported } from './report.ts'
import type { Ran, ReportParts, Unreported } from './report.ts'
import { ran } from './run.ts'
import type { FolderRules } from './rules.ts'
import type { TransferParts } from './transfer.ts'
import { uuidOf } from './uuid.ts'

/** What watching needs from outside. */
export interface WatchParts extends Omit<TransferParts, 'isEnding'>, ReportParts {
  /** the folders of the configuration in force */
  readonly folders: () => readonly FolderRules[]
  readonly sourceOf: (rules: FolderRules) => FileSource
  readonly timers: Timers
  readonly log: Log
}

/** Folders that are looked into. */
export interface FileWatch {
  /** Looks into all of them, now and by their schedules. */
  readonly begin: () => void
  /** Begins nothing more, and resolves when what is under way is kept. */
  readonly stop: () => Promise<void>
  /** Looks into one as soon as may be, because a file has come. @param ms after which that is */
  readonly look: (id: string, ms?: number) => void
  /** Another configuration is in force. */
  readonly review: () => void
  /** Resolves when no run is under way. */
  readonly idle: () => Promise<void>
}

/** milliseconds between a file that has come by HTTP and the run for it */
const SOON_MS = 20

/** @param parts without a folder nothing is ever done */
export function fileWatch(parts: WatchParts): FileWatch {
  /** the next look into each, by the clock */
  const due = new Map<string, { readonly atMs: number; readonly cancel: () => void }>()
  /** what was told last of a folder that had nothing, or could not be read */
  const told = new Map<string, string>()
  let pending: readonly Unreported[] | undefined
  let isStopped = true
  let line: Promise<void> = Promise.resolve()

  function schedule(id: string, ms: number): void {
    const atMs = Date.parse(parts.clock()) + ms
    const known = due.get(id)
    // Files that come one after the other do not put it off.
    if (isStopped || (known !== undefined && known.atMs <= atMs)) return
    known?.cancel()
    const cancel = parts.timers.after(ms, () => {
      due.delete(id)
      line = line.then(() => look(id))
    })
    due.set(id, { atMs, cancel })
  }

  async function look(id: string): Promise<void> {
    const rules = parts.folders().find((it) => it.id === id)
    if (rules === undefined || isStopped) return
    try {
      await once(rules)
    } catch (err) {
      parts.log.error({ err, folder: id }, 'a run over files could not be reported')
    }
    schedule(id, rules.everyMs)
  }

  async function once(rules: FolderRules): Promise<void> {
    pending ??= await unreported(parts.records, (it) => folderOf(it, parts))
    const run = await ran(parts.sourceOf(rules), rules, { ...parts, isEnding: () => isStopped })
    const seen = new Set(run.files.map((it) => it.transfer))
    const left = pending.filter((it) => it.folder === rules.id).map((it) => it.outcome)
    const whole = { ...run, files: [...left.filter((it) => !seen.has(it.transfer)), ...run.files] }
    if (isStopped && whole.files.length === 0) return
    if (isNews(rules.id, whole)) {
      await reported(whole, rules, parts)
      parts.reached('file-reported')
      logged(rules, whole)
    }
    pending = pending.filter((it) => it.folder !== rules.id)
  }

  /** What has no file in it is told when it is new, so that a schedule of minutes fills no mailbox. */
  function isNews(id: string, { files, problems }: Ran): boolean {
    const isQuiet = files.every((it) => it.state === 'underWay')
    const says = isQuiet
      ? JSON.stringify([files.map((it) => it.transfer), problems.map((it) => it.reason)])
      : ''
    const isNew = !isQuiet || told.get(id) !== says
    told.set(id, says)
    return isNew
  }

  function logged({ id }: FolderRules, { files, problems }: Ran): void {
    for (const { fileName, state, counts, reason } of files)
      parts.log[state === 'failed' ? 'warn' : 'info'](
        { folder: id, file: fileName, state, ...counts, reason },
        'a file',
      )
    for (const { reason } of problems) parts.log.warn({ folder: id, reason }, 'files')
  }

  const begin = () => {
    isStopped = false
    for (const { id } of parts.folders()) if (!due.has(id)) schedule(id, 0)
  }
  return {
    begin,
    stop: async () => {
      isStopped = true
      for (const { cancel } of due.values()) cancel()
      due.clear()
      await line
    },
    look: (id, ms = 0) => schedule(id, ms + SOON_MS),
    review: () => void (isStopped || begin()),
    idle: () => line,
  }
}

/** The folder in which a file was that the gateway has a record of; undefined where a message has told of it. */
function folderOf(transfer: JsonObject, { folders, digest }: WatchParts): string | undefined {
  const text = (name: string) => String(member(transfer, name) ?? '')
  const own = folders().find(
    ({ kind }) =>
      text('mRID') === uuidOf(digest(`${kind.id} ${text('fileName')} ${text('sha256')}`)),
  )
  return own?.id
}
