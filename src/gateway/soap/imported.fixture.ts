// For tests only: a noun that cimgate has never seen, with its query, in files that include one another.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const IMPORTED = 'SluiceGates'
const NS = `http://utility.example/2031/${IMPORTED}#`
const QUERY_NS = `http://utility.example/2031/Get${IMPORTED}#`

const schema = (ns: string, content: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:m="${ns}" targetNamespace="${ns}" elementFormDefault="qualified">${content}</xs:schema>`

/** Parts without a namespace of their own take that of the file that includes them. */
const PARTS = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:complexType name="Name"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:complexType name="SluiceGate"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/>
    <xs:element name="opening" type="xs:decimal"/>
    <xs:element name="Names" type="Name" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
</xs:schema>`

const GATES = schema(
  NS,
  `<xs:include schemaLocation="parts.xsd"/><xs:element name="${IMPORTED}"><xs:complexType><xs:sequence><xs:element name="SluiceGate" type="m:SluiceGate" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>`,
)

const QUERY = schema(
  QUERY_NS,
  `<xs:element name="Get${IMPORTED}"><xs:complexType><xs:sequence><xs:element name="SluiceGate" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:element name="mRID" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
)

/** A folder with them, and how it goes away. */
export function importedFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'cimgate-imported-'))
  writeFileSync(join(path, `${IMPORTED}.xsd`), GATES)
  writeFileSync(join(path, `Get${IMPORTED}.xsd`), QUERY)
  writeFileSync(join(path, 'parts.xsd'), PARTS)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
