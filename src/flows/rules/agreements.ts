// The rules about customer agreements and the tariffs that they are about. EPRI 3002014619 §5.7.

import { REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const AGREEMENT = ['customer-agreement'] as const
const TARIFF = ['tariff'] as const

/** By their ids, which are public. */
export const AGREEMENT_RULES = {
  'CA-SM': {
    ...REFUSED,
    flows: [],
    asks: 'A customer signs what has been offered.',
    mend: 'Offer the agreement first (status offered, POST customer-agreements/{mRID}:offer).',
    source: 'CA-03',
  },
  'CA-OVERLAP': {
    ...SENDER,
    codes: ['6.1', '3.2'],
    flows: AGREEMENT,
    asks: 'One agreement about a kind of service is in force at a usage point at a time.',
    mend: 'Close or supersede the other agreement, or let this one begin when that one ends (validityInterval).',
    source: 'CA-02',
  },
  'CA-FROZEN': {
    ...REFUSED,
    flows: AGREEMENT,
    asks: 'Who has signed an agreement, when, and about which service and usage points, stays as it was signed.',
    mend: 'Close or supersede the agreement and make a new one; tariff and time are amended, and the provider of the DER changes by :change-provider.',
    source: 'CA-03, CA-05, CA-06',
  },
  'CA-INTERVAL': {
    ...REFUSED,
    flows: AGREEMENT,
    asks: 'An agreement ends after it starts.',
    mend: 'Write an end after the start, or leave the end out; a time without offset is read as UTC.',
    source: 'CA-02, C5',
  },
  'CA-REVISION': {
    ...REFUSED,
    flows: AGREEMENT,
    asks: 'The revisions of an agreement follow one another: none is lower than the one before.',
    mend: 'Leave revisionNumber out, and each change of the terms is counted; or write a whole number that is no lower than the one that is kept (GET customer-agreements/{mRID}).',
    source: 'CA-05, CA-06',
  },
  'CA-POINT': {
    ...SENDER,
    codes: ['2.26'],
    flows: [...AGREEMENT, 'service-request'],
    asks: 'An agreement is about the usage point of the DER and of the request that name it.',
    mend: 'Add the usage point to UsagePoints of the agreement, or name the agreement of that point.',
    source: 'CA-02, SR-03',
  },
  'CA-PROVIDER': {
    ...REFUSED,
    flows: AGREEMENT,
    asks: 'One third party follows another without a gap, and nothing else of a signed agreement changes with it.',
    mend: 'Change the provider by a step of its own (POST customer-agreements/{mRID}:change-provider with newProvider and effective).',
    source: 'CA-05',
  },
  'CA-ZONE': {
    ...REFUSED,
    flows: AGREEMENT,
    asks: 'The instant at which another provider begins is the same wherever it is read.',
    mend: 'Write the instant with Z or its offset, such as 2026-09-01T00:00:00+02:00.',
    source: 'CA-05',
  },
  'TAR-ELIG': {
    ...REFUSED,
    flows: [...AGREEMENT, 'service-request'],
    asks: 'A DER has a tariff that it is eligible for.',
    mend: 'Choose a tariff whose eligibility the nameplate meets (GET tariffs finds them), or mend the nameplate.',
    source: 'SR-03',
  },
  'TAR-DATE': {
    ...REFUSED,
    flows: [...AGREEMENT, 'service-request'],
    asks: 'A tariff is chosen while it is in force, and agreed on for a time in which it is.',
    mend: 'Choose a tariff in force (GET tariffs?at=…), or another validityInterval.',
    source: 'SR-03, CA-02',
  },
  'TAR-INTERVAL': {
    ...REFUSED,
    flows: TARIFF,
    asks: 'Each tariff of a pricing structure ends after it starts, and one is in force at a time.',
    mend: 'Mend startDate and endDate, so that each tariff ends where the next begins.',
    source: 'CA-01',
  },
  'TAR-P': {
    ...REFUSED,
    flows: TARIFF,
    asks: 'minP of an eligibility is no more than maxP.',
    mend: 'Compare value and multiplier of minP and maxP.',
    source: 'CA-01',
  },
  'TAR-CODE': {
    ...REFUSED,
    flows: TARIFF,
    asks: 'A code belongs to one pricing structure.',
    mend: 'Change the pricing structure that has the code, or give this one another.',
    source: 'CA-01',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
