// What a process keeps of the messages it has judged: goal 8. One process for each kind, so that none hides another.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const KINDS = ['valid', 'invalid', 'malformed'] as const

/** All kinds at once; their times do not matter. */
export function memory(): Promise<readonly Row[]> {
  return Promise.all(KINDS.map(growth))
}

async function growth(kind: (typeof KINDS)[number]): Promise<Row> {
  const program = fileURLToPath(new URL('memory-of.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, kind])
  const { before, after } = JSON.parse(stdout) as Readonly<Record<'before' | 'after', Memory>>
  const resident = after.residentMb - before.residentMb
  return {
    what: 'memory, message 10,000 to 50,000',
    size: `${kind}, 2 kB`,
    figure: `${rounded(after.usedMb)} MB`,
    value: after.usedMb - before.usedMb,
    goal: 8,
    note: `resident ${rounded(after.residentMb)} MB, ${resident < 0 ? '' : '+'}${rounded(resident)}`,
  }
}

interface Memory {
  readonly usedMb: number
  readonly residentMb: number
}
