// One run: the cases of a plan played against a target, weighed, and put into results.

import { sha256 } from '../ids.ts'
import { EXIT_CODES, UNREACHABLE, rolledUp } from '../layer.ts'
import type { Register } from '../register.ts'
import type { Capability, Waiver } from '../shapes.ts'
import type { Transport } from '../transport/answer.ts'
import { play } from './client.ts'
import type { Judged } from './judge.ts'
import type { Plan, Planned } from './plan.ts'
import { countsOf, requirementResults, roleResults } from './results.ts'
import type { Results } from './results.ts'
import { idleWaivers, weighed } from './weigh.ts'
import type { CaseResult } from './weigh.ts'
import { openWire } from './wire.ts'
import type { Passed } from './wire.ts'

/** What a run is made with. */
export interface RunOptions {
  readonly register: Register
  readonly capability: Capability
  readonly plan: Plan
  readonly waivers: readonly Waiver[]
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly transport: Transport
  readonly suite: Results['suite']
  readonly seed: string
  readonly target: string
  readonly strict: boolean
  readonly clock: Results['run']['clock']
  readonly now: () => string
  /** told as the run goes on */
  readonly progress: (it: CaseResult, done: number, all: number) => void
}

/** A run with its evidence, and what the command ends with. */
export interface Ran {
  readonly results: Results
  readonly passed: readonly Passed[]
  readonly exitCode: number
}

/** Plays, weighs and sums up. Ends early where nobody is there: the report says so all the same. */
export async function run(options: RunOptions): Promise<Ran> {
  const { register, capability, plan, waivers, seed, now, clock, target, strict, transport } =
    options
  const wire = openWire()
  const startedAt = now()
  const weights = { plan, waivers, today: startedAt.slice(0, 10) }
  const playing = {
    ...options,
    wire,
    source: 'cimgate-conformance',
    payload: register.payload,
    used: new Set<string>(),
  }
  const cases: CaseResult[] = []
  let away: string | undefined
  for (const planned of plan.cases) {
    const seen =
      away === undefined && planned.notApplicable === undefined
        ? await play(planned.scenario, playing)
        : undefined
    const result = weighed(planned, seen, weights)
    if (away === undefined && cases.every(isUnplayed) && isAway(result))
      away = result.findings[0]?.got ?? 'nobody answers'
    cases.push(away === undefined ? result : asNotRun(planned, weights))
    options.progress(cases.at(-1) ?? result, cases.length, plan.cases.length)
  }
  const idle = idleWaivers(waivers, cases)
  const verdict = rolledUp([
    ...cases.map((it) => it.verdict),
    ...(idle.length > 0 ? ['harness-error' as const] : []),
  ])
  const results: Results = {
    schema: 'https://cimgate.example/conformance/results-1.json',
    suite: options.suite,
    run: {
      ...{ seed, mode: 'client', clock, startedAt, target: shownUrl(target), strict },
      ...{ transport: transport.name, ics: sha256(JSON.stringify(capability)), redacted: false },
    },
    product: capability.product,
    verdict: away === undefined ? verdict : 'not-run',
    ...(away === undefined
      ? {}
      : { why: `The target at ${shownUrl(target)} is not reached: ${away}.` }),
    roles: roleResults(capability, cases),
    counts: countsOf(cases),
    cases,
    requirements: requirementResults(register.requirements.values(), cases),
    waivers: waivers.map((waiver) => ({ waiver, isIdle: idle.includes(waiver) })),
    wire: wire.passed.map(({ bytes: _bytes, ...it }) => it),
  }
  return {
    results,
    passed: wire.passed,
    exitCode: away === undefined ? EXIT_CODES[verdict] : UNREACHABLE,
  }
}

/** A password in an address is nobody's business who reads the report. */
function shownUrl(target: string): string {
  return target.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1')
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
      !/^none within/.test(it.got),
  )
}

function asNotRun(planned: Planned, weights: Parameters<typeof weighed>[2]): CaseResult {
  return weighed(planned, undefined, weights)
}
