import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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
import { VERBS, verbsOf } from './verbs.ts'

const test = suite('rules-verb')
const PAYLOAD = m('Payload', [object()])
const REPLY = m('Reply', fields({ Result: 'OK' }))
const set = m('Payload', [m('OperationSet', [m('Operation', fields({ operationId: '1' }))])])

const rules = (root: Element) => judged(root).map((it) => it.split(' ')[1])
const mend = (root: Element) => judge(view(root), CONTEXT)[0]?.mend

test('every verb is right in exactly one kind of message', () => {
  for (const verb of Object.keys(VERBS)) {
    const found = [
      rules(message('RequestMessage', header(verb), PAYLOAD)),
      rules(message('ResponseMessage', header(verb), REPLY)),
      rules(message('EventMessage', header(verb), PAYLOAD)),
    ].map((it) => it.find((id) => id?.startsWith('VRB')))
    const right = (['request', 'reply', 'event'] as const).findIndex((it) =>
      verbsOf(it).some((one) => one === verb),
    )
    assert.equal(
      found,
      ['VRB-01', 'VRB-01', 'VRB-02'].map((id, at) => (at === right ? undefined : id)),
      verb,
    )
  }
})

test('the mend names the verb that was meant', () => {
  assert.match(
    mend(message('RequestMessage', header('created'), PAYLOAD))!,
    /^Write create to ask for it/,
  )
  assert.match(mend(message('RequestMessage', header('reply'), PAYLOAD))!, /ResponseMessage/)
  assert.match(mend(message('ResponseMessage', header('created'), REPLY))!, /^Write reply;/)
  assert.match(
    mend(message('EventMessage', header('create'), PAYLOAD))!,
    /^Write created to report it/,
  )
  assert.match(mend(message('EventMessage', header('get'), PAYLOAD))!, /^Write one of created, /)
})

test('the root Message with a Reply is a reply, whatever its verb', () => {
  assert.equal(judged(message('Message', header('create'), REPLY)), [
    'error VRB-01 /Message/Header/Verb',
  ])
})

test('a typed message has the verb of its root', () => {
  const wrong = typedMessage('CreateWidgets', header('change'), PAYLOAD)
  assert.equal(judged(wrong), ['error VRB-01 /CreateWidgets/Header/Verb'])
  assert.is(mend(wrong), 'Write create, or send the message of change.')
  assert.equal(judged(typedMessage('CreatedWidgets', header('changed'), PAYLOAD)), [
    'error VRB-02 /CreatedWidgets/Header/Verb',
  ])
  assert.equal(judged(typedMessage('CreateWidgets', header('create'), PAYLOAD)), [])
})

test('a typed OperationSet under another request verb is no matter of these rules', () => {
  const root = typedMessage(
    'ExecuteWidgetsOperationSet',
    header('change', { ...GOOD, Noun: 'OperationSet' }),
    set,
  )
  assert.equal(rules(root), ['OPS-05'])
})

test.run()
