// All checks that judge what comes back, in one place: the plan weighs them, the self-test takes each away in turn.

import type { Check, Observation } from '../finding.ts'
import { CARRIER_CHECKS } from './carrier.ts'
import { CHARSET_CHECK } from './charset.ts'
import { CONDUCT_CHECKS } from './conduct.ts'
import type { ConductCheck } from './conduct.ts'
import { EXCHANGE_CHECKS } from './exchange.ts'
import type { ExchangeCheck } from './exchange.ts'
import { EXPECTATION_CHECKS, unmet } from './expectation.ts'
import type { Expected, ExpectationCheck } from './expectation.ts'
import type { Expectation } from '../shapes.ts'
import type { ScenarioCheck } from './blamed.ts'
import { REQUEST_CHECKS } from './request.ts'
import type { RequestCheck } from './request.ts'
import { SCENARIO_CHECKS } from './scenario.ts'
import { TRANSPORT_CHECKS } from './transport.ts'
import type { TransportCheck } from './transport.ts'
import { whyOf } from '../why.ts'

/** What an answer is judged by, beside the schemas and the rules of the envelope. */
export interface Checks {
  readonly transport: readonly TransportCheck[]
  /** of products that send */
  readonly request: readonly RequestCheck[]
  readonly exchange: readonly ExchangeCheck[]
  readonly expectation: readonly ExpectationCheck[]
  /** of products that send */
  readonly conduct: readonly ConductCheck[]
  readonly scenario: readonly ScenarioCheck[]
}

/** All that there are. */
export const CHECKS: Checks = {
  transport: [...TRANSPORT_CHECKS, ...CARRIER_CHECKS, CHARSET_CHECK],
  request: REQUEST_CHECKS,
  exchange: EXCHANGE_CHECKS,
  expectation: EXPECTATION_CHECKS,
  conduct: CONDUCT_CHECKS,
  scenario: SCENARIO_CHECKS,
}

/** What checks have found, or which of them failed by itself: that says nothing of the target. */
export interface Asked {
  readonly observations: readonly Observation[]
  readonly broken?: string
}

/** Asks checks of one kind, each for itself. */
export function asked<T>(checks: readonly Check<T>[], it: T): Asked {
  return gathered(checks.map(({ requirement, judge }) => attempt(requirement, () => judge(it))))
}

/** Asks what a script expects. */
export function askedOf(
  expectations: readonly Expectation[],
  seen: Expected,
  checks: readonly ExpectationCheck[],
): Asked {
  return gathered(expectations.map((it) => attempt(it.requirement, () => unmet(it, seen, checks))))
}

/** Asks one check. */
export function attempt(requirement: string, judge: () => readonly Observation[]): Asked {
  try {
    return { observations: judge() }
  } catch (error) {
    const why = whyOf(error)
    return { observations: [], broken: `The check of ${requirement} failed by itself: ${why}` }
  }
}

/**
 * What checks of several kinds have found in one message: what one kind has said of a requirement, another one that looks
 * at the same layer or a higher one does not say again, because it is one fault.
 */
export function together(all: readonly Asked[]): Asked {
  const { broken } = gathered(all)
  const observations = all.reduce<readonly Observation[]>(
    (known, it) => [...known, ...it.observations.filter((one) => !isKnown(one, known))],
    [],
  )
  return broken === undefined ? { observations } : { observations, broken }
}

function isKnown({ requirement, layer }: Observation, known: readonly Observation[]): boolean {
  return known.some((it) => it.requirement === requirement && it.layer <= layer)
}

/** What was found in several messages, all of it. */
export function gathered(all: readonly Asked[]): Asked {
  const broken = all.find((it) => it.broken !== undefined)?.broken
  const observations = all.flatMap((it) => it.observations)
  return broken === undefined ? { observations } : { observations, broken }
}
