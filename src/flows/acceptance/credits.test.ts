// Credits about what has been earned, on their way to the customer information system: each settlement at most once, over all
// triggers, refusals, repeats and restarts.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../../gateway/ledger.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { Answering } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { AMOUNT, credit, intervals, pending, price, settlement } from './settlement.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('credits')

const [CREDITS, SETTLEMENTS] = ['SettlementCredits', 'ProgramSettlements']
const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('cpm'), partyOf('cis')],
  ways: [
    wayTo('cis', { noun: [CREDITS], verb: ['create'], from: ['cpm'] }),
    wayTo('cpm', { noun: [CREDITS, SETTLEMENTS], verb: ['changed'] }),
    wayTo('local', {}),
  ],
})
test.after(() => whole.close())

/** What the CIS says; whoever runs the programs takes all that it is told. */
const answering = (how: Answering) =>
  whole.answer((party, leg) => (party === 'cpm' ? replyOf(leg) : how(party, leg)))

const headers = { 'content-type': 'application/json' }
const post = async (path: string, body: JsonObject) => {
  const said = await whole.ask('cpm', 'POST', `/api/v1/${path}`, {
    body: JSON.stringify(body),
    headers,
  })
  return { status: said.status, json: JSON.parse(said.text) as JsonObject }
}
const earn = async (more: JsonObject = {}) => {
  const it = settlement(more)
  await whole.ok('cpm', 'POST', '/api/v1/program-settlements', { ProgramSettlement: [it] })
  return it
}
const send = (it: JsonObject) => post('settlement-credits', { SettlementCredit: [it] })
const ruleOf = async (it: JsonObject) => {
  const { status, json } = await send(it)
  return status < 300 ? 'OK' : String(json['rule'])
}
const stateOf = async (noun: string, { mRID }: JsonObject) =>
  (await whole.store.objects(noun, [String(mRID)], []))[0]?.state
const statesOf = (...all: readonly JsonObject[]) =>
  Promise.all(all.map((it) => stateOf(SETTLEMENTS, it)))

const NO = '<Error><code>2.19</code><reason>closed account</reason></Error>'
/** Has the message for sure, and says nothing that could be read. */
const GARBLED: PeerAnswer = {
  ...{ kind: 'answered', status: 200, contentType: 'text/html' },
  bytes: new TextEncoder().encode('<html>welcome</html>'),
}

test('ST-06, G-AC36: what is credited is collected and sent with it in one unit, and billed when the CIS has acknowledged', async () => {
  const [one, two] = [await earn(), await earn({ amount: AMOUNT })]
  let release = () => {}
  const held = new Promise<void>((done) => (release = done))
  answering(async (_party, leg: Leg) => {
    await held
    return replyOf(leg)
  })
  const it = credit([one, two], 1.48)
  assert.is(await ruleOf(it), 'OK')
  assert.equal(await statesOf(one, two), ['SENT', 'SENT'])
  assert.is(await stateOf(CREDITS, it), 'sent')
  // Whatever is tried while nobody knows the answer.
  assert.is(await ruleOf(credit([one], AMOUNT, { trigger: 'unenrollment' })), 'SET-DUP')
  release()
  await whole.quiet()
  assert.equal(await statesOf(one, two), ['BILLED', 'BILLED'])
  assert.is(await stateOf(CREDITS, it), 'billed')
  assert.is(await ruleOf(credit([two], AMOUNT, { trigger: 'moveOut' })), 'SET-DUP')
  const { json } = await send(credit([two], AMOUNT))
  assert.match(JSON.stringify(json), `credited already by the SettlementCredit ${it.mRID}`)
  const heard = whole.sent.filter(({ party }) => party === 'cpm').map(({ request }) => request)
  for (const what of ['BILLED', 'billed'])
    assert.ok(
      heard.some((it) => it.includes(`<value>${what}</value>`)),
      `${what} is told`,
    )
  const events = (await whole.store.events(0, 500)).filter(({ subject }) => subject === one.mRID)
  assert.equal(
    events.map(({ state }) => state),
    ['CALCULATED', 'AGGREGATED', 'SENT', 'BILLED'],
  )
})

test('ST-06: what the CIS rejects is credited anew, by another credit, and what nobody has understood stays sent', async () => {
  const it = await earn()
  answering((_party, leg) => replyOf(leg, NO))
  const first = credit([it], AMOUNT)
  assert.is(await ruleOf(first), 'OK')
  await whole.quiet()
  assert.equal([await stateOf(CREDITS, first), ...(await statesOf(it))], ['rejected', 'REJECTED'])
  // Sent once more by a person it might be paid beside another one.
  const { messages } = JSON.parse(
    (await whole.ask('operator', 'GET', '/api/v1/parked', { query: { key: first.mRID } })).text,
  ) as JsonObject
  const [leg] = messages as readonly JsonObject[]
  for (const action of ['redrive', 'resend']) {
    const again = await whole.ask('operator', 'POST', `/api/v1/messages/${leg?.['id']}:${action}`)
    assert.ok(again.status >= 400, action)
    assert.match(again.text, 'is rejected by now')
  }
  answering(() => GARBLED)
  const second = credit([it], AMOUNT)
  assert.is(await ruleOf(second), 'OK')
  await whole.quiet()
  assert.equal([await stateOf(CREDITS, second), ...(await statesOf(it))], ['sent', 'SENT'])
  assert.is(await ruleOf(credit([it], AMOUNT)), 'SET-DUP', 'it may be on a bill')
  // Somebody has asked the people over there.
  await whole.ok('cis', 'POST', `/api/v1/settlement-credits/${second.mRID}:bill`)
  assert.equal(await statesOf(it), ['BILLED'])
})

