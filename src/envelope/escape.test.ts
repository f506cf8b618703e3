import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeAttribute, escapeText, illegalCharacter, unescaped } from './escape.ts'

const test = suite('escape')

/** text, as character data, as an attribute value */
const TABLE: readonly (readonly [string, string, string])[] = [
  ['', '', ''],
  ['plain', 'plain', 'plain'],
  ['a & b', 'a &amp; b', 'a &amp; b'],
  ['<a>', '&lt;a&gt;', '&lt;a&gt;'],
  [']]>', ']]&gt;', ']]&gt;'],
  ['"\'', '"\'', "&quot;'"],
  ['a\tb\nc', 'a\tb\nc', 'a&#9;b&#10;c'],
  ['a\r\nb', 'a&#13;\nb', 'a&#13;&#10;b'],
  ['&amp;', '&amp;amp;', '&amp;amp;'],
  ['é😀', 'é😀', 'é😀'],
]

test('escapes marks, and what a reader would normalize away', () => {
  for (const [text, data, value] of TABLE) {
    assert.is(escapeText(text), data)
    assert.is(escapeAttribute(text), value)
  }
})

test('names the first character that XML 1.0 cannot carry', () => {
  const illegal: readonly (readonly [string, string])[] = [
    ['\u0000', 'U+0000'],
    ['a\u0007\u0008', 'U+0007'],
    ['\u000b', 'U+000B'],
    ['\u001f', 'U+001F'],
    ['\ufffe', 'U+FFFE'],
    ['\uffff', 'U+FFFF'],
    ['\ud800', 'U+D800'],
    ['a\udfff', 'U+DFFF'],
    ['\ude00\ud83d', 'U+DE00'],
  ]
  for (const [text, name] of illegal) assert.is(illegalCharacter(text), name)
})

test('finds nothing wrong with what is legal', () => {
  for (const it of ['', '\t\n\r', ' ~', '\u007f\u0085\u00a0', '\ud7ff\ue000\ufffd', '😀\u{10ffff}'])
    assert.is(illegalCharacter(it), undefined)
})

test('reads what it has written', () => {
  for (const [text] of TABLE) {
    assert.is(unescaped(escapeText(text)), text)
    assert.is(unescaped(escapeAttribute(text)), text)
  }
})

/** written, and what it means; undefined where it means nothing in XML */
const REFERENCES: readonly (readonly [string, string | undefined])[] = [
  ['plain', 'plain'],
  ['&amp;amp;&apos;&quot;', `&amp;'"`],
  ['&#233;&#xE9;&#x1F30D;&#x10FFFF;', 'éé\u{1F30D}\u{10FFFF}'],
  ['& ', undefined],
  ['&x;', undefined],
  ['&#0;', undefined],
  ['&#xD800;', undefined],
  ['&#xFFFE;', undefined],
  ['&#x110000;', undefined],
]

test('reads references of characters and of the predefined entities, and no other ones', () => {
  for (const [written, text] of REFERENCES) assert.is(unescaped(written), text, written)
})

test.run()
