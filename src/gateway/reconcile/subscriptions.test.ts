// K2: who takes part by the customer-programme side, and by the DERMS that calls the devices: as in the presets, where the one
// asks and the other carries out.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { member } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import type { Topology } from '../parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'
import { REFUSED, reportIn } from './reconcile.fixture.ts'

const test = suite('gateway: reconcile subscriptions')

const NOUN = 'ProgramSubscriptions'

const TOPOLOGY: Topology = {
  ...LOCAL,
  deployment: 'centralized',
  parties: [partyOf('derms'), partyOf('cpm')],
  ways: [
    wayTo('derms', { noun: [NOUN], verb: ['create', 'change', 'close'], from: ['cpm'] }),
    { ...wayTo('local', {}), to: ['local'] },
  ],
}

const whole = await openWhole(TOPOLOGY)
test.after(() => whole.close())

const subscription = (mRID: string): JsonObject => ({
  mRID,
  Customer: { Names: [{ name: `customer of ${mRID}` }] },
  DemandResponseProgram: { Names: [{ name: 'SPS-2026', NameType: { name: 'programCode' } }] },
  EndDevices: [
    {
      Names: [
        {
          name: `nic-${mRID}`,
          NameType: { name: 'nicId', NameTypeAuthority: { name: 'head-end 1' } },
        },
      ],
    },
  ],
  status: { value: 'INACTIVE' },
  UsagePoint: { Names: [{ name: `point of ${mRID}` }] },
  validityInterval: { start: '2026-07-14T00:00:00-05:00' },
})

async function compare(more: JsonObject = {}) {
  return reportIn(
    await whole.ok('ops', 'POST', '/api/v1/reconciliations', {
      ...{ noun: NOUN, source: 'cpm', target: 'derms' },
      ...more,
    }),
  )
}

const send = (mRID: string) => whole.ok('ops', 'POST', `/api/v1/reconciliations/${mRID}:send`)

test('K2, G2: what derms has acknowledged it knows, and what it has only been told it may not', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  await whole.ok('cpm', 'POST', '/api/v1/program-subscriptions', {
    ProgramSubscription: [subscription('s1')],
  })
  await whole.quiet()
  const told = await compare()
  assert.equal(told.items, ['PENDING s1'], 'that it has come is no word of what has become of it')
  assert.match(
    JSON.stringify(told.object),
    /not acknowledged that yet, which it has been told at 20/,
  )
  assert.equal((await send(told.mRID))['sent'], 0)
  const steps = await whole.ask('derms', 'POST', '/api/v1/program-subscriptions/s1:ack')
  assert.is(steps.status, 200, steps.text)
  assert.equal((await compare()).items, [], 'its own word is known to it')
})

test('K2, G2: what cpm has and has never told here is received in its name, and is known to both then', async () => {
  whole.answer(() => REFUSED)
  const list = { source: { ProgramSubscription: ['s1', 's2', 's3'].map(subscription) } }
  const report = await compare({ lists: list })
  assert.is(report.object['kind'], 'enrollmentDrift')
  assert.equal([...report.items].sort(), ['MISSING s2', 'MISSING s3'])
  whole.answer((_party, leg) => replyOf(leg))
  const before = whole.sent.length
  const sent = await send(report.mRID)
  assert.equal([sent['sent'], sent['left'], sent['unknown']], [2, 0, 0])
  // Asked for once more at once, nothing is sent twice.
  assert.equal((await send(report.mRID))['sent'], 0)
  await whole.quiet()
  await whole.until(async () => !(await compare({ lists: list })).items.join().includes('MISSING'))
  const asked = whole.sent.slice(before).filter((it) => it.party === 'derms')
  assert.equal(asked.map((it) => [it.verb, /<mRID>(s\d)/.exec(it.request)?.[1]]).sort(), [
    ['create', 's2'],
    ['create', 's3'],
  ])
  const list2 = await whole.ok('ops', 'GET', '/api/v1/program-subscriptions')
  assert.is((member(list2, 'ProgramSubscription') as readonly unknown[]).length, 3)
})

test('K2, G2: closed here and active there is different; what is closed is missing in no list, and nothing is sent twice', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const its = subscription('s9')
  await whole.ok('cpm', 'POST', '/api/v1/program-subscriptions', { ProgramSubscription: [its] })
  await whole.ok('derms', 'POST', '/api/v1/program-subscriptions/s9:ack')
  const end = { endDateTime: '2026-07-20T05:00:00Z' }
  await whole.ok('cpm', 'POST', '/api/v1/program-subscriptions/s9:close', end)
  const no = { syncState: 'failed', syncReason: 'still registered' }
  const open = await compare()
  assert.ok(open.items.includes('PENDING s9'), 'closed, and not acknowledged')
  await whole.ok('derms', 'POST', '/api/v1/program-subscriptions/s9:ack', no)
  await whole.quiet()
  const report = await compare()
  assert.equal([...report.items].sort(), ['DIFFERENT s9', 'PENDING s2', 'PENDING s3'])
  assert.match(JSON.stringify(report.object), /It is CLOSED.*still registered/)
  const lists = { target: { ProgramSubscription: [] } }
  const listed = await compare({ lists })
  assert.not.ok(
    listed.items.some((it) => it.includes('s9')),
    'whoever does not have it has it right',
  )
  assert.match(
    JSON.stringify(listed.object),
    /does not list it, though it has acknowledged revision/,
  )
  for (const it of [report, listed]) {
    const before = whole.sent.length
    const first = await send(it.mRID)
    assert.ok(Number(first['sent']) > 0)
    await whole.quiet()
    assert.ok(whole.sent.length > before)
    const again = await send(it.mRID)
    assert.equal([again['sent'], again['left']], [0, first['sent']])
  }
})

test.run()
