// The acceptance criteria of master data, forecasts and settlement, in our own words.

import type { Criterion } from './index.ts'

const [SYNC, FORECAST, MONEY] = [
  'Oracle, functional overview: Data Synchronization',
  'Oracle, functional overview: Event Participation',
  'Oracle, functional overview: Settlement',
]

/** In the order of the flows. */
export const SETTLEMENT_CRITERIA: readonly Criterion[] = [
  {
    id: 'MD-01/AC1',
    says: 'What has changed of network locations is refused from whoever has not told all of them, unless that is allowed; of an unknown usage point it is refused, and the rest is taken.',
    source: SYNC,
  },
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
    id: 'LF-01/AC1',
    says: 'Of two forecasts the one that was made later holds; one from before the planning of a stage is flagged.',
    source: FORECAST,
  },
  {
    id: 'ST-02/AC1',
    says: 'An amount is the sum of quantity times price, exact in decimals, rounded once at the end, half to even, to the digits of its currency.',
    source: MONEY,
  },
  {
    id: 'ST-02/AC2',
    says: 'The settlement of a season stays deferred until the season is over.',
    source: MONEY,
  },
  {
    id: 'ST-02/AC3',
    says: 'A settlement is credited at most once, whatever triggers the credit.',
    source: MONEY,
  },
  {
    id: 'ST-02/AC4',
    says: 'An unenrollment leads to a credit about what is not billed yet.',
    source: MONEY,
  },
  {
    id: 'G-AC32',
    says: 'Whether a transfer is everything or what has changed is marked, and no record is taken in part.',
    source: 'guarantees of delivery',
  },
  {
    id: 'G-AC36',
    says: 'What is credited is the sum of what was earned, and no event is credited twice.',
    source: 'guarantees of delivery',
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
