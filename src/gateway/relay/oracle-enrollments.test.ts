// Applications on their way to a customer programme side that speaks Oracle's JSON: what it is not told, what it has already, and
// how far it has come with them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { PeerAnswer } from '../peer.ts'
import { inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

type Any = any

const test = suite('gateway: oracle enrollments')

const [ENROLLMENTS, EVENTS] = [['ProgramEnrollments'], ['ProgramEvents']]
const { whole, told } = await openOracle({}, [
  wayTo('cpm', { noun: ENROLLMENTS, verb: ['create'], from: ['derms'] }),
  wayTo('cpm', { noun: EVENTS, verb: ['create', 'cancel'], from: ['derms'] }),
])
test.after(() => whole.close())

/** Requests that differ in their ids alone. */
const enroll = async (ids: readonly string[], more: JsonObject = {}, messageId = ids.join()) => {
  const { requests, ...about } = sample('oracle-derms/enrollment-requests')
  const [first] = requests
  const all = ids.map((id) => {
    const [asset] = first.assetInfo.assetList
    const { assetId: _id, ...device } = asset
    const assetList = [{ ...device, nicId: `nic-${id}`, serialNo: `s-${id}`, badgeNo: `b-${id}` }]
    const programInfo = { ...first.programInfo, ...more }
    return {
      ...first,
      transactionId: id,
      programInfo,
      assetInfo: { ...first.assetInfo, assetList },
    }
  })
  const said = told('derms', 'oracle-derms/enroll-to-dacs', {
    ...{ ...about, messageId, requests: all },
  })
  await whole.quiet()
  const { text, json } = await said
  return { text, ack: json.MsgAck, all: json.MsgAck.responses.response as Any[] }
}

test('G7: what the other side has no place for is told to whoever has said it, one of them or several', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  const end = { endDateTimeISO: '2027-07-14T05:00:00Z' }
  for (const ids of [['a1'], ['a2', 'a3']]) {
    const { ack, all, text } = await enroll(ids, end)
    assert.is(ack.ackType, 'SUCCESS', text)
    assert.equal(
      all.map((it) => [it.id, it.value.match(/UNMAPPED: [^:]*validityInterval\/end/g)?.length]),
      // Each hears of its own.
      ids.map((id) => [id, 1]),
      text,
    )
  }
})

test('EN-01, flows §9: what the other side has already is told as that, with its number, and that it is not compared', async () => {
  const exists = { httpStatus: 400, title: 'there already', messageNumber: '10589' }
  whole.answer(() => inJson({ problemDetailDocument: exists }, 400))
  const { ack, all, text } = await enroll(['b1'])
  assert.is(ack.ackType, 'SUCCESS', text)
  assert.is(all[0].messageNumber, '10589', text)
  assert.match(all[0].value, /rule=ENR-DUP: there already.*not compared/)
})

test('EN-01, G-AC3: the same application in another message is not made once more, and has the result of the first', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  const first = await enroll(['d1', 'd2'])
  const before = whole.sent.length
  const again = await enroll(['d1', 'd2'], {}, 'other')
  assert.is(whole.sent.length, before, 'nobody is asked again')
  assert.is(again.ack.ackType, 'SUCCESS', again.text)
  const ids = (all: readonly Any[]) => all.map((it) => [it.id, it.enrollmentId])
  assert.equal(ids(again.all), ids(first.all))
  for (const { value, messageNumber } of again.all)
    assert.match(`${messageNumber} ${value}`, /^10589 0\.0 rule=ENR-DUP/)
  const both = await enroll(['d1', 'd3'], {}, 'third')
  assert.equal(
    [whole.sent.length, both.all.map(({ responseCode }) => responseCode)],
    [before + 1, ['SUCCESS', 'SUCCESS']],
    both.text,
  )
})

test('K1: the customer programme side tells by its own JSON that an enrollment is completed', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  await enroll(['c1'])
  const status = { transactionId: 'c1', enrollmentId: '4711', status: 'COMPLETED' }
  const other = await told('derms', 'oracle-cpm/enrollment-status', status)
  assert.match(other.text, /"ERROR".*7\.5 rule=BY-ROLE.*is for cpm; the sender is derms/)
  const { json, text } = await told('cpm', 'oracle-cpm/enrollment-status', status)
  assert.equal([json.MsgAck.ackType, json.MsgAck.responses.response[0].id], ['SUCCESS', 'c1'], text)
  const { objects } = await whole.store.page('ProgramEnrollments', { limit: 10 })
  const kept = objects.find((it) => it.body.includes('"c1"'))
  assert.is(kept?.state, 'COMPLETED')
  const unknown = await told('cpm', 'oracle-cpm/enrollment-status', {
    ...status,
    transactionId: 'x',
  })
  assert.match(unknown.text, /"ERROR".*99\.1.*Nothing with the transactionId/)
  const empty = await told('cpm', 'oracle-cpm/enrollment-status', { transactionId: 'c1' })
  assert.match(empty.text, /"ERROR".*5\.8 \/status: status is missing/)
})

test('an acknowledgement that says neither is none: nothing passes for done that nobody has said is done', async () => {
  const half = { ...inJson({}), bytes: new TextEncoder().encode('{"MsgAck":{"ackTy') } as PeerAnswer
  const answers = [msgAck('OKAY'), inJson({ MsgAck: {} }), inJson({ ackType: 7 }), half]
  for (const [at, answer] of answers.entries()) {
    whole.answer(() => answer)
    const { text, all } = await enroll([`said-${at}`])
    assert.match(text, /"FAILURE".*PEER-INVALID-REPLY.*whether it is done, nobody can say/)
    assert.is(all[0].responseCode, 'FAILURE')
  }
  whole.answer(() => msgAck('success'))
  assert.is((await enroll(['said-so'])).ack.ackType, 'SUCCESS')
})

test('EV-03: an event that is cancelled without content is named to the other side as it knows it', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  const { stages, ...about } = sample('oracle-derms/events')
  const made = await told('derms', 'oracle-derms/program-event', {
    ...{ ...about, eventId: 'E-1', stages: [{ ...stages[0], stageId: 'E-1-A' }] },
  })
  assert.is(made.json.MsgAck.ackType, 'SUCCESS', made.text)
  const { objects } = await whole.store.page('ProgramEvents', { limit: 10 })
  await whole.ok('derms', 'POST', `/api/v1/program-events/${objects[0]?.id}:cancel`)
  const last = whole.sent.findLast((it) => it.noun === 'ProgramEvents')
  assert.match(last?.target ?? '', 'preEventCancellation')
  assert.is(JSON.parse(last?.request ?? '{}').eventExternalIdentifier, 'E-1')
})

test('an acknowledgement of a sync and of a check names the message that it is about', async () => {
  whole.answer(() => msgAck('SUCCESS'))
  const { sendDetails } = sample('oracle-cpm/device-status-checks')
  const check = { sendDetails: { ...sendDetails, communicationId: 'K-1' } }
  const { json, text } = await told('cpm', 'oracle-cpm/device-status-check', check)
  const [response] = json.MsgAck.responses.response
  assert.equal([response.id, response.dacsMessageId], ['K-1', 'K-1'], text)
})

test.run()
