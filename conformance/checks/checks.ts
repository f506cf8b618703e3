// All checks that judge what comes back, in one place: the plan weighs them, the self-test takes each away in turn.

import type { Observation } from '../finding.ts'
import { EXCHANGE_CHECKS } from './exchange.ts'
import type { ExchangeCheck } from './exchange.ts'
import { EXPECTATION_CHECKS, unmet } from './expectation.ts'
import type { Expected, ExpectationCheck } from './expectation.ts'
import type { Expectation } from '../shapes.ts'
import { TRANSPORT_CHECKS } from './transport.ts'
import type { TransportCheck } from './transport.ts'

/** What an answer is judged by, beside the schemas and the rules of the envelope. */
export interface Checks {
  readonly transport: readonly TransportCheck[]
  readonly exchange: readonly ExchangeCheck[]
  readonly expectation: readonly ExpectationCheck[]
}

/** All that there are. */
export const CHECKS: Checks = {
  transport: TRANSPORT_CHECKS,
  exchange: EXCHANGE_CHECKS,
  expectation: EXPECTATION_CHECKS,
}

/** What checks have found, or which of them failed by itself: that says nothing of the target. */
export interface Asked {
  readonly observations: readonly Observation[]
  readonly broken?: string
}

/** Asks checks of one kind, each for itself. */
export function asked<T>(
  checks: readonly {
    readonly requirement: string
    readonly judge: (it: T) => readonly Observation[]
  }[],
  it: T,
): Asked {
  return together(checks.map(({ requirement, judge }) => attempt(requirement, () => judge(it))))
}

/** Asks what a script expects. */
export function askedOf(
  expectations: readonly Expectation[],
  seen: Expected,
  checks: readonly ExpectationCheck[],
): Asked {
  return together(expectations.map((it) => attempt(it.requirement, () => unmet(it, seen, checks))))
}

/** What several have found. */
export function together(all: readonly Asked[]): Asked {
  const broken = all.find((it) => it.broken !== undefined)?.broken
  const observations = all.reduce<readonly Observation[]>(
    (known, it) => [...known, ...it.observations.filter((one) => !isKnown(one, known))],
    [],
  )
  return broken === undefined ? { observations } : { observations, broken }
}

/** A requirement that a lower layer has found broken is not told of again by a higher one: it is one fault. */
function isKnown({ requirement, layer }: Observation, known: readonly Observation[]): boolean {
  return known.some((it) => it.requirement === requirement && it.layer < layer)
}

function attempt(requirement: string, judge: () => readonly Observation[]): Asked {
  try {
    return { observations: judge() }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { observations: [], broken: `The check of ${requirement} failed by itself: ${why}` }
  }
}
