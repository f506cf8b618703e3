import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { closureOf } from '../../schema/closure.ts'
import type { SchemaDocument } from '../../schema/compile/compile.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { resolverOf } from '../../schema/reference.ts'
import { engineName, linked, unresolved } from './linked.ts'
import { loadEngine } from './engine.ts'
import { parseXml } from './parse-xml.ts'

await loadEngine()

const test = suite('linked')

function document(location: string, targetNamespace: string, content = ''): SchemaDocument {
  const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${content}</xs:schema>`
  return { location, targetNamespace, root: parseXml(Buffer.from(text)) as Element }
}

const B = document('/0/sub folder/b [1].xsd', 'urn:b')
const linkOf = (content: string) => {
  const made = closure(content)
  const link = linked(made[0] as SchemaDocument, made).children[0]
  return link === undefined ? undefined : attribute(link, 'schemaLocation')
}

/** The closure of a file with this content, as far as B is there. */
function closure(content: string): readonly SchemaDocument[] {
  const files = [document('/0/a.xsd', 'urn:a', content), B].map((it) => ({
    ...it,
    path: it.location,
    shipped: true,
    sha256: '',
  }))
  const resolve = resolverOf(files, (it) => (it.location === B.location ? 'urn:b' : 'urn:a'))
  return closureOf(files[0] as SchemaFile, { resolve, ready: () => undefined })
}

const LINKS: readonly (readonly [reference: string, location: string | undefined])[] = [
  ['<xs:include schemaLocation="sub folder/b [1].xsd"/>', '/schema/1.xsd'],
  ['<xs:include schemaLocation="./x/../sub folder/b [1].xsd"/>', '/schema/1.xsd'],
  ['<xs:import namespace="urn:b" schemaLocation="http://example/b.xsd"/>', '/schema/1.xsd'],
  ['<xs:import namespace="urn:b"/>', '/schema/1.xsd'],
  ['<xs:import namespace="urn:c" schemaLocation="file:///etc/passwd"/>', undefined],
  ['<xs:include schemaLocation="http://example/b.xsd"/>', undefined],
  ['<xs:include schemaLocation="../../../etc/passwd"/>', undefined],
  ['<xs:redefine schemaLocation="/etc/passwd"/>', undefined],
]

for (const [reference, location] of LINKS)
  test(`links ${reference} to ${location}`, () => {
    assert.is(linkOf(reference), location)
  })

test('leaves everything else as it is', () => {
  const a = document('/0/a.xsd', 'urn:a', '<xs:element name="x"/><include xmlns="urn:x"/>')
  assert.equal(linked(a, [a]).children, a.root.children)
})

test('names every file by its place, whatever its own name holds', () => {
  assert.is(engineName(B, [B]), '/schema/0.xsd')
})

test('says what a file includes and nobody has', () => {
  const [a] = closure(
    '<xs:include schemaLocation="c.xsd"/><xs:import namespace="urn:c"/><xs:redefine/>',
  )
  assert.equal(a === undefined ? [] : unresolved(a), ['c.xsd', 'what redefine does not name'])
  assert.equal(unresolved(B), [])
})

test.run()
