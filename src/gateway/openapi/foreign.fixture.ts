// For tests only: schemas that cimgate has never seen, with words that mean harm and names that fit no URL.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Text that must never come out as markup. */
export const HOSTILE = `</p><script>alert(1)</script>" onload='alert(2)' &amp; <b>`

const escaped = HOSTILE.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const words = (text: string) =>
  `<xs:annotation><xs:documentation>${text}</xs:documentation></xs:annotation>`

const WIDGETS = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:w="urn:foreign:widgets" targetNamespace="urn:foreign:widgets" elementFormDefault="qualified" version="${escaped.replaceAll('"', '&quot;')}">
  ${words(escaped)}
  <xs:element name="Widgets" type="w:Widgets">${words(escaped)}</xs:element>
  <xs:complexType name="Widgets"><xs:sequence><xs:element name="Widget" type="w:Widget" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
  <xs:complexType name="Widget">${words(escaped)}<xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0">${words(escaped)}</xs:element>
    <xs:element name="Größe" type="w:Größenart" minOccurs="0"/>
    <xs:element name="part" type="w:Widget" minOccurs="0"/>
    <xs:choice minOccurs="0"><xs:element name="size" type="w:Size"/><xs:element name="code" type="w:Code"/></xs:choice>
  </xs:sequence><xs:attribute name="colour" type="w:Colour" default="&quot;&gt;&lt;i&gt;"/></xs:complexType>
  <xs:complexType name="Größenart"><xs:sequence><xs:element name="wert" type="xs:decimal"/></xs:sequence></xs:complexType>
  <xs:simpleType name="Size"><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:pattern value="[&lt;&gt;&amp;]*"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="&lt;u&gt;">${words(escaped)}</xs:enumeration><xs:enumeration value="&quot;&gt;&lt;i&gt;"/></xs:restriction></xs:simpleType>
</xs:schema>`

/** A root that is the object itself, and known by no mRID. */
const NOTE = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:foreign:note" elementFormDefault="qualified">
  <xs:element name="Note"><xs:complexType><xs:sequence><xs:element name="text" type="xs:string"/><xs:any namespace="##other" processContents="lax" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>`

/** A folder of foreign schemas, and how it goes away. */
export function foreignFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'cimgate-foreign-'))
  writeFileSync(join(path, 'Widgets.xsd'), WIDGETS)
  writeFileSync(join(path, 'Note.xsd'), NOTE)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
