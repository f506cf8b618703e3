// Enrollments and subscriptions between a customer programme system and a DERMS: what is held back, told again, acknowledged, and
// what a person has to know of.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Topology } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { Whole } from '../../gateway/whole.fixture.ts'
import { USUAL_CHOICES } from '../choices.ts'
import { USUAL_QUANTITIES } from '../quantities.ts'
import { application, subscription } from './enrollment.fixture.ts'
import { fresh } from './connection.fixture.ts'

const test = suite('enrollment sync')

const [ENROLLMENTS, SUBSCRIPTIONS] = [['ProgramEnrollments'], ['ProgramSubscriptions']]
const PATHS = {
  enrollment: '/api/v1/program-enrollments',
  subscription: '/api/v1/program-subscriptions',
}

const ordered = { order: { by: 'key', path: 'ProgramSubscription.mRID' } } as const
const TOPOLOGY: Topology = {
  ...LOCAL,
  quantities: { ...USUAL_QUANTITIES, acknowledgedWithin: 60_000, closedWithin: 60_000 },
  parties: [partyOf('lec'), partyOf('cpm'), partyOf('dso-derms'), partyOf('cis')],
  ways: [
    {
      ...wayTo('cpm', { noun: ENROLLMENTS, verb: ['create', 'close'], from: ['lec'] }),
      id: 'enroll',
    },
    wayTo('lec', { noun: ENROLLMENTS, verb: ['changed'], from: ['cpm'] }),
    { ...wayTo('dso-derms', { noun: SUBSCRIPTIONS, from: ['cpm', 'cimgate'] }), ...ordered },
    {
      ...wayTo('cpm', { noun: SUBSCRIPTIONS, verb: ['changed'], from: ['dso-derms'] }),
      ...ordered,
    },
    {
      ...wayTo('cpm', { noun: ['CustomerConfig'], verb: ['created', 'changed'] }),
      to: ['cpm', 'dso-derms'],
    },
    wayTo('local', { noun: ['CustomerConfig'] }),
  ],
}

const whole = await openWhole(TOPOLOGY)
test.after(() => whole.close())

const HEADERS = { headers: { 'content-type': 'application/json' } }

/** One request over HTTP, whatever comes of it. */
async function asked(it: Whole, party: string, path: string, body: JsonObject, method = 'POST') {
  const said = await it.ask(party, method, path, {
    ...HEADERS,
    body: JSON.stringify(body),
    sender: { party },
  })
  return { status: said.status, json: JSON.parse(said.text) as JsonObject }
}

async function alarmsOf(it: Whole): Promise<string> {
  return (await it.ask('operator', 'GET', '/api/v1/alarms')).text
}

let events = 0

/** An event of a party, in XML. */
async function tell(it: Whole, party: string, noun: string, element: string, content: string) {
  const MessageID = `11111111-0000-4000-8000-${String((events += 1)).padStart(12, '0')}`
  const body =
    `<EventMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>changed</Verb><Noun>${noun}</Noun>` +
    `<Timestamp>2026-07-14T08:00:00Z</Timestamp><MessageID>${MessageID}</MessageID><CorrelationID>${MessageID}</CorrelationID></Header>` +
    `<Payload><${noun} xmlns="http://cimgate.example/draft/2026/${noun}#"><${element}>${content}</${element}></${noun}></Payload></EventMessage>`
  const headers = { 'content-type': 'application/xml' }
  const said = await it.ask(party, 'POST', '/cim', { headers, body, sender: { party } })
  assert.match(said.text, '<Result>OK</Result>')
}

const told = (it: Whole, mRID: unknown, value: string) =>
  tell(
    it,
    'cpm',
    'ProgramEnrollments',
    'ProgramEnrollment',
    `<mRID>${mRID}</mRID><status><value>${value}</value></status>`,
  )
const acked = (it: Whole, mRID: unknown) =>
  tell(
    it,
    'dso-derms',
    'ProgramSubscriptions',
    'ProgramSubscription',
    `<mRID>${mRID}</mRID><syncState>synced</syncState>`,
  )

/** An enrollment that CPM has taken, and has completed. */
async function enrolled(it: Whole, isCompleted = true): Promise<JsonObject> {
  const object = application()
  const made = asked(it, 'lec', PATHS.enrollment, { ProgramEnrollment: [object] })
  await it.quiet()
  assert.is((await made).status, 201)
  if (isCompleted) await told(it, object.mRID, 'COMPLETED')
  return object
}

async function sync(it: Whole, object: JsonObject, path = PATHS.subscription, body?: JsonObject) {
  const said = asked(it, 'cpm', path, body ?? { ProgramSubscription: [object] })
  await it.quiet()
  return said
}

