import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { piecesIn } from './json-places.ts'

const test = suite('json-places')

const MESSAGE = `\uFEFF {
  "header" : { "Verb": "create", "Noun":"X" },
  "payload": [ { "Xs": { "a": [ "1", {"@k":"v","$":"t"}, -2.5e3 ], "{urn:y}b": true } }, {"Ys":{"n":null,"e\\"s\\u0063":[ ]}} ]
}`
const BARE = '{"Xs":{"@xmlns":"u","a":["1","2"],"one":{"b":[{"c":"}"},{"c":"\\""}]}}}'

const PIECES: readonly (readonly [text: string, path: string, piece: string, key?: string])[] = [
  [MESSAGE, '/RequestMessage/Header/Verb', '"create"'],
  [MESSAGE, '/RequestMessage/Header', '"header"'],
  [MESSAGE, '/RequestMessage/Header/Nothing/Below', '"header"'],
  [MESSAGE, '/RequestMessage', '{'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[1]', '"1"'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[2]', '{'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[2]/@k', '"v"'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[3]', '-2.5e3'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[9]', '"a"'],
  [MESSAGE, '/RequestMessage/Payload/Xs/b', 'true'],
  [MESSAGE, '/RequestMessage/Payload/Ys', '"Ys"'],
  [MESSAGE, '/RequestMessage/Payload/Ys/n', 'null'],
  [MESSAGE, '/RequestMessage/Payload/Ys', '"e\\"s\\u0063"', 'e"sc'],
  [MESSAGE, '/RequestMessage', '"header"', 'header'],
  [MESSAGE, '/RequestMessage/Header', '"Noun"', 'Noun'],
  [BARE, '/Xs', '"Xs"'],
  [BARE, '/Xs/a', '"1"'],
  [BARE, '/Xs/a[2]', '"2"'],
  [BARE, '/Xs/one/b[2]/c', '"\\""'],
  [BARE, '/Xs/one/b[1]/c', '"}"'],
  [BARE, '/Xs/one', '"one"'],
  ['["a"]', '/Nothing', '['],
  [' "a"', '', '"a"'],
]

for (const [text, path, piece, key] of PIECES)
  test(`finds ${piece} for ${path}${key === undefined ? '' : `, key ${key}`}`, () => {
    const { start, end } = piecesIn(text)({ path, ...(key === undefined ? {} : { key }) })
    assert.is(text.slice(start, end), piece)
  })

/** [text, path, JSON Pointer, key] */
const POINTERS: readonly (readonly [string, string, string, string?])[] = [
  [MESSAGE, '/RequestMessage', ''],
  [MESSAGE, '/RequestMessage/Header/Verb', '/header/Verb'],
  [MESSAGE, '/RequestMessage/Payload/Xs/a[2]/@k', '/payload/0/Xs/a/1/@k'],
  [MESSAGE, '/RequestMessage/Payload/Xs/b', '/payload/0/Xs/{urn:y}b'],
  [MESSAGE, '/RequestMessage/Payload/Ys', '/payload/1/Ys/e"sc', 'e"sc'],
  [BARE, '/Xs/a', '/Xs/a/0'],
  [BARE, '/Xs/a[9]', '/Xs/a'],
  ['{"a/b~c":{"d":1}}', '', '/a~1b~0c', 'a/b~c'],
]

for (const [text, path, pointer, key] of POINTERS)
  test(`points to ${pointer || 'the whole'} for ${path}`, () => {
    const sought = { path, ...(key === undefined ? {} : { key }) }
    assert.is(piecesIn(text)(sought).pointer, pointer)
  })

test('a part of a payload may have a key that looks like one of a message', () => {
  const text = '{"header":{"b":1}}'
  assert.is(piecesIn(text, 'content')({ path: '/header/b' }).pointer, '/header/b')
})

test.run()
