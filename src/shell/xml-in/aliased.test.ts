import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { openAs } from './aliased.ts'
import { engineMemory } from './engine.ts'
import { libraryDocument } from './xml-in.fixture.ts'

const test = suite('aliased')

const ALIASES = { namespaces: { 'urn:long:long:long': 'urn:x', 'urn:s': 'urn:very:very:long' } }
const read = (text: string, limits = LIMITS, aliases: typeof ALIASES | undefined = ALIASES) =>
  openAs(Buffer.from(text), limits, aliases)

test('opens a document that no alias concerns as it is', () => {
  for (const aliases of [undefined, ALIASES]) {
    const result = read('<a xmlns="urn:a"/>', LIMITS, aliases)
    assert.ok('root' in result)
    assert.is(result.root.ns, 'urn:a')
    assert.equal(result.notes, [])
    result.dispose()
  }
})

test('opens a document as its alias says, and keeps its text', () => {
  const text = '<a xmlns="urn:long:long:long"/>'
  const result = read(text)
  assert.ok('root' in result)
  assert.is(result.root.ns, 'urn:x')
  assert.is(result.text(), text)
  assert.is(result.notes.length, 1)
  const document = libraryDocument(result.parsed)
  assert.is(document.root.namespaceUri, 'urn:x')
  document.dispose()
})

test('does not refuse for its length what only our own writing makes longer', () => {
  const text = '<a xmlns="urn:s"/>'
  const result = read(text, { ...LIMITS, bodyBytes: text.length })
  assert.ok('root' in result)
  result.dispose()
})

test('passes on why there is no document', () => {
  assert.ok('findings' in read('<a'))
})

test('refuses what the alias makes too long', () => {
  assert.ok('findings' in read('<a xmlns="urn:s"/>', { ...LIMITS, nameLength: 4 }))
})

test('gives both documents back', () => {
  const round = (times: number) => {
    for (let at = 0; at < times; at += 1) {
      const result = read(`<a xmlns="urn:s">${'x'.repeat(1000)}</a>`)
      if ('root' in result) result.dispose()
    }
  }
  round(100)
  const before = engineMemory().byteLength
  round(20_000)
  assert.is(engineMemory().byteLength, before)
})

test.run()
