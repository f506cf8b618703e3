// Judges what a JSON façade has answered: the answer itself as one of HTTP and JSON, and the message that it stands for by
// what the script expects. Of that message the envelope is made up, so that nothing is said of it.

import { ANSWER_CHECKS } from '../checks/facade.ts'
import { CHECKS, asked, askedOf, together } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import type { Layer } from '../layer.ts'
import type { Step } from '../shapes.ts'
import type { Answer } from '../transport/answer.ts'
import { bound } from './bound.ts'
import type { Spoken } from './bound.ts'
import type { Judged } from './judge.ts'
import type { Seen } from './seen.ts'

/** What came back to a step. */
export interface HeardInJson {
  readonly answer: Answer
  /** the message that it stands for, judged */
  readonly heard: Judged | undefined
  /** file of the answer; empty where none came */
  readonly reply: string
  readonly spoken: Spoken
  readonly fill: (text: string) => string
  /** why its refusal tells nothing */
  readonly open: string | undefined
}

/** No XML passes, and no envelope. */
export const SHOWS_IN_JSON: readonly Layer[] = ['L0', 'L4', 'L5', 'L6', 'L8']
/** Of transports those that hold whatever travels in them. */
const OF_ANY = ['TRN-01', 'XML-02']

/** The verdicts of a step come of this. */
export function judgedInJson(
  step: Step,
  { answer, heard, reply, fill, spoken, open }: HeardInJson,
  { transport, expectation }: Checks = CHECKS,
): Seen {
  const root = heard?.root
  const expectations = askedOf(
    step.expect ?? [],
    { answer, reply: bound(heard, spoken), whole: root, fill },
    expectation,
  )
  const facts = answer.kind === 'answered' ? answer.facade?.facts : undefined
  const { observations, broken } = together([
    asked(
      transport.filter((it) => OF_ANY.includes(it.requirement)),
      answer,
    ),
    facts === undefined ? { observations: [] } : asked(ANSWER_CHECKS, facts),
    { observations: (heard?.observations ?? []).filter((it) => SHOWS_IN_JSON.includes(it.layer)) },
    ...(root === undefined || open !== undefined ? [] : [expectations]),
  ])
  return {
    ...{ step: step.id, notRun: undefined, observations, reply },
    isAsExpected:
      root !== undefined && expectations.observations.length === 0 && open === undefined,
    ...(open === undefined ? {} : { open }),
    undecided: heard?.undecided ?? broken,
  }
}
