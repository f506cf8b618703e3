import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  isNumberText,
  isNumberToken,
  isObject,
  member,
  numberOf,
  numberText,
  put,
  readJson,
  sameJson,
  writeJson,
} from './json-text.ts'
import type { Json } from './json-text.ts'

const test = suite('json-text')

function value(text: string): Json {
  const read = readJson(text)
  if ('fault' in read) throw new Error(`${text}: ${read.fault.message}`)
  return read.value
}

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** accepted; written again it is the second text, or the same */
const ACCEPTED: readonly (readonly [string, string?])[] = [
  ['[]'],
  ['[ ]', '[]'],
  ['{}'],
  ['{ }', '{}'],
  ['null'],
  ['true'],
  ['false'],
  ['"a"'],
  ['""'],
  ['0'],
  ['-0'],
  ['-1'],
  ['42'],
  [' 42 ', '42'],
  ['\t\r\n 1 \n', '1'],
  ['\uFEFF{}', '{}'],
  ['0.1'],
  ['0.10'],
  ['1.0'],
  ['-0.0'],
  ['1e3'],
  ['1E3'],
  ['1e+3'],
  ['1E-3'],
  ['0e1'],
  ['0e+1'],
  ['1e21'],
  ['1E400'],
  ['-1e-400'],
  ['123456789012345678901234567890'],
  ['0.1234567890123456789012345678901234567890'],
  ['98765432109876543210'],
  ['[1,2.50,3e1]'],
  ['[1 , 2 ,3]', '[1,2,3]'],
  ['[null,null]'],
  ['[[]   ]', '[[]]'],
  ['{"a":1}'],
  ['{ "a" : [ 1 , { "b" : null } ] }', '{"a":[1,{"b":null}]}'],
  ['{"":0}'],
  ['{"a b":1,"ä":2}'],
  ['{"a":1,"A":2}'],
  ['{"__proto__":1}'],
  ['{"__proto__":{"a":1},"constructor":2,"toString":3}'],
  ['{"0":1,"b":2}'],
  ['"\\u0061"', '"a"'],
  ['"\\u00e4"', '"ä"'],
  ['"\\u20AC"', '"€"'],
  ['"\\uD83D\\uDE00"', '"😀"'],
  ['"\\u0000"', '"\\u0000"'],
  ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\"\\\\/\\b\\f\\n\\r\\t"'],
  ['"a/b"'],
  ['"\u007f"'],
  ['"\u2028\u2029"'],
  ['"\u00a0"'],
  ['"\\uD800"', '"\\ud800"'],
  ['"\\uDFAA"', '"\\udfaa"'],
  ['"\\uD800\\uD800"', '"\\ud800\\ud800"'],
  ['"\\uDE00\\uD83D"', '"\\ude00\\ud83d"'],
  ['"\\\\u0061"'],
  ['"// no comment"'],
  [deep(160)],
]

test('takes a number of a thousand characters, and strings of megabytes', () => {
  const longest = '9'.repeat(1000)
  assert.is(writeJson(value(longest)), longest)
  assert.ok(isNumberText(longest))
  const text = JSON.stringify('9'.repeat(10_000_000))
  assert.is(writeJson(value(text)), text)
})

test('refuses a longer number, and says so', () => {
  for (const it of ['9'.repeat(1001), '9'.repeat(10_000_000), `0.${'0'.repeat(5_000_000)}`])
    assert.equal(readJson(`[${it}]`), {
      fault: { message: 'a number has more than 1000 characters', offset: 1 },
    })
  assert.not(isNumberText('9'.repeat(10_000_000)))
})

for (const [text, again = text] of ACCEPTED)
  test(`takes ${text.slice(0, 40)}`, () => {
    assert.is(writeJson(value(text)), again)
  })

