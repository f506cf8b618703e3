// A step that sends nothing: it waits for the answer to a step before it, which comes later, to an address of the tester.

import { observed } from '../finding.ts'
import type { Step } from '../shapes.ts'
import type { Answer, Transport } from '../transport/answer.ts'
import type { Seen } from './seen.ts'

/** True where the tester says nothing, and hears. */
export function isLater({ answers }: Pick<Step, 'answers'>): boolean {
  return answers !== undefined
}

/** What has come of it; on a way without an address for that nothing ever does. */
export function laterAnswer({ later }: Transport, correlationID: string): Promise<Answer> {
  return later?.reply(correlationID) ?? Promise.resolve({ kind: 'late', waitedMs: 0 })
}

/** Nothing came: that is what the first thing asks for which the step expects. */
export function neverCame(step: Step, answer: Answer): Seen {
  const requirement = step.expect?.[0]?.requirement ?? 'TRN-01'
  const expected = `${step.verb} ${step.noun} at the ReplyAddress of the request`
  const got = answer.kind === 'late' ? `nothing within ${answer.waitedMs / 1000} s` : answer.kind
  const message = `The request was acknowledged, and its answer never came: ${got}.`
  return {
    ...{ step: step.id, notRun: undefined, isAsExpected: false, undecided: undefined, reply: '' },
    observations: [observed(requirement, 'L6', { expected, got, message })],
    isUnread: true,
  }
}
