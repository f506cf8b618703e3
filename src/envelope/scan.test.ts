import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isOneElement, locator, spansOf, topOf } from './scan.ts'

const test = suite('scan')

const TEXT = `<?xml version="1.0"?>
<!-- <no/> -->
<a p=">" q='<x>'>
  <b/><![CDATA[<c/>]]><d>x</d
  ><e><b/></e>
</a>`

test('finds line and column of each element, in whatever order they are asked for', () => {
  const locate = locator(TEXT)
  assert.equal(locate(3), { line: 5, column: 4 })
  assert.equal(locate(0), { line: 3, column: 1 })
  assert.equal(locate(1), { line: 4, column: 3 })
  assert.equal(locate(2), { line: 4, column: 23 })
  assert.equal(locate(4), { line: 5, column: 7 })
})

test('an element that is not there has no place', () => {
  assert.equal(locator(TEXT)(5), { line: 0, column: 0 })
  assert.equal(locator('')(0), { line: 0, column: 0 })
})

test('finds the exact source of elements', () => {
  const spans = spansOf(TEXT, new Set([0, 1, 2, 3, 4, 9]))
  const slices = [...spans].map(([index, it]) => [index, TEXT.slice(it.start, it.end)])
  assert.equal(
    slices.toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [
      [0, TEXT.slice(TEXT.indexOf('<a'))],
      [1, '<b/>'],
      [2, '<d>x</d\n  >'],
      [3, '<e><b/></e>'],
      [4, '<b/>'],
    ],
  )
})

test('asks for nothing, gives nothing', () => {
  assert.is(spansOf(TEXT, new Set()).size, 0)
})

const ONE = [
  '<a/>',
  '<a></a>',
  '<a>x<b/>y</a>',
  '<a p=">"/>',
  '<a><!-- </a> --></a>',
  '<a><![CDATA[</a>]]></a>',
  '<x:a xmlns:x="u"><?p ?></x:a>',
]
const NOT_ONE = [
  '',
  'x',
  '<a>',
  '</a>',
  '<a/><b/>',
  '<a/>x',
  'x<a/>',
  ' <a/>',
  '<a/> ',
  '<a></a></a>',
  '<!-- x -->',
  '<?p?>',
  '<a><b></a>x',
  '<a p="/>',
  '<a><!-- </a>',
  '<a',
  '<!DOCTYPE a><a/>',
  '</a><a>',
]

test('tells one balanced element from everything else', () => {
  for (const it of ONE) assert.ok(isOneElement(it), it)
  for (const it of NOT_ONE) assert.not(isOneElement(it), it)
})

/** [text, its top] with `b` wanted at depth 1, and two start tags along below it */
const TOPS: readonly (readonly [string, string | undefined])[] = [
  ['<a><h><b/></h><b><c><d><e>', '<a><h><b/></h><b><c></c></b></a>'],
  ['<a><!-- <b> --><b><c/><d/></b></a>', '<a><!-- <b> --><b><c/></b></a>'],
  ['<a><b></b></a>', '<a><b></b></a>'],
  ['<a><b/></a>', '<a><b/></a>'],
  ['<a><b>text</b> <wrong', '<a><b>text</b></a>'],
  ['<a><b', undefined],
  ['<a></a>', undefined],
  ['', undefined],
]
for (const [text, due] of TOPS)
  test(`the top of ${text || 'nothing'} is ${due ?? 'not there'}`, () => {
    assert.is(
      topOf(text, (tag, depth) => tag === 'b' && depth === 1, 1),
      due,
    )
  })

test.run()
