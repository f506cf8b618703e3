// What the customer system tells of customers, and what depends on it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh, request } from './connection.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { acknowledgedBy, toldIn, unawareOf } from '../sync-ledger.ts'

const test = suite('customers')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'CustomerConfig'
const tellOf = (verb: string, mRID: string, kind: string) =>
  ways.told({ verb, noun: NOUN, object: { mRID, kind } })

test('MD-04, SR-01: a customer of whom nobody has told is refused by 2.22, over every way, until one tells of it', async () => {
  await tellOf('created', fresh(), 'residential')
  const mRID = fresh()
  const object = request('accountIssue', { Customer: { mRID } })
  const wish = { verb: 'create', noun: 'ServiceRequests', object }
  const said = await ways.refused(wish)
  assert.equal(said, { code: '2.22', rule: 'REF-UNKNOWN', ids: [object.mRID] })
  await tellOf('created', mRID, 'residential')
  await ways.ok(wish)
})

test('MD-04: a customer is as the last event tells, also one that is known from a change alone', async () => {
  const [known, unknown] = [fresh(), fresh()]
  await tellOf('created', known, 'residential')
  await tellOf('changed', known, 'commercialIndustrial')
  await tellOf('changed', unknown, 'residential')
  assert.is((await ways.stored(NOUN, known)).object['kind'], 'commercialIndustrial')
  assert.is((await ways.stored(NOUN, unknown)).object['kind'], 'residential')
})

/** Nothing that could be tried again. */
const REFUSED: PeerAnswer = {
  ...{ kind: 'answered', status: 422, contentType: 'text/plain' },
  bytes: new TextEncoder().encode('no'),
}

const since = (effectiveDateTime: string, email1: string) => ({
  ...{ kind: 'residential', ConfigurationEvents: { effectiveDateTime } },
  Organisation: { electronicAddress: { email1 } },
})
const customer = (verb: string, mRID: string, it: JsonObject) => ({
  ...{ verb, noun: NOUN },
  object: { mRID, ...it },
})
const mailOf = async (mRID: string) => {
  const { object } = await ways.stored(NOUN, mRID)
  return member(member(member(object, 'Organisation'), 'electronicAddress'), 'email1')
}

test('G-AC35, MD-04: a change that comes late never overwrites a later one, and is kept on record', async () => {
  const mRID = fresh()
  await ways.told(customer('created', mRID, since('2026-07-01T08:00:00Z', 'a@example.org')))
  // Ten in Chicago is after two in London, although it reads as less.
  await ways.told(customer('changed', mRID, since('2026-07-03T02:00:00-05:00', 'c@example.org')))
  const late = customer('changed', mRID, since('2026-07-03T06:59:59Z', 'b@example.org'))
  const reply = await ways.sent(late)
  assert.equal(refusalsIn(reply), [{ code: '6.1', rule: 'CUS-ORDER', ids: [mRID] }])
  assert.match(
    JSON.stringify(reply),
    'takes effect at 2026-07-03T06:59:59Z, and what is known of the customer since 2026-07-03T02:00:00-05:00',
  )
  assert.is(await mailOf(mRID), 'c@example.org')
  const legs = await ways.json('GET', `messages?noun=${NOUN}&state=rejected&key=${mRID}`)
  const [kept, ...others] = member(legs.json, 'messages') as readonly JsonObject[]
  assert.equal(others, [])
  assert.match(String(kept?.['reason']), 'takes effect at')
  for (const verb of ['change', 'created'])
    assert.is(refusalsIn(await ways.sent({ ...late, verb }))[0]?.rule, 'CUS-ORDER', verb)
})

test('G-AC35: of two changes at one time, and of those without a time, the order in which they come counts', async () => {
  const mRID = fresh()
  const at = '2026-07-03T08:00:00Z'
  await ways.told(customer('created', mRID, since(at, 'a@example.org')))
  await ways.told(customer('changed', mRID, since('2026-07-03T03:00:00-05:00', 'b@example.org')))
  assert.is(await mailOf(mRID), 'b@example.org')
  const { ConfigurationEvents: _time, ...untimed } = since(at, 'c@example.org')
  await ways.told(customer('changed', mRID, untimed))
  assert.is(await mailOf(mRID), 'c@example.org')
  // The time that was told last goes on to hold.
  const late = customer('changed', mRID, since('2026-07-02T08:00:00Z', 'd@example.org'))
  assert.is(refusalsIn(await ways.sent(late))[0]?.rule, 'CUS-ORDER')
})

