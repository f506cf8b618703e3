// A run as the command line asks for it: everything that is wrong with how it is asked is said first; then the mode is played,
// and the run is kept.

import { randomUUID } from 'node:crypto'
import { openCimgate } from '../src/index.ts'
import type { Cimgate, CommonOptions } from '../src/index.ts'
import { fitted } from './engine/fit.ts'
import { judged } from './engine/judge.ts'
import { planFor } from './engine/plan.ts'
import type { Plan } from './engine/plan.ts'
import type { ConformanceOptions, Out } from './index.ts'
import { saidOf } from './again.ts'
import { chosen } from './chosen.ts'
import { indexed } from './interop.ts'
import { claimed, modeOf } from './modes.ts'
import type { Mode } from './modes.ts'
import { NEGATIVE, negativeCases } from './negative.ts'
import { readRegister } from './register.ts'
import type { Register } from './register.ts'
import { suiteIdentity } from './report/identity.ts'
import { keeperFor } from './report/keep.ts'
import type { Keep, KeepOptions } from './report/keep.ts'
import { caseLine, oneLine, summaryOf } from './report/told.ts'
import { figuresFor } from './selftest/figures.ts'
import type { Capability, Scenario } from './shapes.ts'
import { agreeOn, statementIn, statementText, waiversIn } from './statements.ts'
import { WrongUsage, textIn } from './usage.ts'
import { loadXml } from './xml.ts'
import { whyOf } from './why.ts'

/** Plays a mode, and writes the folder of the run. @throws WrongUsage before anything is sent */
export async function runSuite(
  options: ConformanceOptions,
  common: CommonOptions,
  out: Out,
): Promise<number> {
  const shipped = readRegister()
  const mode = modeOf(options)
  const capability = statementIn(options, shipped, mode)
  const waivers = waiversIn(options.waivers)
  const why = mode.refusal(options, capability)
  if (why !== undefined) throw new WrongUsage(why)
  const keep = keeperIn(options)
  await loadXml()
  const cimgate = await openCimgate(common)
  try {
    agreeOn(capability, options, shipped, cimgate.nouns)
    const ground = { shipped, mode, capability, waivers, cimgate }
    return await playedIn(ground, keep, { options, common, out })
  } finally {
    await cimgate.close()
  }
}

interface Ground {
  readonly shipped: Register
  readonly mode: Mode
  readonly capability: Capability
  readonly waivers: ReturnType<typeof waiversIn>
  readonly cimgate: Cimgate
}

async function playedIn(
  { shipped, mode, capability, waivers, cimgate }: Ground,
  keep: Keep,
  asked: {
    readonly options: ConformanceOptions
    readonly common: CommonOptions
    readonly out: Out
  },
): Promise<number> {
  const { options, common } = asked
  const { out, err } = asked.out
  const seed = options.seed ?? randomUUID()
  const judge = (bytes: Uint8Array) => judged(bytes, cimgate)
  const ground = { shipped, mode, capability, cimgate }
  const { plan, register } = await plannedIn(ground, { ...options, seed }, common)
  const suite = suiteIdentity(common.xsd)
  const selftest = figuresFor(suite.hash)
  const played = await mode.play(options, {
    ...{ register, capability, waivers, plan, strict: options.strict },
    options: saidOf(options, common),
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
    ics: options.ics === undefined ? statementText(capability) : textIn('--ics', options.ics),
    waivers,
    cimgate,
  })
  out(`${summaryOf(ran.results)}\n${told}`)
  return ran.exitCode
}

async function negativesIn(
  { negative: nouns = [], count = 20 }: ConformanceOptions,
  seed: string,
  cimgate: Cimgate,
): Promise<readonly Scenario[]> {
  try {
    return await negativeCases(cimgate, { nouns, count, seed })
  } catch (error) {
    throw new WrongUsage(`--negative: ${whyOf(error)}`)
  }
}

function keeperIn(options: KeepOptions): Keep {
  try {
    return keeperFor(options)
  } catch (error) {
    throw new WrongUsage(whyOf(error))
  }
}

/**
 * What would be played, with the register that it is of: cases by what is claimed, as far as the way has their messages, and
 * the schemas in use take them. @throws WrongUsage where it is asked for what is not there
 */
export async function plannedIn(
  { shipped, mode, capability, cimgate }: Omit<Ground, 'waivers'>,
  options: ConformanceOptions & { readonly seed: string },
  { xsd }: CommonOptions,
): Promise<{ readonly plan: Plan; readonly register: Register }> {
  const { seed } = options
  const more = await negativesIn(options, seed, cimgate)
  const register = { ...shipped, scenarios: [...shipped.scenarios, ...more] }
  const whole = planIn(claimed(mode, capability), capability, register, options)
  const writing = { payload: register.payload, nouns: cimgate, seed }
  const plan = mode.fitted?.(whole, options, writing) ?? whole
  for (const it of options.negative ?? []) refuseUnplayed(it, plan)
  if (xsd.length === 0) return { plan, register }
  const judge = (bytes: Uint8Array) => judged(bytes, cimgate)
  return { plan: await fitted(plan, { ...register, judge, seed }), register }
}

/** Who asks for cases of a noun wants them played. @throws WrongUsage where none will be */
function refuseUnplayed(noun: string, { cases }: Plan): void {
  const own = cases.filter(({ scenario }) => scenario.id.startsWith(`${NEGATIVE}/${noun}/`))
  if (own.some(({ notApplicable }) => notApplicable === undefined)) return
  const why = own[0]?.notApplicable ?? 'no message that breaks its schema is sent in this mode'
  throw new WrongUsage(`--negative ${noun}: no case of it is played: ${why}`)
}

function planIn(
  { casesOf, side }: Mode,
  capability: Capability,
  register: Register,
  options: ConformanceOptions,
): Plan {
  const scenarios = casesOf(register).map((it) => indexed(it, register.interop))
  const { mode = 'client', transport } = options
  const name = transport === 'websocket' ? `${mode} over websocket` : mode
  const only = chosen(options, scenarios, name)
  return planFor(capability, { ...register, scenarios }, { only, strict: options.strict }, side)
}
