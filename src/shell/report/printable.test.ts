import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  columnsOf,
  dotted,
  jsonText,
  printable,
  shortened,
  shortenedPath,
  wrapped,
} from './printable.ts'

const test = suite('printable')

const ESCAPES = [
  ['plain text, naïve 電力 🙂', 'plain text, naïve 電力 🙂'],
  ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
  ['\u009b31m', '\\u009b31m'],
  ['a\nb\rc\td', 'a\\nb\\rc\\td'],
  ['\u202egpj.exe', '\\u202egpj.exe'],
  ['zero\u200bwidth', 'zero\\u200bwidth'],
  ['\u2028', '\\u2028'],
  ['\udc00', '\\udc00'],
  ['\uffff', '\\uffff'],
  ['\u{e0041}', '\\udb40\\udc41'],
] as const

test('writes what does not show itself as an escape', () => {
  for (const [text, expected] of ESCAPES) assert.is(printable(text), expected)
})

test('dots keep every column where it was', () => {
  assert.is(dotted('a\tb\u001bc\u{e0041}d'), 'a b·c··d')
})

test('JSON text is the same value with invisible characters escaped', () => {
  const value = { text: 'a\u009b\u202e\u{e0041}\ud800\n' }
  assert.equal(JSON.parse(jsonText(value)), value)
  assert.is(jsonText(value), '{"text":"a\\u009b\\u202e\\udb40\\udc41\\ud800\\n"}')
})

test('shortens at the end, and never splits a character', () => {
  assert.is(shortened('abcdef', 6), 'abcdef')
  assert.is(shortened('abcdefg', 6), 'abcde…')
  assert.is(shortened('abcd🙂fg', 6), 'abcd…')
})

test('shortens a path in front, by whole steps where it can', () => {
  assert.is(shortenedPath('/a/b/c', 6), '/a/b/c')
  assert.is(shortenedPath('/alpha/beta/gamma', 14), '…/beta/gamma')
  assert.is(shortenedPath('alphabetagamma', 6), '…gamma')
  assert.is(shortenedPath('alphabeta🙂amma', 6), '…amma')
})

test('wraps at spaces, and breaks what has none', () => {
  assert.equal(wrapped('one two three', 20), ['one two three'])
  assert.equal(wrapped('one two three', 7), ['one two', 'three'])
  assert.equal(wrapped('one abcdefghij', 4), ['one', 'abcd', 'efgh', 'ij'])
  assert.equal(wrapped(' abcdef', 4), [' abc', 'def'])
})

test('counts columns as a terminal does', () => {
  assert.is(columnsOf('abc'), 3)
  assert.is(columnsOf('電力'), 4)
  assert.is(columnsOf('e\u0301'), 1)
})

test.run()