/** refused: text, part of the reason, offset */
const REFUSED: readonly (readonly [string, string, number?])[] = [
  ['', 'the text ends', 0],
  [' ', 'the text ends', 1],
  ['[', 'the text ends', 1],
  ['[1', 'a comma or ]', 2],
  ['[1,', 'the text ends', 3],
  ['[1,]', 'nothing follows the comma', 3],
  ['[,1]', 'no JSON value', 1],
  ['[,]', 'no JSON value', 1],
  ['[1,,2]', 'no JSON value', 3],
  ['[1 2]', 'a comma or ]', 3],
  ['[1:2]', 'a comma or ]', 2],
  ['[1}', 'a comma or ]', 2],
  ['[]]', 'more text', 2],
  [']', 'no JSON value', 0],
  ['[1]x', 'more text', 3],
  ['1 2', 'more text', 2],
  ['{}{}', 'more text', 2],
  ['{', 'a name in double quotes', 1],
  ['{"a"', 'a colon', 4],
  ['{"a":', 'the text ends', 5],
  ['{"a":1', 'a comma or }', 6],
  ['{"a":1,', 'a name in double quotes', 7],
  ['{"a":1,}', 'nothing follows the comma', 7],
  ['{,"a":1}', 'a name in double quotes', 1],
  ['{"a",1}', 'a colon', 4],
  ['{"a" 1}', 'a colon', 5],
  ['{"a"::1}', 'no JSON value', 5],
  ['{a:1}', 'a name in double quotes', 1],
  ["{'a':1}", 'a name in double quotes', 1],
  ['{1:1}', 'a name in double quotes', 1],
  ['{null:1}', 'a name in double quotes', 1],
  ['{"a":1 "b":2}', 'a comma or }', 7],
  ['{"a":1]', 'a comma or }', 6],
  ['{"a":1,"a":2}', '"a" stands twice', 7],
  ['{"a":1,"\\u0061":2}', '"a" stands twice', 7],
  ['{"__proto__":1,"__proto__":2}', '"__proto__" stands twice', 15],
  ['{"#number":"1"}', 'reserved', 1],
  ['nul', 'no JSON value', 0],
  ['nulll', 'more text', 4],
  ['True', 'no JSON value', 0],
  ['TRUE', 'no JSON value', 0],
  ['undefined', 'no JSON value', 0],
  ['NaN', 'no JSON value', 0],
  ['Infinity', 'no JSON value', 0],
  ['-Infinity', 'no JSON number', 0],
  ['-NaN', 'no JSON number', 0],
  ['+1', 'no JSON value', 0],
  ['-', 'no JSON number', 0],
  ['--1', 'no JSON number', 0],
  ['- 1', 'no JSON number', 0],
  ['01', 'no JSON number', 1],
  ['-01', 'no JSON number', 2],
  ['00', 'no JSON number', 1],
  ['1.', 'no JSON number', 1],
  ['.5', 'no JSON value', 0],
  ['-.5', 'no JSON number', 0],
  ['1.e3', 'no JSON number', 1],
  ['1e', 'no JSON number', 1],
  ['1e+', 'no JSON number', 1],
  ['1eE2', 'no JSON number', 1],
  ['1.2.3', 'no JSON number', 3],
  ['1e1.5', 'no JSON number', 3],
  ['0x1F', 'more text', 1],
  ['1_000', 'more text', 1],
  ['1a', 'more text', 1],
  ['１', 'no JSON value', 0],
  ['"', 'ends inside a string', 1],
  ['"a', 'ends inside a string', 2],
  ['"a\nb"', 'control character', 2],
  ['"a\tb"', 'control character', 2],
  ['"\u0000"', 'control character', 1],
  ['"\u001f"', 'control character', 1],
  ['"\\"', 'ends inside a string', 3],
  ['"\\', 'no JSON escape', 1],
  ['"\\a"', 'no JSON escape', 1],
  ['"\\x41"', 'no JSON escape', 1],
  ['"\\U0041"', 'no JSON escape', 1],
  ['"\\0"', 'no JSON escape', 1],
  ['"\\\'"', 'no JSON escape', 1],
  ['"\\u004"', 'four hexadecimal digits', 1],
  ['"\\u00G0"', 'four hexadecimal digits', 1],
  ['"\\u"', 'four hexadecimal digits', 1],
  ["'a'", 'no JSON value', 0],
  ['`a`', 'no JSON value', 0],
  ['[1] // c', 'more text', 4],
  ['/* c */ 1', 'no JSON value', 0],
  ['[1/* c */]', 'a comma or ]', 2],
  ['# c', 'no JSON value', 0],
  ['\u00a0[]', 'no JSON value', 0],
  ['\u000b[]', 'no JSON value', 0],
  ['\f[]', 'no JSON value', 0],
  ['[\u2060]', 'no JSON value', 1],
  ['[\uFEFF]', 'no JSON value', 1],
  ['<a/>', 'no JSON value', 0],
  ['*', 'no JSON value', 0],
  ['{"a":b}', 'no JSON value', 5],
  ['[a', 'no JSON value', 1],
  ['["a",\n4\n,1,', 'the text ends', 11],
  [deep(161), 'more than 160 levels', 160],
  ['['.repeat(100_000), 'more than 160 levels', 160],
  ['{"a":'.repeat(100_000), 'more than 160 levels', 800],
]

