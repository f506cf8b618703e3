// The acceptance criteria of files and of what people hear of them, in our own words.

import type { Criterion } from './index.ts'

const [SCORES, DELIVERY] = [
  'Oracle 22C release notes: Device Calculated Score',
  'guarantees of delivery',
]

/** In the order of the flows. */
export const FILE_CRITERIA: readonly Criterion[] = [
  {
    id: 'SC-01/AC1',
    says: 'A file is read as it comes: what is in memory does not grow with it.',
    source: SCORES,
    figures: 'npm run bench -- scores',
  },
  {
    id: 'SC-01/AC2',
    says: 'After a crash between delivering and renaming a file is renamed, and not delivered again.',
    source: SCORES,
  },
  {
    id: 'SC-01/AC3',
    says: 'Of a device that is there twice, records that are the same count as one, and those that contradict each other as none, unless the policy of the folder says otherwise; all of them are reported with their lines.',
    source: SCORES,
  },
  {
    id: 'SC-01/AC4',
    says: 'Of a file that is cut off, or has another number of records than its manifest says, nothing is taken.',
    source: SCORES,
  },
  {
    id: 'SC-01/AC5',
    says: 'Files are taken in their sequence, and a score never overwrites one that was worked out later.',
    source: SCORES,
  },
  {
    id: 'SC-01/AC6',
    says: 'Where no file is there the report says that nothing is to be done, once, and no mailbox is filled.',
    source: SCORES,
  },
  {
    id: 'G-AC16',
    says: 'Of each file its SHA-256 and the number of its records are kept.',
    source: DELIVERY,
  },
  {
    id: 'G-AC17',
    says: 'The same content is taken once, whatever it is called.',
    source: DELIVERY,
  },
  {
    id: 'G-AC18',
    says: 'Wherever the process ends on the way of a file, nothing of it is taken twice, and nothing is left out.',
    source: DELIVERY,
  },
  {
    id: 'G-AC19',
    says: 'Records about one device that contradict each other are kept back.',
    source: DELIVERY,
  },
  {
    id: 'G-AC20',
    says: 'One mail for each run lists what was sent, what failed, or that there was nothing.',
    source: DELIVERY,
  },
]
