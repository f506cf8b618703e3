// The acceptance criteria of taking part in programmes, in our own words: enrollment, subscription, what is told of both.

import type { Criterion } from './index.ts'

const ORACLE = 'Oracle 22C release notes, Oracle functional overview: Enrollment'
const DELIVERY = 'guarantees of delivery'

/** In the order of the flows. */
export const ENROLLMENT_CRITERIA: readonly Criterion[] = [
  ...of('EN-01', [
    'Of n applications in one message there are n results, in the order of the message.',
    'What has been applied for is PENDING, and never active.',
    'A device key that is twice in a message, or that another enrollment or subscription has, is refused with both places named.',
    'The day of the start is the one that the instant has at the place of the devices.',
  ]),
  ...of('EN-02', [
    'Nobody takes part before the work is closed that installs the device, and it is the installed device that is told of.',
  ]),
  ...of('EN-04', [
    'What is not acknowledged is seen to be pending, is told again, and takes part in nothing.',
  ]),
  ...of('EN-05', [
    'A subscription that is closed is inactive, has an end and no device that takes part, and its DERMS has been told and has acknowledged; what is not acknowledged in its time raises an alarm.',
  ]),
  ...of('EN-06', [
    'What had been reserved for a device that is replaced is released or moved, its scores stay with the place, and its key is free when it has gone.',
  ]),
  guarantee(1, 'Every application has one result, in the same order.'),
  guarantee(2, 'Where k of n fail the answer is PARTIAL, with an Error and ID for each of the k.'),
  guarantee(3, 'The same batch sent again enrolls nobody anew, and is answered as the first time.'),
  guarantee(4, 'After a crash behind application i it goes on with application i + 1.'),
  guarantee(5, 'No enrollment is ever told of as active.'),
  guarantee(9, 'What is told of one subscription keeps its order.'),
  guarantee(
    10,
    'A subscription whose customer is not known to its receiver is held, and says why.',
  ),
  guarantee(11, 'An acknowledgement reaches its source, also when that was down.'),
  guarantee(12, 'Who leaves is told of with the end, the status and every device.'),
  guarantee(13, 'Who wants to leave and is not told of in time raises an alarm.'),
  guarantee(14, 'The old device goes and the new one comes by one message, or neither does.'),
  guarantee(
    15,
    'What has become of each device is kept; where it is not the same of all, it is partial.',
  ),
  guarantee(37, 'Work that is closed leads back to its enrollment.'),
]

function of(flow: string, all: readonly string[]): readonly Criterion[] {
  return all.map((says, at) => ({ id: `${flow}/AC${at + 1}`, says, source: ORACLE }))
}

function guarantee(number: number, says: string): Criterion {
  return { id: `G-AC${number}`, says, source: DELIVERY }
}
