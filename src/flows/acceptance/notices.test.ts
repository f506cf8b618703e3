// Notices to customers: once for each matter, true, in the hours that suit, and without a group.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { DER_FUNCTIONS } from '../der-functions.fixture.ts'
import { connection, fresh, link } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('notices')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'CustomerNotifications'
const DER_FUNCTION = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))

/** A notice about an object that nobody keeps here. */
function notice(trigger: string, about: JsonObject, more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    contactType: 'email',
    contactValue: 'c@customers.example',
    text: 'Your solar panels may be connected.',
    trigger,
    about: { objectType: 'ServiceRequest', ...about },
    Customer: { Names: [{ name: 'C-1002003' }] },
    ...more,
  }
}

const create = (object: JsonObject) => ({ verb: 'create', noun: NOUN, object })
const tell = (object: JsonObject) => ({ verb: 'created', noun: NOUN, object })

/** Refused over all ways as a request, and with the same words as an event. */
async function refused(object: Identified) {
  const said = await ways.refused(create(object))
  const told = await ways.sent(tell(object))
  assert.equal(saidIn(told['reply']), said, 'an event is refused alike')
  return said
}

async function eventsOf(mRID: string): Promise<number> {
  return (await ways.gateway.events()).filter((it) => it.subject === mRID).length
}

test('SR-07/AC1: a matter and trigger are told once; the same again is nothing new, another text is refused', async () => {
  const { request: own } = await connection(ways, 'approved')
  const first = notice('applicationAccepted', { mRID: own.mRID })
  await ways.told(tell(first))
  assert.is(await eventsOf(first.mRID), 1)
  const { mRID: _own, ...unnamed } = first
  const again = { mRID: fresh(), ...unnamed, createdDateTime: '2026-07-14T08:00:00Z' }
  await ways.told(tell(again))
  await ways.told(tell(unnamed))
  assert.is(await eventsOf(again.mRID), 0)
  assert.equal(await ways.gateway.store.objects(NOUN, [again.mRID], []), [])
  const other = notice('applicationAccepted', { mRID: own.mRID }, { text: 'Accepted.' })
  const said = await refused(other)
  assert.equal(said, { code: '6.1', rule: 'NTC-ONCE', ids: [other.mRID, first.mRID] })
  await ways.told(tell(notice('workScheduled', { mRID: own.mRID, objectType: 'Work' })))
})

test('SR-07/AC1: what has been told is not taken back, so that nothing is told twice', async () => {
  const { request: own } = await connection(ways, 'approved')
  const first = notice('applicationAccepted', { mRID: own.mRID })
  await ways.told(tell(first))
  const { mRID } = first
  const said = await ways.refused({ verb: 'delete', noun: NOUN, object: { mRID } })
  assert.equal(said, { code: '6.1', rule: 'NTC-FROZEN', ids: [mRID] })
  const event = await ways.sent({ verb: 'deleted', noun: NOUN, object: first })
  assert.equal(saidIn(event['reply']), said, 'nor does an event make it untold')
  assert.is(await eventsOf(mRID), 1)
  const other = notice('applicationAccepted', { mRID: own.mRID }, { text: 'Accepted.' })
  assert.is((await refused(other)).rule, 'NTC-ONCE')
})

test('SR-07/AC1: two at the same time are one', async () => {
  const { request: own } = await connection(ways, 'approved')
  const both = [1, 2].map(() => notice('applicationAccepted', { mRID: own.mRID }))
  await Promise.all(both.map((it) => ways.told(tell(it))))
  const kept = await ways.gateway.store.objects(
    NOUN,
    both.map((it) => it.mRID),
    [],
  )
  assert.is(kept.length, 1)
})

test('SR-07: what is not so is not told: each trigger has its states', async () => {
  const { request: own, review } = await connection(ways, 'engineeringReview')
  for (const trigger of ['applicationAccepted', 'rejected', 'onHold', 'connected']) {
    const object = notice(trigger, { mRID: own.mRID })
    assert.equal(await refused(object), { code: '6.1', rule: 'NTC-STATE', ids: [object.mRID] })
  }
  const reviewed = (more: JsonObject) =>
    ways.ok({
      verb: 'change',
      noun: 'InterconnectionReviews',
      object: { mRID: review.mRID, ...more },
    })
  await reviewed({ decision: 'rejected' })
  await ways.told(tell(notice('rejected', { mRID: own.mRID })))
})

test('SR-06/AC1, SR-10: on hold no customer is told of a connection, but of the hold', async () => {
  const { request: own, review } = await connection(ways, 'engineeringReview')
  await ways.json('POST', `interconnection-reviews/${review.mRID}:hold`)
  const object = notice('connected', { mRID: own.mRID })
  assert.equal(await refused(object), { code: '6.2', rule: 'SR-HOLD', ids: [object.mRID] })
  await ways.told(tell(notice('onHold', { mRID: own.mRID })))
})

