// What the cases of a run come to, whatever the mode in which they were seen.

import { sha256 } from '../ids.ts'
import { EXIT_CODES, rolledUp } from '../layer.ts'
import type { Register } from '../register.ts'
import type { Capability, Waiver } from '../shapes.ts'
import { shownUrl } from '../usage.ts'
import type { Plan } from './plan.ts'
import { countsOf, partyResults, requirementResults, roleResults } from './results.ts'
import type { CaseResult, LedgerLine, Results } from '../results-shape.ts'
import { profileResults } from './profiles.ts'
import { idleWaivers } from './weigh.ts'
import type { Passed, Wire } from './wire.ts'

/** What every run is made with. */
export interface Run {
  readonly register: Register
  readonly capability: Capability
  readonly plan: Plan
  readonly waivers: readonly Waiver[]
  readonly suite: Results['suite']
  /** of this suite; undefined where it has not been tested as it is */
  readonly selftest?: Results['selftest']
  readonly seed: string
  readonly target: string
  readonly strict: boolean
  /** of the command line, for who plays a case again */
  readonly options?: Results['run']['options']
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

/** What was seen in a run, and how. */
export interface Summed {
  readonly mode: string
  readonly transport: string
  /** false where the transport is no binding of the standard; by default it is */
  readonly isNormative?: boolean
  readonly startedAt: string
  readonly cases: readonly CaseResult[]
  readonly wire: Wire
  /** why nothing could be judged at all */
  readonly why?: string
  /** what came and belonged nowhere; undefined = the mode has no such thing */
  readonly unmatched?: Results['unmatched']
  /** the parties that were judged, where they are no roles of a product */
  readonly parties?: readonly string[]
  /** of a translator */
  readonly ledger?: readonly LedgerLine[]
}

/** The results of a run. Where nothing could be judged the verdict is `not-run`, and the results say why. */
export function summed(run: Run, it: Summed): Ran {
  const { register, capability, waivers, suite, selftest, seed, clock, strict, target } = run
  const { cases, why, unmatched, parties, ledger } = it
  // A case that was left in the middle may go on: nothing that it still does belongs to the run.
  const passed = [...it.wire.passed]
  const idle = idleWaivers(waivers, cases, it.startedAt.slice(0, 10))
  const isHarness = idle.length > 0 ? (['harness-error'] as const) : []
  const verdict =
    why === undefined ? rolledUp([...cases.map((one) => one.verdict), ...isHarness]) : 'not-run'
  let profiles: Results['profiles'] | undefined
  let requirements: Results['requirements'] | undefined
  const results: Results = {
    schema: 'https://cimgate.example/conformance/results-1.json',
    suite,
    run: {
      ...{ seed, mode: it.mode, clock, startedAt: it.startedAt, target: shownUrl(target), strict },
      ...(it.isNormative === false ? { isNormative: false } : {}),
      ...{ transport: it.transport, ics: sha256(JSON.stringify(capability)), redacted: false },
      ...(run.options === undefined ? {} : { options: run.options }),
    },
    ...(selftest === undefined ? {} : { selftest }),
    product: capability.product,
    verdict,
    ...(why === undefined ? {} : { why }),
    roles: roleResults(capability, cases),
    // A self-test has thousands of runs, and looks at none of this: it is made when somebody asks.
    get profiles() {
      // What is no binding of the standard is no ground for a claim by it.
      return (profiles ??= it.isNormative === false ? [] : profileResults(run, cases))
    },
    ...(parties === undefined ? {} : { parties: partyResults(parties, cases) }),
    counts: countsOf(cases),
    cases,
    get requirements() {
      return (requirements ??= requirementResults(register.requirements.values(), cases))
    },
    waivers: waivers.map((waiver) => ({ waiver, isIdle: idle.includes(waiver) })),
    ...(unmatched === undefined ? {} : { unmatched }),
    ...(ledger === undefined ? {} : { ledger }),
    wire: passed.map(({ bytes: _bytes, ...one }) => one),
  }
  return { results, passed, exitCode: EXIT_CODES[verdict] }
}
