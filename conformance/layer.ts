// The layers in which a message is judged, each with a verdict of its own, and the eight verdicts with their roll-up.

/** In the order in which they are judged: where one fails, those behind it are not run. */
export const LAYERS = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'] as const
/** One of them. */
export type Layer = (typeof LAYERS)[number]

/** What each is about. */
export const ABOUT: Readonly<Record<Layer, string>> = {
  L0: 'transport',
  L1: 'well-formed and safe XML',
  L2: 'the envelope by its schema',
  L3: 'the envelope by the rules that the schema cannot say',
  L4: 'the payload by its own schema',
  L5: 'the payload by its rules',
  L6: 'the exchange: reply, effect, state',
  L7: 'the scenario: order and invariants',
  L8: 'the mapping between JSON and XML',
}

/** Worst first: the verdict of many is the first of these that one of them has. */
export const VERDICTS = [
  'harness-error',
  'fail',
  'inconclusive',
  'not-run',
  'needs-review',
  'warning',
  'pass',
  'not-applicable',
] as const
/** One of them. */
export type Verdict = (typeof VERDICTS)[number]

/** The verdict of many; of none it is `not-applicable`. @param order worst first */
export function rolledUp(
  verdicts: readonly Verdict[],
  order: readonly Verdict[] = VERDICTS,
): Verdict {
  return order.find((it) => verdicts.includes(it)) ?? 'not-applicable'
}

/** What the command ends with, by the verdict of the run. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  'harness-error': 4,
  fail: 1,
  inconclusive: 3,
  'not-run': 3,
  'needs-review': 3,
  warning: 0,
  pass: 0,
  'not-applicable': 3,
}
/** Exit codes that are no verdict: wrong usage, and a target that nobody answers at. */
export const [USAGE, UNREACHABLE] = [2, 5] as const
