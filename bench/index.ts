// Measures everything there is a goal for, prints it as a table and writes bench/results.json. Asserts nothing.

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beside } from './beside.ts'
import { command } from './command.ts'
import { engine } from './engine.ts'
import { fanOut } from './fan-out.ts'
import { group } from './group.ts'
import { http } from './http.ts'
import { memory } from './memory.ts'
import { postgres } from './postgres.ts'
import { reservation } from './reservation.ts'
import { table, verdictOf } from './row.ts'
import type { Row } from './row.ts'
import { ROOT } from './schema.ts'
import { scores } from './scores.ts'
import { start } from './start.ts'
import { worst } from './worst.ts'
import { xerces } from './xerces.ts'

/** In this order, one after the other; each gets an empty folder of its own. */
const TARGETS: Readonly<
  Record<string, (folder: string) => readonly Row[] | Promise<readonly Row[]>>
> = {
  engine,
  xerces,
  command,
  http,
  postgres,
  beside,
  fanOut,
  group,
  reservation,
  scores,
  worst,
  start,
  memory,
}

const wanted = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'cimgate-bench-'))
const rows: Row[] = []
try {
  for (const [name, target] of Object.entries(TARGETS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`${name} …\n`)
    const own = join(folder, name)
    mkdirSync(own)
    rows.push(...(await target(own)))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`\n${table(rows)}`)
writeFileSync(join(ROOT, 'bench', 'results.json'), `${JSON.stringify(results(), null, 2)}\n`)

function results() {
  const machine = { node: process.version, platform: process.platform, cpus: cpus().length }
  return {
    at: new Date().toISOString(),
    machine: { ...machine, cpu: cpus()[0]?.model ?? '' },
    rows: rows.map((it) => ({ ...it, verdict: verdictOf(it) ?? null })),
  }
}
