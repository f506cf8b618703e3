// A step is taken once: by its name a second one is refused, and a change that changes nothing is none. The state says since when.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Flow } from '../flow.ts'
import { FLOWS } from '../index.ts'
import { NOUN, agreementsOn } from './agreement.fixture.ts'
import { connection, fresh, registration, request } from './connection.fixture.ts'
import { fleet, formRequest } from './groups.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('repeated steps')

let minute = 0
/** one minute later whenever it is set on */
const clock = () => `2026-07-14T08:${String(minute).padStart(2, '0')}:00.000Z`
const ways = await openWays({ clock })
test.after(() => ways.gateway.close())

const { active, agreement, change, create } = agreementsOn(ways)

async function revision(noun: string, mRID: string): Promise<number | undefined> {
  return (await ways.gateway.store.objects(noun, [mRID], []))[0]?.revision
}

async function twice(path: string, noun: string, rule: string): Promise<void> {
  const [, mRID = ''] = /\/(.*):/.exec(path) ?? []
  const first = await ways.json('POST', path)
  assert.is(first.status, 200, `${path}: ${JSON.stringify(first.json)}`)
  const before = [await revision(noun, mRID), await told(noun)]
  const { status, json } = await ways.json('POST', path)
  assert.is(status, 409, path)
  assert.equal(saidIn(json), { code: '6.1', rule, ids: [mRID] })
  assert.equal([await revision(noun, mRID), await told(noun)], before)
}

/** Business events about objects of a noun. */
async function told(noun: string): Promise<number> {
  return (await ways.gateway.events()).filter((it) => it.noun === noun).length
}

test('a step of an agreement that has been taken is not taken again: 409, and no revision', async () => {
  const own = agreement()
  await create(own)
  for (const [name, rule] of [
    ['offer', 'SM-AG-offered-offer'],
    ['sign', 'CA-SM'],
    ['suspend', 'SM-AG-suspended-suspend'],
    ['resume', 'SM-AG-active-resume'],
    ['supersede', 'SM-AG-superseded-supersede'],
  ] as const)
    await twice(`customer-agreements/${own.mRID}:${name}`, NOUN, rule)
  assert.is((await ways.stored(NOUN, own.mRID)).object['revisionNumber'], '1')
})

test('a step leads where its name says: what is offered is not resumed, and what is suspended not signed', async () => {
  const own = agreement()
  await create(own)
  const path = `customer-agreements/${own.mRID}`
  await ways.json('POST', `${path}:offer`)
  const resumed = await ways.json('POST', `${path}:resume`)
  assert.is(saidIn(resumed.json).rule, 'SM-AG-offered-resume')
  for (const it of ['sign', 'suspend']) await ways.json('POST', `${path}:${it}`)
  assert.is(saidIn((await ways.json('POST', `${path}:sign`)).json).rule, 'CA-SM')
  assert.is((await ways.stored(NOUN, own.mRID)).state, 'suspended')
})

test('P-07: every step by name is one of its lifecycle, and takes that one alone', () => {
  let judged = 0
  for (const { id, lifecycle, steps = {}, trigger } of FLOWS as readonly Flow[])
    for (const it of Object.values(steps)) {
      if (!('trigger' in it)) continue
      const rows = lifecycle.steps.filter((row) => row.trigger === it.trigger)
      assert.ok(rows.length > 0, `${lifecycle.id} has no step ${it.trigger} of ${id}`)
      for (const { from, to } of rows) {
        const object = inState(id, from)
        assert.is(trigger(object, it.change(object, {})), it.trigger, `${id}: ${from} to ${to}`)
        judged += 1
      }
    }
  assert.ok(judged > 15, `${judged}`)
})

function inState(flow: string, state: string): JsonObject {
  return flow === 'work-request' ? { Work: [{ statusKind: state }] } : { status: { value: state } }
}

test('a change that changes nothing is OK, and neither a revision nor an event, over every way', async () => {
  const own = await active()
  const object = { mRID: own.mRID, status: { value: 'active' } }
  const before = [await revision(NOUN, own.mRID), await told(NOUN)]
  await ways.ok(change(own.mRID, object))
  assert.is(
    (await ways.json('PATCH', `customer-agreements/${own.mRID}`, { status: object.status })).status,
    200,
  )
  const { json } = await ways.json('GET', `customer-agreements/${own.mRID}`)
  assert.is((await ways.json('PUT', `customer-agreements/${own.mRID}`, json)).status, 200)
  assert.equal([await revision(NOUN, own.mRID), await told(NOUN)], before)
  await ways.ok(change(own.mRID, { loadMgmt: 'peak' }))
  assert.equal(
    [await revision(NOUN, own.mRID), await told(NOUN)],
    before.map((it) => (it ?? 0) + 1),
  )
})

test('status.dateTime is the instant of the state, by a step, a PATCH, a change and a move of others', async () => {
  const own = agreement()
  await create(own)
  const path = `customer-agreements/${own.mRID}`
  const since = async () => {
    const { object, state } = await ways.stored(NOUN, own.mRID)
    return `${state} ${String(member(member(object, 'status'), 'dateTime')).slice(11, 16)}`
  }
  minute = 1
  await ways.json('POST', `${path}:offer`)
  assert.is(await since(), 'offered 08:01')
  minute = 2
  await ways.json('PATCH', path, { status: { value: 'active' } })
  assert.is(await since(), 'active 08:02')
  minute = 3
  await ways.ok(change(own.mRID, { loadMgmt: 'peak' }))
  assert.is(await since(), 'active 08:02', 'the state is what it was')
  minute = 4
  await ways.ok(change(own.mRID, { status: { value: 'suspended' } }))
  assert.is(await since(), 'suspended 08:04')
  const told = { value: 'active', dateTime: '2026-07-14T07:30:00.000Z' }
  await ways.ok(change(own.mRID, { status: told }))
  assert.is(await since(), 'active 07:30', 'whoever sets a state may say since when')
  minute = 5
  const asked = request('derInterconnection')
  await ways.ok({ verb: 'create', noun: 'ServiceRequests', object: asked })
  minute = 6
  await ways.ok({ verb: 'create', noun: 'DERRegistrations', object: registration(asked) })
  const { object } = await ways.stored('ServiceRequests', asked.mRID)
  assert.equal(object['status'], { dateTime: clock(), value: 'registered' })
})

test('work requests, reviews and requests about groups: the same', async () => {
  const work = { mRID: fresh(), Work: [{ kind: 'service', statusKind: 'waitingOnApproval' }] }
  await ways.ok({ verb: 'create', noun: 'WorkRequests', object: work })
  await twice(`work-requests/${work.mRID}:approve`, 'WorkRequests', 'WRK-ORDER')
  const { review } = await connection(ways, 'engineeringReview')
  const reviews = `interconnection-reviews/${review.mRID}`
  await twice(`${reviews}:hold`, 'InterconnectionReviews', 'SM-IR-onHold-hold')
  await twice(`${reviews}:release`, 'InterconnectionReviews', 'SM-IR-engineeringReview-release')
  const { tariff, devices } = await fleet(ways, 1)
  const object = formRequest(devices, tariff)
  await ways.ok({ verb: 'create', noun: 'DERGroupRequests', object })
  const requests = `der-group-requests/${object.mRID}`
  for (const [name, rule] of [
    ['check-compliance', 'SM-GRQ-complianceCheck-checkCompliance'],
    ['approve', 'SM-GRQ-approved-approve'],
    ['update-contracts', 'SM-GRQ-contracted-updateContracts'],
  ] as const)
    await twice(`${requests}:${name}`, 'DERGroupRequests', rule)
})

test.run()
