// The acceptance criteria of master data, forecasts and settlement, in our own words.

import type { Criterion } from './criteria.ts'

const [SYNC] = ['Oracle, functional overview: Data Synchronization']

/** In the order of the flows. */
export const SETTLEMENT_CRITERIA: readonly Criterion[] = [
  {
    id: 'MD-02/AC1',
    says: 'A rule that is linked to a program is a change, and so is one that no longer is; another order of rules is none.',
    source: SYNC,
  },
  {
    id: 'MD-03/AC1',
    says: 'Through an aggregator that is closed nobody is enrolled any more, and who is enrolled stays so.',
    source: SYNC,
  },
  {
    id: 'G-AC33',
    says: 'A code that nobody has mapped is an error, and never tells nothing.',
    source: 'guarantees of delivery',
  },
  {
    id: 'G-AC34',
    says: 'Nobody is enrolled through an aggregator that is not known.',
    source: 'guarantees of delivery',
  },
]
