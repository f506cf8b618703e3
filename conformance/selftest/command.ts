// `cimgate conformance selftest`: the suite turned against itself, as it is told on a terminal.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCimgate } from '../../src/index.ts'
import type { CommonOptions } from '../../src/index.ts'
import { readRegister } from '../register.ts'
import { loadXml } from '../xml.ts'
import { groundOf } from './playing.ts'
import { selfTest } from './selftest.ts'
import type { SelfTest } from './selftest.ts'

/** What it is asked with. */
export interface SelfTestOptions {
  readonly seed?: string
  /** folder for the kill matrix */
  readonly report?: string
}

/** Runs all of it. @returns 0 where everything is as it has to be, 1 where not; whoever calls says 4 where it throws */
export async function selfTestCommand(
  { seed = 'selftest', report }: SelfTestOptions,
  common: CommonOptions,
  { out, err }: { readonly out: (text: string) => void; readonly err: (text: string) => void },
): Promise<number> {
  const made = await selfTested(seed, common, (it) => err(`${it}\n`))
  if (report !== undefined) {
    mkdirSync(report, { recursive: true })
    writeFileSync(join(report, 'kill-matrix.json'), matrixOf(made))
  }
  out(`${summaryOf(made)}\n`)
  return made.problems.length === 0 ? 0 : 1
}

/** The self-test, with everything that it needs opened and closed. */
export async function selfTested(
  seed: string,
  common: CommonOptions,
  told: (line: string) => void = () => undefined,
): Promise<SelfTest> {
  await loadXml()
  const cimgate = await openCimgate(common)
  try {
    return await selfTest(groundOf(readRegister(), cimgate, seed), told)
  } finally {
    await cimgate.close()
  }
}

/** Every row, as it is written to a file: the same suite and the same seed give the same octets. */
export function matrixOf({ figures, rows, problems }: SelfTest): string {
  return `${JSON.stringify({ figures, problems, rows }, undefined, 2)}\n`
}

function summaryOf({ figures: { killed, run, falseAlarms }, problems, rows }: SelfTest): string {
  const harmless = rows.filter((it) => it.kind === 'no-op').length
  return [
    ...problems,
    `killed ${killed} of ${run}`,
    `false alarms ${falseAlarms} in ${harmless} runs of what is right`,
    problems.length === 0 ? 'the suite finds what it has to' : `${problems.length} problems`,
  ].join('\n')
}
