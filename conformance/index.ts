// The conformance suite as the command line sees it: list, plan, run, selftest.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openCimgate } from '../src/index.ts'
import type { Cimgate, CommonOptions } from '../src/index.ts'
import { fitted } from './engine/fit.ts'
import { judged } from './engine/judge.ts'
import { lintCapability, planFor } from './engine/plan.ts'
import type { Plan, PlanOptions } from './engine/plan.ts'
import { indexed } from './interop.ts'
import { EXIT_CODES, USAGE } from './layer.ts'
import { OF_SOCKETS } from './modes-json.ts'
import { MODES, claimed, modeOf, unstated } from './modes.ts'
import type { Mode, ModeOptions } from './modes.ts'
import { negativeCases } from './negative.ts'
import { readRegister } from './register.ts'
import type { Register } from './register.ts'
import { diffRuns } from './report/diff.ts'
import { suiteIdentity } from './report/identity.ts'
import { keeperFor } from './report/keep.ts'
import type { Keep, KeepOptions } from './report/keep.ts'
import { caseLine, oneLine, summaryOf } from './report/told.ts'
import { verifyRun } from './report/verify.ts'
import { selfTestCommand } from './selftest/command.ts'
import { figuresFor } from './selftest/figures.ts'
import { readAs } from './shapes.ts'
import type { Capability, Role, Scenario, Waiver } from './shapes.ts'
import { statementOf, statementOfGateway } from './statement.ts'
import { loadXml } from './xml.ts'

