import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  categoryOf,
  httpOf,
  isKnownCode,
  isSuccessCode,
  REPLY_CATEGORIES,
  REPLY_CODES,
  replyCode,
} from './reply-codes.ts'

const test = suite('reply-codes')

test('every code stands once and belongs to a category', () => {
  assert.is(new Set(REPLY_CODES.map((it) => it.code)).size, REPLY_CODES.length)
  const categories = REPLY_CATEGORIES.map((it) => it.category)
  for (const { code } of REPLY_CODES) assert.ok(categories.includes(categoryOf(code)), code)
})

test('the table is as long as the public list, with the one code of EPRI practice', () => {
  const count = (category: string) =>
    REPLY_CODES.filter((it) => categoryOf(it.code) === category).length
  assert.equal(
    REPLY_CATEGORIES.map((it) => [it.category, count(it.category)]),
    [
      ['0', 4],
      ['1', 5],
      ['2', 27],
      ['3', 2],
      ['4', 1],
      ['5', 9],
      ['6', 5],
      ['7', 7],
      ['99', 1],
    ],
  )
})

test('a code is known by its exact text', () => {
  assert.is(replyCode('2.10')?.text, 'a reading type is not supported')
  assert.ok(isKnownCode('99.1'))
  for (const code of ['2.1', '2.100', '0', 'HAND-001', 'banana', ''])
    assert.not.ok(isKnownCode(code), code)
})

test('success is the number 0 before the dot', () => {
  assert.ok(isSuccessCode('0.3'))
  assert.ok(isSuccessCode('0'))
  assert.not.ok(isSuccessCode('10.0'))
})

test('codes have the HTTP status of the façade', () => {
  const table: readonly (readonly [string, number])[] = [
    ['0.0', 200],
    ['0.1', 202],
    ['0.3', 202],
    ['1.5', 400],
    ['1.8', 400],
    ['1.9', 400],
    ['2.5', 422],
    ['99.1', 422],
    ['3.1', 413],
    ['3.2', 429],
    ['4.1', 504],
    ['5.1', 503],
    ['5.2', 502],
    ['5.3', 502],
    ['5.4', 422],
    ['5.5', 404],
    ['5.6', 404],
    ['5.7', 404],
    ['5.8', 422],
    ['5.9', 409],
    ['6.1', 409],
    ['6.5', 409],
    ['7.1', 401],
    ['7.2', 401],
    ['7.3', 401],
    ['7.4', 401],
    ['7.5', 403],
    ['7.6', 403],
    ['7.7', 403],
    ['2.99', 422],
    ['HAND-001', 502],
    ['', 502],
  ]
  for (const [code, http] of table) assert.is(httpOf(code), http, code)
})

test('an object that the path names and that does not exist is 404', () => {
  assert.is(httpOf('99.1', 'path'), 404)
  assert.is(httpOf('2.24', 'path'), 404)
  assert.is(httpOf('1.8', 'path'), 400)
})

test.run()
