// The acceptance criteria of long lists: reservations of devices.

import type { Criterion } from './index.ts'

const SOURCE = 'Oracle, Device Reservation (22C)'

/** In the order of the flows. */
export const LIST_CRITERIA: readonly Criterion[] = [
  {
    id: 'RS-01/AC1',
    says: 'A list of 100,000 devices is acknowledged within a second, when it is on disk.',
    source: SOURCE,
    figures: 'npm run bench -- reservation',
  },
  {
    id: 'RS-01/AC2',
    says: 'A collection that does not get through is repeated alone; what is acknowledged stays so, also over a restart.',
    source: SOURCE,
  },
  {
    id: 'RS-01/AC3',
    says: 'There are as many results as devices in the list.',
    source: SOURCE,
  },
  { id: 'RS-01/AC4', says: 'The end of a list is told once.', source: SOURCE },
  {
    id: 'RS-01/AC5',
    says: 'A reservation is seen as one: reserved is true.',
    source: SOURCE,
  },
  {
    id: 'G-AC25',
    says: 'A list for a target that is away waits for it; where the route refuses, it is refused at once.',
    source: 'guarantees of delivery',
  },
  {
    id: 'G-AC26',
    says: 'Every device of a long list has a result of its own, and only what has failed is sent once more.',
    source: 'guarantees of delivery',
    figures: 'npm run bench -- reservation',
  },
]
