// Issues that a DERMS detects: one order for a device and a kind of issue within the window, and none for a third party.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { connection, fresh, link, progressed, registration, request } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('device issues')

const ways = await openWays()
test.after(() => ways.gateway.close())

const ORDERS = 'ServiceOrders'

/** An event that has been told. */
async function issue(device: Json, ref = '10.2.1.79'): Promise<Identified> {
  const event: Identified = {
    mRID: fresh(),
    createdDateTime: '2026-07-14T07:00:00Z',
    Assets: device,
    EndDeviceEventType: { '@ref': ref },
  }
  await ways.told({ verb: 'created', noun: 'EndDeviceEvents', object: event })
  return event
}

function order(of: Identified, requestDateTime = '2026-07-14T08:00:00Z'): Identified {
  const Names = [link('EndDeviceEvent', of.mRID)]
  const work = { mRID: fresh(), kind: 'repair', requestDateTime, statusKind: 'scheduled' }
  return { mRID: fresh(), Names, Work: [work] }
}

const create = (object: JsonObject) => ({ verb: 'create', noun: ORDERS, object })

const device = () => ({ mRID: fresh() })

test('SO-01/AC4: one order for a device and a kind of issue within the window, however often it is told', async () => {
  const [one, other] = [device(), device()]
  const first = order(await issue(one))
  await ways.ok(create(first))
  const again = order(await issue(one), '2026-07-14T23:00:00Z')
  const said = await ways.refused(create(again))
  assert.equal(said, { code: '6.1', rule: 'SO-ISSUE', ids: [again.mRID, first.mRID] })
  await ways.ok(create(order(await issue(one, '10.2.1.80'))))
  await ways.ok(create(order(await issue(other))))
})

test('SO-01/AC4: the window is a day on both sides, also over midnight and when the first order is closed', async () => {
  const one = device()
  const at = (time: string) => issue(one).then((it) => order(it, time))
  const first = await at('2026-07-14T20:00:00Z')
  await ways.ok(create(first))
  await ways.ok({ verb: 'change', noun: ORDERS, object: progressed(first, 'completed') })
  await ways.ok({ verb: 'close', noun: ORDERS, object: first })
  for (const time of ['2026-07-15T19:59:59Z', '2026-07-13T20:00:01Z', '2026-07-14T22:00:00+02:00'])
    assert.is((await ways.refused(create(await at(time)))).rule, 'SO-ISSUE', time)
  for (const time of ['2026-07-15T20:00:00Z', '2026-07-13T20:00:00Z'])
    await ways.ok(create(await at(time)))
})

test('SO-01/AC4: after an order that is cancelled another one may be given', async () => {
  const one = device()
  const first = order(await issue(one))
  await ways.ok(create(first))
  await ways.ok({ verb: 'cancel', noun: ORDERS, object: first })
  await ways.ok(create(order(await issue(one))))
})

test('SO-01/AC5: for a device behind the own network of a third party there is no order', async () => {
  const own = request('derInterconnection')
  await ways.ok({ verb: 'create', noun: 'ServiceRequests', object: own })
  const theirs = registration(own, {}, { thirdPartyProvider: { Names: [{ name: 'ACME' }] } })
  await ways.ok({ verb: 'create', noun: 'DERRegistrations', object: theirs })
  const object = order(await issue(member(theirs, 'EndDevice') ?? null))
  const said = await ways.refused(create(object))
  assert.equal(said, { code: '6.1', rule: 'SO-SCOPE', ids: [object.mRID] })
  const ours = await connection(ways, 'registered')
  await ways.ok(create(order(await issue(member(ours.registration, 'EndDevice') ?? null))))
})

test.run()
