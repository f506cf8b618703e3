// For tests only: a gateway with one folder of files, whose time is handed in, and files with their manifests.

import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileKind } from '../../flows/file-kinds.ts'
import { member, numberText } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { sha256 } from '../../shell/digest.ts'
import { folderSource, shelfIn } from '../../shell/files/index.ts'
import type { Topology } from '../parties/party.ts'
import { openWhole } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'
import { LAYOUT, MANIFEST_SUFFIX } from './layout.ts'
import { FOLDER } from './rules.ts'
import type { FolderRules } from './rules.ts'
import type { FilePoint } from './transfer.ts'

/** A gateway under test, and one of its folders. */
export interface FolderScene {
  readonly whole: Whole
  /** its id, and the head-end system of its devices */
  readonly id: string
  readonly folder: string
  /** names in the folder without manifests, in order */
  readonly names: () => readonly string[]
  /** Puts a file there, with its manifest. */
  readonly put: (name: string, text: string | Uint8Array, more?: ManifestMore) => void
  /** One line of a file of scores. */
  readonly line: (nicId: string, score: string, at?: string) => string
  /** Resolves when a run has ended that began after this. @returns the newest report */
  readonly run: () => Promise<JsonObject>
  readonly reports: () => Promise<readonly JsonObject[]>
  /** Looks into the folder, and resolves when that is over, whether or not there is anything to report. */
  readonly look: () => Promise<void>
}

/** A gateway under test with as many folders as are opened. */
export interface Folders {
  readonly whole: Whole
  readonly open: (rules?: OpenRules) => FolderScene
  /** what happens when a point is reached; by default nothing */
  readonly at: (what: (point: FilePoint) => void) => void
  readonly close: () => Promise<void>
}

/** What differs from the usual. */
export type OpenRules = Partial<FolderRules> & { readonly kindId?: string }

/** What differs from what the file is; `null` = there is no manifest. */
export type ManifestMore = JsonObject | null

/** Opens it with no folder yet. */
export async function openFolders(topology?: Topology): Promise<Folders> {
  const base = mkdtempSync(join(tmpdir(), 'cimgate-files-'))
  const all: FolderRules[] = []
  let reached: (point: FilePoint) => void = () => undefined
  const whole = await openWhole(topology, () => ({
    files: {
      folders: () => all,
      sourceOf: ({ folder }) => folderSource(folder),
      shelf: shelfIn(join(base, 'shelf')),
      digest: sha256,
      reached: (point) => reached(point),
    },
  }))
  return {
    whole,
    open: ({ kindId = 'device-scores', ...own } = {}) => {
      const kind = fileKind(kindId)
      if (kind === undefined) throw new Error(kindId)
      const id = `${kindId}-${all.length + 1}`
      const folder = join(base, id)
      mkdirSync(folder)
      // None is looked into by itself while another one is.
      const usual = { ...FOLDER, everyMs: 1e9, from: 'cpm', layout: LAYOUT }
      all.push({ ...usual, id, kind, folder, ...own })
      return sceneOf(id, folder, whole)
    },
    at: (what) => void (reached = what),
    close: async () => {
      await whole.close()
      rmSync(base, { recursive: true })
    },
  }
}

function sceneOf(id: string, folder: string, whole: Whole): FolderScene {
  const reports = async () => {
    const json = await whole.ok('cs', 'GET', '/api/v1/operation-reports')
    const list = (json['OperationReport'] ?? []) as readonly JsonObject[]
    return list.filter((it) => String(it['subject']).startsWith(`${id}:`))
  }
  const look = async () => {
    let isOver = false
    whole.gateway.files.look(id)
    // Behind the timer of the run; others may come before it.
    whole.time.timers.after(50, () => void (isOver = true))
    while (!isOver) whole.time.step()
    await whole.gateway.files.idle()
  }
  return {
    whole,
    id,
    folder,
    names: () =>
      readdirSync(folder)
        .filter((it) => !it.includes(MANIFEST_SUFFIX))
        .toSorted(),
    put: (name, text, more = {}) => putFile(folder, name, text, more),
    line: (nicId, score, at) => scoreLine(nicId, score, at, id),
    look,
    run: async () => {
      const before = (await reports()).map((it) => it['mRID'])
      await look()
      return (await reports()).find((it) => !before.includes(it['mRID'] ?? '')) ?? {}
    },
    reports,
  }
}

/** The scores that are kept, by the NIC id of the device. */
export async function scoresIn({ whole, id }: Pick<FolderScene, 'whole' | 'id'>): Promise<object> {
  const said = await whole.ask('cs', 'GET', '/api/v1/device-scores', { query: { headEnd: id } })
  const json = JSON.parse(said.text) as JsonObject
  const all = (json['DeviceScore'] ?? []) as readonly JsonObject[]
  return Object.fromEntries(
    all
      .map((it): readonly [string, unknown] => {
        const names = member(it['EndDevice'], 'Names') as readonly JsonObject[]
        return [String(names[0]?.['name']), numberText(it['score'])]
      })
      .toSorted()
      .map(([name, score]) => [name, Number(score)]),
  )
}

/** Puts a file into a folder, whole, and its manifest beside it. */
export function putFile(
  folder: string,
  name: string,
  text: string | Uint8Array,
  more: ManifestMore = {},
): void {
  const path = join(folder, name)
  writeFileSync(path, text)
  // Not as new as now: the time of tests is handed in.
  utimesSync(path, new Date(0), new Date(0))
  if (more === null) return
  const manifest = { ...manifestOf(name, text), ...more }
  writeFileSync(`${path}${MANIFEST_SUFFIX}`, JSON.stringify(manifest))
}

/** What a manifest says of a file. */
export function manifestOf(fileName: string, text: string | Uint8Array): JsonObject {
  const bytes = Buffer.from(text)
  return {
    fileName,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    recordCount: Math.max(0, bytes.toString().trim().split('\n').length - 1),
    createdDateTime: '2026-07-14T05:00:00Z',
  }
}

/** The first line of a file of scores. */
const SCORE_HEADER = 'headEndSystem,nicId,programCode,score,available,calculatedDateTime'

/** One line of it. */
export function scoreLine(
  nicId: string,
  score: string,
  at = '2026-07-14T05:00:00Z',
  headEnd = 'HES',
): string {
  return `${headEnd},${nicId},SUMMER,${score},true,${at}`
}

/** A file of scores. */
export function scores(...lines: readonly string[]): string {
  return `${[SCORE_HEADER, ...lines].join('\n')}\n`
}
