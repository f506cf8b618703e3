import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { judge } from './rules.ts'
import {
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
import { VERBS } from './verbs.ts'

const test = suite('rules-payload')
const KINDS = {
  request: 'RequestMessage',
  reply: 'ResponseMessage',
  event: 'EventMessage',
} as const

function needs(...content: readonly Element[]): readonly string[] {
  const missing = Object.entries(VERBS).filter(([verb, { kind }]) => {
    const root = message(KINDS[kind], header(verb), m('Payload', content))
    return judged(root).some((it) => it.includes('PAY-02'))
  })
  return missing.map(([verb]) => verb)
}

test('PAY-02: create, change, execute and all events need content', () => {
  assert.equal(needs(), [
    'create',
    'change',
    'execute',
    'created',
    'changed',
    'canceled',
    'closed',
    'deleted',
    'executed',
  ])
  assert.equal(needs(m('Format', 'XML')), needs())
  assert.equal(needs(m('OperationSet')), needs())
})

test('PAY-02: an object, a compressed one or an Operation satisfies every verb', () => {
  assert.equal(needs(object()), [])
  assert.equal(needs(m('Compressed', 'H4sI')), [])
  assert.equal(needs(m('OperationSet', [m('Operation', fields({ operationId: '1' }))])), [])
})

test('PAY-02: an ID is enough to say what is gone', () => {
  assert.equal(needs(m('ID', '1')), [
    'create',
    'change',
    'execute',
    'created',
    'changed',
    'executed',
  ])
})

test('PAY-02 leaves an empty Payload to the typed schema, and speaks of a missing one', () => {
  assert.equal(judged(typedMessage('CreateWidgets', header('create'), m('Payload'))), [])
  assert.equal(judged(typedMessage('CreateWidgets', header('create'))), [
    'error PAY-02 /CreateWidgets',
  ])
  const set = header('execute', { ...GOOD, Noun: 'OperationSet' })
  assert.equal(judged(typedMessage('ExecuteWidgetsOperationSet', set, m('Payload'))), [
    'error PAY-02 /ExecuteWidgetsOperationSet/Payload',
  ])
})

const create = (...roots: readonly Element[]) =>
  message('RequestMessage', header('create'), m('Payload', roots))

test('PAY-03 warns of a payload root without schema', () => {
  assert.equal(judged(create(object(), element('urn:x', 'Thing'))), [
    'warning PAY-03 /RequestMessage/Payload/Thing',
  ])
})

test('PAY-03 knows the www. that IEC does not write', () => {
  const ns = object().ns.replace('//', '//www.')
  const [draft] = judge(view(create(element(ns, 'Widgets'))), CONTEXT)
  assert.is(draft?.rule, 'PAY-03')
  assert.is(draft?.mend, `Write xmlns="${object().ns}" on Widgets.`)
})

test('PAY-03 leaves to the XSD a payload without namespace or in that of the message', () => {
  assert.equal(judged(create(object(), element('', 'Thing'), m('Thing'))), [])
})

test('PAY-03 looks into Operations, in typed messages too', () => {
  const operation = m('Operation', [
    ...fields({ operationId: '1', verb: 'create' }),
    element('urn:x', 'Thing'),
  ])
  const root = typedMessage(
    'ExecuteWidgetsOperationSet',
    header('execute', { ...GOOD, Noun: 'OperationSet' }),
    m('Payload', [m('OperationSet', [operation])]),
  )
  assert.equal(judged(root), [
    'warning PAY-03 /ExecuteWidgetsOperationSet/Payload/OperationSet/Operation/Thing',
  ])
})

test.run()
