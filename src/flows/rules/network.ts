// The rules about where points of service are in the network, and what load reduction is foreseen there.

import { REFUSED } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const LOCATION = ['network-location'] as const
const FORECAST = ['load-reduction-forecast'] as const

/** By their ids, which are public. */
export const NETWORK_RULES = {
  'NET-INIT': {
    ...REFUSED,
    flows: LOCATION,
    asks: 'A party tells all network locations (transferKind initial) before it tells what has changed of them (incremental, as is a PUT of one).',
    mend: 'Send the initial transfer first; where changes are to be taken without it, flows.network-location.incrementalFirst.',
    source: 'MD-01, G-AC32',
  },
  'NET-ORDER': {
    ...REFUSED,
    flows: LOCATION,
    asks: 'A network location holds from no earlier than what is known of its usage point; one that came late is kept on record, and changes nothing. One that names no time counts as it comes.',
    mend: 'Read the location, and send what is still to be changed with an effective that is not before that.',
    source: 'MD-01',
  },
  'NET-DUP': {
    ...REFUSED,
    flows: LOCATION,
    asks: 'A usage point is at one place in the network.',
    mend: 'Name the location as it is known here, by its mRID or by its UsagePoint alone.',
    source: 'MD-01',
  },
  'LRF-ORDER': {
    ...REFUSED,
    flows: FORECAST,
    asks: 'Of two forecasts for one usage point, program and date the one with the later predictionCreationDate holds; one that came late is kept on record, and changes nothing.',
    mend: 'Send a forecast that was made later than the one that is known here.',
    source: 'LF-01',
  },
  'LRF-INTERVAL': {
    ...REFUSED,
    flows: FORECAST,
    asks: 'Each interval of a forecast ends after it starts.',
    mend: 'Write an end that is later than the start.',
    source: 'LF-01',
  },
  'LRF-DATE': {
    ...REFUSED,
    flows: FORECAST,
    asks: 'The intervals of a forecast are within its date, at some place on earth.',
    mend: 'Write the day of the intervals into date; send a forecast of its own for each day.',
    source: 'LF-01',
  },
  'EVT-PRE': {
    ...REFUSED,
    flows: ['program-event'],
    asks: 'Before an event is planned, the DERMS has acknowledged somebody of those who take part in the program, as far as they are known here; and a load reduction is forecast for the time of each stage, where forecasts are kept here.',
    mend: 'Have the forecasts of the program for that day told first (LoadReductionForecasts), or its enrollments synchronized (ProgramSubscriptions).',
    source: 'EV-01, LF-01',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
