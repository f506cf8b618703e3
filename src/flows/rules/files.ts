// The rules about what comes in files: scores of devices. Oracle 22C release notes, Device Calculated Score and Known Issues.

import { REFUSED } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const SCORE = ['device-score'] as const

/** By their ids, which are public. */
export const FILE_RULES = {
  'SCO-OLD': {
    ...REFUSED,
    flows: SCORE,
    asks: 'A score that was worked out earlier does not overwrite a later one.',
    mend: 'Nothing need be done: the later score stays. Where this one is right, work it out anew and send that.',
    source: 'SC-01',
  },
  'SCO-DUP': {
    ...REFUSED,
    flows: SCORE,
    asks: 'A device has one score of a programme.',
    mend: 'Change the score that is known, under its mRID, or leave the mRID out where the names of the device are enough.',
    source: 'SC-01, K3',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
