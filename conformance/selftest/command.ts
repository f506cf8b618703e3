// `cimgate conformance selftest`: the suite turned against itself, as it is told on a terminal.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCimgate } from '../../src/index.ts'
import type { CommonOptions } from '../../src/index.ts'
import { USAGE } from '../layer.ts'
import { readRegister } from '../register.ts'
import { readVectorFiles, samplesOf } from '../vectors.ts'
import type { Sample } from '../vectors.ts'
import { loadXml } from '../xml.ts'
import { groundOf } from './playing.ts'
import type { Ground } from './playing.ts'
import { isHarmless } from './row.ts'
import { selfTest, vectorTest } from './selftest.ts'
import type { SelfTest } from './selftest.ts'
import { whyOf } from '../why.ts'

/** What it is asked with. */
export interface SelfTestOptions {
  readonly seed?: string
  /** folder for the kill matrix */
  readonly report?: string
  /** a folder of vectors that is judged alone */
  readonly vectors?: string
}

/** Runs all of it. @returns 0 where everything is as it has to be, 1 where not, 2 where there are no such vectors; whoever calls says 4 where it throws */
export async function selfTestCommand(
  { seed = 'selftest', report, vectors }: SelfTestOptions,
  common: CommonOptions,
  { out, err }: { readonly out: (text: string) => void; readonly err: (text: string) => void },
): Promise<number> {
  const told = (it: string) => err(`${it}\n`)
  const samples = vectors === undefined ? undefined : samplesIn(vectors)
  if (samples !== undefined && 'problem' in samples) {
    err(`${samples.problem}\n`)
    return USAGE
  }
  const made = await (samples === undefined
    ? selfTested(seed, common, told)
    : withGround(seed, common, (it) => vectorTest(samples.samples, it)))
  if (report !== undefined) {
    mkdirSync(report, { recursive: true })
    writeFileSync(join(report, 'kill-matrix.json'), matrixOf(made))
  }
  out(`${summaryOf(made)}\n`)
  return made.problems.length === 0 ? 0 : 1
}

/** The vectors of somebody's own; what is wrong with them is not a fault of the suite. */
function samplesIn(
  folder: string,
): { readonly samples: readonly Sample[] } | { readonly problem: string } {
  const register = readRegister()
  try {
    return { samples: samplesOf(readVectorFiles(folder), register) }
  } catch (error) {
    const why = whyOf(error)
    return { problem: `${folder}: ${why}` }
  }
}

/** The self-test, with everything that it needs opened and closed. */
export async function selfTested(
  seed: string,
  common: CommonOptions,
  told: (line: string) => void = () => undefined,
): Promise<SelfTest> {
  return withGround(seed, common, (it) => selfTest(it, told))
}

async function withGround(
  seed: string,
  common: CommonOptions,
  use: (ground: Ground) => Promise<SelfTest>,
): Promise<SelfTest> {
  await loadXml()
  const cimgate = await openCimgate(common)
  try {
    return await use(groundOf(readRegister(), cimgate, seed))
  } finally {
    await cimgate.close()
  }
}

/** Every row, as it is written to a file: the same suite and the same seed give the same octets. */
export function matrixOf({ figures, rows, problems }: SelfTest): string {
  return `${JSON.stringify({ figures, problems, rows }, undefined, 2)}\n`
}

function summaryOf({ figures: { killed, run, falseAlarms }, problems, rows }: SelfTest): string {
  const harmless = rows.filter(isHarmless).length
  return [
    ...problems,
    `killed ${killed} of ${run}`,
    `false alarms ${falseAlarms} in ${harmless} runs of what is right`,
    problems.length === 0 ? 'the suite finds what it has to' : `${problems.length} problems`,
  ].join('\n')
}
