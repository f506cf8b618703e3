// Both ends of every scenario: the tester plays all roles, or all but those of the product, branch by branch. Each branch has
// objects of its own, and parties that know nothing yet.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { AS_IT_SHOULD, CAST } from '../peers/cast.ts'
import type { Peer } from '../peers/peer.ts'
import { openStage } from '../peers/stage.ts'
import type { Passage, Passing } from '../peers/stage.ts'
import type { Played } from '../script.ts'
import type { Role, ScriptStep } from '../shapes.ts'
import type { Checks } from '../checks/checks.ts'
import { rolledUp, UNREACHABLE } from '../layer.ts'
import type { Verdict } from '../layer.ts'
import type { CaseResult } from '../results-shape.ts'
import type { Answer } from '../transport/answer.ts'
import { seenIn } from './acted.ts'
import { act } from './acting.ts'
import type { Opened } from './acting.ts'
import type { Judged } from './judge.ts'
import { knownBy } from './known.ts'
import type { Known } from './known.ts'
import { partakersIn, shownBy } from './partaking.ts'
import { STOPPED, stoppingBy } from './stopping.ts'
import type { Stoppable } from './stopping.ts'
import { summed } from './summary.ts'
import type { Ran, Run } from './summary.ts'
import { keptAstray, strayCases } from './unmatched.ts'
import type { Astray, Stray } from './unmatched.ts'
import { weighed } from './weigh.ts'
import { openWire } from './wire.ts'

