// The acceptance criteria of events of programmes, of the devices in them and of times without devices, in our own words.

import type { Criterion } from './index.ts'

const [EVENTS, OUTCOMES] = [
  'Oracle 22C release notes, Event Cancellation',
  'Oracle DR event journey',
]
const DELIVERY = 'guarantees of delivery'

/** In the order of the flows. */
export const EVENT_CRITERIA: readonly Criterion[] = [
  ...of('EV-02', EVENTS, [
    'With an event every stage of it is cancelled and every reservation released, in one step.',
    'What one side spells CANCELED, the other CANCELLED and the verb canceled is one state, by a table.',
    'A stage that is told to be completed before it is told to have begun is held for a while, and refused then.',
    'A code means something in its own field alone.',
  ]),
  ...of('EV-04', OUTCOMES, [
    'With its outcome a participation is closed.',
    'An outcome of a device that was never reserved is refused for itself.',
    'A device whose customer has opted out has no success.',
    'Reserved devices without an outcome stay open, and are listed.',
  ]),
  ...of('UN-01', OUTCOMES, ['A stage that starts as a time without a device ends may have it.']),
  ...of('OO-01', OUTCOMES, [
    'Who has opted out is never among those that were called.',
    'To opt out twice is to opt out once.',
    'What a stage loses by it is told with the event.',
  ]),
  ...guarantee(
    21,
    'Of n stages there are n events at the other side, each under an id that stays.',
  ),
  ...guarantee(22, 'An event that is sent again is made once, by its external id.'),
  ...guarantee(23, 'A step that a stage cannot take is refused, and changes nothing.'),
  ...guarantee(
    24,
    'What is told of one event keeps its order, also where some of it is sent again.',
  ),
  ...guarantee(27, 'A device that takes part no longer, or never did, is refused for itself.'),
  ...guarantee(
    28,
    'A cancellation waits for what was sent before of the same event; devices are released with it.',
  ),
  ...guarantee(
    29,
    'Outcomes are told of a stage that is completed; of each device that was called there is one, or it is listed as missing.',
  ),
  ...guarantee(
    30,
    'A time without devices arrives before it begins, or there is an alarm; times that overlap are refused.',
  ),
  ...guarantee(
    31,
    'An opt-out goes ahead of bulk traffic; one that comes after the start of the stage is told that it is too late.',
  ),
]

function of(flow: string, source: string, all: readonly string[]): readonly Criterion[] {
  return all.map((says, at) => ({ id: `${flow}/AC${at + 1}`, says, source }))
}

function guarantee(number: number, says: string): readonly Criterion[] {
  return [{ id: `G-AC${number}`, says, source: DELIVERY }]
}