/** What a party has been sent about something, by verbs. */
const sentTo = (it: Whole, party: string, key: unknown) =>
  it.sent
    .filter((one) => one.party === party && one.request.includes(String(key)))
    .map(({ verb }) => verb)

const stateOf = async (mRID: unknown) =>
  (await whole.store.objects('ProgramSubscriptions', [String(mRID)], []))[0]?.state

test('IT-30, K1: a sync as ACTIVE before the enrollment is completed reaches nobody, and is an alarm until it may', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const enrollment = await enrolled(whole, false)
  const it = subscription(enrollment)
  const early = await sync(whole, it)
  assert.equal([early.status, early.json['rule']], [409, 'SUB-SM'])
  assert.equal(sentTo(whole, 'dso-derms', it.mRID), [])
  assert.match(await alarmsOf(whole), `ProgramSubscriptions ${it.mRID} breaks the rule SUB-SM`)
  await told(whole, enrollment['mRID'], 'COMPLETED')
  assert.is((await sync(whole, it)).status, 201)
  assert.equal(sentTo(whole, 'dso-derms', it.mRID), ['create'])
  assert.not.match(await alarmsOf(whole), it.mRID)
  assert.is(await stateOf(it.mRID), 'ACTIVE_pending')
})

test('EN-04/AC1, G-AC11: what is not acknowledged is told again and stands as an alarm; the acknowledgement reaches CPM, also when that was down', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const it = subscription(await enrolled(whole))
  await sync(whole, it)
  await whole.until(async () => (await stateOf(it.mRID)) === 'ACTIVE_overdue')
  await whole.until(async () => sentTo(whole, 'dso-derms', it.mRID).length >= 3)
  assert.match(
    await alarmsOf(whole),
    `Subscription ${it.mRID} is active, and its DERMS has not acknowledged that`,
  )
  const [stored] = await whole.store.objects('ProgramSubscriptions', [it.mRID], [])
  assert.match(stored?.body ?? '', '"syncState":"pending"')
  let isDown = true
  whole.answer((party, leg) =>
    party === 'cpm' && isDown
      ? ({ kind: 'unreachable', reason: 'down' } as PeerAnswer)
      : replyOf(leg),
  )
  await acked(whole, it.mRID)
  assert.is(await stateOf(it.mRID), 'ACTIVE_synced')
  assert.not.match(await alarmsOf(whole), `Subscription ${it.mRID} is active`)
  const acknowledged = async () => {
    const about = { party: 'cpm', key: it.mRID, verb: ['changed'], limit: 9 } as const
    return (await whole.store.legs({ ...about, direction: 'out', state: ['ACKED'] })).legs.length
  }
  assert.is(await acknowledged(), 0)
  isDown = false
  await whole.until(async () => (await acknowledged()) > 0)
  assert.ok(sentTo(whole, 'cpm', it.mRID).length >= 2, 'it was tried while that was down')
})

test('G-AC13, K2: whoever wants to leave is an alarm when the subscription is not closed in time', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const enrollment = await enrolled(whole)
  const it = subscription(enrollment)
  await sync(whole, it)
  await acked(whole, it.mRID)
  const path = `${PATHS.enrollment}/${enrollment['mRID']}:close`
  const leaving = whole.ask('lec', 'POST', path, { sender: { party: 'lec' } })
  await whole.quiet()
  assert.is((await leaving).status, 200)
  const alarm = `customer of enrollment ${enrollment['transactionId']} is to leave`
  assert.not.match(await alarmsOf(whole), alarm)
  await whole.until(async () => (await alarmsOf(whole)).includes(alarm))
  const body = { endDateTime: '2026-09-30T05:00:00Z' }
  assert.is((await sync(whole, it, `${PATHS.subscription}/${it.mRID}:close`, body)).status, 200)
  assert.not.match(await alarmsOf(whole), alarm)
  const [left] = await whole.store.objects('ProgramEnrollments', [String(enrollment['mRID'])], [])
  assert.is(left?.state, 'UNENROLLED')
})

test('EN-05/AC1, G-AC12, IT-31: a close that is not acknowledged is told again until it is, and its alarm ends with that', async () => {
  whole.answer((_party, leg) => replyOf(leg))
  const it = subscription(await enrolled(whole))
  await sync(whole, it)
  await acked(whole, it.mRID)
  await sync(whole, it, `${PATHS.subscription}/${it.mRID}:close`, {
    endDateTime: '2026-09-30T05:00:00Z',
  })
  const [close] = whole.sent.filter((one) => one.verb === 'close' && one.request.includes(it.mRID))
  for (const part of [
    '<end>2026-09-30T05:00:00Z</end>',
    '<value>INACTIVE</value>',
    '<value>excluded</value>',
  ])
    assert.match(close?.request ?? '', part)
  await whole.until(async () =>
    (await alarmsOf(whole)).includes(`Subscription ${it.mRID} is closed, and`),
  )
  assert.ok(sentTo(whole, 'dso-derms', it.mRID).length >= 3)
  await acked(whole, it.mRID)
  assert.is(await stateOf(it.mRID), 'CLOSED_synced')
  assert.not.match(await alarmsOf(whole), it.mRID)
})

