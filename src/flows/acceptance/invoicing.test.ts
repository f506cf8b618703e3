// Usage, participation, invoicing (EPRI 3002014619 §3): what a third party tells of its groups adds up, and each line of an
// invoice leads to a group, a DER and a contract.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { DER_FUNCTIONS } from '../der-functions.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('invoicing')

const ways = await openWays()
test.after(() => ways.gateway.close())

let count = 0
const fresh = (): string => {
  count += 1
  return `5a6b7c8d-0000-4000-8000-00000000${1000 + count}`
}

const JULY = { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' }

interface Share {
  readonly device: JsonObject
  readonly share: string
  readonly agreement?: string
}

/** A decomposition of a group for July. */
function decomposition(group: string, shares: readonly Share[]): Wish {
  const members = shares.map(({ device, share, agreement }) => ({
    share: { '#number': share },
    ...(agreement === undefined ? {} : { CustomerAgreement: { mRID: agreement } }),
    EndDevice: device,
  }))
  const object = { mRID: fresh(), effective: JULY, EndDeviceGroup: { mRID: group }, members }
  return { verb: 'create', noun: 'DERGroupDecompositions', object }
}

const asEvent = (wish: Wish): Wish => ({ ...wish, verb: 'created' })

async function refusedAsEvent(wish: Wish) {
  const reply = await ways.sent(asEvent(wish))
  assert.is(member(member(reply, 'reply'), 'Result'), 'FAILED', JSON.stringify(reply))
  return saidIn(member(reply, 'reply'))
}

const codesOf = (reply: JsonObject): readonly string[] => {
  const errors = member(member(reply, 'reply'), 'Error')
  return (Array.isArray(errors) ? errors : []).map(
    (it: Json) =>
      `${String(member(it, 'code'))} ${String(member(member(it, 'ID'), '$') ?? member(it, 'ID'))}`,
  )
}

/** A group of a third party's, its members told for July. */
async function groupOf(...devices: readonly JsonObject[]): Promise<string> {
  const group = fresh()
  for (const device of devices) await ways.told(stay(group, device, JULY.start, JULY.end))
  return group
}

function stay(group: string, device: JsonObject, start: string, end?: string): Wish {
  const interval = { ...(end === undefined ? {} : { end }), start }
  const object = { mRID: fresh(), EndDevice: device, EndDeviceGroup: { mRID: group }, interval }
  return { verb: 'created', noun: 'DERGroupMemberships', object }
}

async function signed(): Promise<string> {
  const mRID = fresh()
  await ways.ok({ verb: 'create', noun: 'CustomerAgreements', object: agreement(mRID) })
  for (const value of ['offered', 'active'])
    await ways.ok({
      verb: 'change',
      noun: 'CustomerAgreements',
      object: { ...agreement(mRID), status: { value } },
    })
  return mRID
}

function agreement(mRID: string): JsonObject {
  return {
    mRID,
    revisionNumber: '1',
    validityInterval: { start: '2026-01-01T00:00:00Z' },
    Customer: { mRID: `customer of ${mRID}` },
    PricingStructures: [{ mRID: 'tariff-7' }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: `usage point of ${mRID}` }],
  }
}

test('F32-F/AC1: shares that add up to exactly 1 are taken, in thirds too', async () => {
  const [one, two] = [{ mRID: fresh() }, { Names: [{ name: '00012345678901234567' }] }]
  const three = { serialNumber: '0071' }
  const group = await groupOf(one, two, three)
  const agreements = [await signed(), await signed(), await signed()]
  const third = '0.33333333333333333333'
  const wish = decomposition(group, [
    { device: one, share: third, agreement: agreements[0] ?? '' },
    { device: two, share: third, agreement: agreements[1] ?? '' },
    { device: three, share: '0.33333333333333333334', agreement: agreements[2] ?? '' },
  ])
  await ways.told(asEvent(wish))
  const { object } = await ways.stored(wish.noun, String(wish.object['mRID']))
  const kept = JSON.stringify(member(object, 'members'))
  assert.match(kept, '0.33333333333333333334')
})

