// The rules about checks of devices, and about comparing what two sides have.

import { REFUSED, SENDER } from './business-rule.ts'
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
  'DSC-UNASKED': {
    ...SENDER,
    codes: ['2.15'],
    flows: ['device-status-check'],
    asks: 'What answers a check of a device names one that was asked for.',
    mend: 'Name the check by the id that the question has, or tell of the device (EndDevice) itself.',
    source: 'DC-02',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
