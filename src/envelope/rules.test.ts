import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { isKnownCode } from './reply-codes.ts'
import { judge, replyCodeOf, RULES } from './rules.ts'
import {
  CONTEXT,
  fields,
  GOOD,
  header,
  judged,
  m,
  message,
  numbered,
  object,
  view,
} from './tree.fixture.ts'

const test = suite('rules')

const PAYLOAD = m('Payload', [object()])
const reply = (of: Readonly<Record<string, string>>, ...errors: readonly Element[]) =>
  m('Reply', [...fields(of), ...errors])
const error = (of: Readonly<Record<string, string>>) => m('Error', fields(of))
const response = (...parts: readonly Element[]) => message('ResponseMessage', ...parts)
const request = (...parts: readonly Element[]) => message('RequestMessage', ...parts)
const { MessageID, CorrelationID } = GOOD as Readonly<Record<'MessageID' | 'CorrelationID', string>>

/** The wrong envelopes that the published Message.xsd accepts, and exactly what catches each. */
const ACCEPTED_BY_THE_XSD: readonly (readonly [string, Element, readonly string[]])[] = [
  [
    'a request without MessageID and CorrelationID',
    request(header('create', { Noun: 'Widgets' }), PAYLOAD),
    ['error HDR-01 /RequestMessage/Header'],
  ],
  [
    'a reply without CorrelationID',
    response(header('reply', { Noun: 'Widgets', MessageID }), reply({ Result: 'OK' })),
    ['error COR-01 /ResponseMessage/Header'],
  ],
  ['a create without payload', request(header('create')), ['error PAY-02 /RequestMessage']],
  [
    'a made-up payload',
    request(header('create'), m('Payload', [element('urn:made-up', 'Thing')])),
    ['error NOU-01 /RequestMessage/Header/Noun', 'warning PAY-03 /RequestMessage/Payload/Thing'],
  ],
  [
    'a Noun that is not the payload root',
    request(header('create', { ...GOOD, Noun: 'Gadgets' }), PAYLOAD),
    ['error NOU-01 /RequestMessage/Header/Noun'],
  ],
  [
    'the Noun banana',
    request(header('create', { ...GOOD, Noun: 'banana' }), PAYLOAD),
    ['error NOU-02 /RequestMessage/Header/Noun'],
  ],
  [
    'the verb created in a request',
    request(header('created'), PAYLOAD),
    ['error VRB-01 /RequestMessage/Header/Verb'],
  ],
  [
    'the verb reply in a request',
    request(header('reply'), PAYLOAD),
    ['error VRB-01 /RequestMessage/Header/Verb'],
  ],
  [
    'the verb get in a response',
    response(header('get'), reply({ Result: 'OK' })),
    ['error VRB-01 /ResponseMessage/Header/Verb'],
  ],
  [
    'FAILED without Error',
    response(header('reply'), reply({ Result: 'FAILED' })),
    ['error RPL-01 /ResponseMessage/Reply/Result'],
  ],
  [
    'OK with a FATAL Error',
    response(
      header('reply'),
      reply({ Result: 'OK' }, error({ code: '5.3', level: 'FATAL', reason: 'x' })),
    ),
    ['error RPL-01 /ResponseMessage/Reply/Error/level'],
  ],
  [
    'an Error with the code banana',
    response(header('reply'), reply({ Result: 'FAILED' }, error({ code: 'banana', reason: 'x' }))),
    ['warning RPL-05 /ResponseMessage/Reply/Error/code'],
  ],
  [
    'AsyncReplyFlag without ReplyAddress',
    request(
      m('Header', fields({ Verb: 'get', Noun: 'Widgets', AsyncReplyFlag: 'true', MessageID })),
    ),
    ['error COR-02 /RequestMessage/Header/AsyncReplyFlag'],
  ],
  [
    'a Timestamp without zone',
    request(
      m(
        'Header',
        fields({ Verb: 'get', Noun: 'Widgets', Timestamp: '2026-07-14T16:30:00', MessageID }),
      ),
    ),
    ['error HDR-04 /RequestMessage/Header/Timestamp'],
  ],
]

