import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Element } from './element.ts'
import { fields, header, judged, m, message } from './tree.fixture.ts'
import type { Fields } from './tree.fixture.ts'

const test = suite('rules-reply')
const AT = '/ResponseMessage/Reply'

const error = (of: Fields, ...more: readonly Element[]) => m('Error', [...fields(of), ...more])
const reply = (result: string, ...more: readonly Element[]) =>
  judged(message('ResponseMessage', header('reply'), m('Reply', [m('Result', result), ...more])))

test('RPL-01: FAILED and PARTIAL have an Error with a code, OK needs none', () => {
  assert.equal(reply('OK'), [])
  assert.equal(reply('FAILED'), [`error RPL-01 ${AT}/Result`])
  assert.equal(reply('PARTIAL'), [`error RPL-01 ${AT}/Result`])
  assert.equal(reply('FAILED', error({ code: ' ', reason: 'x' })), [`error RPL-01 ${AT}/Result`])
  assert.equal(reply('FAILED', error({ code: '6.1', reason: 'x' })), [])
})

test('RPL-01: OK has no fatal Error, but may have the 0.0 that many write', () => {
  assert.equal(reply('OK', error({ code: '0.0' })), [])
  assert.equal(reply('OK', error({ code: '6.2', level: 'WARNING', reason: 'x' })), [])
  for (const level of ['FATAL', 'CATASTROPHIC']) {
    assert.equal(reply('OK', error({ code: '5.3', level, reason: 'x' })), [
      `error RPL-01 ${AT}/Error/level`,
    ])
  }
})

test('RPL-01: the root Message with the verb reply has a Reply', () => {
  assert.equal(judged(message('Message', header('reply'))), ['error RPL-01 /Message'])
})

test('RPL-01 concerns faults too', () => {
  assert.equal(judged(message('FaultMessage', m('Reply', fields({ Result: 'FAILED' })))), [
    'error RPL-01 /FaultMessage/Reply/Result',
  ])
})

test('RPL-02: PARTIAL names each item that failed', () => {
  const named = error({ code: '6.1', reason: 'x' }, m('ID', 'a'))
  const numbered = error({ code: '6.1', reason: 'x', operationId: '1' })
  const nameless = error({ code: '6.1', reason: 'x' })
  assert.equal(reply('PARTIAL', error({ code: '0.2' }), named, numbered), [])
  assert.equal(reply('PARTIAL', named, nameless), [`error RPL-02 ${AT}/Error[2]`])
  assert.equal(reply('FAILED', nameless), [])
  for (const no of [{ ID: ' ' }, { relatedID: 'a' }, { operationId: '' }])
    assert.equal(reply('PARTIAL', error({ code: '6.1', reason: 'x', ...no })), [
      `error RPL-02 ${AT}/Error`,
    ])
  const object = (...content: readonly Element[]) =>
    m('Error', [...fields({ code: '6.1', reason: 'x' }), m('object', content)])
  assert.equal(reply('PARTIAL', object(m('mRID', 'a'))), [])
  assert.equal(reply('PARTIAL', object(m('Name', [m('name', 'a')]))), [])
  assert.equal(reply('PARTIAL', object()), [`error RPL-02 ${AT}/Error`])
})

test.run()
