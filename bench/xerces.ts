// Xerces of the Java that is installed, warm, with its schema compiled once: for comparison, no goal.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLibxml2 } from './libxml2.ts'
import { interleaved } from './measure.ts'
import { SIZES, groupOfSize } from './messages.ts'
import type { Size } from './messages.ts'
import { isInstalled } from './program.ts'
import { notRun, rounded, time } from './row.ts'
import type { Row } from './row.ts'
import { ROOT, writeSchemas } from './schema.ts'

const WHAT = 'Xerces: parse + validate'

/** @param folder an empty one, for the files; Java runs after libxml2-wasm, not in turns with it */
export function xerces(folder: string): readonly Row[] {
  if (!isInstalled('java')) return [notRun(WHAT, 'java is not installed')]
  const sizes = Object.keys(SIZES) as Size[]
  const files = sizes.map((size) => {
    const path = join(folder, `${SIZES[size]}.xml`)
    writeFileSync(path, groupOfSize(SIZES[size]))
    return path
  })
  const program = join(ROOT, 'bench', 'Xerces.java')
  const run = spawnSync('java', [program, writeSchemas(folder), ...files], { encoding: 'utf8' })
  const took = run.stdout.trim().split('\n').map(Number)
  if (run.status !== 0 || took.length !== sizes.length)
    return [notRun(WHAT, `java ended with ${run.status ?? run.signal}`)]
  return sizes.map((size, at) => row(size, took[at] ?? NaN))
}

function row(size: Size, us: number): Row {
  const bytes = Buffer.from(groupOfSize(SIZES[size]))
  const libxml2 = openLibxml2()
  const took = interleaved([{ name: 'libxml2', run: () => libxml2(bytes) }], 100)
  const ratio = us / (took.get('libxml2') ?? NaN)
  return { what: WHAT, size, figure: time(us), note: `${rounded(ratio)} x libxml2-wasm` }
}