for (const [text, reason, offset] of REFUSED)
  test(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
    const read = readJson(text)
    assert.ok('fault' in read && read.fault.message.includes(reason), JSON.stringify(read))
    assert.is(read.fault.offset, offset)
  })

test('a name never reaches the prototype', () => {
  const it = value('{"__proto__":{"polluted":true},"a":1}')
  assert.is(({} as Record<string, unknown>)['polluted'], undefined)
  assert.is(Object.getPrototypeOf(it), Object.prototype)
  assert.equal(member(it, '__proto__'), { polluted: true })
  assert.is(member(it, 'constructor'), undefined)
  assert.is(member(it, 'toString'), undefined)
})

test('numbers are JavaScript numbers only where that keeps their text', () => {
  assert.is(numberOf('12'), 12)
  assert.is(numberOf('0.5'), 0.5)
  for (const text of ['-0', '1.0', '1e3', '1E400', '12345678901234567890'])
    assert.equal(numberOf(text), { '#number': text })
})

test('tells number tokens from objects', () => {
  const token = numberOf('1.0')
  assert.ok(isNumberToken(token))
  assert.not(isObject(token))
  assert.not(isNumberToken(1))
  assert.not(isNumberToken(null))
  assert.ok(isObject({}))
  for (const it of [null, [], 1, 'a', undefined]) assert.not(isObject(it))
  assert.is(numberText(token), '1.0')
  assert.is(numberText(7), '7')
  assert.is(numberText('7'), undefined)
})

test('knows the text of a JSON number', () => {
  for (const it of ['0', '-1', '1.50', '1e-3']) assert.ok(isNumberText(it), it)
  for (const it of ['', '+1', '01', '.5', '5.', 'INF', '1 ', ' 1', '1\n'])
    assert.not(isNumberText(it), it)
})

test('writes with indentation', () => {
  assert.is(
    writeJson(value('{"a":[1,{"b":[]}],"c":{}}'), 2),
    '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "c": {}\n}',
  )
})

test('writes a JavaScript number with the text that JSON has for it', () => {
  assert.is(writeJson([1, -1, 0.1, 1e21]), '[1,-1,0.1,1e+21]')
})

test('compares by meaning: the order of members does not count, the text of a number does', () => {
  const same = (a: string, b: string) => sameJson(value(a), value(b))
  assert.ok(same('{"a":1,"b":[true,null]}', '{ "b":[true,null], "a":1 }'))
  assert.ok(same('"\\u0061"', '"a"'))
  for (const [a, b] of [
    ['1', '1.0'],
    ['1', '"1"'],
    ['[1,2]', '[2,1]'],
    ['[1]', '[1,1]'],
    ['{"a":1}', '{"a":1,"b":1}'],
    ['{"a":1}', '{"b":1}'],
    ['{}', '[]'],
    ['null', 'false'],
  ] as const)
    assert.not(same(a, b), `${a} ${b}`)
  assert.not(sameJson(undefined, null))
})

test('sets own members whatever their name is', () => {
  const made: Record<string, Json> = {}
  put(made, '__proto__', 1)
  put(made, 'a', 2)
  assert.equal(Object.entries(made), [
    ['__proto__', 1],
    ['a', 2],
  ])
})

test.run()
