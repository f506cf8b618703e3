import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { laterThan } from '../laws/instants.fixture.ts'
import { NOUNS, SCHEMAS } from '../laws/laws.fixture.ts'
import { sampleMessage, sampleRoot, usualVerb } from './sample.ts'
import { declared, modelOf } from '../schema.fixture.ts'

const wanted = suite('sample-wanted')

const MODEL = modelOf(`
  <xs:complexType name="Name"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:complexType name="Status"><xs:sequence>
    <xs:element name="dateTime" type="xs:dateTime" minOccurs="0"/><xs:element name="value" type="xs:string" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Reference"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/><xs:element name="serialNumber" type="xs:string" minOccurs="0"/>
    <xs:element name="Names" type="t:Name" minOccurs="0" maxOccurs="unbounded"/><xs:element name="status" type="t:Status" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Thing"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/><xs:element name="createdDateTime" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="strangeWord" type="xs:string" minOccurs="0"/><xs:element name="password" type="xs:string" minOccurs="0"/>
    <xs:element name="EndDevices" type="t:Reference" minOccurs="0" maxOccurs="unbounded"/><xs:element name="Names" type="t:Name" minOccurs="0"/>
    <xs:element name="status" type="t:Status" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:element name="ThingConfig"><xs:complexType><xs:sequence>
    <xs:element name="Extra" type="t:Thing" minOccurs="0"/><xs:element name="Thing" type="t:Thing" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Mixture"><xs:complexType><xs:sequence>
    <xs:element name="One" type="t:Thing" minOccurs="0"/><xs:element name="Two" type="t:Thing" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Folder"><xs:sequence>
    <xs:element name="mRID" type="xs:string" minOccurs="0"/><xs:element name="size" type="xs:int"/>
    <xs:element name="Folder" type="t:Folder" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:element name="Folders"><xs:complexType><xs:sequence>
    <xs:element name="Folder" type="t:Folder" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>`)

function sample(name: string): JsonObject {
  return sampleRoot({ decl: declared(MODEL, name), model: MODEL }, 0) as JsonObject
}

wanted('shows what a message is about, where its root is named after it', () => {
  assert.equal(Object.keys(sample('ThingConfig')), ['Thing'])
  assert.equal(Object.keys(sample('Mixture')), ['One', 'Two'])
})

wanted(
  'shows identity, believable values and compounds of an object, and of a reference its identity',
  () => {
    const [thing] = sample('ThingConfig')['Thing'] as readonly JsonObject[]
    assert.equal(Object.keys(thing ?? {}), [
      'mRID',
      'createdDateTime',
      'EndDevices',
      'Names',
      'status',
    ])
    const [device] = (thing?.['EndDevices'] ?? []) as readonly JsonObject[]
    assert.equal(Object.keys(device ?? {}), ['mRID', 'Names'])
    assert.equal(Object.keys((thing?.['status'] ?? {}) as JsonObject), ['dateTime', 'value'])
  },
)

wanted('shows of an object that holds others of its kind one level', () => {
  const [folder] = sample('Folders')['Folder'] as readonly JsonObject[]
  assert.equal(Object.keys(folder ?? {}), ['mRID', 'size'])
})

/** Every object in a value. */
function objectsIn(value: Json): readonly JsonObject[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(objectsIn)
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : []
}

/** Times that stand side by side, the earlier one first. */
const ORDERED: readonly (readonly [string, string])[] = [
  ['start', 'end'],
  ['createdDateTime', 'lastModifiedDateTime'],
  ['createdDateTime', 'effectiveDateTime'],
  ['startDateTime', 'endDateTime'],
]

wanted('tells times in their order in every noun', () => {
  for (const noun of NOUNS)
    for (const it of objectsIn(
      sampleMessage(SCHEMAS, noun, { verb: usualVerb(SCHEMAS, noun) }) ?? {},
    ))
      for (const [first, then] of ORDERED) {
        const [a, b] = [it[first], it[then]]
        if (typeof a !== 'string' || typeof b !== 'string' || !a.includes('T')) continue
        assert.ok(laterThan(a, b) < 0, `${noun}: ${first} ${a}, ${then} ${b}`)
      }
})

wanted('stays short enough to be read', () => {
  for (const noun of NOUNS) {
    const made = objectsIn(sampleMessage(SCHEMAS, noun, {}) ?? {})
    assert.ok(made.length < 150, `${noun}: ${made.length} objects`)
  }
})

wanted.run()