/** Where a command writes. */
export interface Out {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** What a command is asked with. */
export interface ConformanceOptions extends KeepOptions, ModeOptions {
  readonly ics?: string
  readonly waivers?: string
  readonly only: readonly string[]
  readonly strict: boolean
  readonly seed?: string
  /** nouns of which messages that break their schemas are sent too, and how many of each */
  readonly negative?: readonly string[]
  readonly count?: number
  readonly role?: Role
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
  switch (action) {
    case 'list':
      return list(options, common, out)
    case 'plan':
      return plan(options, out)
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
    err(`the suite itself has failed: ${error instanceof Error ? error.message : String(error)}\n`)
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

/** Every case and requirement; with a role the capability statement of it to fill in. */
async function list(
  { role }: Pick<ConformanceOptions, 'role'>,
  common: CommonOptions,
  { out }: Out,
): Promise<number> {
  const register = readRegister()
  if (role === 'GW') out(statementText(await statementOfGateway(register, common)))
  else if (role !== undefined) out(statementText(statementOf(role, register)))
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
function plan(options: ConformanceOptions, { out, err }: Out): number {
  const register = readRegister()
  const mode = modeOf(options)
  const capability = statementIn(options, register, mode, err)
  if (capability === undefined) return USAGE
  const { cases } = planIn(claimed(mode, capability), capability, register, options)
  for (const { scenario, notApplicable } of cases)
    out(
      `${notApplicable === undefined ? 'run           ' : 'not-applicable'} ${scenario.id}  ${scenario.title}${notApplicable === undefined ? '' : ` (${notApplicable})`}\n`,
    )
  const skipped = cases.filter((it) => it.notApplicable !== undefined).length
  out(`${cases.length - skipped} cases, ${skipped} not applicable\n`)
  return 0
}

/** Plays a mode, and writes the folder of the run. */
async function runSuite(
  options: ConformanceOptions,
  common: CommonOptions,
  { out, err }: Out,
): Promise<number> {
  const shipped = readRegister()
  const mode = modeOf(options)
  const capability = statementIn(options, shipped, mode, err)
  const waivers = waiversIn(options.waivers, err)
  if (capability === undefined || waivers === undefined) return USAGE
  const why = mode.refusal(options, capability)
  if (why !== undefined) return refused(why, err)
  const keep = keeperIn(options, err)
  if (keep === undefined) return USAGE
  await loadXml()
  const cimgate = await openCimgate(common)
  const seed = options.seed ?? randomUUID()
  const more = await negativesIn(options, seed, cimgate, err)
  if (more === undefined) return USAGE
  const register = { ...shipped, scenarios: [...shipped.scenarios, ...more] }
  const judge = (bytes: Uint8Array) => judged(bytes, cimgate)
  const whole = planIn(claimed(mode, capability), capability, register, options)
  const plan = common.xsd.length > 0 ? await fitted(whole, { ...register, judge, seed }) : whole
  const suite = suiteIdentity(common.xsd)
  const selftest = figuresFor(suite.hash)
  try {
    const played = await mode.play(options, {
      ...{ register, capability, waivers, plan, strict: options.strict },
      judge,
      nouns: cimgate,
      suite,
      ...(selftest === undefined ? {} : { selftest }),
      seed,
      clock: 'real',
      now: () => new Date().toISOString(),
      progress: (it) => err(`${caseLine(it)}\n`),
      tell: (line) => err(`${oneLine(line)}\n`),
      stopped: options.stopped ?? (() => new Promise(() => undefined)),
    })
    const { ran, told } = await keep(played, {
      plan,
      register,
      ics: options.ics === undefined ? statementText(capability) : textOf(options.ics),
      waivers,
      cimgate,
    })
    out(`${summaryOf(ran.results)}\n${told}`)
    return ran.exitCode
  } finally {
    await cimgate.close()
  }
}

async function negativesIn(
  { negative: nouns = [], count = 20 }: ConformanceOptions,
  seed: string,
  cimgate: Cimgate,
  err: Out['err'],
): Promise<readonly Scenario[] | undefined> {
  try {
    return await negativeCases(cimgate, { nouns, count, seed })
  } catch (error) {
    await cimgate.close()
    err(`--negative: ${error instanceof Error ? error.message : String(error)}\n`)
    return undefined
  }
}

/** That of the file; else, of a client, all that its role can send; else, where no case is played, none. */
function statementIn(
  options: ModeOptions & Pick<ConformanceOptions, 'ics' | 'role'>,
  register: Register,
  mode: Mode,
  err: Out['err'],
): Capability | undefined {
  const { ics, role } = options
  if (ics === undefined && role !== undefined && mode === MODES.server)
    return statementOf(role, register)
  const isNeeded = mode.needsCapability || ics !== undefined
  return isNeeded ? capabilityIn(ics, register, mode, err) : unstated(options, register)
}

function keeperIn(options: KeepOptions, err: Out['err']): Keep | undefined {
  try {
    return keeperFor(options)
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`)
    return undefined
  }
}

function planIn(
  { casesOf, side }: Mode,
  capability: Capability,
  register: Register,
  { only, strict }: PlanOptions,
): Plan {
  const scenarios = casesOf(register).map((it) => indexed(it, register.interop))
  return planFor(capability, { ...register, scenarios }, { only, strict }, side)
}

function refused(why: string, err: Out['err']): number {
  err(`${why}\n`)
  return USAGE
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8')
}

function statementText(capability: Capability): string {
  return `${JSON.stringify(capability, undefined, 2)}\n`
}

function capabilityIn(
  path: string | undefined,
  register: Register,
  { casesOf, side }: Mode,
  err: Out['err'],
): Capability | undefined {
  if (path === undefined) {
    err(
      '--ics names the capability statement of the product; `cimgate conformance list --role DOP` prints one to fill in\n',
    )
    return undefined
  }
  const read = readAs('capability', textOf(path), path)
  const problems =
    'problems' in read
      ? read.problems
      : lintCapability(read.value, casesOf(register, read.value), side).map(
          (it) => `${path}: ${it}`,
        )
  if (problems.length > 0) err(`${problems.join('\n')}\n`)
  return 'value' in read && problems.length === 0 ? read.value : undefined
}

function waiversIn(path: string | undefined, err: Out['err']): readonly Waiver[] | undefined {
  if (path === undefined) return []
  const read = readAs('waivers', textOf(path), path)
  if ('value' in read) return read.value
  err(`${read.problems.join('\n')}\n`)
  return undefined
}
