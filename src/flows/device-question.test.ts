import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { CHECK_FAILURES } from './device-failures.ts'
import { ANSWER_ID, DEVICE_QUESTION, DEVICE_REPLY } from './device-question.ts'

const test = suite('flows: device question')

const NOW = '2026-07-22T09:00:00Z'
const EndDevice = { mRID: 'd1' }
const question: JsonObject = { mRID: 'q1', EndDevice }
const { begun, sent, isAnswer, answered, ended, keys, about, known } = DEVICE_QUESTION
const kept = sent(begun(question, NOW))

test('a question is kept from when it is asked, and keeps that time until something comes of it', () => {
  assert.equal(begun(question, NOW)['status'], { dateTime: NOW, value: 'accepted' })
  assert.equal(kept['status'], { dateTime: NOW, value: 'sent' })
})

test('an answer is one by the id of the question, or by the device', () => {
  assert.is(isAnswer(question, { mRID: 'q1', EndDevice: { mRID: 'other' } }), true)
  assert.is(isAnswer(question, { mRID: 'theirs', EndDevice }), true)
  assert.is(isAnswer(question, { mRID: 'theirs', EndDevice: { mRID: 'd2' } }), false)
  assert.is(isAnswer(question, { commState: 'reachable' }), false)
})

test('an answer tells its state and its times; its own id is a link to it, once', () => {
  const answer: JsonObject = {
    mRID: 'theirs',
    EndDevice,
    commState: 'reachable',
    lastCommunication: NOW,
    status: { value: 'answered', reason: 'asked twice' },
  }
  const it = answered(answered(kept, answer, false), { ...answer, mRID: 'again' }, false)
  assert.equal([it['mRID'], it['commState'], it['lastCommunication']], ['q1', 'reachable', NOW])
  assert.equal(it['status'], { dateTime: NOW, reason: 'asked twice', value: 'answered' })
  assert.equal(it['Names'], [{ name: 'again', NameType: { name: ANSWER_ID } }])
  const own = [{ name: 'N1', NameType: { name: 'other' } }, { name: 'N2' }]
  const named = answered({ ...kept, Names: own }, answer, false)['Names'] as readonly unknown[]
  assert.equal(named.slice(0, 2), own)
  assert.is(answered(kept, { ...answer, mRID: 'q1' }, false)['Names'], undefined)
})

test('DC-01/AC1: a late answer is told beside what has been decided, and decides nothing', () => {
  const over = ended(kept, { kind: 'timedOut', code: '4.1', reason: 'No answer.' })
  assert.equal(over['status'], {
    dateTime: NOW,
    value: 'timedOut',
    reason: 'No answer.',
    remark: 'Reply code 4.1.',
  })
  assert.is(over['commState'], 'unknown')
  const late = answered(over, { EndDevice, commState: 'reachable' }, true)
  assert.equal([late['late'], late['status']], [true, over['status']])
})

test('G-AC8: an answer may say itself that there is none of the device', () => {
  for (const value of ['unsupported', 'failed', 'timedOut', 'sent']) {
    const { status } = answered(kept, { EndDevice, status: { value } }, false)
    const due = value === 'sent' ? 'answered' : value
    assert.equal(status, { dateTime: NOW, value: due })
  }
})

test('an Error may name a question by its id or its device', () => {
  assert.equal(keys(question), ['q1', 'd1'])
  assert.equal([about.of(question), about.of({})], [EndDevice, {}])
})

test('a device is known by its registration, and by taking part', () => {
  const has = (noun: string, object: JsonObject) =>
    known.find((it) => it.noun === noun)?.has(object, question)
  assert.is(has('DERRegistrations', { EndDevice }), true)
  assert.is(has('DERRegistrations', {}), false)
  assert.is(has('ProgramSubscriptions', { EndDevices: [{ mRID: 'd0' }, EndDevice] }), true)
  assert.is(has('ProgramEnrollments', { EndDevices: [] }), false)
})

test('what a reply over the façade leaves out is as it was, and by default it is answered', () => {
  assert.equal(DEVICE_REPLY.change(question, { commState: 'unreachable' }), {
    ...question,
    commState: 'unreachable',
    status: { value: 'answered' },
  })
  const strange = DEVICE_REPLY.change(
    { mRID: 'x' },
    { commState: 'unknown', status: { value: 'failed' } },
  )
  assert.equal(strange, {
    EndDevice: {},
    mRID: 'x',
    commState: 'unknown',
    status: { value: 'failed' },
  })
})

test('DC-01/AC2: a party that has failed all says nothing of a device', () => {
  const { saidBy, suspected, report } = CHECK_FAILURES
  const failed = ended(kept, { kind: 'failed', code: '5.3', reason: 'no' })
  assert.equal(
    [failed, ended(kept, { kind: 'unsupported', code: '2.9', reason: 'no' }), kept].map(saidBy),
    ['failed', 'nothing', 'nothing'],
  )
  assert.is(saidBy(answered(kept, { commState: 'unreachable' }, false)), 'able')
  const { status, commState } = suspected(failed, 'derms', 20) as {
    readonly status: { readonly value: string; readonly reason: string }
    readonly commState: string
  }
  assert.equal([status.value, commState], ['unsupported', 'unknown'])
  assert.match(status.reason, 'derms has failed the last 20 checks')
  const raised = report({ party: 'derms', failed: ['q1'], now: NOW, isOver: false })
  assert.equal([raised.noun, raised.object['severity']], ['OperationReports', 'alarm'])
  const over = report({ party: 'derms', failed: [], now: NOW, isOver: true })
  assert.is(over.object['mRID'], raised.object['mRID'])
  assert.equal(over.object['status'], { dateTime: NOW, value: 'succeeded' })
})

test.run()
