// For tests only: schemas from a user that are broken or made to do harm, each with a document whose root is `r`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '../../envelope/finding.ts'
import { openXmlIn } from './index.ts'
import type { XmlIn } from './index.ts'
import { FOLDERS, schemasIn } from './xml-in.fixture.ts'

export interface Case {
  readonly schema: string
  readonly document: string
  readonly verdicts: readonly Verdict[]
  /** in the message of the first finding */
  readonly says?: string
}

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const repeated = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const root = (type: string) => `<xs:element name="r">${type}</xs:element>`
const text = (facets = '') =>
  root(`<xs:simpleType><xs:restriction base="xs:string">${facets}</xs:restriction></xs:simpleType>`)
const pattern = (it: string) => text(`<xs:pattern value="${it}"/>`)
const content = (it: string) => root(`<xs:complexType>${it}</xs:complexType>`)
const optional = (count: number) =>
  content(
    `<xs:sequence>${repeated(count, (at) => `<xs:element name="e${at}" minOccurs="0"/>`)}</xs:sequence>`,
  )
const doubling = (levels: number) =>
  repeated(levels, (at) => {
    const next = `<xs:group ref="t:g${at + 1}"/>`
    return `<xs:group name="g${at}"><xs:sequence>${next}${next}</xs:sequence></xs:group>`
  }) +
  `<xs:group name="g${levels}"><xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence></xs:group>${content('<xs:group ref="t:g0"/>')}`
const occurs = (most: number, inner: string) =>
  `<xs:sequence maxOccurs="${most}">${inner}</xs:sequence>`

const UNDECIDED = { verdicts: ['engine-error'] as const }
const DECIDED = { verdicts: ['valid', 'invalid'] as const }
const ANY = { verdicts: ['valid', 'invalid', 'engine-error'] as const }
const of = (schema: string, rest: Omit<Case, 'schema' | 'document'>, inner = 'x'): Case => ({
  schema,
  document: inner,
  ...rest,
})

