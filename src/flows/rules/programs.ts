// The rules about programs, and about those through whom devices are enrolled in them.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const PROGRAM = ['program'] as const
const AGGREGATOR = ['aggregator'] as const

/** By their ids, which are public. */
export const PROGRAM_RULES = {
  'PRG-CODE': {
    ...REFUSED,
    flows: PROGRAM,
    asks: 'A program has one code, which no other program has, and which is also its Name of the type programCode.',
    mend: 'Write the same code in both places, or give the program one of its own.',
    source: 'MD-02',
  },
  'PRG-INTERVAL': {
    ...REFUSED,
    flows: PROGRAM,
    asks: 'The validityInterval of a program ends after it starts.',
    mend: 'Write an end that is later than the start, or none.',
    source: 'MD-02',
  },
  'PRG-RULE': {
    ...REFUSED,
    flows: PROGRAM,
    asks: 'A rule is linked to a program once.',
    mend: 'Leave one of the two out, or give it a ruleCode of its own.',
    source: 'MD-02',
  },
  'PRG-VALUE': {
    ...LACKING,
    flows: PROGRAM,
    asks: 'A program and each of its rules say what they ask in the form of their kind, and nothing is left blank: counts as count, lengths of time as value in s, min or h, hours and days as windows that have them.',
    mend: 'Write what the rule asks; a code that has no counterpart here is added to the code list that it comes from.',
    source: 'MD-02, G-AC33',
  },
  'AGG-HEADEND': {
    ...SENDER,
    codes: ['6.1', '5.8'],
    flows: AGGREGATOR,
    asks: 'An aggregator speaks for one head-end system, and no other open aggregator does.',
    mend: 'Close the aggregator that is there, or name the head-end system that this one speaks for.',
    source: 'MD-03',
  },
  'AGG-INTERVAL': {
    ...REFUSED,
    flows: AGGREGATOR,
    asks: 'The validityInterval of an aggregator ends after it starts.',
    mend: 'Write an end that is later than the start, or none.',
    source: 'MD-03',
  },
  'AGG-CLOSED': {
    ...REFUSED,
    flows: [...AGGREGATOR, 'program-enrollment'],
    asks: 'Nobody is enrolled through an aggregator that is closed, or out of its validityInterval; who is enrolled already stays so.',
    mend: 'Enroll through an aggregator that is open, or have this one opened again first.',
    source: 'MD-03',
  },
  'AGG-UNKNOWN': {
    ...SENDER,
    codes: ['2.20'],
    flows: [...AGGREGATOR, 'program-enrollment'],
    asks: 'Devices are enrolled through an aggregator that is known, where aggregators are told of here, also on their way to others.',
    mend: 'Check the head-end system under nicId, or have its aggregator told of first.',
    source: 'MD-03, G-AC34',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
