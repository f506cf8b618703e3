// EN-01, SM-ENR: applications for programmes, one by one and in batches, over every way in.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import {
  ENROLLMENTS as NOUN,
  application,
  device,
  freshNic,
  installation,
  withStatus,
} from './enrollment.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('enrollment')

const ways = await openWays()
test.after(() => ways.gateway.close())

const create = (object: JsonObject) => ({ verb: 'create', noun: NOUN, object })
const change = (mRID: string, value: string) => ({
  ...{ verb: 'change', noun: NOUN },
  object: withStatus(mRID, value),
})
const stateOf = async (mRID: string) => (await ways.stored(NOUN, mRID)).state
const batch = (all: readonly JsonObject[]) =>
  ways.json('POST', 'program-enrollments', { ProgramEnrollment: all })
const errorsIn = (it: Json) => member(member(it, 'reply'), 'Error') as readonly JsonObject[]

test('EN-01/AC2, G-AC5: an application is PENDING when it comes, and nobody makes it active', async () => {
  const it = application()
  await ways.ok(create(it))
  assert.is(await stateOf(it.mRID), 'PENDING')
  const { status } = (await ways.stored(NOUN, it.mRID)).object
  assert.is(member(status, 'value'), 'PENDING')
  for (const value of ['COMPLETED', 'deviceCheck', 'validating']) {
    const other = application({ status: { value } })
    const said = await ways.refused(create(other))
    assert.equal(said, { code: '6.1', rule: 'ENR-ENTRY', ids: [other.mRID] }, value)
  }
  const early = await ways.refused(change(it.mRID, 'COMPLETED'))
  assert.equal(early, { code: '6.1', rule: 'ENR-ORDER', ids: [it.mRID] })
})

test('EN-01: a device that the customer brings goes by validating and deviceCheck to COMPLETED', async () => {
  const it = application()
  await ways.ok(create(it))
  for (const value of ['validating', 'deviceCheck', 'ERROR', 'deviceCheck', 'COMPLETED']) {
    await ways.ok(change(it.mRID, value))
    assert.is(await stateOf(it.mRID), value)
  }
  const over = await ways.refused({ verb: 'cancel', noun: NOUN, object: { mRID: it.mRID } })
  assert.equal(over, { code: '6.1', rule: 'SM-ENR-COMPLETED-cancel', ids: [it.mRID] })
})

test('EN-01: whoever is not eligible is REJECTED, and whoever gives up CANCELLED', async () => {
  const [one, other] = [application(), application()]
  for (const it of [one, other]) await ways.ok(create(it))
  await ways.ok(change(one.mRID, 'validating'))
  assert.is((await ways.json('POST', `program-enrollments/${one.mRID}:reject`)).status, 200)
  assert.is((await ways.json('POST', `program-enrollments/${other.mRID}:cancel`)).status, 200)
  assert.equal([await stateOf(one.mRID), await stateOf(other.mRID)], ['REJECTED', 'CANCELLED'])
})

test('EN-01: what the customer brings has NIC id, head-end system and specification', async () => {
  const { Names, ...nameless } = device()
  const { specification: _make, ...unspecified } = device()
  const half = { Names: [{ name: freshNic(), NameType: { name: 'nicId' } }] }
  for (const it of [nameless, unspecified, { ...nameless, ...half }, device('')]) {
    const object = application({ EndDevices: [it] })
    const said = await ways.refused(create(object))
    assert.equal(said, { code: '5.8', rule: 'ENR-DEVICE', ids: [object.mRID] })
  }
  assert.is(Names.length, 1)
  await ways.ok(create(installation()))
})

test('EN-01/AC1, G-AC1, G-AC2: n applications have n results in their order; k that fail make it PARTIAL', async () => {
  const twice = device()
  const all = [
    application(),
    application({ EndDevices: [twice] }),
    application({ EndDevices: [twice] }),
    application({ EndDevices: [{ Names: [{ name: 'x' }] }] }),
    application(),
  ]
  const { status, json } = await batch(all)
  assert.is(status, 200)
  const [part] = errorsIn(json)
  assert.equal(part?.['code'], '0.2')
  assert.equal(
    refusalsIn(json as JsonObject)
      .slice(1)
      .map((it) => [it.ids[0], it.code, it.rule]),
    [
      [all[2]?.mRID, '6.1', 'DEV-DUP'],
      [all[3]?.mRID, '5.8', 'ENR-DEVICE'],
    ],
  )
  const made = member(json, 'ProgramEnrollment') as readonly JsonObject[]
  assert.equal(
    made.map((it) => it['mRID']),
    [all[0], all[1], all[4]].map((it) => it?.mRID),
  )
})