test('ST-06: of several credits in one message each has its own fate', async () => {
  const [one, two] = [await earn(), await earn()]
  const [good, bad] = [credit([one], AMOUNT), credit([two], AMOUNT)]
  const error = `<Error><code>2.19</code><ID kind="uuid" objectType="SettlementCredit">${bad.mRID}</ID></Error>`
  answering((_party, leg) => replyOf(leg, error, 'PARTIAL'))
  const { status } = await post('settlement-credits', { SettlementCredit: [good, bad] })
  assert.is(status < 300, true)
  await whole.quiet()
  assert.equal(await statesOf(one, two), ['BILLED', 'REJECTED'])
})

test('ST-02/AC3, G-AC36: a credit comes to what its settlements come to, of one currency, each listed once and calculated', async () => {
  answering((_party, leg) => replyOf(leg))
  const [one, open] = [await earn(), pending()]
  const yen = intervals().map((it) => ({ ...it, price: price(1, 'JPY') }))
  const other = await earn({ currency: 'JPY', intervals: yen, amount: 2 })
  await whole.ok('cpm', 'POST', '/api/v1/program-settlements', { ProgramSettlement: [open] })
  const wrong = await send(credit([one], 0.75))
  assert.is(wrong.json['rule'], 'SET-SUM')
  assert.match(
    JSON.stringify(wrong.json),
    'The credit is 0.75 USD, and its settlements come to 0.74 USD',
  )
  assert.is(await ruleOf(credit([one, one], 1.48)), 'SET-DUP')
  assert.is(await ruleOf(credit([one, other], 2.74)), 'SET-CUR')
  assert.is(await ruleOf(credit([open], 0)), 'CRD-STATE')
  assert.is(await ruleOf(credit([{ mRID: fresh() }], 1)), 'REF-UNKNOWN')
  const period = { start: '2026-07-14T00:00:00Z', end: '2026-07-14T00:00:00Z' }
  assert.is(await ruleOf(credit([one], AMOUNT, { period })), 'CRD-INTERVAL')
  assert.equal(await statesOf(one), ['CALCULATED'], 'what is refused leaves no trace')
  assert.is(whole.sent.filter(({ request }) => request.includes(one.mRID)).length, 0)
})

test('ST-06: whoever is credited is who has earned it', async () => {
  answering((_party, leg) => replyOf(leg))
  const account = (name: string) => ({ Names: [{ name, NameType: { name: 'cisAccountId' } }] })
  const subscription = {
    ...{ mRID: fresh(), status: { value: 'INACTIVE' } },
    Customer: { mRID: fresh(), CustomerAccount: account('A-7') },
    DemandResponseProgram: { mRID: fresh() },
    EndDevices: [{ mRID: fresh() }],
    UsagePoint: { mRID: fresh() },
    validityInterval: { start: '2026-01-01T00:00:00Z' },
  }
  const it = await earn({ ProgramSubscription: { mRID: subscription.mRID } })
  const put = {
    noun: 'ProgramSubscriptions',
    ...{ id: subscription.mRID, state: 'INACTIVE', names: [], owner: 'cpm', expect: 0 },
    body: JSON.stringify(subscription),
  }
  await whole.store.commit({ puts: [put], removals: [], events: [] })
  assert.is(await ruleOf(credit([it], AMOUNT)), 'CRD-ACCOUNT')
  assert.is(await ruleOf(credit([it], AMOUNT, { CustomerAccount: account('A-7') })), 'OK')
})

test('ST-06: what money has followed from stays: neither changed nor deleted, whoever asks or tells', async () => {
  const it = await earn()
  answering(() => GARBLED)
  const own = credit([it], AMOUNT)
  assert.is(await ruleOf(own), 'OK')
  const asked = async (method: string, path: string, body?: JsonObject) => {
    const how = body === undefined ? {} : { body: JSON.stringify(body), headers }
    const { status, text } = await whole.ask('cpm', method, `/api/v1/${path}`, how)
    return status < 300 ? 'OK' : String((JSON.parse(text) as JsonObject)['rule'])
  }
  const path = `program-settlements/${it.mRID}`
  assert.is(await asked('PATCH', path, { amount: 1 }), 'SET-FROZEN')
  assert.is(await asked('DELETE', path), 'SET-FROZEN')
  assert.match(await asked('POST', `${path}:void`), /^SM-SET-SENT-void$|SET-FROZEN/)
  assert.is(await asked('DELETE', `settlement-credits/${own.mRID}`), 'CRD-FROZEN')
  assert.is(await asked('PATCH', `settlement-credits/${own.mRID}`, { amount: 1 }), 'CRD-FROZEN')
  await whole.quiet()
})

