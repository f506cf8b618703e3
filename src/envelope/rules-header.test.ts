import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fields, GOOD, header, judged, m, message } from './tree.fixture.ts'

const test = suite('rules-header')
const get = (more: Readonly<Record<string, string>>) =>
  message('RequestMessage', header('get', more))

test('HDR-01: a MessageID is there and not blank', () => {
  assert.equal(judged(get({ Noun: 'Widgets' })), ['error HDR-01 /RequestMessage/Header'])
  for (const MessageID of ['', ' \n']) {
    assert.equal(judged(get({ Noun: 'Widgets', MessageID })), [
      'error HDR-01 /RequestMessage/Header/MessageID',
    ])
  }
})

test('HDR-01 asks nothing of a fault', () => {
  const reply = m('Reply', [
    m('Result', 'FAILED'),
    m('Error', fields({ code: '1.8', reason: 'x' })),
  ])
  assert.equal(judged(message('FaultMessage', reply)), [])
})

test('HDR-04: a Timestamp has a zone', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['2026-07-14T16:30:00', false],
    ['2026-07-14T16:30:00.123', false],
    [' 2026-07-14T16:30:00\n', false],
    ['2026-07-14T16:30:00Z', true],
    ['2026-07-14T16:30:00.5-05:00', true],
    ['14-07-2026', true],
    ['', true],
  ]
  for (const [Timestamp, right] of table) {
    const expected = right ? [] : ['error HDR-04 /RequestMessage/Header/Timestamp']
    assert.equal(judged(get({ Timestamp, ...GOOD })), expected, Timestamp)
  }
})

test.run()
