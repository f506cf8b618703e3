// Checks of devices between two sides that speak Oracle's JSON: MsgAck is no answer, the answer names no device, and what comes
// too late or to nothing that was asked is kept as that.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_QUANTITIES } from '../../flows/quantities.ts'
import { LATER, MOST, NOUN } from './device-checks.fixture.ts'
import { bodyOf, inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import type { PeerAnswer } from '../peer.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle checks')

const ASKS = { ...wayTo('derms', { noun: [NOUN], verb: ['get'], from: ['cpm'] }), reply: 'async' }
const TELLS = wayTo('cpm', { noun: [NOUN], verb: ['created', 'changed'], from: ['derms'] })
const { whole, told } = await openOracle(
  { quantities: { ...USUAL_QUANTITIES, failuresInARow: MOST } },
  [ASKS as ReturnType<typeof wayTo>, TELLS],
)
test.after(() => whole.close())

const VALUE = 'reachable'

const ask = (communicationId: string, nicid = communicationId) => {
  const { sendDetails } = sample('oracle-cpm/device-status-checks')
  const deviceInfo = { ...sendDetails.deviceInfo, nicid }
  return told('cpm', 'oracle-cpm/device-status-check', {
    sendDetails: { ...sendDetails, communicationId, deviceInfo },
  })
}

const answer = (dacsMessageId: string, responseCode: string, by = 'derms', value = VALUE) =>
  told(by, 'oracle-derms/status-check-ack-to-dacs', {
    ...{ dacsMessageId, responseCode, value },
    responseTimeISO: '2026-07-14T08:00:00Z',
  })

const stateOf = async (mRID: string) => (await whole.store.objects(NOUN, [mRID], []))[0]?.state

async function kept(mRID: string): Promise<JsonObject> {
  const json = await whole.ok('cpm', 'GET', `/api/v1/device-status-checks/${mRID}`)
  return ((json['EndDeviceStatus'] ?? []) as readonly JsonObject[])[0] ?? {}
}

const RESPONSE = { responses: { response: [{ id: '1', responseCode: 'SUCCESS', value: 'taken' }] } }

/** What a DERMS says to the question itself, and what the check is then. */
const AT_ONCE: readonly (readonly [string, () => PeerAnswer, string])[] = [
  ['nothing at all', () => LATER, 'sent'],
  ['SUCCESS', () => msgAck('SUCCESS'), 'sent'],
  ['SUCCESS with a response', () => msgAck('SUCCESS', RESPONSE), 'sent'],
  ['SUCCESS by 202', () => ({ ...msgAck('SUCCESS'), status: 202 }) as PeerAnswer, 'sent'],
  ['ERROR', () => msgAck('ERROR', { value: 'no such device' }), 'failed'],
]

for (const [said, how, state] of AT_ONCE)
  test(`G-AC6: MsgAck is no answer: ${said} leaves a check ${state}`, async () => {
    whole.answer(how)
    const id = said.replaceAll(' ', '-')
    const { status, text } = await ask(id)
    assert.is(status, 200, text)
    await whole.until(async () => ['sent', 'failed'].includes((await stateOf(id)) ?? ''))
    assert.is(await stateOf(id), state)
  })

/** What the DERMS says, the check after it, and what cpm is told of it. */
const ANSWERS = [
  ['SUCCESS', 'reachable', 'answered', 'reachable', { status: 'SUCCESS' }],
  ['SUCCESS', 'unreachable', 'unreachable', 'unreachable', { status: 'FAILURE' }],
  ['SUCCESS', 'unknown', 'answered', 'unknown', { status: 'ERROR', value: 'unknown' }],
  ['ERROR', 'unsupported', 'unsupported', 'unknown', { status: 'ERROR', value: 'unsupported' }],
  ['FAILURE', 'timedOut', 'timedOut', 'unknown', { status: 'ERROR', value: 'timedOut' }],
  [
    ...(['FAILURE', 'no way to LEC', 'failed', 'unknown'] as const),
    { status: 'ERROR', value: 'failed', message: 'no way to LEC' },
  ],
  [
    ...(['ERROR', 'no such device', 'failed', 'unknown'] as const),
    { status: 'ERROR', value: 'failed', message: 'no such device' },
  ],
] as const

