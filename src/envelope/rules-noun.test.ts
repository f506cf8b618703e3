import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { judge } from './rules.ts'
import {
  compared,
  CONTEXT,
  fields,
  GOOD,
  header,
  judged,
  m,
  message,
  object,
  typedMessage,
  view,
} from './tree.fixture.ts'

const test = suite('rules-noun')
const OFF = 'error NOU-01 /RequestMessage/Header/Noun'
const REPLY = m('Reply', fields({ Result: 'OK' }))

const head = (verb: string, Noun: string) => header(verb, { ...GOOD, Noun })
const request = (verb: string, noun: string, ...parts: readonly Element[]) =>
  message('RequestMessage', head(verb, noun), ...parts)
const payload = (...roots: readonly Element[]) => m('Payload', roots)
const ask = (...roots: readonly Element[]) => m('Request', roots)

test('NOU-01: outside get the query is not the Noun of its objects', () => {
  assert.equal(judged(request('create', 'WidgetQueries', payload(object()))), [OFF])
  assert.equal(judged(request('delete', 'Gadgets', payload(object()))), [OFF])
})

test('NOU-01: one of several payload roots is enough', () => {
  assert.equal(judged(request('create', 'Widgets', payload(object('Gadgets'), object()))), [])
})

test('NOU-01: a get names the query or its objects', () => {
  assert.equal(judged(request('get', 'Widgets', ask(object('WidgetQueries')))), [])
  assert.equal(judged(request('get', 'WidgetQueries', ask(object('WidgetQueries')))), [])
  assert.equal(judged(request('get', 'Gadgets', ask(object('GetGadgets')))), [])
  assert.equal(judged(request('get', 'Gadgets', ask(object('WidgetQueries')))), [OFF])
})

test('NOU-01: an extension in Request says nothing of the Noun', () => {
  assert.equal(judged(request('get', 'Widgets', ask(element('urn:x', 'hint')))), [])
})

test('NOU-01: a reply names its objects, the query for them, or the OperationSet', () => {
  const of = (noun: string) =>
    message('ResponseMessage', head('reply', noun), REPLY, payload(object()))
  for (const noun of ['Widgets', 'WidgetQueries', 'OperationSet'])
    assert.equal(judged(of(noun)), [], noun)
  assert.equal(judged(of('Gadgets')), ['error NOU-01 /ResponseMessage/Header/Noun'])
})

test('NOU-01: a typed message names the X of its root', () => {
  assert.equal(
    judged(typedMessage('CreateWidgets', head('create', 'Gadgets'), payload(object()))),
    ['error NOU-01 /CreateWidgets/Header/Noun'],
  )
  assert.equal(
    judged(
      typedMessage(
        'WidgetQueriesRequestMessage',
        head('get', 'Widgets'),
        ask(object('WidgetQueries')),
      ),
    ),
    [],
  )
  assert.equal(
    judged(typedMessage('WidgetQueriesRequestMessage', head('get', 'WidgetQueries'))),
    [],
  )
  assert.equal(judged(typedMessage('GetGadgetsRequestMessage', head('get', 'Gadgets'))), [])
})

const operation = (of: Readonly<Record<string, string>>, ...roots: readonly Element[]) =>
  m('Operation', [...fields({ operationId: '1', ...of }), ...roots])
const set = (...operations: readonly Element[]) => payload(m('OperationSet', operations))

test('NOU-01: a typed refusal repeats the Noun of its request, whatever that is; what was done names the X of its root', () => {
  const reply = (Result: string) =>
    judged(
      typedMessage(
        'WidgetsResponseMessage',
        head('reply', 'Gadgets'),
        m('Reply', fields({ Result })),
      ),
    ).filter((it) => it.includes('NOU'))
  assert.equal(reply('FAILED'), [])
  assert.equal(reply('OK'), ['error NOU-01 /WidgetsResponseMessage/Header/Noun'])
})

test('NOU-01: an OperationSet is named OperationSet, and after its content with a warning', () => {
  const content = set(operation({ noun: 'Widgets', verb: 'delete' }, object()))
  assert.equal(judged(request('execute', 'OperationSet', content)), [])
  for (const noun of ['Widgets', 'WidgetsOperationSet']) {
    assert.equal(judged(request('execute', noun, content)), [OFF.replace('error', 'warning')], noun)
  }
  assert.equal(judged(request('execute', 'Gadgets', content)), [OFF])
  const typed = typedMessage(
    'ExecuteWidgetsOperationSet',
    head('execute', 'WidgetsOperationSet'),
    content,
  )
  assert.equal(judged(typed), ['warning NOU-01 /ExecuteWidgetsOperationSet/Header/Noun'])
})

test('NOU-01: the noun of an Operation is its payload root', () => {
  const content = set(
    operation({ noun: 'Gadgets', verb: 'delete' }, object()),
    operation({ operationId: '2', verb: 'delete' }, object()),
  )
  assert.equal(judged(request('execute', 'OperationSet', content)), [
    'error NOU-01 /RequestMessage/Payload/OperationSet/Operation[1]/noun',
  ])
})

test('NOU-02 proposes the payload root, or what the catalogue suggests', () => {
  const mend = (root: Element) =>
    judge(view(root), CONTEXT).find((it) => it.rule === 'NOU-02')?.mend
  assert.is(mend(request('create', 'banana', payload(object()))), 'Write Widgets.')
  assert.is(mend(request('get', 'Gadget')), 'Write Gadgets.')
  assert.match(mend(request('get', 'banana'))!, /^Write a noun of the catalogue/)
})

test('NOU-02 concerns an empty Noun, and the nouns of Operations', () => {
  assert.equal(judged(request('get', '')), ['error NOU-02 /RequestMessage/Header/Noun'])
  const content = set(
    operation({ noun: 'banana', verb: 'delete' }, object()),
    operation({ operationId: '2', noun: 'OperationSet', verb: 'delete' }),
  )
  assert.equal(judged(request('execute', 'OperationSet', content)), [
    'error NOU-02 /RequestMessage/Payload/OperationSet/Operation[1]/noun',
  ])
})

test('NOU-02: only an OperationSet may be called <X>OperationSet', () => {
  assert.equal(judged(request('get', 'WidgetsOperationSet')), [
    'error NOU-02 /RequestMessage/Header/Noun',
  ])
})

test('NOU-01: a reply repeats the Noun of its request', () => {
  const reply = (noun: string) =>
    message('ResponseMessage', header('reply', { ...GOOD, Noun: noun }), REPLY)
  const asked = request('get', 'WidgetQueries')
  assert.equal(compared(asked, reply('WidgetQueries')), [])
  assert.equal(compared(asked, reply('Widgets')), ['error NOU-01 /ResponseMessage/Header/Noun'])
})

test.run()