test('SR-07/AC1: hours that contradict each other, or are over, are refused', async () => {
  const about = { mRID: fresh() }
  const at = (earliest: string, latest: string) =>
    notice('deviceReserved', about, {
      earliestDateTimeToCall: earliest,
      latestDateTimeToCall: latest,
    })
  const cases = [
    at('2026-07-14T20:00:00Z', '2026-07-14T19:59:59Z'),
    at('2026-07-14T10:30:00+02:00', '2026-07-14T08:29:59Z'),
    at('2026-07-14T06:00:00Z', '2026-07-14T07:59:59Z'),
  ]
  for (const it of cases) assert.is((await refused(it)).rule, 'NTC-HOURS')
  await ways.told(tell(at('2026-07-14T07:00:00Z', '2026-07-14T10:00:00+02:00')))
})

test('SR-07/AC2: no text names a group, by mRID or by any name of it', async () => {
  const [mRID, bare] = [fresh(), fresh()]
  const groups = [
    { mRID, DERFunction: DER_FUNCTION, EndDevices: [{ mRID: fresh() }] },
    { mRID: bare, DERFunction: DER_FUNCTION, EndDevices: [{ mRID: fresh() }] },
  ]
  const Names = [link('feeder group', 'North 12'), link('program', 'peak.2026')]
  await ways.ok({ verb: 'create', noun: 'DERGroups', object: { ...groups[0], Names } })
  await ways.ok({ verb: 'create', noun: 'DERGroups', object: groups[1] ?? {} })
  const texts = [
    `Your DER in ${mRID.toUpperCase()} was called.`,
    `Called (group ${bare}), thank you.`,
    'Your DER in North 12, was called.',
    'North 12',
    'It was called, as all of North\n 12.',
    'Called with peak.2026.',
  ]
  for (const text of texts) {
    const object = notice('deviceReserved', { mRID: fresh() }, { text })
    const said = await refused(object)
    assert.equal(said, { code: '6.1', rule: 'NTC-GROUP', ids: [object.mRID] }, text)
  }
  for (const text of ['North 123 was called: 4.2 kWh.', 'It is in the north 12 km away.'])
    await ways.told(tell(notice('deviceReserved', { mRID: fresh() }, { text })))
  const changed = notice('deviceReserved', { mRID: fresh() })
  await ways.told(tell(changed))
  const late = await ways.refused({
    verb: 'change',
    noun: NOUN,
    object: { mRID: changed.mRID, text: 'In North 12.' },
  })
  assert.is(late.rule, 'NTC-FROZEN')
})

test('WR/AC3, SR-07/AC1: a work is told to its customer alone, when it is closed, and once', async () => {
  const orders = ['ServiceOrders', 'WorkRequests'] as const
  for (const noun of orders) {
    const mRID = fresh()
    const steps = ['scheduled', 'completed']
    const Customers = [{ mRID: fresh(), Names: [{ name: 'C-1002003' }] }]
    const object = (statusKind: string) => ({
      mRID,
      ...(noun === 'WorkRequests' ? { Names: [link('customer', 'C-1002003')] } : {}),
      Work: [
        {
          kind: 'service',
          statusKind,
          ...(noun === 'ServiceOrders' ? { Customers } : {}),
        },
      ],
    })
    await ways.ok({ verb: 'create', noun, object: object('waitingOnApproval') })
    for (const it of ['approved', ...steps].slice(noun === 'WorkRequests' ? 0 : 1))
      await ways.ok({ verb: 'change', noun, object: object(it) })
    const about = { mRID, objectType: noun.slice(0, -1) }
    const early = notice('workCompleted', about)
    assert.is((await refused(early)).rule, 'NTC-STATE', noun)
    await ways.ok({ verb: 'close', noun, object: { mRID } })
    const stray = notice('workCompleted', about, { Customer: { Names: [{ name: 'C-9' }] } })
    assert.equal(await refused(stray), { code: '2.22', rule: 'NTC-CUSTOMER', ids: [stray.mRID] })
    await ways.told(tell(early))
    const second = notice('workCompleted', about, { text: 'Done.' })
    assert.is((await refused(second)).rule, 'NTC-ONCE', noun)
  }
})

test('WR-05: many work requests may be of the same customer', async () => {
  const object = () => ({
    mRID: fresh(),
    Names: [link('customer', 'C-1002003')],
    Work: [{ kind: 'service', statusKind: 'waitingOnApproval' }],
  })
  const all = [object(), object()]
  for (const it of all) await ways.ok({ verb: 'create', noun: 'WorkRequests', object: it })
  const own = [link('customer', 'C-7'), link('job', 'J-1')]
  await ways.ok({ verb: 'create', noun: 'WorkRequests', object: { ...object(), Names: own } })
  const taken = { ...object(), Names: [link('customer', 'C-8'), link('job', 'J-1')] }
  const said = await ways.refused({ verb: 'create', noun: 'WorkRequests', object: taken })
  assert.is(said.rule, 'DUPLICATE', 'a name of its own is its own')
})

test('a notice about a request is to its customer', async () => {
  const { request: own } = await connection(ways, 'approved')
  const stray = notice(
    'applicationAccepted',
    { mRID: own.mRID },
    { Customer: { Names: [{ name: 'C-9' }] } },
  )
  assert.equal(await refused(stray), { code: '2.22', rule: 'NTC-CUSTOMER', ids: [stray.mRID] })
  const byId = notice('applicationAccepted', { mRID: own.mRID }, { Customer: { mRID: fresh() } })
  await ways.told(tell(byId))
})

test.run()