test('EN-01/AC3, IT-32: both places of a device key are named, in one application, in two, and where it takes part', async () => {
  const twice = device()
  const one = application({ EndDevices: [device(), twice, { ...twice, sequence: 2 }] })
  const said = await ways.sent(create(one))
  assert.is(refusalsIn(said)[0]?.rule, 'DEV-DUP')
  assert.match(JSON.stringify(said), /EndDevices\[2\] has the device key .* of EndDevices\[1\]/)
  const [first, second] = [
    application({ EndDevices: [twice] }),
    application({ EndDevices: [device(), twice] }),
  ]
  await ways.ok(create(first))
  const again = await ways.sent(create(second))
  assert.match(
    JSON.stringify(again),
    `EndDevices[1] has the device key ${twice.Names[0]?.name} at head-end 1, and so has EndDevices[0] of the application ${first['transactionId']}.`,
  )
  // Another head-end system is another device.
  await ways.ok(
    create(application({ EndDevices: [device(twice.Names[0]?.name, {}, 'head-end 2')] })),
  )
  // What is given up has no device any more.
  await ways.ok({ verb: 'cancel', noun: NOUN, object: { mRID: first.mRID } })
  await ways.ok(create(second))
})

test('G-AC3: the same batch again makes nothing, and has the first results; other content under its transactionId is refused', async () => {
  const all = [application(), application()].map(({ mRID: _id, ...it }) => it)
  const first = await batch(all)
  assert.is(first.status, 201)
  const before = (await ways.gateway.events()).length
  const again = await batch(all)
  assert.equal([again.status, again.json], [201, first.json])
  assert.is((await ways.gateway.events()).length, before)
  const reply = await ways.sent(create(all[0] ?? {}))
  const [inform] = errorsIn(reply)
  assert.equal([inform?.['code'], inform?.['level']], ['0.0', 'INFORM'])
  assert.match(JSON.stringify(inform), 'rule=ENR-DUP')
  const other = await ways.refused(
    create({ ...all[0], enrollmentSource: 'selfService', mRID: fresh() }),
  )
  assert.equal([other.code, other.rule], ['6.1', 'ENR-CONFLICT'])
})

test('G-AC3: what is sent again after it has gone on is known again by its transactionId, with and without its mRID', async () => {
  const it = application()
  await ways.ok(create(it))
  for (const value of ['validating', 'deviceCheck', 'COMPLETED'])
    await ways.ok(change(it.mRID, value))
  const { mRID: _id, ...unnamed } = it
  for (const object of [it, unnamed]) {
    const reply = await ways.ok(create(object))
    assert.match(JSON.stringify(reply), 'rule=ENR-DUP')
  }
  assert.is(await stateOf(it.mRID), 'COMPLETED')
  // Two aggregators number their applications by themselves.
  const Aggregator = { Names: [{ name: 'Example Aggregation' }] }
  await ways.ok(create(application({ transactionId: it['transactionId'] ?? '', Aggregator })))
})

test('EN-01: what has been applied for stays as it is; a programme that is not in force is refused', async () => {
  const it = application()
  await ways.ok(create(it))
  const object = { mRID: it.mRID, installationMethod: 'reEnroll' }
  const frozen = await ways.refused({ verb: 'change', noun: NOUN, object })
  assert.equal(frozen, { code: '6.1', rule: 'ENR-FROZEN', ids: [it.mRID] })
  const name = `P-${fresh()}`
  const program = {
    ...{ mRID: fresh(), code: name, Names: [{ name }] },
    validityInterval: { start: '2026-08-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
  }
  await ways.ok({ verb: 'create', noun: 'Programs', object: program })
  const asked = { DemandResponseProgram: { Names: [{ name }] } }
  const early = application(asked)
  const said = await ways.refused(create(early))
  assert.equal(said, { code: '6.1', rule: 'ENR-ELIG', ids: [early.mRID] })
  const validityInterval = { start: '2026-08-01T00:00:00-05:00' }
  await ways.ok(create(application({ ...asked, validityInterval })))
  // By its code alone it is found, too.
  const { mRID: _id, Names: _names, ...rest } = program
  const code = `C-${fresh()}`
  await ways.ok({ verb: 'create', noun: 'Programs', object: { ...rest, mRID: fresh(), code } })
  const byCode = { Names: [{ name: code, NameType: { name: 'programCode' } }] }
  await ways.ok(create(application({ DemandResponseProgram: byCode, validityInterval })))
})

test.run()