export const CASES: Readonly<Record<string, Case>> = {
  'a good one': of(text('<xs:maxLength value="5"/>'), { verdicts: ['valid'] }),
  'a good one and a wrong value': of(
    text('<xs:maxLength value="5"/>'),
    { verdicts: ['invalid'] },
    'xxxxxx',
  ),
  'counted repetition of counted repetition': of(
    pattern('(a{1,100}){1,100}'),
    ANY,
    'a'.repeat(5000),
  ),
  'the same, three deep': of(pattern('((a{1,100}){1,100}){1,100}'), ANY, `${'a'.repeat(5000)}b`),
  'alternatives that overlap': of(pattern('(a|aa|a*)*b'), UNDECIDED, `${'a'.repeat(40)}c`),
  'repetition of repetition': of(pattern('(a*)*b'), ANY, `${'a'.repeat(5_000)}c`),
  'a pattern of ten thousand brackets': of(pattern(`${'('.repeat(5000)}a${')'.repeat(5000)}`), ANY),
  'maxOccurs in maxOccurs': of(
    content(
      occurs(
        1000,
        occurs(1000, occurs(1000, '<xs:element name="a" minOccurs="0" maxOccurs="1000"/>')),
      ),
    ),
    ANY,
    '<a/>',
  ),
  'groups that double forty times': of(doubling(40), UNDECIDED),
  'five hundred optional elements': of(optional(500), ANY, '<q/>'),
  'an ambiguous content model': of(
    content(
      '<xs:sequence><xs:element name="a" minOccurs="0"/><xs:element name="a"/></xs:sequence>',
    ),
    UNDECIDED,
    '<a/>',
  ),
  '40,000 types': of(
    repeated(
      40_000,
      (at) =>
        `<xs:complexType name="T${at}"><xs:sequence><xs:element name="e" type="xs:string"/></xs:sequence></xs:complexType>`,
    ) + text(),
    { verdicts: ['valid'] },
  ),
  'an include of itself': of(`<xs:include schemaLocation="0.xsd"/>${text()}`, ANY),
  'a redefinition of itself': of(`<xs:redefine schemaLocation="0.xsd"/>${text()}`, ANY),
  'an include by http': of(`<xs:include schemaLocation="http://127.0.0.1:9/x.xsd"/>${text()}`, {
    ...UNDECIDED,
    says: 'it needs http://127.0.0.1:9/x.xsd',
  }),
  'an include of a file of the system': of(
    `<xs:include schemaLocation="file:///etc/passwd"/>${text()}`,
    { ...UNDECIDED, says: 'it needs file:///etc/passwd' },
  ),
  'an include out of the folder': of(
    `<xs:include schemaLocation="../../../../etc/passwd"/>${text()}`,
    { ...UNDECIDED, says: 'it needs ../' },
  ),
  'an import by http that nothing uses': of(
    `<xs:import namespace="urn:other" schemaLocation="http://127.0.0.1:9/x.xsd"/>${text()}`,
    { verdicts: ['valid'] },
  ),
  'an import by http that is used': of(
    `<xs:import namespace="urn:other" schemaLocation="http://127.0.0.1:9/x.xsd"/><xs:element name="r" type="o:t" xmlns:o="urn:other"/>`,
    UNDECIDED,
  ),
  'a definition twice': of(text() + text(), { ...UNDECIDED, says: 'does not compile' }),
  'a type that is not there': of('<xs:element name="r" type="t:nope"/>', {
    ...UNDECIDED,
    says: 'nope',
  }),
  'a group in itself': of(
    `<xs:group name="g"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:group>${content('<xs:group ref="t:g"/>')}`,
    UNDECIDED,
  ),
  'a type that extends itself': of(
    '<xs:complexType name="a"><xs:complexContent><xs:extension base="t:a"/></xs:complexContent></xs:complexType><xs:element name="r" type="t:a"/>',
    UNDECIDED,
  ),
  'simple types in a ring': of(
    '<xs:simpleType name="a"><xs:restriction base="t:b"/></xs:simpleType><xs:simpleType name="b"><xs:restriction base="t:a"/></xs:simpleType><xs:element name="r" type="t:a"/>',
    UNDECIDED,
  ),
  'attribute groups in a ring': of(
    `<xs:attributeGroup name="a"><xs:attributeGroup ref="t:b"/></xs:attributeGroup><xs:attributeGroup name="b"><xs:attributeGroup ref="t:a"/></xs:attributeGroup>${content('<xs:attributeGroup ref="t:a"/>')}`,
    UNDECIDED,
  ),
  'substitution in a ring': of(
    '<xs:element name="r" substitutionGroup="t:s"/><xs:element name="s" substitutionGroup="t:r"/>',
    UNDECIDED,
  ),
  'an element in itself': of(
    content('<xs:sequence><xs:element ref="t:r" minOccurs="0"/></xs:sequence>'),
    DECIDED,
    '',
  ),
  'a key over thirty thousand elements': of(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="k" type="xs:string" maxOccurs="unbounded"/></xs:sequence></xs:complexType><xs:key name="u"><xs:selector xpath="t:k"/><xs:field xpath="."/></xs:key></xs:element>`,
    ANY,
    repeated(30_000, (at) => `<k>${at}</k>`),
  ),
  'a file name that is no URI': of(text(), { verdicts: ['valid'] }),
}

/** Namespace of the schema of a case, by its place. */
export const nsOf = (at: number) => `urn:case:${at}`

/** How long a worker may take, and how large it may become. */
const CAGE = { deadlineMs: 5_000, heapMb: 256 }

/** What is judged by these schemas, which lie in a folder beside the shipped ones. */
export async function openForeign(): Promise<{ readonly xml: XmlIn; close(): Promise<void> }> {
  const path = mkdtempSync(join(tmpdir(), 'foreign-'))
  Object.entries(CASES).forEach(([name, { schema }], at) => {
    const open = `<xs:schema ${XS} xmlns:t="${nsOf(at)}" targetNamespace="${nsOf(at)}" elementFormDefault="qualified">`
    writeFileSync(
      join(path, name === 'a file name that is no URI' ? 'a % [ü].xsd' : `${at}.xsd`),
      `${open}${schema.replace('"0.xsd"', `"${at}.xsd"`)}</xs:schema>`,
    )
  })
  writeFileSync(join(path, 'broken.xsd'), '<xs:schema')
  const folders = [{ path, shipped: false }, ...FOLDERS]
  const xml = openXmlIn(await schemasIn(folders), folders, CAGE)
  return {
    xml,
    close: async () => {
      await xml.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