for (const [shares, sum] of [
  [['0.1', '0.2', '0.7000000000000000001'], '1.0000000000000000001'],
  [['0.3333333333', '0.3333333333', '0.3333333333'], '0.9999999999'],
  [['1', '0', '0.00'], ''],
] as const)
  test(`F32-F/AC1: ${shares.join(' + ')} is ${sum === '' ? 'exactly 1' : `refused: ${sum}`}`, async () => {
    const devices = shares.map(() => ({ mRID: fresh() }))
    const group = await groupOf(...devices)
    const agreement = await signed()
    const wish = decomposition(
      group,
      shares.map((share, at) => ({ device: devices[at] ?? {}, share, agreement })),
    )
    if (sum === '') return void (await ways.ok(wish))
    const said = await ways.refused(wish)
    assert.equal(said, { code: '2.29', rule: 'DEC-SUM', ids: [String(wish.object['mRID'])] })
    assert.equal(await refusedAsEvent(wish), said, 'an event is refused alike')
    assert.match(JSON.stringify(await ways.sent(wish)), `add up to ${sum},`)
  })

test('F32-F/AC2, G-AC46: a share without a contract is refused with 2.24 and the DER', async () => {
  const [one, two, three] = [{ mRID: fresh() }, { mRID: fresh() }, { mRID: fresh() }]
  const group = await groupOf(one, two, three)
  const [unsigned, unknown] = [fresh(), fresh()]
  await ways.ok({ verb: 'create', noun: 'CustomerAgreements', object: agreement(unsigned) })
  const wish = decomposition(group, [
    { device: one, share: '0.5' },
    { device: two, share: '0.25', agreement: unsigned },
    { device: three, share: '0.25', agreement: unknown },
  ])
  const said = await ways.refused(wish)
  assert.equal(said, { code: '2.24', rule: 'DEC-CONTRACT', ids: [one.mRID] })
  assert.equal(await refusedAsEvent(wish), said)
  const due = [one, two, three].map((it) => `2.24 ${it.mRID}`)
  assert.equal(codesOf(await ways.sent(wish)), due, 'one Error for each')
})

test('F32-F/AC3: a member that was not in the group all the time is refused with 2.29 and the DER', async () => {
  const [always, late, never] = [{ mRID: fresh() }, { mRID: fresh() }, { mRID: fresh() }]
  const [twice, gap] = [{ mRID: fresh() }, { mRID: fresh() }]
  const group = await groupOf(always)
  await ways.told(stay(group, late, '2026-07-01T00:00:01Z'))
  // Out for no time at all, and out for one second.
  await ways.told(stay(group, twice, '2026-06-01T00:00:00Z', '2026-07-10T00:00:00Z'))
  await ways.told(stay(group, twice, '2026-07-10T02:00:00+02:00'))
  await ways.told(stay(group, gap, '2026-06-01T00:00:00Z', '2026-07-10T00:00:00Z'))
  await ways.told(stay(group, gap, '2026-07-10T00:00:01Z'))
  const contract = await signed()
  const wish = decomposition(
    group,
    [always, late, never, twice, gap].map((device) => ({
      device,
      share: '0.2',
      agreement: contract,
    })),
  )
  const said = await ways.refused(wish)
  assert.equal(said, { code: '2.29', rule: 'DEC-MEMBER', ids: [late.mRID] })
  assert.equal(await refusedAsEvent(wish), said)
  assert.equal(
    codesOf(await ways.sent(wish)),
    [late, never, gap].map((it) => `2.29 ${it.mRID}`),
  )
})

test('F32-F: a device has one share, and group and device are named', async () => {
  const device = { mRID: fresh() }
  const group = await groupOf(device)
  const agreement = await signed()
  const half = { device, share: '0.5', agreement }
  const twice = await ways.refused(decomposition(group, [half, half]))
  assert.equal(twice, { code: '6.1', rule: 'GRP-DUPM', ids: [device.mRID] })
  const whole = { device, share: '1', agreement }
  const nameless = decomposition(group, [whole])
  const { code, rule } = await ways.refused({
    ...nameless,
    object: { ...nameless.object, EndDeviceGroup: {} },
  })
  assert.equal([code, rule], ['5.8', 'ID-1'])
  const backward = { ...nameless.object, effective: { start: JULY.end, end: JULY.start } }
  assert.is((await ways.refused({ ...nameless, object: backward })).rule, 'DEC-INTERVAL')
})

