import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueOf } from './catalogue.ts'
import { filesOf } from './schema.fixture.ts'

const test = suite('entry rings')

/** A file in the namespace `urn:<prefix>` whose one root holds these by reference. */
function file(prefix: string, root: string, ...refs: readonly string[]): string {
  const prefixes = ['a', 'b', 'd', 'e', 'f', 'p'].map((it) => `xmlns:${it}="urn:${it}"`).join(' ')
  const items = refs.map((it) => `<xs:element ref="${it}"/>`).join('')
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${prefixes} targetNamespace="urn:${prefix}"><xs:element name="${root}"><xs:complexType><xs:sequence>${items}</xs:sequence></xs:complexType></xs:element></xs:schema>`
}

/** Two files whose roots hold each other, and what both of them hold. */
const RING = {
  '/1/1.xsd': file('a', 'A', 'b:B', 'p:P'),
  '/1/2.xsd': file('b', 'B', 'a:A', 'p:P'),
  '/1/3.xsd': file('p', 'P'),
}
const { '/1/1.xsd': FIRST, ...REST } = RING

/** title, files, nouns */
const TABLE: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['every root of a ring is a noun, and what the ring holds is none', RING, ['A', 'B']],
  ['none is where a noun holds one of them', { ...RING, '/1/4.xsd': file('d', 'D', 'b:B') }, ['D']],
  ['the one that its file is named after is the only one', { '/1/A.xsd': FIRST, ...REST }, ['A']],
  [
    'of two rings it is the one that holds the other',
    { ...RING, '/1/5.xsd': file('e', 'E', 'f:F', 'b:B'), '/1/6.xsd': file('f', 'F', 'e:E') },
    ['E', 'F'],
  ],
  [
    'a ring of three',
    {
      '/1/1.xsd': file('a', 'A', 'b:B'),
      '/1/2.xsd': file('b', 'B', 'd:D'),
      '/1/3.xsd': file('d', 'D', 'a:A'),
    },
    ['A', 'B', 'D'],
  ],
]
for (const [title, texts, nouns] of TABLE)
  test(title, () => {
    const { nouns: rows } = catalogueOf(filesOf(texts))
    assert.equal([...new Set(rows.map((it) => it.noun))], nouns)
  })

test.run()
