import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import { isMessageRoot, readEnvelope } from './envelope.ts'
import {
  fields,
  header,
  m,
  message,
  numbered,
  object,
  typedMessage,
  view,
  WIDGETS_NS,
} from './tree.fixture.ts'

const test = suite('envelope')

test('the fields of the Header are read as written', () => {
  const it = view(
    message(
      'RequestMessage',
      m(
        'Header',
        fields({
          Verb: 'create',
          Noun: ' Widgets',
          Timestamp: '2026-07-14T16:30:00Z',
          MessageID: 'm',
          CorrelationID: '',
        }),
      ),
    ),
  )
  assert.equal(
    [it.kind, it.role, it.verb, it.noun, it.timestamp, it.messageID, it.correlationID],
    ['RequestMessage', 'request', 'create', ' Widgets', '2026-07-14T16:30:00Z', 'm', ''],
  )
  assert.equal(
    [it.typed, it.request, it.reply, it.payload, it.operationSet],
    Array(5).fill(undefined),
  )
})

test('the role follows the root, and for Message the Reply or the verb', () => {
  const reply = m('Reply', fields({ Result: 'OK' }))
  const table = [
    ['ResponseMessage', 'reply', [header('reply'), reply]],
    ['EventMessage', 'event', [header('created')]],
    ['FaultMessage', 'fault', [reply]],
    ['Message', 'request', [header('get')]],
    ['Message', 'event', [header('closed')]],
    ['Message', 'reply', [header('get'), reply]],
    ['Message', null, [header('banana')]],
    ['Envelope', null, [header('get')]],
  ] as const
  for (const [kind, role, parts] of table) assert.is(view(message(kind, ...parts)).role, role, kind)
})

test('a typed message is read like a generic one', () => {
  const it = view(typedMessage('CreateWidgets', header('create'), m('Payload', [object()])))
  assert.equal(
    [it.kind, it.typed?.x, it.verb, it.noun],
    ['RequestMessage', 'Widgets', 'create', 'Widgets'],
  )
  assert.equal(
    it.payloadRoots.map((one) => one.ns),
    [WIDGETS_NS],
  )
})

test('payload roots are what is no part of the envelope', () => {
  const payload = m('Payload', [object(), element('urn:x', 'ID'), m('Format', 'XML')])
  const it = view(message('RequestMessage', header('create'), payload))
  assert.equal(
    it.payloadRoots.map((one) => `${one.ns} ${one.name}`),
    [`${WIDGETS_NS} Widgets`, 'urn:x ID'],
  )
})

test('an unknown element of the message namespace is no payload root', () => {
  const operation = m('Operation', [m('operationId', '1'), m('timesliceOperation'), object()])
  const payload = m('Payload', [m('OperationSet', [operation]), m('Thing'), element('', 'Thing')])
  const it = view(message('RequestMessage', header('execute'), payload))
  assert.equal(
    it.payloadRoots.map((one) => one.ns),
    [''],
  )
  assert.is(it.operations[0]?.payloadRoot?.name, 'Widgets')
})

test('request roots are the parameters of a get and extensions', () => {
  const request = m('Request', [
    ...fields({ StartTime: 'x', ID: '1' }),
    m('Option'),
    object('WidgetQueries'),
    element('urn:x', 'hint'),
  ])
  const it = view(message('RequestMessage', header('get'), request))
  assert.equal(
    it.requestRoots.map((one) => one.name),
    ['WidgetQueries', 'hint'],
  )
})

test('operations carry their own noun, verb and payload root', () => {
  const operation = m('Operation', [
    ...fields({ operationId: '1', noun: 'Widgets', verb: 'delete', elementOperation: '1' }),
    object(),
  ])
  const set = m('OperationSet', [m('enforceMsgSequence', 'true'), operation, m('Operation')])
  const it = view(
    typedMessage('ExecuteWidgetsOperationSet', header('execute'), m('Payload', [set])),
  )
  const [first, second] = it.operations
  assert.is(it.operationSet?.name, 'OperationSet')
  assert.equal(
    [
      first?.operationId,
      first?.noun,
      first?.verb,
      first?.elementOperation,
      first?.payloadRoot?.name,
    ],
    ['1', 'Widgets', 'delete', true, 'Widgets'],
  )
  assert.equal(
    [second?.operationId, second?.elementOperation, second?.payloadRoot],
    [undefined, false, undefined],
  )
})

test('an extension with the name of a field is not that field', () => {
  const head = m('Header', [
    ...fields({ Verb: 'get', Noun: 'Widgets' }),
    element('urn:x', 'MessageID', 'theirs'),
  ])
  assert.is(view(message('RequestMessage', head)).messageID, undefined)
})

test('a Header without namespace is read, so that it can be reported', () => {
  const head = element('', 'Header', [element('', 'Verb', 'get'), element('', 'Noun', 'Widgets')])
  assert.is(readEnvelope(numbered(m('RequestMessage', [head]))).noun, 'Widgets')
})

test('message roots are the five of the schema and typed ones', () => {
  const table: readonly (readonly [boolean, string, string])[] = [
    [true, m('').ns, 'Message'],
    [true, m('').ns, 'FaultMessage'],
    [true, 'http://iec.ch/TC57/2017/WidgetsMessage', 'ClosedWidgets'],
    [false, m('').ns, 'Header'],
    [false, '', 'RequestMessage'],
    [false, 'http://www.iec.ch/TC57/2011/schema/message', 'RequestMessage'],
    [false, WIDGETS_NS, 'Widgets'],
  ]
  for (const [is, ns, name] of table)
    assert.is(isMessageRoot(element(ns, name)), is, `${ns} ${name}`)
})

test.run()
