// A file of a million device scores, from the folder to the report that says what became of it, beside the same file read by
// csv-parse alone in the same run: goal 12, in which memory is that of a reservation, and time ten times
// its time, as there are ten times as many.

import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { gateway, residentMb } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

/** `CIMGATE_BENCH_LINES` for less, on a machine that is shared */
const LINES = Number(process.env['CIMGATE_BENCH_LINES'] ?? '') || 1_000_000
/** At the far end: records that are there already, and others that contradict some. */
const [SAME, OTHERWISE] = [3, 2]
const RECORDS = LINES + SAME + OTHERWISE

/** @param folder an empty one, for store and files */
export async function scores(folder: string): Promise<readonly Row[]> {
  const inbox = join(folder, 'in')
  mkdirSync(inbox)
  const file = join(folder, 'scores.csv')
  const sha256 = await written(file)
  const bareS = await parsed(file)
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(
    config,
    `files: {device-scores: {folder: ${JSON.stringify(inbox)}, from: cpm, every: 1s}}\n`,
  )
  const { address, child, stop } = await gateway(join(folder, 'data'), ['--config', config])
  try {
    const before = await residentMb(address)
    let peak = before
    const begun = performance.now()
    renameSync(file, join(inbox, 'scores.csv'))
    writeFileSync(
      join(inbox, 'scores.csv.manifest.json'),
      manifest(join(inbox, 'scores.csv'), sha256),
    )
    for (;;) {
      await sleep(500)
      if (child.exitCode !== null) throw new Error('the gateway has ended')
      peak = Math.max(peak, await residentMb(address))
      const report = await newest(address)
      if (report !== undefined) {
        const tookS = (performance.now() - begun) / 1_000
        assureSorted(report)
        const said = report.text.split('\n').find((it) => it.includes('records:')) ?? ''
        return rows(tookS, bareS, [before, peak], said.trim())
      }
    }
  } finally {
    await stop()
  }
}

function rows(
  tookS: number,
  bareS: number,
  [before, peak]: readonly [number, number],
  report: string,
): readonly Row[] {
  const size = `${LINES} lines`
  const each = `${rounded(LINES / tookS)} lines/s, x${rounded(tookS / bareS)} of csv-parse alone`
  return [
    {
      what: 'csv-parse reads a file of scores',
      size,
      figure: `${rounded(bareS)} s`,
      note: `${rounded(LINES / bareS)} lines/s`,
    },
    {
      what: 'scores of a file kept',
      ...{ size, figure: `${rounded(tookS)} s`, note: each },
      ...(LINES === 1_000_000 ? { value: tookS, goal: '12S' } : {}),
    },
    {
      what: 'memory meanwhile',
      size,
      figure: `${rounded(peak)} MB resident at most`,
      value: peak,
      goal: '12M',
      note: `${rounded(before)} MB before; ${report}`,
    },
  ]
}

/** @returns its SHA-256 */
async function written(file: string): Promise<string> {
  const out = createWriteStream(file)
  const hash = createHash('sha256')
  const put = async (text: string) => {
    hash.update(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  await put('headEndSystem,nicId,endDevice,programCode,score,available,calculatedDateTime\n')
  for (let from = 0; from < LINES; from += 1_000) {
    const some = Array.from({ length: Math.min(1_000, LINES - from) }, (_, n) => line(from + n))
    await put(some.join(''))
  }
  const last = Array.from({ length: SAME + OTHERWISE }, (_, n) => line(n, n < SAME ? '' : '7'))
  await put(last.join(''))
  out.end()
  await once(out, 'finish')
  return hash.digest('hex')
}

/** @param more behind its score */
function line(n: number, more = ''): string {
  const nic = String(n).padStart(20, '0')
  return `Head End ${n % 7},${nic},,SUMMER,0.${String(n % 1_000_000).padStart(20, '0')}${more},${n % 5 !== 0},2026-07-14T05:00:00Z\n`
}

function manifest(file: string, sha256: string): string {
  const { size: sizeBytes } = statSync(file)
  const fileName = 'scores.csv'
  return JSON.stringify({
    fileName,
    sizeBytes,
    sha256,
    recordCount: RECORDS,
    createdDateTime: '2026-07-14T05:00:00Z',
  })
}

/** Seconds that csv-parse alone takes. */
async function parsed(file: string): Promise<number> {
  const begun = performance.now()
  let records = 0
  for await (const _record of createReadStream(file).pipe(parse())) records += 1
  if (records !== RECORDS + 1) throw new Error(`${records} records`)
  return (performance.now() - begun) / 1_000
}

interface Report {
  readonly text: string
  readonly totalCount: number
  readonly items?: readonly { readonly outcome: string; readonly lineNumber?: readonly number[] }[]
}

/** The last report of files, once there is one. */
async function newest(address: string): Promise<Report | undefined> {
  const json = (await (await fetch(`${address}/api/v1/operation-reports`)).json()) as {
    readonly OperationReport?: readonly Report[]
  }
  return json.OperationReport?.find((it) => it.totalCount > 0)
}

/** @throws where something else has come of the lines at the far end than has to */
function assureSorted({ text, items = [] }: Report): void {
  const due = Array.from({ length: SAME + OTHERWISE }, (_, n) =>
    JSON.stringify([n < SAME ? 'SKIPPED' : 'FAILED', [n + 2, LINES + n + 2]]),
  )
  const found = items.map(({ outcome, lineNumber }) => JSON.stringify([outcome, lineNumber]))
  const isDue = found.length === due.length && due.every((it) => found.includes(it))
  const counts = `${RECORDS} records: ${LINES - OTHERWISE} taken, ${2 * OTHERWISE} not taken, ${SAME} the same`
  if (!isDue || !text.includes(counts)) throw new Error(`${text} ${found.join(' ')}`)
}
