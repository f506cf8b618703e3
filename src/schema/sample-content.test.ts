import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from './json-text.ts'
import { sampleElement } from './sample-content.ts'
import { samplingOf } from './sample-run.ts'
import { declared, modelOf } from './schema.fixture.ts'

const content = suite('sample-content')

const MODEL = modelOf(`
  <xs:complexType name="Amount"><xs:simpleContent><xs:extension base="xs:decimal">
    <xs:attribute name="unit" type="xs:string" use="required" fixed="W"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Plain"><xs:simpleContent><xs:extension base="xs:decimal">
    <xs:attribute name="note" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Named">
    <xs:attribute name="kind" type="xs:QName" use="required"/>
    <xs:attribute name="other" type="xs:QName" use="required" fixed="same"/>
  </xs:complexType>
  <xs:complexType name="Open"><xs:anyAttribute namespace="##local" processContents="lax"/></xs:complexType>
  <xs:complexType name="Base" abstract="true"/>
  <xs:complexType name="Derived"><xs:complexContent><xs:extension base="t:Base"/></xs:complexContent></xs:complexType>
  <xs:element name="amount" type="t:Amount" fixed="2.5"/>
  <xs:element name="plain" type="t:Plain" fixed="2.5"/>
  <xs:element name="mixed" fixed="so"><xs:complexType mixed="true"/></xs:element>
  <xs:element name="ReadingType"><xs:complexType>
    <xs:attribute name="ref" type="xs:string"/><xs:attribute name="note" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:element name="number" type="xs:int" fixed="7"/>
  <xs:element name="default" type="xs:int" default="7"/>
  <xs:element name="named" type="t:Named"/>
  <xs:element name="open" type="t:Open"/>
  <xs:complexType name="Node" abstract="true"/>
  <xs:complexType name="Branch"><xs:complexContent><xs:extension base="t:Node"><xs:sequence>
    <xs:element name="node" type="t:Node" maxOccurs="2" minOccurs="2"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Leaf"><xs:complexContent><xs:extension base="t:Node"/></xs:complexContent></xs:complexType>
  <xs:element name="node" type="t:Node"/>
  <xs:element name="base" type="t:Base"/>`)

const rootOf = (name: string) => ({ decl: declared(MODEL, name), model: MODEL })

function sample(name: string, seed = 0): Json {
  return sampleElement(samplingOf(rootOf(name), seed, 10, name), declared(MODEL, name), [])
}

/** what the first 100 seeds give, as text */
function explored(name: string): readonly string[] {
  return Array.from({ length: 100 }, (_, at) => JSON.stringify(sample(name, at + 1)))
}

content('comes to an end where the first derived type holds its abstract base again', () => {
  const text = JSON.stringify(sample('node'))
  assert.match(text, /^\{"@xsi:type":"Branch","node":\[\{"@xsi:type":"Branch"/)
  assert.match(text, /"@xsi:type":"Leaf"/)
})

content('keeps to a fixed value, with and without attributes beside it', () => {
  assert.is(sample('number'), 7)
  assert.is(sample('plain'), 2.5)
  assert.equal(sample('amount'), { '@unit': 'W', $: 2.5 })
  for (const it of explored('plain')) assert.match(it, /2\.5/)
})

content('shows an optional attribute where there is something to say', () => {
  assert.equal(sample('ReadingType'), { '@ref': '0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0' })
})

content('leaves an element empty to get its default, but never where it is tidy', () => {
  assert.ok(explored('default').includes('""'))
  assert.is.not(sample('default'), '')
})

content('gives a QName in an attribute no namespace, and keeps it where it is fixed', () => {
  assert.equal(sample('named'), { '@kind': 'example', '@other': 'same' })
})

content('adds an attribute without namespace where only such are admitted', () => {
  assert.equal(sample('open'), {})
  assert.equal([...new Set(explored('open'))].sort(), ['{"@extra":"an extension"}', '{}'])
})

content('names a derived type in the place of an abstract one', () => {
  assert.equal(sample('base'), { '@xsi:type': 'Derived' })
})

content('a sample that its schema makes too large or too deep is refused', () => {
  const run = () => samplingOf(rootOf('plain'), 0, 1, 'Things')
  run().make(20_000, 100)
  assert.throws(() => run().make(20_001, 1), /more than 20000 elements/)
  assert.throws(() => run().make(1, 101), /100 levels/)
})

content.run()
