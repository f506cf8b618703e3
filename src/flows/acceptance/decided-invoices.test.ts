// What invoices are made of stays as it was told: who was in a group, what was delivered, and how it is divided.

import { suite } from 'uvu'
import type { JsonObject } from '../../schema/json-text.ts'
import { agreementsOn } from './agreement.fixture.ts'
import { fresh, tariff } from './connection.fixture.ts'
import { frozenOn } from './frozen.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('decided: invoices')

const ways = await openWays()
test.after(() => ways.gateway.close())

const { active } = agreementsOn(ways)

const JULY = { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' }
const AUGUST = { start: JULY.end, end: '2026-09-01T00:00:00Z' }
const [DEVICE, OTHER] = [{ mRID: fresh() }, { mRID: fresh() }]
const energy = (value: string) => ({ multiplier: 'k', unit: 'Wh', value })

const TOLD: readonly (readonly [
  noun: string,
  rule: string,
  object: JsonObject,
  changes: readonly JsonObject[],
  free: JsonObject,
])[] = [
  [
    'DERGroupMemberships',
    'MEM-FROZEN',
    { EndDevice: DEVICE, EndDeviceGroup: { mRID: 'g-7' }, interval: { start: JULY.start } },
    [{ EndDevice: OTHER }, { EndDeviceGroup: { mRID: 'g-8' } }, { interval: AUGUST }],
    { interval: JULY },
  ],
  [
    'DERParticipations',
    'DPT-FROZEN',
    {
      delivered: energy('4.2'),
      DERGroupDispatch: { mRID: 'd-7' },
      EndDevice: DEVICE,
      interval: JULY,
    },
    [{ EndDevice: OTHER }, { DERGroupDispatch: { mRID: 'd-8' } }, { interval: AUGUST }],
    { delivered: energy('4.3') },
  ],
]

for (const [noun, rule, object, changes, free] of TOLD)
  test(`${rule}: what has been told for invoices is told of what it was`, async () => {
    const mRID = fresh()
    await ways.ok({ verb: 'create', noun, object: { mRID, ...object } })
    await frozenOn(ways, [noun, rule], mRID, ...changes)
    await ways.ok({ verb: 'change', noun, object: { mRID, ...free } })
  })

test('DEC-FROZEN: what a decomposition has divided stays divided so', async () => {
  const noun = 'DERGroupDecompositions'
  const own = await active({ PricingStructures: [{ mRID: await anyTariff() }] })
  const member = (EndDevice: JsonObject) => ({
    EndDevice,
    CustomerAgreement: { mRID: own.mRID },
    share: { '#number': '1' },
  })
  const group = { mRID: fresh() }
  const stay = { mRID: fresh(), EndDevice: DEVICE, EndDeviceGroup: group, interval: JULY }
  await ways.told({ verb: 'created', noun: 'DERGroupMemberships', object: stay })
  const mRID = fresh()
  const object = { mRID, effective: JULY, EndDeviceGroup: group, members: [member(DEVICE)] }
  await ways.ok({ verb: 'create', noun, object })
  await frozenOn(
    ways,
    [noun, 'DEC-FROZEN'],
    mRID,
    { members: [member(OTHER)] },
    { effective: AUGUST },
    { EndDeviceGroup: { mRID: fresh() } },
  )
})

async function anyTariff(): Promise<string> {
  const object = tariff()
  await ways.ok({ verb: 'create', noun: 'Tariffs', object })
  return object.mRID
}

test.run()