/** What may happen, one after the other. */
const STEPS = fc.array(
  fc.record({
    what: fc.constantFrom(
      'earn',
      'credit',
      'credit',
      'credit',
      'repeat',
      'both',
      'restart',
      'void',
    ),
    which: fc.nat({ max: 255 }),
    answer: fc.constantFrom('ok', 'ok', 'no', 'garbled'),
    trigger: fc.constantFrom('periodic', 'moveOut', 'unenrollment'),
  }),
  { minLength: 8, maxLength: 14 },
)

test('ST-02/AC3, G-AC36, P-15: over random triggers, refusals, repeats and restarts sum out is sum in, and nothing is credited twice', async () => {
  await fc.assert(
    fc.asyncProperty(STEPS, async (steps) => {
      const earned: JsonObject[] = [await earn()]
      const credits: JsonObject[] = []
      for (const { what, which, answer, trigger } of steps) {
        answering((_party, leg) =>
          answer === 'garbled' ? GARBLED : replyOf(leg, answer === 'no' ? NO : ''),
        )
        // Any of what was earned, whether or not it has been credited.
        const some = earned.filter((_it, at) => (which >> (at % 8)) & 1)
        const it = credit(some, Math.round(some.length * 74) / 100, { trigger })
        if (what === 'earn') earned.push(await earn())
        if (what === 'restart') await whole.restart()
        if (what === 'void')
          await post(`program-settlements/${String(earned.at(-1)?.['mRID'])}:void`, {})
        if (what === 'repeat' && credits.length > 0) await send(credits.at(-1) ?? {})
        if (what !== 'credit' && what !== 'both') continue
        if (some.length === 0) continue
        credits.push(it)
        const other = { ...it, mRID: fresh() }
        const two = what === 'both' ? [it, other] : [it]
        if (what === 'both') credits.push(other)
        await Promise.all(two.map(send))
        if (which % 3 !== 0) await whole.quiet()
      }
      await whole.quiet()
      await balanced(earned, credits)
    }),
    { numRuns: 12, seed: 20_260_714 },
  )
})

async function objectsOf(noun: string, all: readonly JsonObject[]) {
  const stored = await Promise.all(
    all.map(async ({ mRID }) => (await whole.store.objects(noun, [String(mRID)], []))[0]),
  )
  return stored.flatMap((it) =>
    it === undefined ? [] : [{ state: it.state, object: JSON.parse(it.body) as JsonObject }],
  )
}

async function balanced(earned: readonly JsonObject[], credits: readonly JsonObject[]) {
  const settled = await objectsOf(SETTLEMENTS, earned)
  const open = (await objectsOf(CREDITS, credits)).filter(({ state }) => state !== 'rejected')
  const named = open.flatMap(({ object }) => member(object, 'sourceSettlements') as readonly Json[])
  const ids = named.map((it) => String(member(it, 'mRID')))
  assert.is(new Set(ids).size, ids.length, 'nothing is in two credits')
  const cents = (all: readonly { object: JsonObject }[]) =>
    all.reduce((sum, { object }) => sum + Math.round(Number(object['amount']) * 100), 0)
  for (const [own, its] of [
    ['billed', 'BILLED'],
    ['sent', 'SENT'],
  ] as const)
    assert.is(
      cents(open.filter(({ state }) => state === own)),
      cents(settled.filter(({ state }) => state === its)),
      `${own} is what is ${its}`,
    )
}

const ways = await openWays()
test.after(() => ways.gateway.close())

test('ST-06: where everything is kept here, whoever bills says so; a credit is refused over every way', async () => {
  const it = settlement()
  await ways.told({ verb: 'created', noun: SETTLEMENTS, object: it })
  const wrong = { verb: 'create', noun: CREDITS, object: credit([it], 1) }
  assert.equal((await ways.refused(wrong)).rule, 'SET-SUM')
  const own = credit([it], AMOUNT)
  await ways.ok({ verb: 'create', noun: CREDITS, object: own })
  const dup = await ways.refused({ verb: 'create', noun: CREDITS, object: credit([it], AMOUNT) })
  assert.is(dup.rule, 'SET-DUP')
  const billed = { mRID: own.mRID, status: { value: 'billed' } }
  assert.equal(refusalsIn(await ways.sent({ verb: 'changed', noun: CREDITS, object: billed })), [])
  assert.is((await ways.stored(SETTLEMENTS, it.mRID)).state, 'BILLED')
})

test.run()
