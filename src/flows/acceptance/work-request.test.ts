import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('work requests')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'WorkRequests'
const A = '5a6b7c8d-0000-4000-8000-00000000000a'
const B = '5a6b7c8d-0000-4000-8000-00000000000b'
let count = 0

function work(statusKind: string, mRID?: string): JsonObject {
  return { ...(mRID === undefined ? {} : { mRID }), kind: 'service', statusKind }
}

function request(statusKind: string, mRID = fresh()): JsonObject & { readonly mRID: string } {
  return { mRID, Work: [work(statusKind)] }
}

function fresh(): string {
  count += 1
  return `5a6b7c8d-0000-4000-8000-00000000${1000 + count}`
}

async function created(...path: readonly string[]) {
  const object = request('waitingOnApproval')
  await ways.ok({ verb: 'create', noun: NOUN, object })
  for (const it of path) await moved(object.mRID, it)
  return object
}

function moved(mRID: string, statusKind: string) {
  return ways.ok({ verb: 'change', noun: NOUN, object: { mRID, Work: [work(statusKind)] } })
}

const changeTo = (mRID: string, statusKind: string) =>
  ways.refused({ verb: 'change', noun: NOUN, object: { mRID, Work: [work(statusKind)] } })

test('WR-01: a work request waits for Engineering', async () => {
  const { mRID } = await created()
  assert.is((await ways.stored(NOUN, mRID)).state, 'waitingOnApproval')
})

test('SO-01/AC2, G-AC42: a work request cannot come to be scheduled before Engineering has approved it', async () => {
  const { mRID } = await created()
  for (const status of ['waitingToBeScheduled', 'scheduled', 'dispatched', 'completed', 'closed']) {
    const said = await changeTo(mRID, status)
    assert.equal(said, { code: '6.1', rule: 'WR-ENG', ids: [mRID] }, status)
  }
  await moved(mRID, 'approved')
  await moved(mRID, 'scheduled')
  assert.is((await ways.stored(NOUN, mRID)).state, 'scheduled')
})

test('SO-01/AC2: nor can it be created so', async () => {
  const object = request('scheduled')
  const said = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal(said, { code: '6.1', rule: 'WR-ENG', ids: [object.mRID] })
})

test('WR-02: Engineering approves or rejects, also by a step of the façade', async () => {
  const [yes, no] = [await created(), await created()]
  assert.is((await ways.json('POST', `work-requests/${yes.mRID}:approve`)).status, 200)
  assert.is((await ways.stored(NOUN, yes.mRID)).state, 'approved')
  assert.is((await ways.json('POST', `work-requests/${no.mRID}:reject`)).status, 200)
  assert.is((await ways.stored(NOUN, no.mRID)).state, 'cancelled')
  const said = await changeTo(no.mRID, 'approved')
  assert.equal(said, { code: '6.1', rule: 'WRK-ORDER', ids: [no.mRID] })
})

test('WR-03: the way of a crew, with and without what it leaves out', async () => {
  await created('approved', 'waitingToBeScheduled', 'scheduled', 'dispatched', 'enroute', 'onSite')
  await created('approved', 'waitingOnMaterial', 'approved', 'scheduled', 'waitingOnMaterial')
  await created('approved', 'scheduled', 'inProgress', 'completed', 'closed')
  const { mRID } = await created('approved', 'scheduled', 'dispatched', 'scheduled', 'onSite')
  const said = await changeTo(mRID, 'dispatched')
  assert.equal(said, { code: '6.1', rule: 'WRK-ORDER', ids: [mRID] }, 'no way back')
})

test('WR-04: closed tells of the end, in state and content', async () => {
  const { mRID } = await created('approved', 'scheduled', 'completed')
  await ways.ok({ verb: 'close', noun: NOUN, object: { mRID } })
  const { state, object } = await ways.stored(NOUN, mRID)
  assert.is(state, 'closed')
  assert.equal(object, { mRID, Work: [work('closed')] })
  const event = (await ways.gateway.events()).filter((it) => it.subject === mRID).at(-1)
  assert.is(event?.verb, 'closed')
  assert.is(event?.previous, 'completed')
})

