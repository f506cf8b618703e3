// Numbers that a configuration may give to flows, each with what it usually is and its unit; written in the flow that is
// named here.

/** By name: the flow in which it is written, and what it is. */
export const QUANTITIES = {
  sumTolerance: {
    flow: 'der-group-status-report',
    about:
      'How far what is told of a DER group may be from the sum over its members, in percent of what these come to with their signs left out.',
    usually: 1,
    /** in percent */
    most: 100,
  },
  failuresInARow: {
    flow: 'device-status-check',
    about:
      'How many checks of devices a party has to fail one after the other before that is an alarm, and its failures count as those of a party that is not able to ask.',
    usually: 20,
    most: 1000,
  },
  stageSkew: {
    flow: 'program-event',
    about:
      'How far the clocks of two systems may differ: how long before its start or end a stage may be told to have come to it, in seconds.',
    usually: 60,
    /** in seconds */
    most: 3_600,
  },
  stageGrace: {
    flow: 'program-event',
    about:
      'How long a stage that is told to be completed waits to be told that it has begun, where that comes later, in seconds.',
    usually: 10,
    /** in seconds */
    most: 300,
  },
  outcomeWithin: {
    flow: 'program-event',
    about:
      'How long after a stage is completed its outcomes are due; a device of which none has come is MISSING then, in hours.',
    usually: 24,
    /** in hours */
    most: 8_760,
  },
  acknowledgedWithin: {
    flow: 'program-subscription',
    about:
      'How long a subscription may be pending: then it is told again, and an alarm stands until its DERMS has acknowledged it.',
    /** milliseconds */
    usually: 3_600_000,
  },
  closedWithin: {
    flow: 'program-enrollment',
    about:
      'In which time the subscription of an enrollment that is to be left has to be closed; after that an alarm stands.',
    /** milliseconds */
    usually: 86_400_000,
  },
} as const

/** The name of one of them; public. */
export type QuantityName = keyof typeof QUANTITIES

/** All of them as they are in force. */
export type Quantities = Readonly<Record<QuantityName, number>>

/** Without a configuration. */
export const USUAL_QUANTITIES: Quantities = {
  sumTolerance: QUANTITIES.sumTolerance.usually,
  failuresInARow: QUANTITIES.failuresInARow.usually,
  stageSkew: QUANTITIES.stageSkew.usually,
  stageGrace: QUANTITIES.stageGrace.usually,
  outcomeWithin: QUANTITIES.outcomeWithin.usually,
  acknowledgedWithin: QUANTITIES.acknowledgedWithin.usually,
  closedWithin: QUANTITIES.closedWithin.usually,
}

/** All of them, in the order in which they are documented. */
export const QUANTITY_NAMES = Object.keys(QUANTITIES) as readonly QuantityName[]
