// A noun's lines: order, depth, cardinality, words, and that every type is opened once.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rowsOf, wordsOfType } from './content-rows.ts'
import type { Row } from './content-rows.ts'
import { declared, modelOf, setOf, shipped, xsd } from './schema.fixture.ts'

const test = suite('content rows')

function rows(body: string): readonly Row[] {
  const model = modelOf(body)
  return rowsOf({ decl: declared(model, 'a'), model })
}

/** `  name min..max` by depth; groups by their kind. */
function drawn(all: readonly Row[]): readonly string[] {
  return all.map((it) => {
    const name = 'name' in it ? `${it.kind === 'attribute' ? '@' : ''}${it.name}` : it.kind
    const see = 'openedAt' in it ? ` -> ${it.openedAt}` : ''
    return `${' '.repeat(it.depth)}${name} ${it.min}..${it.max === Infinity ? '*' : it.max}${see}`
  })
}

const S = 'type="xs:string"'
const type = (inner: string) =>
  `<xs:element name="a"><xs:complexType>${inner}</xs:complexType></xs:element>`

/** [what, content of the root's type, lines below the root] */
const DRAWN: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'elements and attributes with their cardinality',
    `<xs:sequence><xs:element name="b" ${S} minOccurs="0"/><xs:element name="c" ${S} maxOccurs="unbounded"/></xs:sequence>
     <xs:attribute name="x" use="required"/><xs:attribute name="y"/>`,
    [' @x 1..1', ' @y 0..1', ' b 0..1', ' c 1..*'],
  ],
  [
    'sequences inside sequences as one',
    `<xs:sequence><xs:sequence><xs:element name="b" ${S}/></xs:sequence><xs:element name="c" ${S}/></xs:sequence>`,
    [' b 1..1', ' c 1..1'],
  ],
  [
    'a choice, and what belongs together in it',
    `<xs:sequence><xs:choice minOccurs="0"><xs:element name="b" ${S}/><xs:sequence><xs:element name="c" ${S}/><xs:element name="d" ${S}/></xs:sequence></xs:choice></xs:sequence>`,
    [' choice 0..1', '  b 1..1', '  sequence 1..1', '   c 1..1', '   d 1..1'],
  ],
  [
    'a repeated sequence',
    `<xs:sequence maxOccurs="3"><xs:element name="b" ${S}/></xs:sequence>`,
    [' sequence 1..3', '  b 1..1'],
  ],
  [
    'elements in any order',
    `<xs:all><xs:element name="b" ${S}/><xs:element name="c" ${S}/></xs:all>`,
    [' all 1..1', '  b 1..1', '  c 1..1'],
  ],
  ['a wildcard', '<xs:sequence><xs:any minOccurs="0"/></xs:sequence>', [' any 0..1']],
  [
    'nothing of what may not occur',
    `<xs:sequence><xs:element name="b" ${S} minOccurs="0" maxOccurs="0"/></xs:sequence>`,
    [],
  ],
  ['nothing below a root without content', '', []],
]

for (const [what, inner, lines] of DRAWN) {
  test(`shows ${what}`, () => assert.equal(drawn(rows(type(inner))), ['a 1..1', ...lines]))
}

test('opens every type once, and points there from everywhere else', () => {
  const body = `<xs:element name="a" type="t:A"/>
    <xs:complexType name="A"><xs:sequence><xs:element name="b" type="t:B"/><xs:element name="c" type="t:B"/>
      <xs:element name="again" type="t:A" minOccurs="0"/></xs:sequence></xs:complexType>
    <xs:complexType name="B"><xs:sequence><xs:element name="d" ${S}/></xs:sequence></xs:complexType>`
  assert.equal(drawn(rows(body)), [
    'a 1..1',
    ' b 1..1',
    '  d 1..1',
    ' c 1..1 -> b',
    ' again 0..1 -> a',
  ])
})

test('shows what may stand for the head of a substitution group', () => {
  const body = `<xs:element name="head" abstract="true" ${S}/>
    <xs:element name="one" ${S} substitutionGroup="t:head"/><xs:element name="two" ${S} substitutionGroup="t:head"/>
    ${type('<xs:sequence><xs:element ref="t:head" maxOccurs="2"/></xs:sequence>')}`
  assert.equal(drawn(rows(body)), ['a 1..1', ' choice 1..2', '  one 1..1', '  two 1..1'])
})

test('gives ids that are unique, also where a name stands twice', () => {
  const body = type(
    `<xs:sequence><xs:element name="b" ${S}/><xs:element name="c"><xs:complexType><xs:sequence><xs:element name="b" ${S}/></xs:sequence></xs:complexType></xs:element><xs:element name="b" ${S}/></xs:sequence>`,
  )
  assert.equal(
    rows(body).map((it) => it.id),
    ['a', 'b', 'c', 'c.b', 'b~2'],
  )
})

test('keeps default, fixed and nillable', () => {
  const [, b, c] = rows(
    type(
      `<xs:sequence><xs:element name="b" ${S} default="x" nillable="true"/><xs:element name="c" ${S} fixed="y"/></xs:sequence>`,
    ),
  )
  assert.ok(b?.kind === 'element' && c?.kind === 'element')
  assert.equal([b.default, b.nillable, c.fixed, c.nillable], ['x', true, 'y', false])
})

const PROFILE = 'http://iec.ch/TC57/2030/Things#'

test('takes the CIM names from the names of a profile, not for its frame, and not elsewhere', () => {
  const body = `<xs:element name="Things" type="t:Things"/>
    <xs:complexType name="Things"><xs:sequence><xs:element name="Thing" type="t:Thing"/></xs:sequence></xs:complexType>
    <xs:complexType name="Thing"><xs:sequence><xs:element name="size" ${S}/></xs:sequence></xs:complexType>`
  const namesIn = (ns: string) => {
    const set = setOf({ '/0/t.xsd': xsd(body).replaceAll('urn:t', ns) })
    const found = set.payload(undefined, 'Things', undefined)
    assert.ok(found)
    const all = rowsOf(found)
    const types = all.flatMap((it) =>
      it.kind === 'element' ? wordsOfType(it.type, found.decl.type).cim.names : [],
    )
    return [all.map((it) => ('words' in it ? it.words.cim.names : [])), types]
  }
  assert.equal(namesIn(PROFILE), [[[], [], ['Thing.size']], ['Thing']])
  assert.equal(namesIn('urn:other'), [[[], [], []], []])
})

test('every shipped noun has a root, and lines with unique ids', async () => {
  const set = await shipped()
  for (const { noun } of set.catalogue.nouns) {
    const found = set.payload(undefined, noun, undefined)
    assert.ok(found, noun)
    const all = rowsOf(found)
    assert.is(new Set(all.map((it) => it.id)).size, all.length, noun)
    assert.ok(all.length > 3, noun)
  }
})

test.run()
