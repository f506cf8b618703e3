// cimgate audit: the log of a store, or an export of it, proved line by line; and the export. Nothing is changed.

import { NO_LINE, anchorIn, anchorText } from '../../gateway/audit/chain.ts'
import type { Anchor, AuditLine, ChainEnds } from '../../gateway/audit/chain.ts'
import { exportedText, framed } from '../../gateway/audit/exported.ts'
import type { Exported } from '../../gateway/audit/exported.ts'
import { KINDS, chainJudge } from '../../gateway/audit/verified.ts'
import type { Verified } from '../../gateway/audit/verified.ts'
import { UsageError } from './terminal.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** What is asked for. */
export interface AuditCommand {
  /** folder of the store */
  readonly data: string
  /** address of the server that has it instead */
  readonly database?: string
  /** an export that is verified instead; `-` = standard input */
  readonly file?: string
  /** an anchor that was kept, or a file with nothing else in it */
  readonly head?: string
}

/** A log as it lies in a store. */
interface StoredLog {
  readonly ends: ChainEnds | undefined
  readonly lines: AsyncIterable<readonly AuditLine[]> | Iterable<readonly AuditLine[]>
}

/** What the command needs of the rest. All throw errors that explain themselves. */
export interface AuditTools {
  readonly folder: <T>(path: string, use: (log: StoredLog) => Promise<T>) => Promise<T>
  readonly server: <T>(address: string, use: (log: StoredLog) => Promise<T>) => Promise<T>
  /** the address without its secrets */
  readonly shown: (address: string) => Promise<string>
  readonly file: (path: string) => AsyncIterable<readonly [number, Exported | undefined]>
  /** text of a small file; undefined when there is none */
  readonly text: (path: string) => string | undefined
  readonly digest: (text: string) => string
}

/** @returns 0 whole, or exported · 1 not whole · 2 it cannot be read */
export async function runAudit(
  action: string,
  how: AuditCommand,
  tools: AuditTools,
  terminal: Terminal,
): Promise<ExitCode> {
  if (action !== 'verify' && action !== 'export')
    throw new UsageError(`There is no audit ${action}; there are verify and export.`)
  if (action === 'export' && how.file !== undefined)
    throw new UsageError('An export is written to standard output: > FILE.')
  try {
    return await (action === 'verify'
      ? verify(how, tools, terminal)
      : exported(how, tools, terminal))
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error) || !('code' in error)) throw error
    throw new UsageError(error.message)
  }
}

async function verify(how: AuditCommand, tools: AuditTools, terminal: Terminal): Promise<ExitCode> {
  const kept = how.head === undefined ? undefined : keptAnchor(how.head, tools)
  const found =
    how.file === undefined
      ? await stored(how, tools, (log) => ofStore(log, kept, tools))
      : await ofFile(tools.file(how.file), kept, tools)
  tell(found, { name: await nameOf(how, tools), isKept: kept !== undefined, how }, terminal)
  return found.broken === undefined ? 0 : 1
}

function stored<T>(
  { data, database = '' }: AuditCommand,
  tools: AuditTools,
  use: (log: StoredLog) => Promise<T>,
): Promise<T> {
  return database === '' ? tools.folder(data, use) : tools.server(database, use)
}

async function nameOf(
  { file, data, database = '' }: AuditCommand,
  { shown }: AuditTools,
): Promise<string> {
  if (file !== undefined) return file === '-' ? 'standard input' : file
  return database === '' ? data : shown(database)
}

function keptAnchor(text: string, { text: read }: AuditTools): Anchor {
  const anchor = anchorIn(text) ?? anchorIn(read(text) ?? '')
  if (anchor !== undefined) return anchor
  throw new UsageError(
    `${text} is no head: give what audit verify has printed behind "head", NUMBER:SHA-256, or a file with that in it.`,
  )
}

