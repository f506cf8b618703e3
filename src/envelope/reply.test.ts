import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { faultMessage, replyTo } from './reply.ts'
import { element } from './element.ts'
import {
  header,
  m,
  message,
  numbered,
  object,
  typedMessage,
  TYPED_NS,
  view,
} from './tree.fixture.ts'

const test = suite('reply')
const STAMP = { messageID: 'r-1', timestamp: '2026-07-14T16:30:00Z', source: 'cimgate' }
const REQUEST = view(message('RequestMessage', header('create'), m('Payload', [object()])))

test('a reply repeats Noun and CorrelationID, and says who speaks', () => {
  assert.equal(replyTo(REQUEST, { ...STAMP, result: 'OK' }), {
    message: 'ResponseMessage',
    header: {
      Verb: 'reply',
      Noun: 'Widgets',
      Timestamp: STAMP.timestamp,
      Source: 'cimgate',
      MessageID: 'r-1',
      CorrelationID: 'c-1',
    },
    reply: { Result: 'OK' },
  })
})

test('the MessageID correlates a request without CorrelationID; without both there is none', () => {
  const of = (ids: Readonly<Record<string, string>>) =>
    replyTo(view(message('RequestMessage', header('get', { Noun: 'Widgets', ...ids }))), {
      ...STAMP,
      result: 'OK',
    })
  assert.is(of({ MessageID: 'm' }).header?.CorrelationID, 'm')
  assert.not.ok('CorrelationID' in of({}).header!)
})

test('keys stand in the order of the schema', () => {
  const error = {
    operationId: '1',
    relatedID: { $: 'b' },
    id: { $: 'a' },
    details: 'd',
    rule: 'X-1',
    reason: 'r',
    code: '6.1',
  }
  const made = replyTo(REQUEST, {
    ...STAMP,
    operationId: '1',
    ids: [{ $: 'i' }],
    errors: [error],
    result: 'PARTIAL',
    payload: { Widgets: {} },
  })
  assert.equal(Object.keys(made), ['message', 'header', 'reply', 'payload'])
  assert.equal(Object.keys(made.header!), [
    'Verb',
    'Noun',
    'Timestamp',
    'Source',
    'MessageID',
    'CorrelationID',
  ])
  assert.equal(Object.keys(made.reply!), ['Result', 'Error', 'ID', 'operationId'])
  assert.equal(Object.keys(made.reply!.Error![0]!), [
    'code',
    'level',
    'reason',
    'details',
    'ID',
    'relatedID',
    'operationId',
  ])
})

test('the rule that decided goes into details, and xpath is never written', () => {
  const made = replyTo(REQUEST, {
    ...STAMP,
    result: 'FAILED',
    errors: [
      { code: '6.1', rule: 'STG-LATE' },
      { code: '6.1', rule: 'STG-LATE', details: 'by 3 s' },
      { code: '6.1', details: 'x' },
    ],
  })
  assert.equal(
    made.reply!.Error!.map((it) => it.details),
    ['rule=STG-LATE', 'rule=STG-LATE; by 3 s', 'x'],
  )
})

test('the level of an Error follows the Result, unless it is given', () => {
  const level = (result: 'OK' | 'PARTIAL' | 'FAILED', more = {}) =>
    replyTo(REQUEST, { ...STAMP, result, errors: [{ code: '6.1', ...more }] }).reply!.Error![0]!
      .level
  assert.equal([level('OK'), level('PARTIAL'), level('FAILED')], ['INFORM', 'WARNING', 'FATAL'])
  assert.is(level('FAILED', { level: 'CATASTROPHIC' }), 'CATASTROPHIC')
})

test('an operationId is a number where JSON has the same text', () => {
  const of = (operationId: string) =>
    replyTo(REQUEST, { ...STAMP, result: 'OK', operationId }).reply!.operationId
  assert.equal(['1', '-1', '007', '12345678901234567890', ' 1'].map(of), [
    1,
    -1,
    '007',
    '12345678901234567890',
    ' 1',
  ])
})

test('a typed request is answered in its own carrier', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['CreateWidgets', 'WidgetsResponseMessage', 'WidgetsFaultMessage'],
    [
      'ExecuteWidgetsOperationSet',
      'WidgetsOperationSetResponseMessage',
      'WidgetsOperationSetFaultMessage',
    ],
    ['WidgetQueriesRequestMessage', 'WidgetQueriesResponseMessage', 'WidgetQueriesFaultMessage'],
    ['GetWidgetsRequestMessage', 'GetWidgetsResponseMessage', 'GetWidgetsFaultMessage'],
  ]
  for (const [name, response, fault] of table) {
    const request = view(typedMessage(name, header('create')))
    const reply = replyTo(request, { ...STAMP, result: 'OK' })
    assert.equal([reply.message, reply['@xmlns']], [response, TYPED_NS])
    assert.is(faultMessage([], request).message, fault)
  }
})

test('a root Message is answered by a ResponseMessage', () => {
  assert.is(
    replyTo(view(message('Message', header('get'))), { ...STAMP, result: 'OK' }).message,
    'ResponseMessage',
  )
})

test('a fault has a FAILED Reply and nothing else', () => {
  const expected = {
    message: 'FaultMessage',
    reply: { Result: 'FAILED', Error: [{ code: '1.8', level: 'FATAL', reason: 'x' }] },
  }
  assert.equal(faultMessage([{ code: '1.8', reason: 'x' }]), expected)
  assert.equal(
    faultMessage([{ code: '1.8', reason: 'x' }], view(numbered(element('urn:x', 'Thing')))),
    expected,
  )
})

test('what is repeated of a message that was refused can be written in XML', () => {
  const { reply } = faultMessage([{ code: '1.8', reason: 'a\u0000b\ud800', details: 'c\ufffe😀' }])
  const [error] = reply?.Error ?? []
  assert.equal([error?.reason, error?.details], ['aU+0000bU+D800', 'cU+FFFE😀'])
})

test.run()
