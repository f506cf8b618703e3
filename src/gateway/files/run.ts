// One run over one folder: what is there is taken in its order, one file after the other, and the folder is looked into again until
// nothing is left; then there is one report.

import { CimError } from '../../envelope/errors.ts'
import { MANIFEST_BYTES, MANIFEST_SUFFIX, readManifest } from './layout.ts'
import type { FileOutcome, Item } from './outcome.ts'
import type { FileSource, Listed } from './ports.ts'
import type { Ran } from './report.ts'
import { isWaiting } from './rules.ts'
import type { FolderRules } from './rules.ts'
import { transferred } from './transfer.ts'
import type { Candidate, TransferParts } from './transfer.ts'

/** milliseconds after which a file whose manifest has not come is told of */
const MANIFEST_DUE_MS = 3_600_000

/** Takes all that is there. A fault that is no file's ends it, and is one of its problems. */
export async function ran(
  source: FileSource,
  rules: FolderRules,
  parts: TransferParts,
): Promise<Ran> {
  const startedAt = parts.clock()
  const files: FileOutcome[] = []
  const tried = new Set<string>()
  const problems: Item[] = []
  try {
    for (;;) {
      const { ready, missing } = await lookedInto(source, rules, Date.parse(parts.clock()))
      const [next] = ready.filter((it) => !tried.has(keyOf(it))).toSorted(inOrder)
      if (next === undefined || parts.isEnding()) {
        problems.push(...missing)
        return { startedAt, files, problems }
      }
      tried.add(keyOf(next))
      files.push(await transferred(next, source, rules, parts))
    }
  } catch (error) {
    return { startedAt, files, problems: [...problems, problemOf(error)] }
  }
}

/** The same file once in a run; another one under its name is another file. */
function keyOf({ name, bytes, changedMs }: Listed): string {
  return `${name} ${bytes} ${changedMs}`
}

/** In the order of their manifests, then of their names, numbers in them as numbers. */
function inOrder(a: Candidate, b: Candidate): number {
  const [one, other] = [a.manifest?.sequence ?? 0, b.manifest?.sequence ?? 0]
  return one - other || a.name.localeCompare(b.name, 'en', { numeric: true })
}

interface LookedInto {
  readonly ready: readonly Candidate[]
  readonly missing: readonly Item[]
}

async function lookedInto(
  source: FileSource,
  rules: FolderRules,
  nowMs: number,
): Promise<LookedInto> {
  const all = await source.list()
  const names = new Set(all.map((it) => it.name))
  const ready: Candidate[] = []
  const missing: Item[] = []
  for (const it of all.filter(({ name }) => isWaiting(name, rules))) {
    const hasManifest = names.has(`${it.name}${MANIFEST_SUFFIX}`)
    if (hasManifest) ready.push(await withManifest(it, source, rules))
    else if (rules.manifest === 'required') missing.push(...unmanifested(it, nowMs))
    else if (nowMs - it.changedMs >= rules.settledMs) ready.push(it)
  }
  return { ready, missing }
}

async function withManifest(
  it: Listed,
  source: FileSource,
  { layout }: FolderRules,
): Promise<Candidate> {
  const name = `${it.name}${MANIFEST_SUFFIX}`
  const text = await source.text(name, MANIFEST_BYTES)
  if (text === undefined)
    return { ...it, fault: `The manifest ${name} has more than ${MANIFEST_BYTES} octets.` }
  const read = readManifest(text, layout)
  return 'fault' in read ? { ...it, fault: read.fault } : { ...it, manifest: read.manifest }
}

function unmanifested({ name, changedMs }: Listed, nowMs: number): readonly Item[] {
  if (nowMs - changedMs < MANIFEST_DUE_MS) return []
  const reason = `${name} has waited for its manifest ${name}${MANIFEST_SUFFIX} for more than an hour: whether it is whole, nobody can say.`
  return [{ lines: [], outcome: 'MISSING', code: '5.8', rule: 'FILE-MANIFEST', reason }]
}

/** What is wrong outside: a folder that cannot be read, a store that does not answer. */
function problemOf(error: unknown): Item {
  const code = error instanceof CimError && error.code === 'overloaded' ? '5.1' : '5.2'
  const what = error instanceof Error ? error.message : String(error)
  const reason = `The run has ended early: ${what} It goes on with the next one.`
  return { lines: [], outcome: 'FAILED', code, rule: 'FILE-RUN', reason }
}
