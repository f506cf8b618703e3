import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  DEPRECATED_VERBS,
  eventVerbOf,
  isVerb,
  requestVerbOf,
  suggestVerb,
  verbAdvice,
  verbRow,
  VERBS,
  verbsOf,
} from './verbs.ts'

const test = suite('verbs')

test('edition 1 has 14 verbs: seven requests, one reply, six events', () => {
  assert.is(Object.keys(VERBS).length, 14)
  assert.equal(
    (['request', 'reply', 'event'] as const).map((it) => verbsOf(it).length),
    [7, 1, 6],
  )
})

test('every event reports exactly one request, and every request but get has its event', () => {
  assert.equal(verbsOf('request').map(eventVerbOf), [undefined, ...verbsOf('event')])
  for (const event of verbsOf('event')) assert.is(eventVerbOf(requestVerbOf(event)!), event)
})

test('what is no event has no request, and what is no request no event', () => {
  assert.is(requestVerbOf('reply'), undefined)
  assert.is(requestVerbOf('create'), undefined)
  assert.is(eventVerbOf('created'), undefined)
  assert.is(eventVerbOf('banana'), undefined)
})

test('spelling counts', () => {
  assert.ok(isVerb('canceled'))
  for (const text of ['Create', 'create ', 'cancelled', '', 'constructor', undefined]) {
    assert.not.ok(isVerb(text), `${text}`)
    assert.is(verbRow(text), undefined)
  }
})

test('a near miss has a suggestion', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['Create', 'create'],
    [' CHANGED ', 'changed'],
    ['cancelled', 'canceled'],
    ['Update', 'change'],
    ['show', 'reply'],
    ['subscribe', undefined],
    ['constructor', undefined],
    ['', undefined],
  ]
  for (const [text, verb] of table) assert.is(suggestVerb(text), verb, text)
})

test('advice is one sentence that says what to write', () => {
  assert.is(verbAdvice('Create'), 'Write create.')
  assert.is(verbAdvice('update'), 'Write change; update is deprecated since IEC 61968-1.')
  assert.match(verbAdvice('subscribe'), /^Write one of get, .*; subscribe is deprecated: /)
  assert.match(verbAdvice('banana'), /^Write one of get, create/)
})

test('no deprecated verb is a verb, and what replaces it is one', () => {
  for (const { verb, use } of DEPRECATED_VERBS) {
    assert.not.ok(isVerb(verb), verb)
    assert.ok(use === null || isVerb(use), verb)
  }
})

test.run()
