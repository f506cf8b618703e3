import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { correlationOf, operationIdOf } from './correlation.ts'
import { header, message, view } from './tree.fixture.ts'
import type { Fields } from './tree.fixture.ts'

const test = suite('correlation')
const request = (ids: Fields) =>
  view(message('RequestMessage', header('get', { Noun: 'Widgets', ...ids })))

test('a reply is tied by the CorrelationID of its request, or else by its MessageID', () => {
  assert.is(correlationOf(request({ MessageID: 'm', CorrelationID: 'c' })), 'c')
  assert.is(correlationOf(request({ MessageID: 'm' })), 'm')
  assert.is(correlationOf(request({ MessageID: 'm', CorrelationID: ' ' })), 'm')
  assert.is(correlationOf(request({})), undefined)
})

test('one operationId may be written in many ways', () => {
  const table: readonly (readonly [string, string])[] = [
    ['7', '7'],
    [' 7\n', '7'],
    ['+7', '7'],
    ['007', '7'],
    ['-7', '-7'],
    ['0', '0'],
    ['-0', '0'],
    ['00', '0'],
    ['12345678901234567890', '12345678901234567890'],
    ['x', 'x'],
    ['', ''],
  ]
  for (const [text, id] of table) assert.is(operationIdOf(text), id, text)
})

test.run()
