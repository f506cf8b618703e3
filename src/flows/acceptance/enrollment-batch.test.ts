// EN-01 on its way to a programme system that takes one application at a time: each is sent once, also when that is down and
// cimgate ends in between.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../../gateway/ledger.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'
import { askedOf, shippedSchemas } from '../../gateway/gateway.fixture.ts'
import { documentOf } from '../../gateway/translate.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { application } from './enrollment.fixture.ts'

const test = suite('enrollment batch')

const profile = { operationSets: true, collections: false }
const cpm = { ...partyOf('cpm'), profile }
/** It is not waited for. */
const strict = { ...partyOf('strict'), profile }
/** It takes two at once. */
const pairs = { ...partyOf('pairs'), profile: { operationSets: true, collections: 2 } }
const noun = ['ProgramEnrollments']
const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('lec'), partyOf('aggregator'), partyOf('derms'), cpm, strict, pairs],
  ways: [
    // Whoever asks waits as long as it takes: the time of tests goes by faster than what is done in it.
    { ...wayTo('cpm', { noun, verb: ['create'], from: ['lec'] }), timeoutMs: 1e9 },
    { ...wayTo('pairs', { noun, verb: ['create'], from: ['derms'] }), timeoutMs: 1e9 },
    { ...wayTo('strict', { noun, verb: ['create'] }), whenTargetDown: 'refuse' },
  ],
})
test.after(() => whole.close())

const DOWN = { kind: 'unreachable', reason: 'down' } as PeerAnswer

test('G-AC4, G-AC1: after a crash behind application i it goes on with i + 1, and none is sent twice that was taken', async () => {
  const all = Array.from({ length: 5 }, () => application())
  let taken = 0
  whole.answer((_party, leg) => (taken < 2 ? ((taken += 1), replyOf(leg)) : DOWN))
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ ProgramEnrollment: all })
  const how = { headers, body, sender: { party: 'lec' } }
  void whole.ask('lec', 'POST', '/api/v1/program-enrollments', how)
  await whole.tried(3)
  await whole.restart()
  whole.answer((_party, leg) => replyOf(leg))
  const states = () =>
    whole.store.objects(
      'ProgramEnrollments',
      all.map(({ mRID }) => mRID),
      [],
    )
  await whole.until(async () => (await states()).length === all.length)
  assert.equal(
    (await states()).map(({ state }) => state),
    all.map(() => 'PENDING'),
  )
  const sent = all.map(({ mRID }) => whole.sent.filter((it) => it.request.includes(mRID)).length)
  assert.equal([sent[0], sent[1], sent[3], sent[4]], [1, 1, 1, 1])
  const order = whole.sent.map((it) => all.findIndex(({ mRID }) => it.request.includes(mRID)))
  assert.equal(
    order,
    order.toSorted((a, b) => a - b),
  )
})

test('G-AC1, EN-01: what each of several answers says stands at the place of its application, also after a crash', async () => {
  const { mRID: _none, ...unnamed } = application()
  const all = [application(), unnamed, application({ validityInterval: {} }), application()]
  const refusal = '<Error><code>6.1</code><level>FATAL</level><reason>no</reason></Error>'
  const refuses = (leg: Leg) => leg.request.includes(String(unnamed['transactionId']))
  let isDown = true
  whole.answer((_party, leg) => {
    if (isDown && refuses(leg)) return DOWN
    return refuses(leg) ? replyOf(leg, refusal) : replyOf(leg)
  })
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'after a crash' }
  const how = {
    headers,
    body: JSON.stringify({ ProgramEnrollment: all }),
    sender: { party: 'lec' },
  }
  const ask = () => whole.ask('lec', 'POST', '/api/v1/program-enrollments:batch', how)
  const before = whole.sent.length
  void ask()
  await whole.tried(before + 2)
  await whole.restart()
  isDown = false
  const mRID = String(all[3]?.['mRID'])
  await whole.until(
    async () => (await whole.store.objects('ProgramEnrollments', [mRID], [])).length > 0,
  )
  const { status, text } = await ask()
  const { reply, results } = JSON.parse(text) as {
    readonly reply: JsonObject
    readonly results: readonly JsonObject[]
  }
  assert.equal([status, reply['Result']], [200, 'PARTIAL'])
  assert.equal(
    results.map((it) => [it['index'], it['transactionId'], it['Result'], it['code']]),
    [
      [0, all[0]?.['transactionId'], 'OK', '0.0'],
      [1, all[1]?.['transactionId'], 'FAILED', '6.1'],
      // Of what was refused before anything was sent its place alone is known by then.
      [2, undefined, 'FAILED', '1.8'],
      [3, all[3]?.['transactionId'], 'OK', '0.0'],
    ],
  )
})

interface Told {
  readonly reply: { readonly Result: string; readonly Error: readonly JsonObject[] }
  readonly results: readonly JsonObject[]
}

/** One request of the aggregator, whose route does not wait. */
async function strictly(path: string, all: readonly JsonObject[]) {
  const headers = { 'content-type': 'application/json' }
  const how = {
    headers,
    body: JSON.stringify({ ProgramEnrollment: all }),
    sender: { party: 'aggregator' },
  }
  const { status, text } = await whole.ask('aggregator', 'POST', `/api/v1/${path}`, how)
  return { status, json: JSON.parse(text) as Told }
}

const isKept = async ({ mRID }: JsonObject) =>
  (await whole.store.objects('ProgramEnrollments', [String(mRID)], [])).length > 0

