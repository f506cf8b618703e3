// What becomes of a run that has been played: it is asked about, made unreadable where it has to be, sealed and written. What is
// wrong with the options is said before anything is sent.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Cimgate } from '../../src/index.ts'
import { EXIT_CODES } from '../layer.ts'
import type { Plan } from '../engine/plan.ts'
import type { Ran } from '../engine/run.ts'
import type { Register } from '../register.ts'
import type { Waiver } from '../shapes.ts'
import { evidenceOf, planJson } from './evidence.ts'
import { opinion } from './facts.ts'
import { obstacleAt, writeFolder } from './folder.ts'
import { MANIFEST, runIdOf, signerOf } from './manifest.ts'
import type { Signer } from './manifest.ts'
import { redacted } from './redact.ts'
import { ENGINES, withSecondOpinion } from './second-opinion.ts'
import { whyOf } from '../why.ts'

/** How a run is kept. */
export interface KeepOptions {
  /** folder of the run; undefined = nothing is written */
  readonly report?: string
  /** file of a private key */
  readonly key?: string
  /** file of the key of pseudonyms; true = a fresh one, for this run alone */
  readonly redact?: string | true
  /** another engine of XML Schema */
  readonly secondOpinion?: string
}

/** What a run was made from. */
export interface MadeFrom {
  readonly plan: Plan
  readonly register: Register
  /** text of the capability statement */
  readonly ics: string
  readonly waivers: readonly Waiver[]
  readonly cimgate: Cimgate
}

/** Keeps a run, and says what is to be told of it. */
export type Keep = (
  ran: Ran,
  from: MadeFrom,
) => Promise<{ readonly ran: Ran; readonly told: string }>

/** @throws what is wrong with the options */
export function keeperFor({ report, key, redact, secondOpinion }: KeepOptions): Keep {
  const obstacle = report === undefined ? undefined : obstacleAt(report)
  if (obstacle !== undefined) throw new Error(`--report: ${obstacle}`)
  if (key !== undefined && report === undefined)
    throw new Error('--key signs the folder of a run: name one with --report')
  if (secondOpinion !== undefined && !ENGINES.some((it) => it === secondOpinion))
    throw new Error(
      `--second-opinion: ${secondOpinion} is not known; engines are ${ENGINES.join(', ')}`,
    )
  const signer = signerIn(key)
  const hide = redact === undefined ? undefined : keyOfPseudonyms(redact)
  return async (played, from) => {
    // What passed is asked about as it was: a pseudonym may be another value to a schema.
    const asked =
      secondOpinion === undefined
        ? played
        : doubted(played, await withSecondOpinion(played, from.cimgate, secondOpinion))
    const ran = hide === undefined ? asked : redacted(asked, hide)
    if (report === undefined) return { ran, told: opinionTold(ran) }
    const sources = {
      ...(from.ics === '' ? {} : { 'ics.json': from.ics }),
      'plan.json': planJson(from.plan, from.register),
      'waivers.json': `${JSON.stringify(from.waivers, undefined, 2)}\n`,
    }
    const files = evidenceOf(ran, sources, signer)
    writeFolder(report, files)
    const id = runIdOf(files[MANIFEST] ?? '')
    return { ran, told: `${opinionTold(ran)}run ${id}: ${report}/report.html\n` }
  }
}

/** Nobody who is unreachable becomes reachable by a doubt. */
function doubted(before: Ran, after: Ran): Ran {
  const isSame = before.results.verdict === after.results.verdict
  return isSame ? after : { ...after, exitCode: EXIT_CODES[after.results.verdict] }
}

function opinionTold({ results }: Ran): string {
  return results.secondOpinion === undefined ? '' : `second opinion: ${opinion(results)}\n`
}

/** as many octets as the hash that it is for gives */
const KEY_OCTETS = 32

function keyOfPseudonyms(file: string | true): Uint8Array {
  if (file === true) return randomBytes(KEY_OCTETS)
  let key: Uint8Array
  try {
    key = readFileSync(file)
  } catch (error) {
    throw new Error(`--redact ${file}: ${whyOf(error)}`)
  }
  if (key.length >= KEY_OCTETS / 2) return key
  throw new Error(
    `--redact ${file}: ${key.length} octets can be tried out; make ${KEY_OCTETS}: openssl rand -out ${file} ${KEY_OCTETS}`,
  )
}

function signerIn(path: string | undefined): Signer {
  if (path === undefined) return signerOf(undefined)
  try {
    return signerOf(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`--key ${path}: ${whyOf(error)}`)
  }
}