test('MD-04: PUT /api/v1/customers/{id} creates and changes; the same again changes nothing; customer-config is the same resource', async () => {
  const mRID = fresh()
  const path = `customers/${mRID}`
  const body = { Customer: [since('2026-07-03T08:00:00Z', 'a@example.org')] }
  assert.is((await ways.json('GET', path)).status, 404)
  assert.is((await ways.json('PUT', path, body)).status, 201)
  const first = await ways.gateway.events()
  assert.is((await ways.json('PUT', path, body)).status, 200)
  assert.is((await ways.gateway.events()).length, first.length, 'nobody is told of nothing')
  const next = { Customer: [since('2026-07-04T08:00:00Z', 'b@example.org')] }
  assert.is((await ways.json('PUT', path, next)).status, 200)
  const late = await ways.json('PUT', path, body)
  assert.equal([late.status, member(late.json, 'rule')], [409, 'CUS-ORDER'])
  assert.match(
    String(member(late.json, 'findings') && JSON.stringify(late.json)),
    'effectiveDateTime',
  )
  const [own, other] = [
    await ways.json('GET', path),
    await ways.json('GET', `customer-config/${mRID}`),
  ]
  assert.equal([own.status, own.json], [200, other.json])
  assert.match(JSON.stringify(own.json), 'b@example.org')
})

const told = wayTo('cpm', { noun: [NOUN], verb: ['created', 'changed'] })
const whole = await openWhole({
  ...LOCAL,
  // The DERMS of a third party is told of nobody's customers, and not waited for.
  parties: [partyOf('cis'), partyOf('cpm'), partyOf('dso-derms'), partyOf('tp:acme:derms')],
  ways: [
    { ...told, to: ['cpm', 'dso-derms'], order: { by: 'key', path: 'Customer.mRID' } },
    wayTo('local', {}),
  ],
})
test.after(() => whole.close())

const PATH = '/api/v1/customers'
const put = (mRID: string, at: string, mail: string) =>
  whole.ok('cis', 'PUT', `${PATH}/${mRID}`, { Customer: [since(at, mail)] })

/** What parties have acknowledged of a customer, in a few words. */
async function ledger(mRID: string): Promise<string> {
  const it = await whole.ok('operator', 'GET', `${PATH}/${mRID}/acknowledgements`)
  const lines = it['parties'] as readonly JsonObject[]
  const words = lines.map(
    (one) => `${one['party']} ${one['revision']}${one['isCurrent'] === true ? '' : '!'}`,
  )
  return `${it['revision']}: ${words.join(', ')}; ${it['isKnown'] === true ? '' : 'not '}known`
}

test('MD-04: the ledger says who has acknowledged a customer, in which revision, and nobody knows one before that', async () => {
  const mRID = fresh()
  whole.answer((party, leg) => (party === 'cpm' ? replyOf(leg) : REFUSED))
  await put(mRID, '2026-07-01T08:00:00Z', 'a@example.org')
  await whole.quiet()
  assert.is(await ledger(mRID), '1: cpm 1, dso-derms null!; not known')
  whole.answer((_party, leg) => replyOf(leg))
  await put(mRID, '2026-07-02T08:00:00Z', 'b@example.org')
  await whole.quiet()
  assert.is(await ledger(mRID), '2: cpm 2, dso-derms 2; known')
  whole.answer((party, leg) => (party === 'cpm' ? REFUSED : replyOf(leg)))
  await put(mRID, '2026-07-03T08:00:00Z', 'c@example.org')
  await whole.quiet()
  assert.is(await ledger(mRID), '3: cpm 2!, dso-derms 3; known', 'known, if not as it is now')
  await whole.restart()
  assert.is(await ledger(mRID), '3: cpm 2!, dso-derms 3; known')
})