for (const [at, [code, value, state, commState, result]] of ANSWERS.entries())
  test(`G-AC6, G-AC8, DC-02/AC1: an answer that names no device is that of the question: ${code} ${value}`, async () => {
    whole.answer(() => msgAck('SUCCESS'))
    const id = `v-${at}`
    await ask(id)
    await whole.until(async () => (await stateOf(id)) === 'sent')
    const { json, text } = await answer(id, code, 'derms', value)
    assert.is(json.MsgAck.ackType, 'SUCCESS', text)
    assert.is(await stateOf(id), state)
    const check = await kept(id)
    assert.is(check['commState'], commState)
    assert.match(JSON.stringify(check['EndDevice']), id)
    await whole.quiet()
    assert.equal(answersTo(id).map(bodyOf), [{ responseDetail: { transactionID: id, result } }])
    const { legs } = await whole.store.legs({ key: id, state: ['PARKED'], limit: 9 })
    assert.equal(
      legs.filter(({ direction }) => direction === 'in'),
      [],
    )
  })

for (const [code, value, said] of [
  [
    'SUCCESS',
    'sausage',
    /\\"sausage\\" is no code of value\. Allowed are reachable, unreachable, unknown/,
  ],
  ['SUCCESS', undefined, /5\.8.*value is missing\. Write reachable or unreachable or unknown/],
  ['DONE', 'reachable', /\\"DONE\\" is no code of responseCode/],
] as const)
  test(`DC-02: ${code} ${value ?? 'alone'} is no answer, and the question stays open`, async () => {
    whole.answer(() => msgAck('SUCCESS'))
    const id = `none-${code}-${value}`
    await ask(id)
    await whole.until(async () => (await stateOf(id)) === 'sent')
    const { text } = await told('derms', 'oracle-derms/status-check-ack-to-dacs', {
      ...{ dacsMessageId: id, responseCode: code },
      ...(value === undefined ? {} : { value }),
    })
    assert.match(text, said)
    assert.is(await stateOf(id), 'sent')
  })

/** What cpm has been told of a check. */
const answersTo = (id: string) =>
  whole.sent.filter(({ party, request }) => party === 'cpm' && request.includes(`"${id}"`))

test('DC-02: who has asked does not answer, and an answer stays as it is', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  await ask('own')
  await whole.until(async () => (await stateOf('own')) === 'sent')
  const own = await answer('own', 'SUCCESS', 'cpm')
  assert.match(own.text, /"ERROR".*7\.5 rule=BY-ROLE.*answer of EndDeviceStatuses is for derms or/)
  assert.is(await stateOf('own'), 'sent')
  await answer('own', 'SUCCESS')
  const kept1 = await kept('own')
  for (const by of ['cpm', 'derms']) {
    const other = await answer('own', 'SUCCESS', by, 'unreachable')
    assert.match(other.text, /"ERROR".*rule=(BY-ROLE|DSC-ONCE)/)
  }
  assert.equal(await kept('own'), kept1)
})

test('DC-01/AC1: the same answer once more is taken, and whoever has asked hears of it once', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  await ask('again')
  await whole.until(async () => (await stateOf('again')) === 'sent')
  for (const _time of [1, 2]) {
    const { json, text } = await answer('again', 'SUCCESS')
    assert.is(json.MsgAck.ackType, 'SUCCESS', text)
    await whole.quiet()
  }
  assert.is(answersTo('again').length, 1)
})

test('DC-02: what the response of Oracle has no place for is listed with the message that goes there', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  await ask('untold')
  await whole.until(async () => (await stateOf('untold')) === 'sent')
  await told('derms', 'oracle-derms/status-check-ack-to-dacs', {
    ...{ dacsMessageId: 'untold', responseCode: 'SUCCESS', value: 'reachable' },
    lastSeen: '2026-07-13T22:10:00Z',
  })
  await whole.quiet()
  const [reply] = answersTo('untold')
  const responseDetail = { transactionID: 'untold', result: { status: 'SUCCESS' } }
  assert.equal(bodyOf(reply), { responseDetail })
  const { text } = await whole.ask('cpm', 'GET', `/api/v1/messages/${reply?.id ?? ''}`)
  const { findings } = JSON.parse(text)
  const lost = findings.map(({ rule, path }: Record<string, string>) => `${rule} ${path}`)
  assert.ok(lost.includes('UNMAPPED /EndDeviceStatus/0/lastCommunication'), text)
  assert.is((await kept('untold'))['lastCommunication'], '2026-07-13T22:10:00Z')
})

