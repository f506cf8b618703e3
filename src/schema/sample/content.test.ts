import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import type { Json } from '../json-text.ts'
import { sampleElement } from './content.ts'
import { samplingOf } from './run.ts'
import { declared, modelOf } from '../schema.fixture.ts'

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
  <xs:element name="base" type="t:Base"/>
  <xs:complexType name="Nowhere" abstract="true"/>
  <xs:complexType name="Between" abstract="true"><xs:complexContent><xs:extension base="t:Nowhere"/></xs:complexContent></xs:complexType>
  <xs:element name="nowhere" type="t:Nowhere"/>
  <xs:element name="nilled" type="t:Nowhere" nillable="true"/>
  <xs:element name="blocked" type="t:Base" block="extension"/>
  <xs:element name="ghost" type="xs:string" abstract="true"/>
  <xs:element name="branches"><xs:complexType><xs:choice minOccurs="2" maxOccurs="2">
    <xs:element ref="t:nowhere"/><xs:element ref="t:nilled"/><xs:element ref="t:blocked"/>
    <xs:element ref="t:ghost"/><xs:element ref="t:holder"/><xs:element ref="t:number"/>
  </xs:choice></xs:complexType></xs:element>
  <xs:element name="options"><xs:complexType><xs:sequence>
    <xs:element ref="t:nowhere" minOccurs="0"/><xs:element ref="t:ghost" minOccurs="0"/>
    <xs:sequence minOccurs="0"><xs:element ref="t:number"/><xs:element ref="t:blocked"/></xs:sequence>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="holder"><xs:complexType><xs:sequence>
    <xs:element ref="t:number"/><xs:element ref="t:nowhere"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="nothing"><xs:complexType><xs:choice>
    <xs:element ref="t:nowhere"/><xs:element ref="t:ghost"/>
  </xs:choice></xs:complexType></xs:element>
  <xs:element name="haunted"><xs:complexType><xs:sequence><xs:element ref="t:ghost"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="head" type="t:Nowhere"/>
  <xs:element name="member" substitutionGroup="t:head"><xs:complexType>
    <xs:complexContent><xs:extension base="t:Nowhere"><xs:attribute name="a"/></xs:extension></xs:complexContent>
  </xs:complexType></xs:element>
  <xs:element name="group"><xs:complexType><xs:sequence><xs:element ref="t:head"/></xs:sequence></xs:complexType></xs:element>`)

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

content('leaves out what no document can hold, and takes another branch or member', () => {
  const branches = [sample('branches'), ...explored('branches').map((it) => JSON.parse(it) as Json)]
  for (const it of branches) assert.equal(it, { number: [7, 7] })
  assert.equal([...new Set(explored('options'))], ['{}'])
  for (const it of ['group', 'options'])
    assert.not.match(JSON.stringify(sample(it)), /head|blocked/)
  for (const it of explored('group')) assert.match(it, /^\{"member"/)
})

/** element, and what is said of it */
const IMPOSSIBLE: readonly (readonly [string, RegExp])[] = [
  ['nowhere', /^\S+: There is no sample of nowhere: the type Nowhere of nowhere is abstract/],
  ['nilled', /the type Nowhere of nilled is abstract, and no file of the set derives a type/],
  ['blocked', /the type Base of blocked is abstract/],
  ['holder', /no sample of holder: the type Nowhere of holder\/nowhere is abstract/],
  ['nothing', /the type Nowhere of nothing\/nowhere is abstract/],
  ['ghost', /the element ghost is abstract/],
  ['haunted', /the element haunted\/ghost is abstract/],
]

for (const [name, reason] of IMPOSSIBLE)
  content(`says why there is no sample of ${name}`, () => {
    for (let seed = 0; seed < 20; seed += 1)
      assert.throws(
        () => sample(name, seed),
        (it: unknown) =>
          it instanceof CimError && it.code === 'unusable-schema' && reason.test(it.message),
      )
  })

content('a sample that its schema makes too large or too deep is refused', () => {
  const run = () => samplingOf(rootOf('plain'), 0, 1, 'Things')
  run().make(20_000, 100)
  assert.throws(() => run().make(20_001, 1), /more than 20000 elements/)
  assert.throws(() => run().make(1, 101), /100 levels/)
})

content.run()