test('G-AC9: what is told of one subscription keeps its order, and does not wait for another', async () => {
  const [one, other] = [subscription(await enrolled(whole)), subscription(await enrolled(whole))]
  let isDown = true
  whole.answer((party, leg) =>
    party === 'dso-derms' && isDown && leg.request.includes(one.mRID)
      ? ({ kind: 'unreachable', reason: 'down' } as PeerAnswer)
      : replyOf(leg),
  )
  const before = whole.sent.length
  const about = ({ mRID }: JsonObject) =>
    whole.sent.slice(before).some(({ request }) => request.includes(String(mRID)))
  // Whatever else is told meanwhile.
  const isSent = async (it: JsonObject) => {
    while (!about(it)) await new Promise((done) => setTimeout(done, 2))
  }
  const first = asked(whole, 'cpm', PATHS.subscription, { ProgramSubscription: [one] })
  await isSent(one)
  const second = asked(whole, 'cpm', PATHS.subscription, { ProgramSubscription: [other] })
  await isSent(other)
  isDown = false
  let said: readonly number[] = []
  void Promise.all([first, second]).then((all) => (said = all.map(({ status }) => status)))
  // Whichever of both was noted first: it goes with the other, or when its time comes.
  await whole.until(async () => said.length > 0)
  assert.equal(said, [201, 201])
  const order = whole.sent
    .slice(before)
    .flatMap(({ request }) =>
      request.includes(one.mRID) ? ['one'] : request.includes(other.mRID) ? ['other'] : [],
    )
  assert.equal(order, ['one', 'other', 'one'])
})

test('G-AC10, EN-03: a subscription whose customer is not known to its DERMS is held with the reason, and goes on by itself when it is', async () => {
  const mRID = fresh()
  let isDown = true
  whole.answer((party, leg) =>
    party === 'dso-derms' && isDown && leg.noun === 'CustomerConfig'
      ? ({ kind: 'unreachable', reason: 'down' } as PeerAnswer)
      : replyOf(leg),
  )
  const before = whole.sent.length
  const path = `/api/v1/customers/${mRID}`
  const customer = await asked(whole, 'cis', path, { Customer: [{ kind: 'residential' }] }, 'PUT')
  assert.is(customer.status, 201)
  await whole.tried(before + 2)
  const Customer = { mRID }
  const taken = application({ Customer })
  const made = asked(whole, 'lec', PATHS.enrollment, { ProgramEnrollment: [taken] })
  await whole.tried(before + 3)
  assert.is((await made).status, 201)
  await told(whole, taken.mRID, 'COMPLETED')
  const it = subscription(taken)
  const held = await asked(whole, 'cpm', PATHS.subscription, { ProgramSubscription: [it] })
  assert.is(held.status, 202, JSON.stringify(held.json))
  assert.match(JSON.stringify(held.json), `The customer ${mRID} is not known to dso-derms yet.`)
  assert.match(JSON.stringify(held.json), /"6\.2"[^]*CUS-SYNC/)
  assert.equal(sentTo(whole, 'dso-derms', it.mRID), [])
  const list = async () =>
    (await whole.ask('operator', 'GET', '/api/v1/messages', { query: { state: 'held' } })).text
  assert.match(await list(), 'is not known to dso-derms yet')
  isDown = false
  await whole.until(async () => sentTo(whole, 'dso-derms', it.mRID).length > 0)
  await whole.quiet()
  assert.is(await stateOf(it.mRID), 'ACTIVE_pending')
  await whole.until(async () => !(await list()).includes('is not known to dso-derms yet'))
})

test('K1: prematureActive warn tells it on with a warning and an alarm, pass without', async () => {
  for (const prematureActive of ['warn', 'pass'] as const) {
    const it = await openWhole({ ...TOPOLOGY, choices: { ...USUAL_CHOICES, prematureActive } })
    it.answer((_party, leg) => replyOf(leg))
    const object = subscription(application(), { ProgramEnrollment: { mRID: fresh() } })
    assert.is((await sync(it, object)).status, 201)
    assert.equal(sentTo(it, 'dso-derms', object.mRID), ['create'])
    const alarms = await alarmsOf(it)
    assert.is(alarms.includes('SUB-SM'), prematureActive === 'warn', alarms)
    await it.close()
  }
})

test.run()