test('EN-01: a target that goes down amid a batch stops it: 5.2 of all that stands behind, and FAILED as a whole', async () => {
  const all = Array.from({ length: 5 }, () => application())
  let taken = 0
  const before = whole.sent.length
  whole.answer((_party, leg) => (taken < 2 ? ((taken += 1), replyOf(leg)) : DOWN))
  const { status, json } = await strictly('program-enrollments:batch', all)
  assert.equal([status, json.reply.Result], [200, 'FAILED'])
  assert.equal(
    json.results.map((it) => [it['index'], it['transactionId'], it['Result'], it['code']]),
    all.map(({ transactionId }, place) =>
      place < 2 ? [place, transactionId, 'OK', '0.0'] : [place, transactionId, 'FAILED', '5.2'],
    ),
  )
  assert.match(String(json.results[4]?.['details']), /not attempted/)
  // Nothing is tried again, now or later.
  assert.is(whole.sent.length - before, 3)
  whole.answer((_party, leg) => replyOf(leg))
  whole.time.step()
  await whole.quiet()
  assert.is(whole.sent.length - before, 3)
  assert.equal(await Promise.all(all.map(isKept)), [true, true, false, false, false])
})

test('EN-01: sent again it is taken where it stopped, and nobody is enrolled twice', async () => {
  const all = Array.from({ length: 3 }, () => application())
  let isDown = true
  const broken = String(all[1]?.mRID)
  whole.answer((_party, leg) => (isDown && leg.request.includes(broken) ? DOWN : replyOf(leg)))
  const { json: first } = await strictly('program-enrollments', all)
  assert.equal(
    first.reply.Error.map(({ code }) => code),
    ['5.2', '5.2', '0.0'],
  )
  isDown = false
  const { json } = await strictly('program-enrollments:batch', all)
  assert.equal([json.reply.Result, json.results.length], ['OK', 3])
  assert.equal(await Promise.all(all.map(isKept)), [true, true, true])
})

test('EN-01: where the route waits, and every try is over, the rest is not attempted either', async () => {
  const all = Array.from({ length: 3 }, () => application())
  const before = whole.sent.length
  whole.answer(() => DOWN)
  const headers = { 'content-type': 'application/json' }
  const how = {
    headers,
    body: JSON.stringify({ ProgramEnrollment: all }),
    sender: { party: 'lec' },
  }
  const asked = whole.ask('lec', 'POST', '/api/v1/program-enrollments:batch', how)
  let said: { readonly text: string } | undefined
  void asked.then((it) => (said = it))
  await whole.until(async () => said !== undefined)
  const json = JSON.parse(said?.text ?? '{}') as Told
  assert.equal(
    json.results.map((it) => [it['Result'], it['code']]),
    Array(3).fill(['FAILED', '5.2']),
  )
  // The first one, and once more.
  assert.is(whole.sent.length - before, 2)
})

/** The same as a message, in XML: what of each application has come back. */
async function asMessage(party: string, all: readonly JsonObject[]) {
  const { gateway } = whole
  const message = {
    message: 'RequestMessage',
    header: { Verb: 'create', Noun: noun[0], MessageID: crypto.randomUUID() },
    payload: { ProgramEnrollments: { ProgramEnrollment: all } },
  } as JsonObject
  const body = documentOf(message, await shippedSchemas)
  const said = await askedOf(gateway.routes, 'POST', '/cim', {
    ...{ body, headers: { 'content-type': 'application/xml' }, sender: { party } },
  })
  const result = /<Result>(\w+)</.exec(said.text)?.[1]
  const errors = [...said.text.matchAll(/<Error>[^]*?<\/Error>/g)].map(([it]) => it)
  const told = all.map(({ mRID }) =>
    errors.filter((it) => it.includes(String(mRID))).map((it) => /<code>([\d.]+)/.exec(it)?.[1]),
  )
  return { result, told, text: said.text }
}

test('EN-01, G-AC1: by POST /cim each application of a batch that has stopped is named, with 0.0 or 5.2', async () => {
  const all = Array.from({ length: 4 }, () => application())
  const broken = String(all[2]?.mRID)
  whole.answer((_party, leg) => (leg.request.includes(broken) ? DOWN : replyOf(leg)))
  const { result, told, text } = await asMessage('aggregator', all)
  assert.is(result, 'FAILED', text)
  assert.equal(told, [['0.0'], ['0.0'], ['5.2'], ['5.2']])
})

test('EN-01, G-AC2: a party that takes two at once is sent two at once, and each that it refuses is named', async () => {
  const all = Array.from({ length: 5 }, () => application())
  const refused = String(all[3]?.mRID)
  const error = `<Error><code>6.1</code><level>FATAL</level><ID kind="uuid" objectType="ProgramEnrollment">${refused}</ID></Error>`
  const before = whole.sent.length
  whole.answer((_party, leg) =>
    leg.request.includes(refused) ? replyOf(leg, error, 'PARTIAL') : replyOf(leg),
  )
  const { result, told, text } = await asMessage('derms', all)
  const sizes = whole.sent
    .slice(before)
    .map(({ request }) => all.filter(({ mRID }) => request.includes(mRID)).length)
  assert.equal(sizes, [2, 2, 1])
  assert.is(result, 'PARTIAL', text)
  assert.equal(told, [[], [], [], ['6.1'], []])
  assert.equal(await Promise.all(all.map(isKept)), [true, true, true, false, true])
})

test.run()