test('F32-E: a device is in a group once at a time, and an interval goes forward', async () => {
  const [group, device] = [fresh(), { mRID: fresh() }]
  const first = stay(group, device, '2026-07-01T00:00:00Z')
  await ways.told(first)
  const again = await refusedAsEvent(
    stay(group, device, '2026-07-14T00:00:00Z', '2026-07-15T00:00:00Z'),
  )
  assert.equal([again.code, again.rule], ['6.1', 'MEM-OVERLAP'])
  assert.ok(again.ids.includes(String(first.object['mRID'])))
  const ended = {
    ...first.object,
    interval: { start: '2026-07-01T00:00:00Z', end: '2026-07-14T00:00:00Z' },
  }
  await ways.told({ ...first, verb: 'changed', object: ended })
  await ways.told(stay(group, device, '2026-07-14T00:00:00Z', '2026-07-15T00:00:00Z'))
  const backward = await refusedAsEvent(
    stay(fresh(), device, '2026-07-15T00:00:00Z', '2026-07-14T00:00:00Z'),
  )
  assert.is(backward.rule, 'MEM-INTERVAL')
  assert.is((await refusedAsEvent(stay(group, {}, '2026-07-15T00:00:00Z'))).rule, 'ID-1')
})

/** What a device delivered in a dispatch. */
function participation(dispatch: JsonObject, device: JsonObject, more: JsonObject = {}): Wish {
  const energy = { multiplier: 'k', unit: 'Wh', value: '4.75' }
  const interval = { start: '2026-07-14T14:00:00Z', end: '2026-07-14T16:00:00Z' }
  const object = {
    mRID: fresh(),
    delivered: energy,
    DERGroupDispatch: dispatch,
    EndDevice: device,
    interval,
    ...more,
  }
  return { verb: 'create', noun: 'DERParticipations', object }
}

test('F31-H/AC1: whatever names a DER group is refused: the group of the dispatch, a known one, a name that says so', async () => {
  const [group, dispatch, device] = [fresh(), fresh(), { mRID: fresh() }]
  await ways.told({
    verb: 'created',
    noun: 'DERGroupDispatches',
    object: {
      mRID: dispatch,
      EndDeviceGroup: {
        mRID: group,
        DERMonitorableParameter: {
          DERParameter: 'activePower',
          yMultiplier: 'k',
          yUnit: 'W',
          DispatchSchedule: [
            {
              curveStyleKind: 'constantYValue',
              startTime: '2026-07-14T14:00:00Z',
              timeIntervalDuration: '2',
              timeIntervalUnit: 'h',
              DERCurveData: [{ intervalNumber: '1', nominalYValue: '5' }],
            },
          ],
        },
        Names: [{ name: 'Feeder 7' }],
      },
    },
  })
  const typed = { name: 'any', NameType: { name: 'groupName' } }
  const wrong: readonly (readonly [string, Wish])[] = [
    [
      'mRID of the group',
      participation({ mRID: dispatch }, device, {
        quality: 'x',
        Names: [{ name: group.toUpperCase() }],
      }),
    ],
    ['name of the group', participation({ mRID: dispatch, Names: [{ name: 'Feeder 7' }] }, device)],
    ['a name that says so', participation({ mRID: fresh(), Names: [typed] }, device)],
    ['the group in place of the dispatch', participation({ mRID: group }, device)],
  ]
  const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
  await ways.told({
    verb: 'created',
    noun: 'DERGroups',
    object: { mRID: group, DERFunction, EndDevices: [device], Names: [{ name: 'Feeder 7' }] },
  })
  for (const [what, wish] of wrong) {
    const said = await ways.refused(wish)
    assert.equal([said.code, said.rule], ['6.1', 'DPT-GROUP'], what)
    assert.equal(said.ids, [device.mRID], what)
    assert.equal(await refusedAsEvent(wish), said, what)
  }
  await ways.told(asEvent(participation({ mRID: dispatch }, device)))
})

test('F32-G: what a DER delivered in a dispatch is told once, and goes forward in time', async () => {
  const [dispatch, device] = [{ mRID: fresh() }, { mRID: fresh() }]
  await ways.told(asEvent(participation(dispatch, device)))
  const again = await refusedAsEvent(participation(dispatch, device))
  assert.equal([again.code, again.rule], ['6.1', 'DPT-DUP'])
  const interval = { start: '2026-07-14T16:00:00Z', end: '2026-07-14T14:00:00Z' }
  const backward = await refusedAsEvent(participation(dispatch, device, { interval }))
  assert.is(backward.rule, 'DPT-INTERVAL')
})

test.run()
