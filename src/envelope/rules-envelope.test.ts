import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { MESSAGE_NS } from './namespaces.ts'
import { judge } from './rules.ts'
import {
  compared,
  CONTEXT,
  fields,
  header,
  judged,
  m,
  message,
  numbered,
  object,
  typedMessage,
  TYPED_NS,
  view,
} from './tree.fixture.ts'

const test = suite('rules-envelope')
const WWW = 'http://www.iec.ch/TC57/2011/schema/message'

function only(root: Element) {
  const drafts = judge(view(root), CONTEXT)
  assert.equal(
    drafts.map((it) => it.rule),
    ['ENV-01'],
  )
  return drafts[0]!
}

test('ENV-01 names the dialect of the root', () => {
  const draft = only(numbered(element(WWW, 'RequestMessage')))
  assert.is(draft.found, WWW)
  assert.is(draft.expected, MESSAGE_NS)
  assert.match(draft.message, /edition 1 with a `www\.`/)
  assert.match(draft.mend, /alias/)
})

test('ENV-01 sends a dialect of another shape to be rewritten', () => {
  const draft = only(numbered(element('http://xmlns.oracle.com/ouaf/iec', 'requestMessage')))
  assert.match(draft.message, /Oracle Utilities/)
  assert.match(draft.mend, /^Rewrite the message/)
})

test('ENV-01 finds one foreign field among the right ones, once', () => {
  const head = m('Header', [
    ...fields({ Verb: 'get', Noun: 'Widgets', MessageID: '1' }),
    element(WWW, 'Source'),
    element(WWW, 'Comment'),
  ])
  assert.equal(judged(message('RequestMessage', head)), [
    'error ENV-01 /RequestMessage/Header/Source',
  ])
})

test('ENV-01 finds an OperationSet that would pass for a payload', () => {
  const root = message(
    'RequestMessage',
    header('get'),
    m('Payload', [element(WWW, 'OperationSet')]),
  )
  assert.ok(judged(root).includes('error ENV-01 /RequestMessage/Payload/OperationSet'))
})

test('ENV-01 finds the www. of a typed message, unless a schema has it', () => {
  const ns = TYPED_NS.replace('//', '//www.')
  const root = numbered(
    element(ns, 'CreateWidgets', [
      { ...header('create'), ns },
      { ...m('Payload', [object()]), ns },
    ]),
  )
  assert.equal(judged(root), ['error ENV-01 /CreateWidgets'])
  assert.equal(judged(root, { hasSchema: () => true }), [])
  assert.equal(judged(root, { hasSchema: () => false }), [])
})

test('ENV-01 speaks of a known name without namespace or in a strange one', () => {
  assert.match(
    only(numbered(element('', 'EventMessage'))).mend,
    /^Write xmlns="http.*" on EventMessage\.$/,
  )
  assert.is(only(numbered(element('urn:x', 'EventMessage'))).found, 'EventMessage in urn:x')
})

test('ENV-01 speaks of an unknown name in the message namespace', () => {
  assert.match(only(numbered(m('Request'))).mend, /^Write one of RequestMessage, /)
})

test('a root that has nothing to do with messages is none of our business', () => {
  assert.equal(judged(numbered(object())), [])
})

const fault = (of: Readonly<Record<string, string>>, code = '1.8') =>
  message('FaultMessage', m('Reply', [...fields(of), m('Error', fields({ code, reason: 'x' }))]))

test('ENV-02: a fault says FAILED', () => {
  assert.equal(judged(fault({ Result: 'OK' })), ['error ENV-02 /FaultMessage/Reply/Result'])
  assert.equal(judged(fault({ Result: 'FAILED' })), [])
  assert.equal(judged(typedMessage('WidgetsFaultMessage', m('Reply', fields({ Result: 'OK' })))), [
    'error ENV-02 /WidgetsFaultMessage/Reply/Result',
  ])
})

test('ENV-02: a fault does not answer what can be read', () => {
  const request = message('RequestMessage', header('get'))
  assert.equal(compared(request, fault({ Result: 'FAILED' })), ['error ENV-02 /FaultMessage'])
})

test('ENV-02: a fault may refuse unread what is too much, too busy or not allowed', () => {
  const request = message('RequestMessage', header('get'))
  for (const code of ['3.1', '5.1', '7.5']) {
    assert.equal(compared(request, fault({ Result: 'FAILED' }, code)), [], code)
  }
})

test.run()