async function ofStore(
  { ends, lines }: StoredLog,
  kept: Anchor | undefined,
  { digest }: AuditTools,
): Promise<Verified> {
  const judge = chainJudge(ends ?? { head: NO_LINE, beginning: NO_LINE }, digest, kept)
  for await (const some of lines) if (!some.every(judge.take)) break
  const found = judge.end()
  if (ends !== undefined || found.broken !== undefined) return found
  // Every start of a gateway is a line.
  return { ...found, broken: { kind: 'cut', seq: 1, found: EMPTY } }
}

const EMPTY =
  'The log has no line, though every start of a gateway is one: no gateway has ever started on this store, or the log was emptied.'

async function ofFile(
  lines: ReturnType<AuditTools['file']>,
  kept: Anchor | undefined,
  { digest }: AuditTools,
): Promise<Verified> {
  let judge: ReturnType<typeof chainJudge> | undefined
  let head: Anchor | undefined
  for await (const [number, it] of lines) {
    const isInPlace =
      it !== undefined && head === undefined && (it.kind === 'begin') === (number === 1)
    if (!isInPlace) return unreadable(number, it, judge?.end())
    if (it.kind === 'begin') judge = chainJudge(it, digest, kept)
    else if (it.kind === 'end') head = it.head
    else if (judge?.take(it.line) === false) break
  }
  return judge?.end(head) ?? unreadable(1, undefined, undefined)
}

function unreadable(number: number, it: Exported | undefined, before?: Verified): Verified {
  const why =
    it === undefined
      ? 'is no line of an export of the audit log, or was changed'
      : 'stands where none like it may stand: it was put in, or lines were put in another order'
  const nothing = { proved: NO_LINE, lines: 0, firstAt: '', lastAt: '' }
  const facts = before ?? nothing
  const broken = {
    kind: 'unreadable',
    seq: facts.proved.seq + 1,
    found: `Line ${number} of the file ${why}.`,
  } as const
  // What was wrong before is what was wrong first; only that its end is not there yet is no fault.
  const isEarlier = before?.broken !== undefined && before.broken.kind !== 'cut'
  return isEarlier ? facts : { ...facts, broken }
}

interface About {
  readonly name: string
  readonly isKept: boolean
  readonly how: AuditCommand
}

function tell(found: Verified, about: About, { out }: Terminal): void {
  const { broken, proved, lines, firstAt, lastAt } = found
  const extent = lines === 0 ? 'no line' : `${counted(lines)} of ${firstAt} to ${lastAt}`
  if (broken === undefined) {
    out(`✓ whole  ${about.name}  ${extent}\n  head  ${anchorText(proved)}\n`)
    if (!about.isKept) out(`  ${KEEP}\n`)
    return
  }
  out(`✗ broken  ${about.name}: ${KINDS[broken.kind]}\n  ${broken.found}\n`)
  const last = lines === 0 ? '' : `, up to line ${proved.seq}`
  out(`  proved  ${extent}${last}; nothing from there on\n`)
  for (const it of remedies(found, about)) out(`  ${it}\n`)
}

const KEEP =
  'Keep the head where nobody who can write to the store can write: verify --head shows later that nothing up to it has changed.'

function counted(lines: number): string {
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`
}

/** How to go on. */
function remedies({ broken }: Verified, { how }: About): readonly string[] {
  if (how.file !== undefined)
    return ['Export the log again from its store, and compare: cimgate audit export.']
  return [
    'Keep a copy of the store as it is: it is the evidence. Nothing here mends it, and nothing should.',
    `Look for ${broken?.kind === 'anchor' ? 'that line' : `line ${broken?.seq}`} in the last export (cimgate audit verify FILE tells whether that one is whole), and find out who could write to the store since.`,
    'The gateway can go on: it writes behind the newest line, and this place stays visible.',
  ]
}

async function exported(
  how: AuditCommand,
  tools: AuditTools,
  { out }: Terminal,
): Promise<ExitCode> {
  return stored<ExitCode>(how, tools, async ({ ends, lines }) => {
    const [first, last] = framed(ends ?? { head: NO_LINE, beginning: NO_LINE })
    out(`${first}\n`)
    for await (const some of lines)
      if (some.length > 0)
        out(`${some.map((line) => exportedText({ kind: 'line', line })).join('\n')}\n`)
    out(`${last}\n`)
    return 0
  })
}
