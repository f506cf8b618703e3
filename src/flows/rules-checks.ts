// The rules about checks of devices, and about comparing what two sides have.

import { REFUSED } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

/** By their ids, which are public. */
export const CHECK_RULES = {
  'DSC-ONCE': {
    ...REFUSED,
    flows: ['device-status-check'],
    asks: 'A check of a device has one answer; what comes behind it changes no result.',
    mend: 'Have the device checked again: POST device-status-checks, or get EndDeviceStatuses.',
    source: 'DC-02, G-AC7',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
