import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fields, header, judged, m, message } from './tree.fixture.ts'
import type { Fields } from './tree.fixture.ts'

const test = suite('rules-error')
const AT = '/ResponseMessage/Reply/Error'

const failed = (of: Fields) =>
  judged(
    message(
      'ResponseMessage',
      header('reply'),
      m('Reply', [m('Result', 'FAILED'), m('Error', fields(of))]),
    ),
  )

test('RPL-03: xpath is the QName that the schema wants, not a path', () => {
  for (const xpath of ['Verb', 'm:Verb', ' m:Verb ']) {
    assert.equal(failed({ code: '1.8', reason: 'x', xpath }), [], xpath)
  }
  for (const xpath of ['/a/b[1]', 'a/b', '//m:Verb', '@kind', '']) {
    assert.equal(failed({ code: '1.8', reason: 'x', xpath }), [`error RPL-03 ${AT}/xpath`], xpath)
  }
})

test('RPL-04: an Error says something to a person', () => {
  assert.equal(failed({ code: '1.8' }), [`warning RPL-04 ${AT}`])
  assert.equal(failed({ code: '1.8', reason: ' ' }), [`warning RPL-04 ${AT}`])
  assert.equal(failed({ code: '1.8', details: 'x' }), [])
})

test('RPL-05: a code is known, blanks around it aside', () => {
  assert.equal(failed({ code: 'HAND-001', reason: 'x' }), [`warning RPL-05 ${AT}/code`])
  assert.equal(failed({ code: '2.1', reason: 'x' }), [`warning RPL-05 ${AT}/code`])
  assert.equal(failed({ code: ' 99.1 ', reason: 'x' }), [])
})

test.run()