test('G-AC7: an answer after its time is kept and marked, also in the words of the vendor', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  await ask('late-1')
  await whole.until(async () => (await stateOf('late-1')) === 'timedOut')
  for (let n = 0; n < 9; n += 1) whole.time.step()
  await whole.quiet()
  const once = answersTo('late-1').map(bodyOf)
  assert.is(once.length, 1)
  const { message, ...result } = once[0].responseDetail.result
  assert.equal(result, { status: 'ERROR', value: 'timedOut' })
  assert.match(message, /in time|route is over/)
  const { json, text } = await answer('late-1', 'SUCCESS')
  assert.is(json.MsgAck.ackType, 'SUCCESS', text)
  const check = await kept('late-1')
  assert.equal([check['late'], member(check['status'], 'value')], [true, 'timedOut'])
  await whole.quiet()
  assert.is(answersTo('late-1').length, 1, 'the result stays')
})

test('G-AC8: an answer to what nobody has asked is parked, also where it names no device', async () => {
  const { json, text } = await answer('nobodys-check', 'SUCCESS')
  assert.is(json.MsgAck.ackType, 'ERROR', text)
  assert.match(text, /2\.15/)
  const parked = await whole.ok('cpm', 'GET', '/api/v1/parked')
  assert.match(JSON.stringify(parked), '"correlationID":"nobodys-check"')
})

const page = inJson({ error: 'no such path' }, 404)
const garbage = { ...page, status: 200, bytes: new TextEncoder().encode('<html>') } as PeerAnswer

for (const [said, how] of [
  ['404', page],
  ['garbage', garbage],
] as const)
  test(`G-AC8, DC-02: a check that fails at once is told to whoever has asked as failed: ${said}`, async () => {
    whole.answer((party) => (party === 'derms' ? how : inJson({})))
    const id = `at-once-${said}`
    const { json, text } = await ask(id)
    assert.is(json.MsgAck.ackType, 'SUCCESS', text)
    await whole.until(async () => (await stateOf(id)) === 'failed')
    await whole.quiet()
    const [{ responseDetail }, ...others] = answersTo(id).map(bodyOf)
    assert.equal(others, [])
    assert.is(responseDetail.transactionID, id)
    const { message, ...result } = responseDetail.result
    assert.equal(result, { status: 'ERROR', value: 'failed' })
    assert.match(message, /^The receiving system has (refused|answered)/)
  })

test('K4, DC-01/AC2: a DERMS that says FAILURE to every check is not able to ask, and whoever asks hears that', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  const isAlarmed = async () =>
    /fails every check/.test(JSON.stringify(await whole.ok('cpm', 'GET', '/api/v1/alarms')))
  const answered = async (id: string, code: string, value: string) => {
    await ask(id)
    await whole.until(async () => (await stateOf(id)) === 'sent')
    await answer(id, code, 'derms', value)
    await whole.quiet()
    return bodyOf(answersTo(id)[0]).responseDetail.result.value
  }
  await answered('able', 'SUCCESS', 'unreachable')
  const all = Array.from({ length: MOST }, (_none, at) => `fails-${at}`)
  const told: string[] = []
  for (const id of all) told.push(await answered(id, 'FAILURE', 'no way to LEC'))
  assert.equal(told, [...all.slice(1).map(() => 'failed'), 'unsupported'])
  const states = await Promise.all(all.map(stateOf))
  assert.equal(
    states,
    all.map(() => 'unsupported'),
  )
  assert.is(await isAlarmed(), true)
  await answered('able-again', 'SUCCESS', 'reachable')
  assert.is(await isAlarmed(), false)
})

test('DC-01/AC1: a check that comes again under its communicationId is asked once', async () => {
  whole.answer(() => inJson({}, 202))
  const before = whole.sent.length
  const [one, other] = [await ask('twice'), await ask('twice')]
  assert.is(other.text, one.text)
  await whole.quiet()
  assert.is(whole.sent.length, before + 1)
  const { json } = await ask('twice', 'another-device')
  assert.is(json.MsgAck.ackType, 'ERROR')
})

test.run()