test('WR-04: what is not completed cannot be closed, and what is closed not cancelled', async () => {
  const open = await created('approved', 'scheduled')
  const close = await ways.refused({ verb: 'close', noun: NOUN, object: open })
  assert.equal(close, { code: '6.1', rule: 'WRK-ORDER', ids: [open.mRID] })
  const over = await created('approved', 'scheduled', 'completed', 'closed')
  for (const verb of ['cancel', 'close']) {
    const said = await ways.refused({ verb, noun: NOUN, object: over })
    assert.equal(said, { code: '6.1', rule: 'WRK-ORDER', ids: [over.mRID] }, verb)
  }
})

test('WR-04: a report about work that nobody has asked for here is kept as it is', async () => {
  const object = request('completed')
  await ways.told({ verb: 'created', noun: NOUN, object })
  assert.is((await ways.stored(NOUN, object.mRID)).state, 'completed')
})

test('several works have their own ways; the request is where the last of them is', async () => {
  const object = {
    ...request(''),
    Work: [work('waitingOnApproval', A), work('waitingOnApproval', B)],
  }
  const { mRID } = object
  await ways.ok({ verb: 'create', noun: NOUN, object })
  const change = (...Work: readonly JsonObject[]) => ({
    verb: 'change',
    noun: NOUN,
    object: { mRID, Work },
  })
  await ways.ok(change(work('approved', B)))
  assert.is((await ways.stored(NOUN, mRID)).state, 'waitingOnApproval')
  await ways.ok(change(work('scheduled', B)))
  const said = await ways.refused(change(work('scheduled', A)))
  assert.equal(said, { code: '6.1', rule: 'WR-ENG', ids: [mRID] })
  await ways.ok(change(work('cancelled', A)))
  assert.is((await ways.stored(NOUN, mRID)).state, 'scheduled')
})

test('WRK-ORDER, C1: another letter case of its mRID makes no other work of it', async () => {
  const object = { ...request(''), Work: [work('waitingOnApproval', A)] }
  const { mRID } = object
  await ways.ok({ verb: 'create', noun: NOUN, object })
  const change = (id: string, statusKind: string) => ({
    verb: 'change',
    noun: NOUN,
    object: { mRID, Work: [work(statusKind, id)] },
  })
  assert.is((await ways.refused(change(A.toUpperCase(), 'scheduled'))).rule, 'WR-ENG')
  await ways.ok(change(A.toUpperCase(), 'approved'))
  const said = await ways.refused(change(A, 'waitingOnApproval'))
  assert.equal(said, { code: '6.1', rule: 'WRK-ORDER', ids: [mRID] })
})

test('work that has begun is not deleted', async () => {
  const { mRID } = await created('approved', 'scheduled', 'dispatched')
  const said = await ways.refused({ verb: 'delete', noun: NOUN, object: { mRID } })
  assert.is(said.rule, 'SM-WRK-dispatched-delete')
})

test('WR-02: a work request that nobody knows is refused', async () => {
  const { mRID } = request('approved')
  const reply = await ways.sent({ verb: 'cancel', noun: NOUN, object: { mRID } })
  assert.equal(saidIn(reply['reply']), { code: '99.1', rule: 'NOT-FOUND', ids: [mRID] })
})

test('WR-04: an end that is told twice is one event', async () => {
  const { mRID } = await created('approved', 'scheduled', 'completed')
  for (const _ of [1, 2])
    await ways.told({ verb: 'closed', noun: NOUN, object: request('closed', mRID) })
  const events = (await ways.gateway.events()).filter((it) => it.subject === mRID)
  assert.is(events.filter((it) => it.state === 'closed').length, 1)
})

test.run()
