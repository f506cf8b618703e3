// C5: every interval of a flow ends after it starts, and CA-05 guesses no time zone.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { NOUN, agreementsOn } from './agreement.fixture.ts'
import { fresh, request, verification } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { REQUESTS, fleet, formRequest } from './groups.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('intervals')

const ways = await openWays()
test.after(() => ways.gateway.close())

const { active, agreement, change, create, step } = agreementsOn(ways)

const [EARLY, LATE] = ['2026-08-01T00:00:00Z', '2026-09-01T00:00:00Z']
const BACKWARD = { start: LATE, end: EARLY }
/** the same instant, written in two zones */
const EMPTY = { start: EARLY, end: '2026-08-01T02:00:00+02:00' }

const needed = (interval: JsonObject) => ({
  requiredCapability: [
    {
      interval,
      DERParameter: 'activePower',
      flowDirection: 'forward',
      quantity: { multiplier: 'k', unit: 'W', value: '5' },
    },
  ],
})

const CASES: readonly (readonly [
  noun: string,
  rule: string,
  make: (interval: JsonObject) => Identified,
])[] = [
  [NOUN, 'CA-INTERVAL', (validityInterval) => agreement({ validityInterval })],
  ['ServiceRequests', 'SR-INTERVAL', (it) => request('serviceOn', { requestedInterval: it })],
  [
    'ServiceOrders',
    'WRK-INTERVAL',
    (scheduleInterval) =>
      verification({ mRID: fresh() }, { TimeSchedules: [{ kind: 'request', scheduleInterval }] }),
  ],
]

for (const [noun, rule, make] of CASES)
  test(`${rule}: an interval of ${noun} that is backward or empty is refused`, () =>
    neverBackward(noun, rule, make))

async function neverBackward(
  noun: string,
  rule: string,
  make: (interval: JsonObject) => Identified,
): Promise<void> {
  for (const it of [BACKWARD, EMPTY]) {
    const object = make(it)
    const said = await ways.refused({ verb: 'create', noun, object })
    assert.equal(said, { code: '6.1', rule, ids: [object.mRID] })
  }
}

test('CA-OVERLAP, CA-INTERVAL: an interval that holds no instant does not go round an agreement in force', async () => {
  const UsagePoints = [{ mRID: fresh() }]
  await active({ UsagePoints })
  const other = agreement({ UsagePoints, validityInterval: { start: LATE } })
  await create(other)
  await step(other.mRID, 'offer')
  const said = await ways.refused(
    change(other.mRID, { validityInterval: { start: LATE, end: EARLY } }),
  )
  assert.is(said.rule, 'CA-INTERVAL')
  const sign = await ways.refused(change(other.mRID, { status: { value: 'active' } }))
  assert.is(sign.rule, 'CA-OVERLAP')
})

test('CA-ZONE: a provider begins at an instant that names its offset', async () => {
  const { mRID } = await active()
  const provider = { Names: [{ name: 'ACME' }] }
  const thirdParty = [{ provider, validityInterval: { start: '2026-08-01T00:00:00' } }]
  const said = await ways.refused(change(mRID, { thirdParty }))
  assert.equal(said, { code: '6.1', rule: 'CA-ZONE', ids: [mRID] })
  const body = { newProvider: provider, effective: '2026-08-01T00:00:00' }
  const { status, json } = await ways.json(
    'POST',
    `customer-agreements/${mRID}:change-provider`,
    body,
  )
  assert.is(status, 409)
  assert.is(saidIn(json).rule, 'CA-ZONE')
  const details = JSON.stringify(member(json, 'Error'))
  assert.match(details, /with Z or its offset/)
  await step(mRID, 'change-provider', { ...body, effective: '2026-08-02T00:00:00+02:00' })
})

test('GRP-INTERVAL: nor is a capability asked for in such an interval', async () => {
  const { tariff, devices } = await fleet(ways, 1)
  const asked = (it: JsonObject) => formRequest(devices, tariff, needed(it))
  await neverBackward(REQUESTS, 'GRP-INTERVAL', asked)
})

test.run()
