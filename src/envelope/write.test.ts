import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadEngine, parseXml } from '../shell/xml-in/index.ts'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { writeElement } from './write.ts'

const test = suite('write')
test.before(loadEngine)

const parsed = (xml: string): Element => {
  const root = parseXml(Buffer.from(xml))
  if ('reason' in root) throw new Error(root.reason)
  return root
}

const SAME = [
  '<a/>',
  '<a>x &amp; &lt;y&gt;</a>',
  '<a p="1" q="&quot;&#10;"/>',
  '<a xmlns="urn:a"><b/><c xmlns=""/></a>',
  '<x:a xmlns:x="urn:x" x:p="1"><x:b/></x:a>',
  '<a>x<b>y</b>z</a>',
  '<a xml:lang="en"/>',
  '<a xmlns:x="urn:1"><x:b xmlns:x="urn:2"/></a>',
]

test('writes a document as it was read', () => {
  for (const it of SAME) assert.is(writeElement(parsed(it)), it)
})

test('declares what a tree without declarations needs, once', () => {
  const made = element('urn:a', 'a', [element('urn:a', 'b', 'x'), element('', 'c')], { p: '1' })
  assert.is(writeElement(made), '<a xmlns="urn:a" p="1"><b>x</b><c xmlns=""/></a>')
})

test('binds the prefixes of elements and attributes', () => {
  const attributes = [{ name: 'p', ns: 'urn:y', prefix: 'y', value: '<' }]
  const made = { ...element('urn:x', 'a'), prefix: 'x', attributes }
  assert.is(writeElement(made), '<x:a xmlns:x="urn:x" xmlns:y="urn:y" y:p="&lt;"/>')
})

test.run()
