import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  attribute,
  child,
  childrenNamed,
  childText,
  element,
  elementAt,
  lineage,
  pathOf,
} from './element.ts'
import { numbered } from './tree.fixture.ts'

const test = suite('element')

const leaf = (name: string, text = '', ns = 'urn:a') => element(ns, name, text)
const ROOT = numbered(
  element('urn:a', 'r', [
    leaf('a', '1'),
    element('urn:a', 'b', [leaf('c', '2'), leaf('c', '3'), leaf('d')], { p: 'x' }),
    leaf('a', '4', 'urn:b'),
  ]),
)

test('finds children by name, in a namespace when one is given', () => {
  assert.is(child(ROOT, 'a')?.text, '1')
  assert.is(child(ROOT, 'a', 'urn:b')?.text, '4')
  assert.is(child(ROOT, 'x'), undefined)
  assert.is(child(undefined, 'a'), undefined)
  assert.is(childrenNamed(ROOT, 'a').length, 2)
  assert.is(childrenNamed(ROOT, 'a', 'urn:a').length, 1)
  assert.equal(childrenNamed(undefined, 'a'), [])
  assert.is(childText(ROOT, 'a', 'urn:b'), '4')
  assert.is(childText(ROOT, 'x'), undefined)
})

test('finds attributes by name and namespace', () => {
  const b = child(ROOT, 'b')
  if (b === undefined) throw new Error('no b')
  assert.is(attribute(b, 'p'), 'x')
  assert.is(attribute(b, 'p', 'urn:a'), undefined)
})

test('finds elements by their place in document order', () => {
  assert.equal(
    [0, 1, 2, 3, 4, 5, 6].map((it) => elementAt(ROOT, it)?.name),
    ['r', 'a', 'b', 'c', 'c', 'd', 'a'],
  )
  assert.is(elementAt(ROOT, 7), undefined)
  assert.is(elementAt(ROOT, -1), undefined)
  assert.equal(
    lineage(ROOT, 4).map((it) => it.name),
    ['r', 'b', 'c'],
  )
})

test('names the way to an element, with its place among namesakes', () => {
  assert.equal(
    [0, 1, 2, 3, 4, 5, 6].map((it) => pathOf(ROOT, it)),
    ['/r', '/r/a[1]', '/r/b', '/r/b/c[1]', '/r/b/c[2]', '/r/b/d', '/r/a[2]'],
  )
  assert.is(pathOf(ROOT, 9), '')
})

test('makes elements from text or children', () => {
  const made = element('urn:a', 'a', 'x', { p: '1' })
  assert.is(made.text, 'x')
  assert.equal(made.children, [])
  assert.equal(made.attributes, [{ name: 'p', ns: '', prefix: '', value: '1' }])
  assert.is(made.index, -1)
})

test.run()
