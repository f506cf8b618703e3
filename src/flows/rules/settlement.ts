// The rules about money: what was avoided, at which price, what that comes to, and by which credit it is paid.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const AVOIDED = ['avoided-quantity'] as const
const PRICES = ['price-series'] as const
const SETTLEMENT = ['program-settlement'] as const
const CREDIT = ['settlement-credit'] as const

/** By their ids, which are public. */
export const SETTLEMENT_RULES = {
  'AVQ-DUP': {
    ...REFUSED,
    flows: AVOIDED,
    asks: 'What was avoided in a stage is told once for each device; the same again is no news.',
    mend: 'Change the quantities that are there.',
    source: 'ST-02',
  },
  'AVQ-INTERVAL': {
    ...REFUSED,
    flows: AVOIDED,
    asks: 'Intervals of avoided quantities end after they start, and do not overlap.',
    mend: 'Tell each instant once.',
    source: 'ST-02',
  },
  'AVQ-UNIT': {
    ...REFUSED,
    flows: AVOIDED,
    asks: 'Energy that was avoided is in Wh, power in W, each with a multiplier.',
    mend: 'Write the unit that fits quantityKind.',
    source: 'ST-02',
  },
  'AVQ-FROZEN': {
    ...REFUSED,
    flows: AVOIDED,
    asks: 'Avoided quantities stay those of one subscription, stage and device.',
    mend: 'Tell the quantities of the other one by an object of its own.',
    source: 'ST-02',
  },
  'PRC-INTERVAL': {
    ...REFUSED,
    flows: PRICES,
    asks: 'Intervals of prices end after they start, and do not overlap.',
    mend: 'Tell one price for each instant.',
    source: 'ST-03',
  },
  'PRC-ORDER': {
    ...REFUSED,
    flows: PRICES,
    asks: 'Of two price series of a type for one event the one with the later createdDateTime holds; one that came late is kept on record, and changes nothing.',
    mend: 'Send a series that was made later than the one that is known here.',
    source: 'ST-03',
  },
  'SET-VALUE': {
    ...LACKING,
    flows: SETTLEMENT,
    asks: 'A settlement of an event names its stage or event, one of a season its period; one that is calculated has intervals and an amount.',
    mend: 'Add what is missing, or tell it as PENDING until it is known.',
    source: 'ST-04, ST-05',
  },
  'SET-INTERVAL': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'Intervals of a settlement end after they start, and do not overlap.',
    mend: 'Settle each instant once.',
    source: 'ST-04, ST-05',
  },
  'SET-SUM': {
    ...REFUSED,
    flows: [...SETTLEMENT, ...CREDIT],
    asks: 'An amount is the exact sum of what it is made of: a settlement that of quantity times price over its intervals, rounded once, half to even, to the digits of the currency; a credit that of its settlements.',
    mend: 'Write the amount that the refusal names, or correct what it is made of.',
    source: 'ST-04, ST-05, ST-06, G-AC36',
  },
  'SET-PRICE': {
    ...SENDER,
    codes: ['5.7'],
    flows: SETTLEMENT,
    asks: 'Each interval of a settlement that is calculated has a price.',
    mend: 'Tell the settlement as PENDING until there is a price for all of its time.',
    source: 'ST-03, ST-04',
  },
  'SET-CUR': {
    ...REFUSED,
    flows: [...PRICES, ...SETTLEMENT, ...CREDIT],
    asks: 'Prices, settlements and the credit about them are in one currency.',
    mend: 'Settle and credit each currency by itself.',
    source: 'ST-03, ST-04, ST-06',
  },
  'SET-UNIT': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A quantity is in the unit that its price is per, and both are numbers.',
    mend: 'Write quantity and price in the same unit; the multipliers may differ.',
    source: 'ST-04',
  },
  'SET-OUTCOME': {
    ...LACKING,
    flows: SETTLEMENT,
    asks: 'What a device has done in an event is known before that is settled.',
    mend: 'Tell the outcome of the event first (EventParticipations), or the settlement as PENDING.',
    source: 'ST-01, ST-04',
  },
  'SET-SOURCE': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A settlement is about the quantities that were told as avoided, interval by interval, at the prices that were told for the event, where such are known here.',
    mend: 'Settle what was told, or have the AvoidedQuantities or the PriceSeries corrected first.',
    source: 'ST-02, ST-04',
  },
  'SET-SEASON': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A season is settled when it is over; until then its settlement is CALCULATION_DEFERRED.',
    mend: 'Tell the settlement again after the end of its period.',
    source: 'ST-05',
  },
  'SET-KIND': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A subscription is settled as its program is: by events or by the season, for energy or for power.',
    mend: 'Settle by what settlementKind and quantityKind of the program say.',
    source: 'ST-04, ST-05',
  },
  'SET-EVENT': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A subscription is settled once for a stage, or for a season; a settlement that is VOID counts no more.',
    mend: 'Change the settlement that is there, or void it first.',
    source: 'ST-04, ST-05, G-AC36',
  },
  'SET-FROZEN': {
    ...REFUSED,
    flows: SETTLEMENT,
    asks: 'A settlement is of one subscription and event, and what has been collected for a credit stays as it was calculated, and is not deleted.',
    mend: 'Correct it by a settlement of its own about what is still to be paid.',
    source: 'ST-06, G-AC36',
  },
  'SET-DUP': {
    ...REFUSED,
    flows: CREDIT,
    asks: 'A settlement is credited at most once, whatever triggers the credit: it is in one credit that is not rejected.',
    mend: 'Leave it out of this credit; the refusal names the one that has it.',
    source: 'ST-06, G-AC36',
  },
  'CRD-STATE': {
    ...REFUSED,
    flows: CREDIT,
    asks: 'What is credited has been calculated, and is not void.',
    mend: 'Wait until the settlement is CALCULATED.',
    source: 'ST-06',
  },
  'CRD-ACCOUNT': {
    ...SENDER,
    codes: ['2.23'],
    flows: CREDIT,
    asks: 'A credit goes to the account of the customer whose subscription has earned it, where that is known here.',
    mend: 'Credit each account by itself.',
    source: 'ST-06',
  },
  'CRD-INTERVAL': {
    ...REFUSED,
    flows: CREDIT,
    asks: 'The period of a credit ends after it starts.',
    mend: 'Write an end that is later than the start.',
    source: 'ST-06',
  },
  'CRD-FROZEN': {
    ...REFUSED,
    flows: CREDIT,
    asks: 'A credit stays as it was sent, and is not deleted before it is rejected.',
    mend: 'Let it be rejected, and credit its settlements by another credit.',
    source: 'ST-06, G-AC36',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