/** What a run of scenarios is made with. */
export interface PairRun extends Omit<Run, 'target' | 'clock'>, Stoppable {
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  /** by the ids of their branches */
  readonly scripts: ReadonlyMap<string, Played>
  /** with products: where they are, and how they are reached; else everybody is played in memory */
  readonly away?: Away
  /** who plays a role in a branch; by default the cast */
  readonly peersOf?: (played: Played) => readonly Peer[]
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** Products among those who play. */
export interface Away {
  readonly products: ReadonlySet<Role>
  /** for the report */
  readonly target: string
  readonly transport: string
  /** what has come since this was asked last and is of no branch that was played then; by default nothing can */
  readonly astray?: () => readonly Astray[]
  readonly open: (
    peers: readonly Peer[],
    played: Played,
    meanwhile: (passage: Passage) => readonly Passing[],
  ) => Promise<Opened>
}

/** What the clock of a run begins with that nobody else takes part in. */
const EPOCH = '2026-07-14T09:00:00.000Z'

/** Plays every branch that is planned, and judges it. */
export async function pair(run: PairRun): Promise<Ran> {
  const { plan, away } = run
  const startedAt = away === undefined ? EPOCH : run.now()
  const wire = openWire()
  const known = knownBy(run.capability, run.seed)
  const weights = { plan, waivers: run.waivers, today: startedAt.slice(0, 10) }
  const cases: CaseResult[] = []
  const answers: Answer[] = []
  let strays: readonly Stray[] = []
  const partakers = new Map<string, ReadonlySet<Role>>()
  const { isStopped, unlessStopped } = stoppingBy(run)
  for (const asked of plan.cases) {
    // In memory nothing else gives way to a signal.
    await turnOfTheLoop()
    const played = run.scripts.get(asked.scenario.id)
    const other = played === undefined ? undefined : otherManner(played, away)
    const planned = other === undefined ? asked : { ...asked, notApplicable: other }
    const made =
      planned.notApplicable !== undefined || played === undefined || isStopped()
        ? undefined
        : await unlessStopped(acted(played, run, known))
    answers.push(...(made?.passages ?? []).flatMap((it) => it.answer ?? []))
    const seen =
      made === undefined || played === undefined
        ? undefined
        : seenIn(made, { ...run, wire, ...sidesOf(played, run) })
    const taking = made === undefined ? new Set<Role>() : partakersIn(made)
    partakers.set(asked.scenario.id, taking)
    const judged = told(weighed(planned, seen, weights, isStopped() ? STOPPED : undefined))
    const isOther = away !== undefined && made !== undefined
    const result = isOther ? shownBy(judged, away.products, taking) : judged
    cases.push(result)
    strays = keptAstray(away?.astray?.() ?? [], wire, strays)
    run.progress(result, cases.length, plan.cases.length)
  }
  cases.push(...strayCases(strays, { ...run, clients: [] }, weights.today))
  const how =
    away === undefined
      ? { target: 'played by the tester', clock: 'virtual' as const }
      : { target: away.target, clock: 'real' as const }
  const transport = away?.transport ?? 'memory'
  const why = nobodyIn(answers)
  const ran = summed(
    { ...run, ...how },
    {
      ...{ mode: 'pair', transport, startedAt, cases, wire },
      ...(away === undefined ? {} : { unmatched: strays.map(({ file, why }) => ({ file, why })) }),
      ...(why === undefined ? {} : { why: `The product at ${how.target} is not reached: ${why}.` }),
    },
  )
  // A profile asks for cases of other modes too.
  const results = { ...ran.results, roles: judgedRoles(run).map(verdictOn), profiles: [] }
  return { ...ran, results, exitCode: why === undefined ? ran.exitCode : UNREACHABLE }

  function verdictOn(role: Role) {
    const takesPart = ({ id }: CaseResult) =>
      away === undefined || partakers.get(id)?.has(role) === true
    const tested = cases.filter((it) => it.roles.includes(role))
    return { role, verdict: rolledUp(tested.map(own(role, takesPart))) }
  }
}

/** Why nobody was there at all; undefined where somebody was, or nobody was called. */
function nobodyIn(answers: readonly Answer[]): string | undefined {
  const [first] = answers
  if (first?.kind !== 'unreachable') return undefined
  return answers.every((it) => it.kind === 'unreachable') ? first.why : undefined
}

/** A branch that could not begin says why. */
function told(result: CaseResult): CaseResult {
  const [first] = result.steps
  const why = result.verdict === 'not-run' ? (result.why ?? first?.why) : result.why
  return why === undefined ? result : { ...result, why }
}

/** A scenario that fails by one role has not failed by the others; one that could not be played is open for all of them. */
function own(role: Role, takesPart: (it: CaseResult) => boolean) {
  return (it: CaseResult): Verdict => {
    if (!['pass', 'warning', 'fail'].includes(it.verdict)) return it.verdict
    const counted = it.findings.filter((one) => one.blame === role && one.waived === undefined)
    const least = takesPart(it) ? ('pass' as const) : ('not-applicable' as const)
    return rolledUp([...counted.map((one) => one.severity), least])
  }
}

/** A product is as it is: where a branch needs its role to be played in another way, or tests others, it is not led there. */
function otherManner({ branch: { plays = {}, target } }: Played, away: Away | undefined) {
  const [other] = Object.entries(plays).filter(([role]) => away?.products.has(role as Role))
  if (other !== undefined) return `${other[0]} would have to be one that ${other[1]}`
  const isOthers = away !== undefined && target?.some((it) => away.products.has(it)) === false
  return isOthers ? `it tests ${target.join(', ')}` : undefined
}

function acted(played: Played, run: PairRun, known: Known) {
  const { seed, judge, register, away } = run
  const peers = (run.peersOf ?? castOf)(played)
  return act(played, {
    ...{ seed, payload: register.payload, known },
    products: away?.products ?? new Set<Role>(),
    open: async (meanwhile) =>
      away === undefined
        ? {
            ground: openStage(peers, { judge, seed, begins: EPOCH, meanwhile }),
            close: async () => undefined,
          }
        : away.open(
            peers.filter((it) => !away.products.has(it.role)),
            played,
            meanwhile,
          ),
  })
}

/** The roles of a script as its branch has them played. */
export function castOf({ script, branch }: Played): readonly Peer[] {
  return script.roles.flatMap((role) => CAST[role]?.[branch.plays?.[role] ?? AS_IT_SHOULD] ?? [])
}

/** Whose messages are judged, and what nobody sees of it. */
function sidesOf({ script }: Played, { register, checks, away }: PairRun) {
  const products = away?.products
  return {
    requirements: register.requirements,
    ...(checks === undefined ? {} : { checks }),
    isJudged: (role: Role) => (products ?? new Set(script.roles)).has(role),
    isHidden: ({ from, to }: ScriptStep) =>
      products !== undefined && products.has(from) && products.has(to),
  }
}

function judgedRoles({ scripts, away }: PairRun): readonly Role[] {
  const all = new Set([...scripts.values()].flatMap(({ script }) => script.roles))
  return [...all].filter((it) => away === undefined || away.products.has(it))
}
