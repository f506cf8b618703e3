import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { excerptsOf } from './excerpt.ts'

const test = suite('excerpt')

const LINES = excerptsOf('<a>\r\n  <b>1</b>\n\n  電<c/>\n</a>')

test('finds lines in any order, without their line ends', () => {
  assert.equal(LINES(5, 1, 60), { text: '</a>', caret: 0, length: 1, line: 5 })
  assert.equal(LINES(1, 1, 60), { text: '<a>', caret: 0, length: 1, line: 1 })
  assert.equal(LINES(2, 3, 60), { text: '  <b>1</b>', caret: 2, length: 1, line: 2 })
})

test('the caret stands under wide characters where they end', () => {
  assert.equal(LINES(4, 4, 60), { text: '  電<c/>', caret: 4, length: 1, line: 4 })
})

test('an unknown column has a line and no caret', () => {
  assert.equal(LINES(5, 0, 60), { text: '</a>', caret: undefined, length: 0, line: 5 })
})

test('a place that is not there, or is blank, has no excerpt', () => {
  assert.is(LINES(6, 1, 60), undefined)
  assert.is(LINES(1, 9, 60), undefined)
  assert.is(LINES(3, 1, 60), undefined)
})

test('a long line is cut around its column', () => {
  const long = excerptsOf(`${'x'.repeat(100)}<here>${'y'.repeat(100)}`)
  assert.equal(long(1, 101, 20), { text: '…xxxxxx<here>yyyyyyy…', caret: 7, length: 1, line: 1 })
  assert.equal(long(1, 3, 20), { text: 'xxxxxxxxxxxxxxxxxxx…', caret: 2, length: 1, line: 1 })
  assert.equal(long(1, 206, 20), { text: '…yyyyyyy', caret: 7, length: 1, line: 1 })
})

test('underlines what is meant, in columns, as far as the line is shown', () => {
  const wide = excerptsOf('<a>電電</a>')
  const at = (start: number, end: number) => () => ({ start, end })
  assert.equal(wide(1, 4, 60, at(3, 5)), { text: '<a>電電</a>', caret: 3, length: 4, line: 1 })
  const long = excerptsOf(`<${'x'.repeat(100)}>`)
  assert.is(long(1, 1, 20, at(0, 101))?.length, 20)
})

test('shows the line on which what is meant stands', () => {
  const find = excerptsOf('<a\n  b="1"\n  c="2"/>')
  const shown = find(1, 1, 60, () => ({ start: 13, end: 18 }))
  assert.equal(shown, { text: '  c="2"/>', caret: 2, length: 5, line: 3 })
})

test.run()
