import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { indented } from './indent.ts'

const test = suite('indent')

test('elements that hold only elements get a line for each', () => {
  assert.is(
    indented('<a><b>1</b><c><d/><e></e></c></a>'),
    '<a>\n  <b>1</b>\n  <c>\n    <d/>\n    <e></e>\n  </c>\n</a>',
  )
})

test('text and mixed content stay as they are', () => {
  for (const it of [
    '<a>x<b><c/></b>y</a>',
    '<a> <b/></a>',
    '<a><![CDATA[<b>]]></a>',
    '<a><b/><![CDATA[ ]]></a>',
    '<a>&lt;b&gt;</a>',
  ])
    assert.is(indented(it), it)
})

test('a bracket inside an attribute, a comment or a CDATA section is no tag', () => {
  assert.is(
    indented(`<a b="<'>" c='">'><!-- <d> --><e><![CDATA[</a>]]></e></a>`),
    `<a b="<'>" c='">'>\n  <!-- <d> -->\n  <e><![CDATA[</a>]]></e>\n</a>`,
  )
})

test('a declaration keeps its line', () => {
  assert.is(indented('<?xml version="1.0"?>\n<a/>'), '<?xml version="1.0"?>\n<a/>')
})

test('what is indented already stays so', () => {
  const text = indented('<a><b><c>1</c></b></a>')
  assert.is(indented(text), text)
})

test.run()
