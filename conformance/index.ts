// The conformance suite as the command line sees it: list, plan, run, selftest.

import { openCimgate } from '../src/index.ts'
import type { CommonOptions } from '../src/index.ts'
import { EXIT_CODES, USAGE } from './layer.ts'
import { OF_SOCKETS } from './modes-json.ts'
import { MODES, modeOf } from './modes.ts'
import type { Mode } from './modes.ts'
import { readRegister } from './register.ts'
import { diffRuns } from './report/diff.ts'
import type { KeepOptions } from './report/keep.ts'
import { verifyRun } from './report/verify.ts'
import { plannedIn, runSuite } from './running.ts'
import { selfTestCommand } from './selftest/command.ts'
import { statementOf, statementOfGateway } from './statement.ts'
import type { Role } from './shapes.ts'
import { agreeOn, mergedIn, statementIn, statementText } from './statements.ts'
import type { StatementOptions } from './statements.ts'
import { WrongUsage } from './usage.ts'
import { whyOf } from './why.ts'
import { loadXml } from './xml.ts'

/** Where a command writes. */
export interface Out {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** What a command is asked with. */
export interface ConformanceOptions extends KeepOptions, StatementOptions {
  readonly waivers?: string
  readonly only: readonly string[]
  readonly strict: boolean
  readonly seed?: string
  /** nouns of which messages that break their schemas are sent too, and how many of each */
  readonly negative?: readonly string[]
  readonly count?: number
  /** resolves when the user has had enough */
  readonly stopped?: () => Promise<unknown>
  /** of runs, for verify and diff */
  readonly folders?: readonly string[]
  /** folder of messages with what has to be found in them */
  readonly vectors?: string
  /** file of the key that a run has to be signed by */
  readonly publicKey?: string
}

/** One of the actions, by its name. */
export async function conformance(
  action: string,
  options: ConformanceOptions,
  common: CommonOptions,
  out: Out,
): Promise<number> {
  try {
    return await acted(action, options, common, out)
  } catch (error) {
    if (error instanceof WrongUsage) return refused(error.message, out.err)
    throw error
  }
}

async function acted(
  action: string,
  options: ConformanceOptions,
  common: CommonOptions,
  out: Out,
): Promise<number> {
  switch (action) {
    case 'list':
      return list(options, common, out)
    case 'plan':
      return plan(options, common, out)
    case 'run':
      return runSuite(options, common, out)
    case 'verify':
      return verify(options, out)
    case 'diff':
      return diff(options, out)
    case 'selftest':
      return judging(() => selfTestCommand(options, common, out), out.err)
    default:
      return refused(
        `${action} is no action; there are list, plan, run, selftest, verify and diff`,
        out.err,
      )
  }
}

/** A suite that fails by itself has judged nothing. */
async function judging(doing: () => Promise<number>, err: Out['err']): Promise<number> {
  try {
    return await doing()
  } catch (error) {
    err(`the suite itself has failed: ${whyOf(error)}\n`)
    return EXIT_CODES['harness-error']
  }
}

function verify({ folders = [], publicKey }: ConformanceOptions, out: Out): number {
  const [folder, ...more] = folders
  if (folder === undefined || more.length > 0)
    return refused('verify takes the folder of one run: verify DIR', out.err)
  return verifyRun(folder, publicKey, out)
}

function diff({ folders = [] }: ConformanceOptions, out: Out): number {
  const [before, after, ...more] = folders
  if (before === undefined || after === undefined || more.length > 0)
    return refused('diff takes the folders of two runs: diff BEFORE AFTER', out.err)
  return diffRuns(before, after, out)
}

/** Every case and requirement; with a role the capability statement of it to fill in, with one that is there that in the lines of this suite. */
async function list(
  { role, ics }: Pick<ConformanceOptions, 'role' | 'ics'>,
  common: CommonOptions,
  { out, err }: Out,
): Promise<number> {
  const register = readRegister()
  const wholeOf = async (it: Role) =>
    it === 'GW' ? statementOfGateway(register, common) : statementOf(it, register)
  if (ics !== undefined) {
    const { capability, told } = await mergedIn(ics, wholeOf)
    for (const it of told) err(`${it}\n`)
    out(statementText(capability))
    return 0
  }
  if (role !== undefined) out(statementText(await wholeOf(role)))
  else
    for (const it of [...Object.values<Mode>(MODES), OF_SOCKETS].flatMap((one) =>
      one.casesOf(register),
    ))
      out(
        `${it.id.padEnd(34)} ${it.pack.padEnd(10)} ${it.target.join(',').padEnd(12)} ${it.title}\n`,
      )
  if (role === undefined)
    for (const { id, profile = '', title, cases, untested } of register.interop)
      out(
        `${id.padEnd(34)} ${profile.padEnd(10)} ${cases.join(', ') || `no case: ${untested}`}: ${title}\n`,
      )
  return 0
}

/** Which cases would run, and why the others would not. */
async function plan(
  options: ConformanceOptions,
  common: CommonOptions,
  { out }: Out,
): Promise<number> {
  const register = readRegister()
  const mode = modeOf(options)
  const capability = statementIn(options, register, mode)
  const { cases } = (await planned({ shipped: register, mode, capability }, options, common)).plan
  for (const { scenario, notApplicable } of cases)
    out(
      `${notApplicable === undefined ? 'run           ' : 'not-applicable'} ${scenario.id}  ${scenario.title}${notApplicable === undefined ? '' : ` (${notApplicable})`}\n`,
    )
  const skipped = cases.filter((it) => it.notApplicable !== undefined).length
  out(`${cases.length - skipped} cases, ${skipped} not applicable\n`)
  return 0
}

async function planned(
  asked: Omit<Parameters<typeof plannedIn>[0], 'cimgate'>,
  options: ConformanceOptions,
  common: CommonOptions,
): ReturnType<typeof plannedIn> {
  await loadXml()
  const cimgate = await openCimgate(common)
  try {
    agreeOn(asked.capability, options, asked.shipped, cimgate.nouns)
    const seed = options.seed ?? 'plan'
    return await plannedIn({ ...asked, cimgate }, { ...options, seed }, common)
  } finally {
    await cimgate.close()
  }
}

function refused(why: string, err: Out['err']): number {
  err(`${why}\n`)
  return USAGE
}
