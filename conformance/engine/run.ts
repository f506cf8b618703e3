// One run: the cases of a plan played against a target, weighed, and put into results.

import type { Checks } from '../checks/checks.ts'
import { IS_THERE } from '../checks/transport.ts'
import { UNREACHABLE } from '../layer.ts'
import type { Transport } from '../transport/answer.ts'
import { play } from './client.ts'
import type { Judged } from './judge.ts'
import { knownBy } from './known.ts'
import type { Planned } from './plan.ts'
import { summed } from './summary.ts'
import type { Scenario } from '../shapes.ts'
import type { Seen } from './seen.ts'
import type { Ran, Run, Summed } from './summary.ts'
import { STOPPED, stoppingBy } from './stopping.ts'
import type { Stoppable } from './stopping.ts'
import { shownUrl } from '../usage.ts'
import { weighed } from './weigh.ts'
import type { CaseResult } from './weigh.ts'
import { openWire } from './wire.ts'

export type { Ran } from './summary.ts'

/** What a run against a server is made with. */
export interface RunOptions extends Run, Stoppable {
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly transport: Transport
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** Plays, weighs and sums up. */
export function run(options: RunOptions): Promise<Ran> {
  const wire = openWire()
  const { payload } = options.register
  const source = 'cimgate-conformance'
  const known = knownBy(options.capability, options.seed)
  const playing = { ...options, wire, source, payload, known, used: new Set<string>() }
  return runCases(options, {
    ...{ mode: 'client', transport: options.transport.name, wire },
    isNormative: options.transport.isNormative ?? true,
    play: (scenario) => play(scenario, playing),
  })
}

/** How cases are played. */
export interface Way extends Pick<Summed, 'mode' | 'transport' | 'isNormative' | 'wire'> {
  readonly play: (scenario: Scenario) => Promise<readonly Seen[]>
  /** asked when all is over */
  readonly ledger?: () => NonNullable<Summed['ledger']>
}

/** Plays each case of the plan in its way. Ends early where nobody is there: the report says so all the same. */
export async function runCases(run: Run & Stoppable, { play, ledger, ...way }: Way): Promise<Ran> {
  const { plan, waivers, now, target } = run
  const startedAt = now()
  const weights = { plan, waivers, today: startedAt.slice(0, 10) }
  const cases: CaseResult[] = []
  let away: string | undefined
  const { isStopped, unlessStopped } = stoppingBy(run)
  for (const planned of plan.cases) {
    const isPlayed = away === undefined && !isStopped() && planned.notApplicable === undefined
    const seen = isPlayed ? await unlessStopped(play(planned.scenario)) : undefined
    const result = weighed(planned, seen, weights, isStopped() ? STOPPED : undefined)
    if (away === undefined && cases.every(isUnplayed) && isAway(result))
      away = result.findings[0]?.got ?? 'nobody answers'
    cases.push(away === undefined ? result : asNotRun(planned, weights))
    run.progress(cases.at(-1) ?? result, cases.length, plan.cases.length)
  }
  const why = `The target at ${shownUrl(target)} is not reached: ${away ?? ''}.`
  const ran = summed(run, {
    ...{ ...way, startedAt, cases },
    ...(ledger === undefined ? {} : { ledger: ledger() }),
    ...(away === undefined ? {} : { why }),
  })
  return away === undefined ? ran : { ...ran, exitCode: UNREACHABLE }
}

function isUnplayed({ steps }: CaseResult): boolean {
  return steps.length === 0
}

/** Nothing at all came back to the first message of the run. */
function isAway({ findings, steps }: CaseResult): boolean {
  const first = steps[0]?.id
  return findings.some(
    (it) =>
      it.step === first &&
      it.requirement === 'TRN-01' &&
      it.check === 'TRN-01' &&
      it.wire === '' &&
      !IS_THERE.test(it.got),
  )
}

function asNotRun(planned: Planned, weights: Parameters<typeof weighed>[2]): CaseResult {
  return weighed(planned, undefined, weights)
}
