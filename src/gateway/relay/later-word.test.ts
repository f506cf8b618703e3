// A party tells of an object before its reply to what it was asked about the same object has arrived: the event is acknowledged
// at once, and what it tells stays.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS, removal } from '../../flows/acceptance/groups.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { shifted } from '../delivery/outcome.ts'
import { LOCAL } from '../parties/party.ts'
import { OK_ANSWER, openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: the later word')

const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('dms'), partyOf('cs')],
  ways: [
    wayTo('dms', { noun: ['DERGroups'], verb: ['create', 'change', 'delete'] }),
    wayTo('cs', { noun: ['DERGroups', 'OperationSet'], from: ['dms'] }),
    wayTo('local', {}),
  ],
})
test.after(() => whole.close())

const fresh = () => crypto.randomUUID()
const group = (it: JsonObject): Json => ({
  DERGroups: { EndDeviceGroup: [{ DERFunction: FUNCTIONS, ...it }] },
})
const members = (...mRIDs: readonly string[]) => mRIDs.map((mRID) => ({ mRID }))

/** Result of a message of a party. */
async function said(party: string, verb: string, payload: Json, header: JsonObject = {}) {
  const MessageID = fresh()
  const noun = Object.keys(payload as JsonObject)[0] ?? ''
  const body = JSON.stringify({
    message: verb.endsWith('d') ? 'EventMessage' : 'RequestMessage',
    header: { Verb: verb, Noun: noun, MessageID, CorrelationID: MessageID, ...header },
    payload,
  })
  const headers = { 'content-type': 'application/json' }
  const { text } = await whole.ask(party, 'POST', '/cim', { body, headers })
  assert.match(text, /"Result":"OK"/, text)
}

/** The party tells these, and waits for what is said to each, before it replies. */
function tellsBefore(...told: readonly (() => Promise<void>)[]): void {
  whole.answer(async (party, leg) => {
    if (party !== 'dms') return OK_ANSWER
    for (const it of told) await it()
    return replyOf(leg)
  })
}

const events = async (mRID: string) =>
  (await whole.store.events(0, 100_000)).filter((it) => it.subject === mRID).map((it) => it.verb)

async function known(mRID: string): Promise<JsonObject | undefined> {
  await whole.quiet()
  const [it] = await whole.store.objects('DERGroups', [mRID], [])
  return it && (JSON.parse(it.body) as JsonObject)
}

async function made(it: JsonObject = {}): Promise<string> {
  const mRID = fresh()
  tellsBefore()
  await said('cs', 'create', group({ mRID, description: 'made', ...it }))
  return mRID
}

const tell =
  (verb: string, payload: Json, header: JsonObject = {}) =>
  () =>
    said('dms', verb, payload, header)

test('what a party tells of an object stands above what it was asked for, though its reply comes last', async () => {
  const mRID = await made({ EndDevices: members('a') })
  tellsBefore(tell('changed', group({ mRID, description: 'told' })))
  await said('cs', 'change', group({ mRID, description: 'asked', EndDevices: members('b') }))
  const it = await known(mRID)
  assert.is(it?.['description'], 'told')
  assert.equal(it?.['EndDevices'], members('a', 'b'), 'and what it says nothing about was done')
  assert.equal(await events(mRID), ['created', 'changed', 'changed'])
  const heard = whole.sent.filter((one) => one.party === 'cs' && one.request.includes(mRID))
  assert.equal(
    heard.map((one) => one.verb),
    ['changed'],
    'told on once',
  )
})

test('the same of what it was asked to make, and of several events', async () => {
  const mRID = fresh()
  tellsBefore(
    tell('created', group({ mRID, description: 'begun' })),
    tell('changed', group({ mRID, description: 'told' })),
  )
  await said('cs', 'create', group({ mRID, description: 'asked' }))
  assert.is((await known(mRID))?.['description'], 'told')
  assert.equal(await events(mRID), ['created', 'changed'], 'the reply is no news any more')
})

test('what it says is gone stays gone', async () => {
  const mRID = await made()
  tellsBefore(tell('deleted', group({ mRID })))
  await said('cs', 'change', group({ mRID, description: 'asked' }))
  assert.is(await known(mRID), undefined)
  assert.equal(await events(mRID), ['created', 'deleted'])
})

test('members that it has taken out stay out', async () => {
  const mRID = await made({ EndDevices: members('a') })
  const { object } = removal(mRID, members('b'))
  const set = { ...object, Operation: (object.Operation as JsonObject[]).map(asTold) }
  tellsBefore(tell('executed', { OperationSet: set as Json }))
  await said('cs', 'change', group({ mRID, EndDevices: members('b', 'c') }))
  assert.equal((await known(mRID))?.['EndDevices'], members('a', 'c'))
})

const asTold = (operation: JsonObject): JsonObject => ({ ...operation, operationId: 1 })

test('what it was asked to end has ended, whatever it tells before', async () => {
  const mRID = await made()
  tellsBefore(tell('changed', group({ mRID, description: 'told' })))
  await said('cs', 'delete', group({ mRID }))
  assert.is(await known(mRID), undefined)
})

test('an event that was written before the party was asked is the earlier word', async () => {
  const mRID = await made()
  const Timestamp = shifted(whole.time.clock(), -3_600_000)
  tellsBefore(tell('changed', group({ mRID, description: 'told' }), { Timestamp }))
  await said('cs', 'change', group({ mRID, description: 'asked' }))
  assert.is((await known(mRID))?.['description'], 'asked')
})

test('so is one of another party, and one that came before the request was sent', async () => {
  const mRID = await made()
  await tell('changed', group({ mRID, description: 'told' }))()
  const told = whole.time.passed()
  while (whole.time.passed() === told) whole.time.step()
  tellsBefore(() => said('cs', 'changed', group({ mRID, description: 'of cs' })))
  await said('cs', 'change', group({ mRID, description: 'asked' }))
  assert.is((await known(mRID))?.['description'], 'asked')
})

test('a reply that comes by itself, later, finds what was told meanwhile', async () => {
  const mRID = await made()
  let asked = ''
  whole.answer((party, leg) => {
    if (party === 'dms') asked = leg.messageID
    return { ...OK_ANSWER, status: 202 }
  })
  const changing = said('cs', 'change', group({ mRID, description: 'asked' }))
  await whole.until(async () => asked !== '')
  await whole.quiet()
  await tell('changed', group({ mRID, description: 'told' }))()
  const reply = replyOf({ messageID: asked, noun: 'DERGroups' } as Parameters<typeof replyOf>[0])
  const body = new TextDecoder().decode((reply as { readonly bytes: Uint8Array }).bytes)
  const headers = { 'content-type': 'application/xml' }
  const { text } = await whole.ask('dms', 'POST', '/cim', { body, headers })
  assert.match(text, /<Result>OK/, text)
  await changing
  assert.is((await known(mRID))?.['description'], 'told')
  assert.ok(member(await known(mRID), 'version'))
})

test.run()
