// What is said where nobody can tell which subscription ends, or when, or where it has ended already.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import {
  END,
  OTHER,
  enrollment,
  leaving,
  meant,
  named,
  open,
  over,
  saidOf,
  subscriptions,
} from './subscription-sought.fixture.ts'
import type { There } from './subscription-sought.fixture.ts'

const test = suite('subscriptions that are not found')

/** What is asked, what there is, and what is said of it. */
const NOT_FOUND: readonly (readonly [string, JsonObject, There, RegExp])[] = [
  [
    'nothing is known of it',
    leaving(),
    {},
    /^5\.8 SUB-CLOSE: No subscription is known here of an enrollment with the transactionId UN-1, nor one of the customer 77 in the programme PEAK at the usage point SP1\. Write the transactionId/,
  ],
  [
    'it does not say where',
    leaving({ UsagePoint: {}, DemandResponseProgram: {} }),
    subscriptions(open('s1')),
    /transactionId UN-1\. The message does not say the programme and the usage point\. Write/,
  ],
  [
    'it says nothing',
    { validityInterval: { end: END } },
    subscriptions(open('s1')),
    /^5\.8 SUB-CLOSE: Nothing says which subscription ends\. The message does not say the customer, programme and the usage point\./,
  ],
  [
    'it is another programme, point or customer',
    leaving({ DemandResponseProgram: named('OTHER', 'programCode') }),
    subscriptions(open('s1'), open('s2', { UsagePoint: named('SP1', 'servicePointId') })),
    /^5\.8 SUB-CLOSE: No subscription is known here/,
  ],
  [
    'both have an mRID, and not the same',
    leaving({ Customer: { mRID: 'c1', ...named('77', 'cisPersonId') } }),
    subscriptions(open('s1', { Customer: { mRID: 'c2', ...named('77', 'cisPersonId') } })),
    /^5\.8 SUB-CLOSE: No subscription is known here/,
  ],
  [
    'it does not say when',
    leaving({ validityInterval: {} }),
    subscriptions(open('s1')),
    /^5\.8 SUB-CLOSE: The subscription s1 is to be closed\. The message does not say when it ends.*programInfo\.endDate of Oracle/,
  ],
  [
    'it does not say when, also of one that has ended',
    leaving({ validityInterval: {} }),
    subscriptions(over('s1')),
    /^5\.8 SUB-CLOSE: The subscription s1 has ended already\. The message does not say when/,
  ],
  [
    'several are meant',
    leaving({ Customer: named('77', 'cisPersonId') }),
    subscriptions(open('s1'), open('s2', { EndDevices: [OTHER] })),
    /^5\.8 SUB-CLOSE: Nothing says which of the subscriptions s1 and s2 ends: all of them are open, and of the customer 77 .* Close the one that is meant by its id/,
  ],
  [
    'several come from enrollments of one id',
    leaving({ Customer: {}, DemandResponseProgram: {}, UsagePoint: {} }, 'T-1'),
    {
      ...subscriptions(
        open('s1', { ProgramEnrollment: { mRID: 'a' } }),
        open('s2', { ProgramEnrollment: { mRID: 'b' }, EndDevices: [OTHER] }),
      ),
      ProgramEnrollments: ['a', 'b'].map((mRID) => enrollment('T-1', { mRID })),
    },
    /of the subscriptions s1 and s2 ends: all of them are open, and of an enrollment with the transactionId T-1\./,
  ],
  [
    'its device is that of another customer by now',
    leaving({ DemandResponseProgram: {}, UsagePoint: {} }, 'T-1'),
    {
      ...subscriptions(open('s2', { Customer: named('99', 'cisPersonId') })),
      ProgramEnrollments: [enrollment('T-1')],
    },
    /^5\.8 SUB-CLOSE: No subscription is known here/,
  ],
  [
    'it has ended otherwise',
    leaving(),
    subscriptions(over('s1', '2026-02-01T06:00:00Z'), over('s2', '2026-08-01T05:00:00Z')),
    /^6\.1 SUB-CLOSED: The subscription s2 has ended already, at 2026-08-01T05:00:00Z\./,
  ],
  [
    'it has ended so',
    leaving(),
    subscriptions(over('s1')),
    /^done: The subscription s1 has ended so already/,
  ],
  [
    'it has ended so, and its customer has come again since',
    leaving({ validityInterval: { end: '2026-09-30T00:00:00-05:00' } }),
    subscriptions(over('s1'), open('s2', { validityInterval: { start: '2026-10-05T05:00:00Z' } })),
    /^done: The subscription s1 has ended so already/,
  ],
]

for (const [when, asked, there, said] of NOT_FOUND)
  test(`EN-05, K2: nothing is asked for where ${when}`, () =>
    assert.match(saidOf(meant(asked, there)), said))

test('EN-05, EN-03: who is not known here is said to be unknown, with the code of that', () => {
  const said = (keeps: readonly string[]) => saidOf(meant(leaving(), {}, keeps))
  assert.match(said(['CustomerConfig']), /^2\.22 SUB-CLOSE: The customer 77 is not known here\. No/)
  assert.match(said(['UsagePointConfig']), /^2\.12 SUB-CLOSE: The usage point SP1 is not known/)
})

test.run()
