import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { open } from './open.ts'
import { addressOf } from './tree.ts'
import { encoded, opened, requestOf } from './xml-in.fixture.ts'

const test = suite('open')

const refused = (text: string, limits = LIMITS) => {
  const result = open(Buffer.from(text), limits)
  return 'findings' in result ? result : undefined
}

test('gives the tree, the text and the element of every node', () => {
  const document = opened(encoded('<a>é<b/></a>', 'utf-16be+bom'))
  assert.is(document.text(), '<a>é<b/></a>')
  const [b] = document.root.children
  assert.ok(b)
  assert.is(document.elementAt(addressOf(b)), b)
  assert.equal(document.notes, [])
  document.dispose()
})

test('says where a document is not well-formed', () => {
  const result = refused('<a>\n<b></a>')
  assert.is(result?.verdict, 'not-well-formed')
  const [finding] = result?.findings ?? []
  assert.equal([finding?.layer, finding?.rule, finding?.line], ['wellformed', 'WF-01', 2])
  assert.match(finding?.message ?? '', /^<b> of line 2 is not closed: .*[^.]\.$/)
})

test('says which limit is exceeded and what it is', () => {
  const result = refused('<a><b/></a>', { ...LIMITS, depth: 1 })
  assert.is(result?.verdict, 'refused')
  assert.is(result?.findings[0]?.rule, 'LIM-DEPTH')
  assert.is(result?.findings[0]?.expected, 'at most 1 levels of elements')
})

test('words the bounds of the engine as our own limits', () => {
  const deep = refused('<a>'.repeat(3000))
  assert.is(deep?.findings[0]?.expected, 'at most 64 levels of elements')
  assert.is(refused(`<${'a'.repeat(10_000_001)}/>`)?.findings[0]?.rule, 'LIM-NAME')
})

test('does not take a text for the words of the engine', () => {
  const result = refused('<a xmlns="Excessive depth in document"></b>')
  assert.is(result?.verdict, 'not-well-formed')
})

test('opens 16 MiB', () => {
  const bytes = requestOf(15_000_000)
  const document = opened(bytes)
  const last = document.root.children.at(-1)?.children.at(-1)?.children.at(-1)
  assert.ok((last?.index ?? 0) > 200_000)
  document.dispose()
})

test.run()
