// The rules about work, and about what customers are told. EPRI 3002014619 §5.5, §5.6.

import { REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const NOTICE = ['customer-notification'] as const

/** By their ids, which are public. */
export const WORK_RULES = {
  'WR-ENG': {
    ...REFUSED,
    flows: [],
    asks: 'Engineering approves a work request before anything is done for it.',
    mend: 'Have Engineering approve it (statusKind approved, POST work-requests/{mRID}:approve); new works come as waitingOnApproval.',
    source: 'WR-02',
  },
  'WRK-ORDER': {
    ...REFUSED,
    flows: [],
    asks: 'A work goes forward; only dispatched goes back to scheduled.',
    mend: 'Write a statusKind that comes after the one that the work has, or order a new work.',
    source: 'SO-02, WR-04',
  },
  'WRK-FROZEN': {
    ...REFUSED,
    flows: ['service-order', 'work-request'],
    asks: 'Work that is over stays as it is, approved work is of the kind that was approved, and a verification belongs to its request.',
    mend: 'Cancel the work and order another one; of work that is over order a new one.',
    source: 'SO-02, WR-02, SR-08',
  },
  'WRK-INTERVAL': {
    ...REFUSED,
    flows: ['service-order', 'work-request'],
    asks: 'Schedules and appointments of a work end after they start.',
    mend: 'Write an end after the start, or leave the end out; a time without offset is read as UTC.',
    source: 'SO-01, C5',
  },
  'SO-SCOPE': {
    ...REFUSED,
    flows: ['service-order'],
    asks: 'Issues behind the own network of a third party are no work of the DSO.',
    mend: 'Leave the order to the third party that the device is registered with.',
    source: 'SO-03',
  },
  'SO-ISSUE': {
    ...SENDER,
    codes: ['6.1', '3.2'],
    flows: ['service-order'],
    asks: 'A device and a kind of issue have one order within a day.',
    mend: 'Go on with the order that is there, or cancel it; another issue has an event of its own.',
    source: 'SO-03',
  },
  'NTC-HOURS': {
    ...REFUSED,
    flows: NOTICE,
    asks: 'A notice can be told: its latest hour is still to come, and after its earliest.',
    mend: 'Write a latestDateTimeToCall that is to come and after earliestDateTimeToCall, or leave both out.',
    source: 'SR-07',
  },
  'NTC-GROUP': {
    ...REFUSED,
    flows: NOTICE,
    asks: 'Customers are told of no DER group.',
    mend: 'Take the mRID or name of the group out of text.',
    source: 'SR-07, EPRI 3002014619 §3',
  },
  'NTC-STATE': {
    ...REFUSED,
    flows: NOTICE,
    asks: 'A notice tells what is so.',
    mend: 'Read the state of what it is about, and send the notice when that state is reached.',
    source: 'SR-07, SR-10, WR-05',
  },
  'NTC-CUSTOMER': {
    ...SENDER,
    codes: ['2.22'],
    flows: NOTICE,
    asks: 'A notice goes to the customer whom it concerns.',
    mend: 'Write in Customer the customer of what the notice is about.',
    source: 'SR-07, WR-05',
  },
  'NTC-FROZEN': {
    ...REFUSED,
    flows: NOTICE,
    asks: 'What a customer is told stays as it was told, and is not taken back.',
    mend: 'Keep the notice as it is, and send another one, with the trigger of what has happened since.',
    source: 'SR-07',
  },
  'NTC-ONCE': {
    ...REFUSED,
    flows: NOTICE,
    asks: 'A customer is told once of each object and trigger.',
    mend: 'Nothing is to be done: the customer has been told. Repeat a notice only as it was.',
    source: 'SR-07',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
