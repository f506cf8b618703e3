import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeElement } from '../../envelope/write.ts'
import { ROOTS, SCHEMAS, canonical, payloadsOf, tree } from '../laws/laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { at, beside, edited, placeOf, readOwn, withChildren, withText } from './tree.ts'

const mutateTree = suite('mutate-tree')

mutateTree('reads what the writer writes as the XML engine reads it', () => {
  for (const { json, label } of ROOTS.flatMap((it) => payloadsOf(it, 20))) {
    const { xml } = messageFromJson(json, SCHEMAS)
    assert.is(canonical(readOwn(xml)), canonical(tree(xml)), `${label}\n${xml}`)
  }
})

mutateTree('writes what it reads', () => {
  const xml = '<a xmlns="urn:a" x="1 &lt; 2"><b>t&amp;u</b><c:d xmlns:c="urn:c" c:e="&#10;"/></a>'
  assert.is(writeElement(readOwn(xml)), xml)
})

mutateTree('reads apostrophes as quotation marks', () => {
  assert.is(readOwn(`<a x='"'/>`).attributes[0]?.value, '"')
})

mutateTree('keeps an entity that it does not know, and takes an undeclared prefix for none', () => {
  const root = readOwn('<p:a p:x="1">&unknown;</p:a>')
  assert.is(root.text, '&unknown;')
  assert.equal([root.ns, root.attributes[0]?.ns], ['', ''])
})

mutateTree('refuses a text without an element', () => {
  assert.throws(() => readOwn('no element'), 'holds no element')
})

const ROOT = readOwn('<m:r xmlns:m="urn:m"><m:a><m:b>1</m:b></m:a><m:a/></m:r>')

mutateTree('finds and edits by position', () => {
  const place = placeOf(ROOT, ['a', 'b']) ?? []
  assert.equal(place, [0, 0])
  assert.is(at(ROOT, place)?.text, '1')
  assert.is(placeOf(ROOT, ['a', 'c']), undefined)
  assert.is(at(ROOT, [7]), undefined)
  const changed = edited(ROOT, place, (it) => withText(it, '2'))
  assert.is(at(changed, place)?.text, '2')
  assert.is(at(ROOT, place)?.text, '1')
  assert.is(
    edited(ROOT, [7], (it) => withText(it, '2')),
    ROOT,
  )
})

mutateTree('puts a new element into the namespace of its neighbour', () => {
  const more = withChildren(ROOT, [...ROOT.children, beside(ROOT.children[0] ?? ROOT, 'new', 'x')])
  assert.match(writeElement(more), '<m:new>x</m:new></m:r>')
})

mutateTree.run()
