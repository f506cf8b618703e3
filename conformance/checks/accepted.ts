// What is wrong in a request that was taken as if it were right. Nothing is known of what was meant, but that has to be
// refused whatever was: whoever has carried it out is to blame, beside whoever has sent it.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { find } from '../find.ts'
import type { Node } from '../xml.ts'

/** A request with what is wrong in it, and its reply. */
export interface Accepted {
  readonly wrong: readonly Observation[]
  readonly reply: Node | undefined
}

interface Refusal {
  /** What is wrong in the request. */
  readonly isOf: (it: Observation) => boolean
  /** that asks for it to be refused */
  readonly requirement: string
}

/** A Noun that only nobody here knows (NOU-02) may be known to the two. */
const REFUSALS: readonly Refusal[] = [
  { isOf: ({ requirement }) => requirement === 'XML-01', requirement: 'RPL-08' },
  { isOf: ({ check }) => check === 'SEC-DOCTYPE', requirement: 'XML-03' },
  {
    isOf: ({ requirement, path }) => requirement === 'MSG-01' && path.endsWith('/Header/Verb'),
    requirement: 'VRB-03',
  },
  { isOf: ({ requirement }) => requirement === 'VRB-01', requirement: 'VRB-03' },
  { isOf: ({ requirement }) => requirement === 'NOU-01', requirement: 'NOU-04' },
  { isOf: ({ requirement }) => ['PAY-01', 'PAY-02'].includes(requirement), requirement: 'PAY-07' },
  { isOf: ({ requirement }) => requirement === 'COR-02', requirement: 'COR-03' },
]

/** One finding for each requirement, however often the request breaks it. */
export function acceptedIn({ wrong, reply }: Accepted): readonly Observation[] {
  const result = find(reply, 'Reply/Result')[0]
  if (reply === undefined || !['OK', 'PARTIAL'].includes(result?.text ?? '')) return []
  return [...new Set(REFUSALS.map((it) => it.requirement))].flatMap((requirement) => {
    const own = REFUSALS.filter((it) => it.requirement === requirement)
    const cause = wrong.find((one) => own.some((it) => it.isOf(one)))
    if (cause === undefined) return []
    const it = {
      expected: 'a refusal: FAILED, or a fault',
      got: result?.text ?? '',
      message: `What is wrong in the request is taken as if it were right: ${cause.message}`,
      path: `/${reply.name}/Reply/Result`,
      line: result?.line ?? reply.line,
    }
    return [observed(requirement, 'L6', it)]
  })
}

/** What leaves a request readable, so that a FaultMessage is no answer to it. */
export function leavesReadable({ requirement, layer }: Observation): boolean {
  return layer > 'L3' || ['NOU-01', 'PAY-02'].includes(requirement)
}