for (const [title, root, expected] of ACCEPTED_BY_THE_XSD) {
  test(`catches ${title}`, () => assert.equal(judged(root), expected))
}

const QUERY = m('Request', [object('WidgetQueries')])
const OK = reply({ Result: 'OK' })
const RIGHT: readonly (readonly [string, Element])[] = [
  ['a create', request(header('create'), PAYLOAD)],
  ['a delete by ID', request(header('delete'), m('Payload', [m('ID', '1')]))],
  ['a get by its objects', request(header('get'), QUERY)],
  ['a get by its query', request(header('get', { ...GOOD, Noun: 'WidgetQueries' }), QUERY)],
  ['a reply', response(header('reply'), OK)],
  ['a reply with objects', response(header('reply'), OK, PAYLOAD)],
  ['an event', message('EventMessage', header('changed', { Noun: 'Widgets', MessageID }), PAYLOAD)],
  [
    'a fault without any id',
    message('FaultMessage', reply({ Result: 'FAILED' }, error({ code: '1.8', reason: 'x' }))),
  ],
  ['a root Message', message('Message', header('get', { ...GOOD, CorrelationID }))],
]

for (const [title, root] of RIGHT) {
  test(`has nothing to say of ${title}`, () => assert.equal(judged(root), []))
}

test('leaves to the XSD what the XSD says: no Header, no Verb, a verb that is none', () => {
  assert.equal(judged(request()), [])
  assert.equal(judged(request(m('Header', fields({ Noun: 'Widgets', MessageID })))), [])
  assert.equal(judged(request(header('update'), PAYLOAD)), [])
  assert.equal(judged(request(header('Create'), PAYLOAD)), [])
})

test('judges only the namespace of a root that is no message', () => {
  const ns = 'http://www.iec.ch/TC57/2011/schema/message'
  const root = numbered(element(ns, 'RequestMessage', [header('reply', {})]))
  assert.equal(judged(root), ['error ENV-01 /RequestMessage'])
})

test('a tolerated rule gives a warning', () => {
  const root = request(header('create', { Noun: 'Widgets' }))
  assert.equal(judged(root, { tolerate: ['HDR-01'] }), [
    'warning HDR-01 /RequestMessage/Header',
    'error PAY-02 /RequestMessage',
  ])
})

test('every draft says layer, clause, what was expected and found, and how to mend it', () => {
  for (const [title, root] of ACCEPTED_BY_THE_XSD) {
    for (const it of judge(view(root), CONTEXT)) {
      assert.is(it.layer, 'envelope-rule')
      assert.is(it.clause, RULES.find(({ id }) => id === it.rule)?.clause)
      for (const text of [it.expected, it.found]) assert.not.equal(text, '', title)
      for (const text of [it.message, it.mend]) assert.match(text, /^\S.*\.$/, title)
    }
  }
})

test('ids are unique and grouped, and every rule has an answering reply code', () => {
  const ids = RULES.map((it) => it.id)
  assert.is(new Set(ids).size, ids.length)
  for (const { id, replyCode, text } of RULES) {
    assert.match(id, /^(ENV|HDR|VRB|NOU|COR|PAY|RPL|OPS|OFF)-0\d$/)
    assert.ok(isKnownCode(replyCode), id)
    assert.match(text, /^[A-Z].*\.$/, id)
  }
})

test('a rule that no message can show says why', () => {
  for (const { id, check, pair, untested } of RULES) {
    assert.is(untested !== null, check === null && pair === null, id)
  }
  assert.equal(
    RULES.filter((it) => it.untested !== null).map((it) => it.id),
    ['HDR-05', 'PAY-04', 'OPS-01'],
  )
})

test('a finding is answered by the code of its rule, and any other by what the caller says', () => {
  assert.is(replyCodeOf('PAY-02'), '1.7')
  assert.is(replyCodeOf('XSD-1'), '1.8')
  assert.is(replyCodeOf('LIM-01', '3.1'), '3.1')
})

test.run()
