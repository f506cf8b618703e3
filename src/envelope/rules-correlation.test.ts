import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { correlates } from './rules.ts'
import { compared, CONTEXT, fields, header, judged, m, message, view } from './tree.fixture.ts'
import type { Fields } from './tree.fixture.ts'

const test = suite('rules-correlation')
const REPLY = m('Reply', fields({ Result: 'OK' }))
const request = (ids: Fields) =>
  message('RequestMessage', header('get', { Noun: 'Widgets', ...ids }))
const reply = (ids: Fields) =>
  message('ResponseMessage', header('reply', { Noun: 'Widgets', MessageID: 'r', ...ids }), REPLY)

const MISSING = 'error COR-01 /ResponseMessage/Header'
const WRONG = 'error COR-01 /ResponseMessage/Header/CorrelationID'

test('a reply alone has to carry a CorrelationID, a request need not', () => {
  assert.equal(judged(reply({})), [MISSING])
  assert.equal(judged(reply({ CorrelationID: ' ' })), [WRONG])
  assert.equal(judged(request({ MessageID: 'm' })), [])
})

test('a reply repeats the CorrelationID, or the MessageID of a request without one', () => {
  assert.equal(
    compared(request({ MessageID: 'm', CorrelationID: 'c' }), reply({ CorrelationID: 'c' })),
    [],
  )
  assert.equal(compared(request({ MessageID: 'm' }), reply({ CorrelationID: 'm' })), [])
  assert.equal(compared(request({ MessageID: 'm' }), reply({ CorrelationID: 'x' })), [WRONG])
  assert.equal(compared(request({ MessageID: 'm' }), reply({})), [MISSING])
})

test('a reply that repeats the MessageID in spite of a CorrelationID is told so', () => {
  const asked = view(request({ MessageID: 'm', CorrelationID: 'c' }))
  const [draft] = correlates(asked, view(reply({ CorrelationID: 'm' })), CONTEXT)
  assert.match(draft!.message, /the request's MessageID/)
  assert.is(draft!.mend, 'Write c as CorrelationID.')
})

test('a request without any id ties nothing', () => {
  assert.equal(compared(request({}), reply({ CorrelationID: 'x' })), [])
})

test('ids are compared exactly', () => {
  assert.equal(compared(request({ MessageID: 'AB' }), reply({ CorrelationID: 'ab' })), [WRONG])
})

const async = (of: Fields) =>
  message(
    'RequestMessage',
    m('Header', fields({ Verb: 'get', Noun: 'Widgets', ...of, MessageID: 'm' })),
  )

test('COR-02: who asks for an asynchronous reply gives an address', () => {
  const expected = ['error COR-02 /RequestMessage/Header/AsyncReplyFlag']
  assert.equal(judged(async({ AsyncReplyFlag: '1' })), expected)
  assert.equal(judged(async({ AsyncReplyFlag: 'true', ReplyAddress: ' ' })), expected)
  assert.equal(judged(async({ AsyncReplyFlag: 'true', ReplyAddress: 'https://a.example/' })), [])
  assert.equal(judged(async({ AsyncReplyFlag: 'false' })), [])
})

test.run()
