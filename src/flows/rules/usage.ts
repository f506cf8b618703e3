// The rules about what is paid for: decompositions of groups, and what single DER delivered. EPRI 3002014619 §3.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const DECOMPOSITION = ['der-group-decomposition'] as const
const READING = ['meter-reading'] as const
const PARTICIPATION = ['der-participation'] as const

/** By their ids, which are public. */
export const USAGE_RULES = {
  'DEC-INTERVAL': {
    ...REFUSED,
    flows: DECOMPOSITION,
    asks: 'The interval of a decomposition ends after it starts.',
    mend: 'Write effective with an end that is later than its start.',
    source: 'F32-F',
  },
  'DEC-FROZEN': {
    ...REFUSED,
    flows: ['der-group-decomposition'],
    asks: 'What invoices are made of stays as it was told: group, interval and shares.',
    mend: 'Delete the decomposition and send another one, with an mRID of its own.',
    source: 'F32-F',
  },
  'DEC-SUM': {
    ...SENDER,
    codes: ['2.29'],
    flows: DECOMPOSITION,
    asks: 'The shares of a decomposition add up to exactly 1.',
    mend: 'Write the shares as decimals that add up to 1; give what rounding leaves over to one of them.',
    source: 'F32-F',
  },
  'DEC-CONTRACT': {
    ...SENDER,
    codes: ['2.24'],
    flows: DECOMPOSITION,
    asks: 'Each share has the contract that it is paid by, and that is signed.',
    mend: 'Name the CustomerAgreement of the member, by mRID or Names, once it has been signed.',
    source: 'F32-F',
  },
  'DEC-MEMBER': {
    ...SENDER,
    codes: ['2.29'],
    flows: DECOMPOSITION,
    asks: 'Each share is that of a device which was in the group all the time.',
    mend: 'Send one decomposition for each time in which the members were the same, as DERGroupMemberships has it.',
    source: 'F32-F, G-AC45',
  },
  'DPT-FROZEN': {
    ...REFUSED,
    flows: PARTICIPATION,
    asks: 'A participation is of one device in one dispatch, at one point, by one contract.',
    mend: 'Delete the participation and tell of the right one; how much was delivered can be corrected by a change.',
    source: 'F31-H, F32-G',
  },
  'DPT-INTERVAL': {
    ...REFUSED,
    flows: PARTICIPATION,
    asks: 'The interval of a participation ends after it starts.',
    mend: 'Write an end that is later than the start.',
    source: 'F31-H, F32-G',
  },
  'DPT-GROUP': {
    ...REFUSED,
    flows: PARTICIPATION,
    asks: 'A participation says nothing of DER groups.',
    mend: 'Leave out what names the group, and name the dispatch by an id that tells nothing of it.',
    source: 'F31-H, F32-G, EPRI 3002014619 §3',
  },
  'DPT-DUP': {
    ...REFUSED,
    flows: PARTICIPATION,
    asks: 'What a device delivered in a dispatch is told once.',
    mend: 'Send a change of the participation that is there; a new one is for another dispatch, device or start.',
    source: 'F31-H, F32-G',
  },
  'DGS-SUM': {
    ...REFUSED,
    flows: ['der-group-status-report'],
    asks: 'Active and reactive power of a group are within the tolerance (sumTolerance, 1 % by default) the sum over those who were its members at that time, as far as their readings are here.',
    mend: 'Add up the members of that time again; a tolerance that is agreed otherwise is flows.der-group-status-report.sumTolerance.',
    source: 'F31-F, G-AC45',
  },
  'MTR-DUP': {
    ...REFUSED,
    flows: READING,
    asks: 'A value of a point, a reading type and a time is told once by a sender; the same value again is no news, and a correction says that it is one.',
    mend: 'Send the value that is right with a ReadingQualities that says edited (1.7.0 or another of category 7), later than an edited one before; what was told as estimated (category 8) gives way to any value that was read.',
    source: 'F31-G, F32-H, F32-I',
  },
  'MTR-TIME': {
    ...LACKING,
    flows: READING,
    asks: 'Each value of a reading says when it was read, or when its interval ends.',
    mend: 'Write timeStamp, or timePeriod with its end, in each IntervalReadings and Readings.',
    source: 'F31-G, F32-H, F32-I',
  },
  'MTR-VALUE': {
    ...REFUSED,
    flows: READING,
    asks: 'The value of an interval is a decimal number, and stays as it is written.',
    mend: 'Write the number with a point and without units, or leave value out where it is not known.',
    source: 'F31-G, F32-H, F32-I',
  },
  'MTR-GROUP': {
    ...REFUSED,
    flows: READING,
    asks: 'A reading of a group says so, and names no meter and no event of a member.',
    mend: 'Name the group in UsagePoint/Names with NameType EndDeviceGroup, and leave out Meter and EndDeviceEvents.',
    source: 'F31-F, F32-I, EPRI 3002014619 §3',
  },
  'MTR-SUM': {
    ...REFUSED,
    flows: READING,
    asks: 'The value of a group is exactly the sum over those who were its members at that time, as far as their values are here.',
    mend: 'Add up the values of the members of that time again; DERGroupMemberships says who they were.',
    source: 'F32-I, G-AC45',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
