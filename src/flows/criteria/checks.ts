// The acceptance criteria of device checks, in our own words.

import type { Criterion } from './index.ts'

const ORACLE = 'Oracle 22C release notes, Device Status Check and Response'
const DELIVERY = 'guarantees of delivery'

/** In the order of the flows. */
export const CHECK_CRITERIA: readonly Criterion[] = [
  {
    id: 'DC-01/AC1',
    says: 'A check has one answer; what comes after its time is kept, told and marked as late, and changes no result.',
    source: ORACLE,
  },
  {
    id: 'DC-01/AC2',
    says: 'A DERMS that is not able to ask answers unsupported, and never failed; what that means for an enrollment is for its policy to say.',
    source: ORACLE,
  },
  guarantee(6, 'A check is acknowledged at once, and its later answer finds it.'),
  guarantee(
    7,
    'That no answer has come in time is told; one that comes later is kept, and marked.',
  ),
  guarantee(
    8,
    'Failed, unsupported and timed out are told apart; an answer that nobody waits for is parked.',
  ),
]

function guarantee(number: number, says: string): Criterion {
  return { id: `G-AC${number}`, says, source: DELIVERY }
}
