// The end of a subscription on its way to its DERMS: whole or not at all, and told again until it is acknowledged.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_CHOICES } from '../choices.ts'
import { USUAL_QUANTITIES } from '../quantities.ts'
import { fresh } from './connection.fixture.ts'
import { SUBSCRIPTIONS, application, subscription } from './enrollment.fixture.ts'

const test = suite('the end of a subscription')

const PATH = '/api/v1/program-subscriptions'
const order = { by: 'key', path: 'ProgramSubscription.mRID' } as const

const whole = await openWhole({
  ...LOCAL,
  quantities: { ...USUAL_QUANTITIES, acknowledgedWithin: 60_000 },
  choices: { ...USUAL_CHOICES, prematureActive: 'pass' },
  parties: ['cpm', 'dso-derms'].map(partyOf),
  ways: [
    { ...wayTo('dso-derms', { noun: [SUBSCRIPTIONS], from: ['cpm'] }), order },
    { ...wayTo('cpm', { noun: [SUBSCRIPTIONS], verb: ['changed'] }), order },
  ],
})
test.after(() => whole.close())
whole.answer((_party, leg) => replyOf(leg))

let count = 0

/** A message in XML. */
async function told(party: string, root: string, verb: string, payload: string) {
  const MessageID = `33333333-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`
  const body =
    `<${root} xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>${SUBSCRIPTIONS}</Noun>` +
    `<Timestamp>2026-07-14T08:00:00Z</Timestamp><MessageID>${MessageID}</MessageID><CorrelationID>${MessageID}</CorrelationID></Header>` +
    `<Payload>${payload}</Payload></${root}>`
  const headers = { 'content-type': 'application/xml' }
  // What is under way has gone by then.
  await whole.quiet()
  const before = whole.sent.length
  const { text } = await whole.ask(party, 'POST', '/cim', { headers, body, sender: { party } })
  return { text, sent: whole.sent.length - before }
}

const rooted = (content: string) =>
  `<${SUBSCRIPTIONS} xmlns="http://cimgate.example/draft/2026/${SUBSCRIPTIONS}#"><ProgramSubscription>${content}</ProgramSubscription></${SUBSCRIPTIONS}>`

async function acked(mRID: string): Promise<void> {
  const content = rooted(`<mRID>${mRID}</mRID><syncState>synced</syncState>`)
  assert.match((await told('dso-derms', 'EventMessage', 'changed', content)).text, 'OK</Result>')
}

async function subscribed(): Promise<string> {
  const it = subscription(application())
  await whole.ok('cpm', 'POST', PATH, { ProgramSubscription: [it] })
  await acked(it.mRID)
  return it.mRID
}

const stateOf = async (mRID: string) =>
  (await whole.store.objects(SUBSCRIPTIONS, [mRID], []))[0]?.state ?? ''

test('EN-05, K2: a close that is not acknowledged is told again as it is, until it is acknowledged', async () => {
  const mRID = await subscribed()
  const before = whole.sent.length
  const body = { endDateTime: '2026-07-20T05:00:00Z' }
  await whole.ok('cpm', 'POST', `${PATH}/${mRID}:close`, body)
  const again = () => whole.sent.slice(before).filter(({ verb }) => verb === 'change')
  await whole.until(async () => again().length > 1)
  const { request = '' } = again().at(-1) ?? {}
  assert.match(request, /<value>INACTIVE<\/value>/)
  assert.match(request, /<end>2026-07-20T05:00:00Z<\/end>/)
  assert.match(request, /<value>excluded<\/value>/)
  assert.match(await stateOf(mRID), /^CLOSED_(pending|overdue)$/)
  const other: JsonObject = { removalMethod: 'ship' }
  const headers = { 'content-type': 'application/json' }
  const how = { headers, body: JSON.stringify(other) }
  assert.is((await whole.ask('cpm', 'PATCH', `${PATH}/${mRID}`, how)).status, 409)
  await acked(mRID)
  assert.is(await stateOf(mRID), 'CLOSED_synced')
  const parked = await whole.store.legs({ state: ['PARKED'], key: mRID, limit: 1 })
  assert.equal(parked.legs, [])
})

test('EN-05, G-AC12, K2: a close that is not complete, or of what is not known, is refused before it goes to anybody', async () => {
  const closing = (payload: string) => told('cpm', 'RequestMessage', 'close', payload)
  const unknown = await closing(`<ID kind="uuid">${fresh()}</ID>`)
  assert.match(unknown.text, /<code>99\.1<\/code>.*rule=SUB-CLOSE/s)
  const mRID = await subscribed()
  const bare = await closing(`<ID kind="uuid">${mRID}</ID>`)
  assert.match(bare.text, /<code>5\.8<\/code>.*rule=SUB-CLOSE/s)
  const interval = '<validityInterval><start>2026-07-01T05:00:00Z</start></validityInterval>'
  const open = await closing(rooted(`<mRID>${fresh()}</mRID>${interval}`))
  assert.match(open.text, /<code>5\.8<\/code>/)
  assert.equal([unknown.sent, bare.sent, open.sent], [0, 0, 0])
  assert.is(await stateOf(mRID), 'ACTIVE_synced')
})

test.run()
