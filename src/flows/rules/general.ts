// The rules that objects of every noun keep: who they are, whether they are there, whether they are whole.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

/** By their ids, which are public. */
export const GENERAL_RULES = {
  'NOT-FOUND': {
    ...SENDER,
    codes: ['99.1'],
    flows: [],
    asks: 'What a message names is there, and its sender may know of it.',
    mend: 'Check its mRID or name, or create it first.',
    source: 'DERG-2 to DERG-4',
  },
  DUPLICATE: {
    ...REFUSED,
    flows: [],
    asks: 'An mRID, and a name of a noun, belongs to one object.',
    mend: 'Change the object that is there, or give this one another mRID or name.',
    source: 'DERG-1b',
  },
  'ID-1': {
    ...SENDER,
    codes: ['5.8', '2.29'],
    flows: [],
    asks: 'An object is named by mRID or Names, and all of them mean the same object.',
    mend: 'Write the mRID, or the Names, of the one object that is meant.',
    source: 'IEC 61968-11 IdentifiedObject',
  },
  'NO-OBJECT': {
    ...SENDER,
    codes: ['1.7'],
    flows: [],
    asks: 'A message names an object that its verb can be done with.',
    mend: 'Send one object at least, with its content or named by its mRID.',
    source: 'IEC 61968-100:2013 Annex B',
  },
  'BY-ROLE': {
    ...SENDER,
    codes: ['7.5'],
    flows: [],
    asks: 'A step is taken by a party whose part it is, where the configuration says which part the sender has.',
    mend: 'Leave it to the party whose part it is, or have its role added to `roles` of the sender.',
    source: 'ours',
  },
  'NO-PART': {
    ...SENDER,
    codes: ['2.29'],
    flows: ['der-group-request'],
    asks: 'Only what is in a list can be taken out of it.',
    mend: 'Read the object and name items that it has.',
    source: 'GD-02, DERG-3',
  },
  INCOMPLETE: {
    ...LACKING,
    flows: [],
    asks: 'An object is valid by its schema also as a change leaves it.',
    mend: 'Add to the change what the object would lack.',
    source: 'GF-06',
  },
  'REF-UNKNOWN': {
    ...SENDER,
    codes: ['2.12', '2.22', '2.24', '2.29', '2.33'],
    flows: [
      'der-group-request',
      'der-participation',
      'service-request',
      'der-registration',
      'customer-agreement',
      'network-location',
      'load-reduction-forecast',
      'settlement-credit',
    ],
    asks: 'What an object refers to is known where such objects are kept.',
    mend: 'Check the mRID or name of what is referred to, or create it first.',
    source: 'SR-01, SR-03, CA-02, MD-04',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
