// What becomes of a run that has been played: it is asked about, made unreadable where it has to be, sealed and written. What is
// wrong with the options is said before anything is sent.

import { readFileSync } from 'node:fs'
import type { Plan } from '../engine/plan.ts'
import type { Ran } from '../engine/run.ts'
import type { Register } from '../register.ts'
import type { Waiver } from '../shapes.ts'
import { evidenceOf, planJson } from './evidence.ts'
import { obstacleAt, writeFolder } from './folder.ts'
import { MANIFEST, runIdOf, signerOf } from './manifest.ts'
import type { Signer } from './manifest.ts'

/** How a run is kept. */
export interface KeepOptions {
  /** folder of the run; undefined = nothing is written */
  readonly report?: string
  /** file of a private key */
  readonly key?: string
}

/** What a run was made from. */
export interface MadeFrom {
  readonly plan: Plan
  readonly register: Register
  /** text of the capability statement */
  readonly ics: string
  readonly waivers: readonly Waiver[]
}

/** Keeps a run, and says what is to be told of it. */
export type Keep = (
  ran: Ran,
  from: MadeFrom,
) => Promise<{ readonly ran: Ran; readonly told: string }>

/** @throws what is wrong with the options */
export function keeperFor({ report, key }: KeepOptions): Keep {
  const obstacle = report === undefined ? undefined : obstacleAt(report)
  if (obstacle !== undefined) throw new Error(`--report: ${obstacle}`)
  if (key !== undefined && report === undefined)
    throw new Error('--key signs the folder of a run: name one with --report')
  const signer = signerIn(key)
  return async (ran, from) => {
    if (report === undefined) return { ran, told: '' }
    const sources = {
      'ics.json': from.ics,
      'plan.json': planJson(from.plan, from.register),
      'waivers.json': `${JSON.stringify(from.waivers, undefined, 2)}\n`,
    }
    const files = evidenceOf(ran, sources, signer)
    writeFolder(report, files)
    return { ran, told: `run ${runIdOf(files[MANIFEST] ?? '')}: ${report}/report.html\n` }
  }
}

function signerIn(path: string | undefined): Signer {
  if (path === undefined) return signerOf(undefined)
  try {
    return signerOf(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`--key ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
