import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lineage } from '../envelope/element.ts'
import { spansOf } from '../envelope/scan.ts'
import { selfContained } from './extension.ts'
import { tree } from './schema.fixture.ts'

const test = suite('extension')

/** What is kept of the element at this place in document order. */
function kept(xml: string, index = 1): string {
  const span = spansOf(xml, new Set([index])).get(index)
  return selfContained(xml.slice(span?.start, span?.end), lineage(tree(xml), index))
}

/** document, what is kept of the root's first child */
const TABLE: readonly (readonly [string, string, string])[] = [
  ['takes its own prefix along', '<a xmlns:x="urn:x"><x:b/></a>', '<x:b xmlns:x="urn:x"/>'],
  ['takes the default namespace along', '<a xmlns="urn:a"><b/></a>', '<b xmlns="urn:a"/>'],
  ['says that there is no default namespace', '<a><b>1</b></a>', '<b xmlns="">1</b>'],
  [
    'leaves alone what declares all it needs',
    '<a xmlns:x="urn:x"><y:b xmlns:y="urn:y" /></a>',
    '<y:b xmlns:y="urn:y" />',
  ],
  [
    'keeps every byte',
    '<a xmlns:x="urn:x"><x:b  p = \'1\'\n><!-- c --><![CDATA[<]]>&amp;&#65;</x:b ></a>',
    '<x:b xmlns:x="urn:x"  p = \'1\'\n><!-- c --><![CDATA[<]]>&amp;&#65;</x:b >',
  ],
  [
    'takes prefixes of attributes along',
    '<a xmlns:x="urn:x" xmlns:y="urn:y"><x:b y:p="1" xml:lang="en"/></a>',
    '<x:b xmlns:x="urn:x" xmlns:y="urn:y" y:p="1" xml:lang="en"/>',
  ],
  [
    'takes what children use along, once',
    '<a xmlns:x="urn:x" xmlns:y="urn:y"><x:b><y:c><y:d/></y:c></x:b></a>',
    '<x:b xmlns:x="urn:x" xmlns:y="urn:y"><y:c><y:d/></y:c></x:b>',
  ],
  [
    'takes the default namespace of children along',
    '<a xmlns="urn:a" xmlns:x="urn:x"><x:b><c/></x:b></a>',
    '<x:b xmlns:x="urn:x" xmlns="urn:a"><c/></x:b>',
  ],
  [
    'keeps children out of the default namespace of another place',
    '<a xmlns:x="urn:x"><x:b><c/></x:b></a>',
    '<x:b xmlns:x="urn:x" xmlns=""><c/></x:b>',
  ],
  [
    'takes the prefix in xsi:type along',
    '<a xmlns:x="urn:x" xmlns:t="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><x:b xsi:type="t:T"/></a>',
    '<x:b xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:t" xsi:type="t:T"/>',
  ],
  [
    'escapes a namespace',
    '<a xmlns:x="urn:x?a&amp;b"><x:b/></a>',
    '<x:b xmlns:x="urn:x?a&amp;b"/>',
  ],
]

for (const [title, xml, expected] of TABLE)
  test(title, () => {
    assert.is(kept(xml), expected)
  })

test('takes the innermost declaration of a prefix', () => {
  const xml = '<a xmlns:x="urn:1"><b xmlns:x="urn:2"><x:c/></b></a>'
  assert.is(kept(xml, 2), '<x:c xmlns:x="urn:2"/>')
})

test('without a way there is nothing to add', () => {
  assert.is(selfContained('<a/>', []), '<a/>')
})

test.run()