test('MD-04: what is parked at a side and sent again later is acknowledged as the revision that it was', async () => {
  const mRID = fresh()
  whole.answer((party, leg) => (party === 'cpm' ? replyOf(leg) : REFUSED))
  await put(mRID, '2026-07-01T08:00:00Z', 'a@example.org')
  await whole.quiet()
  await put(mRID, '2026-07-02T08:00:00Z', 'b@example.org')
  await whole.quiet()
  whole.answer((_party, leg) => replyOf(leg))
  const { text } = await whole.ask('operator', 'GET', '/api/v1/parked', { query: { key: mRID } })
  const legs = member(JSON.parse(text), 'messages') as readonly JsonObject[]
  assert.is(legs.length, 2)
  await whole.ok('operator', 'POST', `/api/v1/messages/${legs[0]?.['id']}:redrive`)
  await whole.quiet()
  assert.is(await ledger(mRID), '2: cpm 2, dso-derms 2; known')
  await whole.ok('operator', 'POST', `/api/v1/messages/${legs[1]?.['id']}:redrive`)
  await whole.quiet()
  assert.is(await ledger(mRID), '2: cpm 2, dso-derms 2; known', 'nobody knows less again')
})

test('MD-04: a customer that is made anew is known to nobody; one in a batch is known where it was not refused', async () => {
  const [one, two] = [fresh(), fresh()]
  whole.answer((party, leg) =>
    party === 'cpm'
      ? replyOf(leg)
      : replyOf(
          leg,
          `<Error><code>2.29</code><ID kind="uuid" objectType="Customer">${two}</ID></Error>`,
          'PARTIAL',
        ),
  )
  const Customer = [one, two].map((mRID) => ({ mRID, kind: 'residential' }))
  await whole.ok('cis', 'POST', PATH, { Customer })
  await whole.quiet()
  assert.is(await ledger(one), '1: cpm 1, dso-derms 1; known')
  assert.is(await ledger(two), '1: cpm 1, dso-derms null!; not known')
  await whole.ok('cis', 'DELETE', `${PATH}/${one}`)
  whole.answer(() => REFUSED)
  await put(one, '2026-07-01T08:00:00Z', 'a@example.org')
  await whole.quiet()
  assert.match(await ledger(one), /: cpm null!, dso-derms null!; not known$/)
})

test('MD-04: a party sees what it has acknowledged itself; of other nouns, and of what is not there, there is no ledger', async () => {
  const mRID = fresh()
  whole.answer((_party, leg) => replyOf(leg))
  await put(mRID, '2026-07-01T08:00:00Z', 'a@example.org')
  await whole.quiet()
  const as = async (party: string, path: string) => {
    const { status, text } = await whole.ask(party, 'GET', path, { sender: { party } })
    return { status, json: JSON.parse(text) as JsonObject }
  }
  const own = await as('cpm', `${PATH}/${mRID}/acknowledgements`)
  assert.equal([own.status, own.json['isKnown']], [200, undefined])
  assert.equal(
    (own.json['parties'] as readonly JsonObject[]).map((it) => it['party']),
    ['cpm'],
  )
  const whose = await as('cis', `${PATH}/${mRID}/acknowledgements`)
  assert.is(whose.json['isKnown'], true, 'whoever has made it sees all of it')
  const none = await as('cis', `${PATH}/${fresh()}/acknowledgements`)
  assert.equal(
    [none.status, member((none.json['Error'] as JsonObject[])[0], 'code')],
    [404, '99.1'],
  )
  const other = await as('cis', `/api/v1/tariffs/x/acknowledgements`)
  assert.equal(
    [other.status, member((other.json['Error'] as JsonObject[])[0], 'code')],
    [404, '2.9'],
  )
})

test('MD-04: the precondition of an enrollment names the sides that do not know a customer', () => {
  const first = toldIn(undefined, 'e1', 1)
  const both = ['cpm', 'derms']
  assert.equal(unawareOf(undefined, both), both)
  assert.equal(unawareOf(first, both), both)
  const one = acknowledgedBy(first, 'cpm', { exchangeId: 'e1', at: '2026-07-14T08:00:00Z' })
  assert.equal(unawareOf(one, both), ['derms'])
  assert.is(acknowledgedBy(one, 'cpm', { exchangeId: 'e1', at: '' }), undefined, 'no news')
  assert.is(acknowledgedBy(one, 'derms', { exchangeId: 'e0', at: '' }), undefined, 'not told then')
  const two = acknowledgedBy(toldIn(one, 'e2', 2), 'derms', { exchangeId: 'e2', at: '' })
  assert.equal(unawareOf(two, both), [])
  assert.equal(unawareOf(two, both, 2), ['cpm'])
})

test.run()
