// Which subscription ends where the message says who leaves what, or by which application that was; and what it then asks for.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { keysOf } from './reference.ts'
import { SOUGHT_SUBSCRIPTION } from './subscription-sought.ts'
import {
  END,
  ONE,
  OTHER,
  WHO,
  enrollment,
  leaving,
  meant,
  named,
  open,
  over,
  saidOf,
  seenIn,
  subscriptions,
} from './subscription-sought.fixture.ts'
import type { There } from './subscription-sought.fixture.ts'
import { excluded } from './subscription-sync.ts'

const test = suite('subscriptions that are sought')

test('EN-05, G-AC12: it asks for the whole end of the one that is found by its own id, and changes nothing else', () => {
  const extension = { ns: 'urn:x', xml: '<x/>' }
  const its = open('s1', { EndDevices: [ONE, OTHER], '#ext': [extension] })
  const it = meant(leaving({ '#ext': [{ ns: 'urn:y', xml: '<y/>' }] }), subscriptions(its))
  assert.equal(it.kind === 'asks' ? it.object : it, {
    ...{ ...its, Names: leaving()['Names'] },
    EndDevices: [excluded(ONE), excluded(OTHER)],
    removalMethod: 'keep',
    status: { reason: 'MOVED', value: 'INACTIVE' },
    validityInterval: { start: '2026-07-14T05:00:00Z', end: END },
    '#ext': [{ ns: 'urn:y', xml: '<y/>' }, extension],
  })
  const { removalMethod: _method, ...bare } = leaving({ status: { value: 'INACTIVE' } })
  const plain = meant(bare, subscriptions(open('s1')))
  assert.equal(plain.kind === 'asks' ? plain.object['status'] : plain, { value: 'INACTIVE' })
})

/** What is asked, what there is, and which one is meant. */
const FOUND: readonly (readonly [string, JsonObject, There, string])[] = [
  ['customer, programme and usage point', leaving(), subscriptions(open('s1')), 's1'],
  [
    'as they are kept under other names',
    leaving(),
    {
      ...subscriptions(
        open('s1', {
          ...{ Customer: { mRID: 'c1' }, UsagePoint: { mRID: 'u1' } },
          DemandResponseProgram: named('P-1', 'externalId'),
        }),
      ),
      CustomerConfig: [{ mRID: 'c1', ...named('77', 'cisPersonId') }],
      UsagePointConfig: [{ mRID: 'u1', ...named('SP1', 'cisServicePointId') }],
      Programs: [{ mRID: 'p1', code: 'PEAK', ...named('P-1', 'externalId') }],
    },
    's1',
  ],
  [
    'a name without a type',
    leaving(),
    subscriptions(open('s1', { Customer: { Names: [{ name: '77' }] } })),
    's1',
  ],
  [
    'the account of two',
    leaving(),
    subscriptions(
      open('s1', { Customer: named('77', 'cisPersonId') }),
      open('s2', { EndDevices: [OTHER] }),
    ),
    's2',
  ],
  [
    'the enrollment that it names, whatever else it says',
    leaving({ Customer: {}, DemandResponseProgram: {}, UsagePoint: {} }, 'T-1'),
    {
      ...subscriptions(
        open('s1', { ...{ Customer: { mRID: 'c9' } }, ProgramEnrollment: { mRID: 'e-T-1' } }),
        open('s2'),
      ),
      ProgramEnrollments: [enrollment('T-1')],
    },
    's1',
  ],
  [
    'the enrollment, where it says alone who and where',
    leaving({ Customer: {}, DemandResponseProgram: {}, UsagePoint: {} }, 'T-1'),
    {
      ...subscriptions(open('s1', { EndDevices: [OTHER] })),
      ProgramEnrollments: [enrollment('T-1')],
    },
    's1',
  ],
  [
    'the devices of the enrollment, of two at one place',
    leaving({}, 'T-1'),
    {
      ...subscriptions(open('s1', { EndDevices: [OTHER] }), open('s2')),
      ProgramEnrollments: [enrollment('T-1')],
    },
    's2',
  ],
  [
    'not the enrollment of another that has the id of the message by chance',
    leaving(),
    {
      ...subscriptions(
        open('s1'),
        open('s9', { ...{ Customer: { mRID: 'c9' } }, ProgramEnrollment: { mRID: 'e-UN-1' } }),
      ),
      ProgramEnrollments: [enrollment('UN-1', { Customer: named('99', 'cisPersonId') })],
    },
    's1',
  ],
  [
    'the open one, where another has ended before',
    leaving(),
    subscriptions(over('s0', '2026-02-01T06:00:00Z'), open('s1')),
    's1',
  ],
]

for (const [by, asked, there, mRID] of FOUND)
  test(`EN-05: it is found by ${by}`, () => assert.is(saidOf(meant(asked, there)), mRID))

test('what it is looked for by leads on from the message to what is kept, and to devices and places of that', () => {
  const there = { ProgramEnrollments: [enrollment('T-1')] }
  const asked = leaving({ UsagePoint: {} }, 'T-1')
  const [before, after] = [{}, there].map((it) => ({
    texts: SOUGHT_SUBSCRIPTION.searches(asked, seenIn(it)).map(({ under }) => under),
    nouns: SOUGHT_SUBSCRIPTION.refers(asked, seenIn(it)).map(({ noun }) => noun),
  }))
  assert.equal(before?.texts, ['T-1'])
  assert.equal(after?.texts, ['T-1', 'e-T-1', 'SP1', 'left SP1'])
  assert.equal(before?.nouns, ['CustomerConfig', 'Programs', 'Programs'])
  assert.equal(after?.nouns.slice(3), ['UsagePointConfig', 'ProgramSubscriptions'])
  assert.equal(keysOf(WHO['UsagePoint']), ['SP1'])
})

test.run()
