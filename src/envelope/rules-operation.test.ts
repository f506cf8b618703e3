import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Element } from './element.ts'
import { compared, fields, GOOD, header, judged, m, message, object } from './tree.fixture.ts'
import type { Fields } from './tree.fixture.ts'

const test = suite('rules-operation')
const AT = '/RequestMessage/Payload/OperationSet/Operation'

const operation = (of: Fields, ...roots: readonly Element[]) =>
  m('Operation', [...fields(of), ...roots])
const request = (verb: string, ...content: readonly Element[]) =>
  message('RequestMessage', header(verb, { ...GOOD, Noun: 'OperationSet' }), m('Payload', content))
const set = (...operations: readonly Element[]) => request('execute', m('OperationSet', operations))

test('an OperationSet of well numbered Operations is right', () => {
  const first = operation({ operationId: '1', noun: 'Widgets', verb: 'create' }, object())
  const second = operation({ operationId: '2', verb: 'delete', elementOperation: 'true' }, object())
  assert.equal(judged(set(first, second)), [])
})

test('OPS-02: an operationId stands once, in whatever spelling', () => {
  const of = (operationId: string) => operation({ operationId })
  assert.equal(judged(set(of('1'), of('2'), of('01'), of(' 2'))), [
    `error OPS-02 ${AT}[3]/operationId`,
    `error OPS-02 ${AT}[4]/operationId`,
  ])
  assert.equal(judged(set(operation({}), operation({}))), [])
})

test('OPS-03: the verb of an Operation is a verb', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['delete', true],
    ['deleted', false],
    ['reply', false],
    ['Delete', false],
    ['update', false],
    ['', false],
  ]
  for (const [verb, right] of table) {
    const expected = right ? [] : [`error OPS-03 ${AT}/verb`]
    assert.equal(judged(set(operation({ operationId: '1', verb }, object()))), expected, verb)
  }
})

test('OPS-03: an Operation asks in a request, and reports in an event in either form', () => {
  const of = (verb: string) => m('OperationSet', [operation({ operationId: '1', verb }, object())])
  const event = (verb: string) =>
    message(
      'EventMessage',
      header('executed', { ...GOOD, Noun: 'OperationSet' }),
      m('Payload', [of(verb)]),
    )
  assert.equal(judged(request('execute', of('change'))), [])
  assert.equal(judged(request('execute', of('changed'))), [`error OPS-03 ${AT}/verb`])
  assert.equal(judged(event('changed')), [])
  assert.equal(judged(event('change')), [])
})

test('OPS-04: only change and delete concern parts of an object', () => {
  const of = (verb: string, elementOperation: string) =>
    judged(set(operation({ operationId: '1', verb, elementOperation }, object())))
  for (const verb of ['change', 'delete']) assert.equal(of(verb, 'true'), [], verb)
  assert.equal(of('create', '1'), [`error OPS-04 ${AT}/elementOperation`])
  assert.equal(of('create', 'false'), [])
})

test('OPS-05: execute and OperationSet belong together', () => {
  const operations = m('OperationSet', [operation({ operationId: '1' })])
  const verb = 'warning OPS-05 /RequestMessage/Header/Verb'
  assert.equal(judged(request('change', operations)), [verb])
  assert.equal(judged(message('RequestMessage', header('execute'), m('Payload', [object()]))), [
    verb,
  ])
  assert.equal(judged(request('execute', m('Compressed', 'H4sI'))), [])
})

test('OPS-05 leaves a reply alone', () => {
  const reply = m('Reply', fields({ Result: 'OK' }))
  const payload = m('Payload', [m('OperationSet', [operation({ operationId: '1' })])])
  const head = header('reply', { ...GOOD, Noun: 'OperationSet' })
  assert.equal(judged(message('ResponseMessage', head, reply, payload)), [])
})

test('OPS-06: an Operation that creates or changes says what', () => {
  assert.equal(judged(set(operation({ operationId: '1', verb: 'change' }))), [
    `warning OPS-06 ${AT}`,
  ])
  assert.equal(judged(set(operation({ operationId: '1', verb: 'delete' }))), [])
})

test('OPS-07: a reply speaks of Operations of its request only', () => {
  const asked = set(operation({ operationId: '1' }), operation({ operationId: '2' }))
  const error = (id: string) => m('Error', fields({ code: '6.1', reason: 'x', operationId: id }))
  const reply = (...content: readonly Element[]) =>
    message(
      'ResponseMessage',
      header('reply', { ...GOOD, Noun: 'OperationSet' }),
      m('Reply', [m('Result', 'FAILED'), ...content]),
    )
  assert.equal(compared(asked, reply(error('02'), m('operationId', '1'))), [])
  assert.equal(compared(asked, reply(error('3'), m('operationId', '4'))), [
    'error OPS-07 /ResponseMessage/Reply/operationId',
    'error OPS-07 /ResponseMessage/Reply/Error/operationId',
  ])
  assert.equal(compared(request('execute'), reply(error('1'))), [
    'error OPS-07 /ResponseMessage/Reply/Error/operationId',
  ])
})

test('OPS-08: in an enforced sequence the ids rise as the Operations stand', () => {
  const ordered = (flag: string, ...ids: readonly string[]) =>
    judged(
      request(
        'execute',
        m('OperationSet', [
          m('enforceMsgSequence', flag),
          ...ids.map((operationId) => operation({ operationId })),
        ]),
      ),
    )
  assert.equal(ordered('true', '1', '2', '10'), [])
  assert.equal(ordered('false', '2', '1'), [])
  assert.equal(ordered('1', '1', '3', '+2', '9'), [`warning OPS-08 ${AT}[3]/operationId`])
  assert.equal(ordered('true', 'x', '1', 'y'), [])
})

test.run()
