// From what was seen to verdicts: of each layer of a case, of the case, of each requirement and role, of the run. Pure; the
// plan says what weighs how much, waivers what somebody has agreed to.

import type { Finding, Observation } from '../finding.ts'
import { LAYERS, rolledUp } from '../layer.ts'
import type { Layer, Verdict } from '../layer.ts'
import type { CaseResult } from '../results-shape.ts'
import type { Waiver } from '../shapes.ts'
import type { Plan, Planned } from './plan.ts'
import type { Seen } from './seen.ts'

export type { CaseResult } from '../results-shape.ts'

/** What findings are weighed by. */
export interface Weights {
  readonly plan: Plan
  readonly waivers: readonly Waiver[]
  /** YYYY-MM-DD: waivers end */
  readonly today: string
}

/** The verdict on a case that was played; `seen` undefined = it could not be. */
export function weighed(
  { scenario, notApplicable }: Planned,
  seen: readonly Seen[] | undefined,
  weights: Weights,
  whyNot = 'the target is not reached',
): CaseResult {
  const { id, aliases = [], pack, title, target, source, steps } = scenario
  const requirements = [
    ...new Set(steps.flatMap((it) => (it.expect ?? []).map((one) => one.requirement))),
  ]
  const about = { id, aliases, pack, title, roles: target, source, requirements }
  if (notApplicable !== undefined)
    return {
      ...about,
      verdict: 'not-applicable',
      layers: {},
      why: notApplicable,
      findings: [],
      steps: [],
    }
  if (seen === undefined)
    return {
      ...about,
      verdict: 'not-run',
      layers: {},
      why: whyNot,
      findings: [],
      steps: [],
    }
  const findings = seen.flatMap((it) =>
    it.observations.flatMap((one) => findingOf(one, it, id, weights)),
  )
  const layers = layersOf(seen, findings)
  const undecided = seen.find((it) => it.undecided !== undefined)?.undecided
  const why = undecided ?? seen.find((it) => it.open !== undefined)?.open
  const verdict = rolledUp([
    ...(undecided === undefined ? [] : ['harness-error' as const]),
    ...Object.values(layers),
  ])
  return {
    ...about,
    verdict,
    layers,
    ...(why === undefined ? {} : { why }),
    findings,
    steps: seen.map((it) => stepResult(it, findings)),
  }
}

function findingOf(
  it: Observation,
  { step, reply, blame = 'target' }: Seen,
  scenario: string,
  { plan, waivers, today }: Weights,
): readonly Finding[] {
  const severity = plan.severity(it.requirement)
  if (severity === undefined) return []
  const waiver = waivers.find(
    (one) => one.until >= today && covers(one, { requirement: it.requirement, scenario, step }),
  )
  const waived =
    waiver === undefined ? {} : { waived: `${waiver.reason} (${waiver.by}, until ${waiver.until})` }
  return [{ ...it, severity, scenario, step, blame, wire: reply, ...waived }]
}

function layersOf(seen: readonly Seen[], findings: readonly Finding[]): CaseResult['layers'] {
  const wasRun = seen.some((it) => it.notRun === undefined)
  const verdicts = judgedIn(seen).map((layer): readonly [Layer, Verdict] => [
    layer,
    wasRun ? layerVerdict(layer, seen, findings) : 'not-run',
  ])
  return Object.fromEntries(verdicts)
}

/** L7 shows in scenarios alone, L8 in what is mapped. */
function judgedIn(seen: readonly Seen[]): readonly Layer[] {
  const isScenario = seen.some((it) => it.isOfScenario === true)
  const shown = seen.flatMap(({ shows = [] }) => shows)
  return LAYERS.filter((it) => it <= (isScenario ? 'L7' : 'L6') || shown.includes(it))
}

/** The verdict on a layer over all steps: a step whose lower layer failed has none of its own there. */
function layerVerdict(layer: Layer, seen: readonly Seen[], findings: readonly Finding[]): Verdict {
  return rolledUp(
    seen.map((it) =>
      stepLayer(
        layer,
        it,
        findings.filter(({ step }) => step === it.step),
      ),
    ),
  )
}

function stepLayer(
  layer: Layer,
  { notRun, open, isUnread = false, unjudged = [], shows }: Seen,
  findings: readonly Finding[],
): Verdict {
  if (shows?.includes(layer) === false || (shows === undefined && layer > 'L7'))
    return 'not-applicable'
  if (notRun !== undefined) return 'not-run'
  const counted = findings.filter((it) => it.waived === undefined)
  const own = counted.filter((it) => it.layer === layer)
  if (own.some((it) => it.severity === 'fail')) return 'fail'
  // Where a lower layer has failed, nothing can be said for this one: what was found in it is told, but it has not passed.
  if (counted.some((it) => it.severity === 'fail' && it.layer < layer)) return 'not-run'
  // Also where somebody has agreed to that.
  if (isUnread && layer >= 'L6') return 'not-run'
  if ((layer === 'L6' || layer === 'L8') && open !== undefined) return 'inconclusive'
  if (own.length > 0) return 'warning'
  return unjudged.includes(layer) ? 'not-applicable' : 'pass'
}

function stepResult(it: Seen, findings: readonly Finding[]): CaseResult['steps'][number] {
  const own = findings.filter(({ step }) => step === it.step)
  const verdict = rolledUp(judgedIn([it]).map((layer) => stepLayer(layer, it, own)))
  const why = it.notRun ?? it.open
  return { id: it.step, verdict, ...(why === undefined ? {} : { why }) }
}

/** It is about this finding, whether it has ended or not. */
function covers(
  { finding, locator }: Waiver,
  { requirement, scenario, step }: Pick<Finding, 'requirement' | 'scenario' | 'step'>,
): boolean {
  return finding === requirement && [scenario, `${scenario}#${step}`].includes(locator)
}

/** Waivers that match nothing: each is a fault of the run, since nobody would see that it has become needless. */
export function idleWaivers(
  waivers: readonly Waiver[],
  cases: readonly CaseResult[],
  today: string,
): readonly Waiver[] {
  const findings = cases.flatMap((it) => it.findings)
  return waivers.filter(
    (it) =>
      it.until < today || !findings.some((one) => one.waived !== undefined && covers(it, one)),
  )
}
