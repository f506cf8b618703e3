// For tests only: one schema for every kind of mistake, and what the diagnosis says of documents.

import { pathOf } from '../../envelope/element.ts'
import type { Draft } from '../../envelope/finding.ts'
import { diagnose } from './diagnose.ts'
import { declared, engine, modelOf, setOf, T, tree, xsd } from '../schema.fixture.ts'

export const E = (name: string, type: string, more = '') =>
  `<xs:element name="${name}" type="${type}" ${more}/>`
const OPT = 'minOccurs="0"'

/** One schema for every kind of mistake. */
const BODY = `
  <xs:element name="root" type="t:Root"/>
  <xs:complexType name="Root"><xs:choice ${OPT} maxOccurs="unbounded">
    <xs:element name="flat" type="t:Flat"/><xs:element name="nested" type="t:Nested"/><xs:element name="open" type="t:Open"/>
    <xs:element name="all" type="t:All"/><xs:element name="empty" type="t:Empty"/><xs:element name="mixed" type="t:Mixed"/>
    <xs:element name="quantity" type="t:Quantity"/><xs:element name="int" type="xs:int"/><xs:element name="nil" type="xs:int" nillable="true"/>
    <xs:element name="fixed" type="xs:decimal" fixed="1.0"/><xs:element name="default" type="xs:int" default="5"/>
    <xs:element name="colour" type="t:Colour"/><xs:element name="base" type="t:Base"/><xs:element name="abstract" type="t:Abstract"/>
    <xs:element ref="t:head"/><xs:element name="any"/><xs:element name="strict" type="t:Strict"/>
    <xs:element name="qname" type="xs:QName"/><xs:element name="qnames" type="t:Names"/><xs:element name="either" type="t:Either"/>
    <xs:element name="named" type="t:Named"/><xs:element name="nilFixed" type="xs:int" nillable="true" fixed="5"/>
    <xs:element name="anonymous"><xs:complexType><xs:sequence>${E('a', 'xs:string', OPT)}</xs:sequence></xs:complexType></xs:element>
  </xs:choice></xs:complexType>
  <xs:complexType name="Flat"><xs:sequence>${E('a', 'xs:string')}${E('b', 'xs:string', OPT)}${E('c', 'xs:string', 'minOccurs="2" maxOccurs="3"')}${E('dd', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="Nested"><xs:sequence>${E('a', 'xs:string')}<xs:choice>${E('b', 'xs:string')}<xs:sequence>${E('c', 'xs:string')}${E('d', 'xs:string')}</xs:sequence></xs:choice></xs:sequence></xs:complexType>
  <xs:complexType name="Open"><xs:sequence>${E('a', 'xs:string', OPT)}<xs:any namespace="##other" processContents="lax" ${OPT} maxOccurs="unbounded"/>${E('z', 'xs:string', OPT)}</xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
  <xs:complexType name="Strict"><xs:sequence><xs:any namespace="##targetNamespace" ${OPT}/></xs:sequence><xs:anyAttribute namespace="##targetNamespace"/></xs:complexType>
  <xs:complexType name="All"><xs:all>${E('a', 'xs:string')}${E('b', 'xs:string', OPT)}</xs:all></xs:complexType>
  <xs:complexType name="Empty"><xs:attribute name="p" type="xs:int"/></xs:complexType>
  <xs:complexType name="Mixed" mixed="true"><xs:sequence>${E('a', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="Quantity"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit" use="required"/><xs:attribute name="kind" type="t:Colour"/><xs:attribute name="one" type="xs:int" fixed="1"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="blue"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Names"><xs:list itemType="xs:QName"/></xs:simpleType>
  <xs:simpleType name="Either"><xs:union memberTypes="xs:int xs:QName xs:string"/></xs:simpleType>
  <xs:complexType name="Named"><xs:simpleContent><xs:extension base="xs:QName"><xs:attribute name="kind" type="xs:QName"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Base"><xs:sequence>${E('a', 'xs:string')}</xs:sequence></xs:complexType>
  <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>${E('m', 'xs:int')}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Abstract" abstract="true"><xs:sequence/></xs:complexType>
  <xs:complexType name="Concrete"><xs:complexContent><xs:extension base="t:Abstract"/></xs:complexContent></xs:complexType>
  <xs:element name="head" type="xs:string" abstract="true"/><xs:element name="member" type="xs:string" substitutionGroup="t:head"/>
  <xs:attribute name="known" type="xs:int"/>`

export const MODEL = modelOf(BODY)
export const JUDGE = engine(setOf({ '/0/t.xsd': xsd(BODY) }))

export const document = (inner: string) =>
  `<root xmlns="${T}" xmlns:t="${T}" xmlns:o="urn:o" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${inner}</root>`

export function findings(inner: string): readonly Draft[] {
  return diagnose(tree(document(inner)), declared(MODEL, 'root'), MODEL, 'payload-xsd')
}

export const line = (inner: string, it: Draft) =>
  `${it.rule} ${pathOf(tree(document(inner)), it.at)}${it.attribute === undefined ? '' : `/@${it.attribute}`} | ${it.expected} | ${it.mend}`
